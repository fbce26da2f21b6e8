// Which cells are shown: words that must occur, and the design, tester and campaign that are chosen. The address holds them.
import { el } from './dom.js';

const CHOICES = ['design', 'tester', 'campaign'];

export class Filters {
  // onChange() is called after each change by a person.
  constructor(chosen, onChange) {
    this.query = chosen.q ?? '';
    this.chosen = Object.fromEntries(CHOICES.map((name) => [name, chosen[name] ?? '']));
    this.known = '';
    const changed = () => onChange();
    this.search = el('input', {
      type: 'search', id: 'search', placeholder: 'Search  /', value: this.query, autocomplete: 'off',
      'aria-label': 'Search cells by name, channel, design, tester or campaign',
      oninput: () => { this.query = this.search.value; changed(); },
    });
    this.selects = CHOICES.map((name) => el('select', {
      'aria-label': `Show only one ${name}`, 'data-choice': name,
      onchange: (event) => { this.chosen[name] = event.target.value; changed(); },
    }));
    this.element = el('div', { class: 'filters' }, this.search, ...this.selects);
  }

  // Offers what the cells have; a choice that is made stays on offer even if no cell has it any more.
  offer(cells) {
    const all = [...cells];
    const offers = CHOICES.map((name) => {
      const values = new Set(all.map((cell) => cell.registration?.[name]).filter(Boolean));
      if (this.chosen[name]) {
        values.add(this.chosen[name]);
      }
      return [...values].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
    });
    const known = JSON.stringify(offers);
    if (known === this.known) {
      return;
    }
    this.known = known;
    this.selects.forEach((select, i) => {
      const name = CHOICES[i];
      const option = (value, text) => {
        const element = el('option', { value }, text);
        element.selected = value === this.chosen[name];
        return element;
      };
      select.replaceChildren(option('', `Every ${name}`), ...offers[i].map((value) => option(value, value)));
      select.hidden = offers[i].length < 2 && !this.chosen[name];
    });
  }

  matches(cell) {
    const words = this.query.toLowerCase().split(/\s+/).filter(Boolean);
    const text = words.length > 0 ? textOf(cell) : '';
    return words.every((word) => text.includes(word))
      && CHOICES.every((name) => !this.chosen[name] || cell.registration?.[name] === this.chosen[name]);
  }

  get active() {
    return Boolean(this.query.trim()) || CHOICES.some((name) => this.chosen[name]);
  }

  clear() {
    this.query = '';
    this.search.value = '';
    CHOICES.forEach((name, i) => { this.chosen[name] = ''; this.selects[i].value = ''; });
    this.known = '';
  }

  // As the address says it.
  address() {
    return Object.fromEntries(Object.entries({ q: this.query, ...this.chosen }).filter(([, value]) => value));
  }

  words() {
    return [this.query ? `“${this.query}”` : null, ...CHOICES.map((name) => (this.chosen[name] ? `${name} ${this.chosen[name]}` : null))].filter(Boolean).join(', ');
  }
}

function textOf(cell) {
  const r = cell.registration;
  return [cell.name, r?.tester, r?.channel, r?.design, r?.campaign, r?.note].filter(Boolean).join('\n').toLowerCase();
}
