// The cycle table: what each cycle moved and what the twin made of it, the newest first.
import { el, setText } from './dom.js';
import { interval, number, prefixed } from './format.js';
import { fetchJson } from './stream.js';
import { takeawayButtons } from './takeaway.js';

const MOST = 500;
const LATER_MS = 4000;

const COLUMNS = [
  ['Cycle', (c) => `${c.cycle_count}${c.complete ? '' : ' (incomplete)'}`],
  ['Charge', (c, unit) => amount(c.charge_ah?.value, unit)],
  ['Discharge', (c, unit) => amount(c.discharge_ah?.value, unit)],
  ['Charge efficiency', (c) => percent(c.charge_efficiency, 3)],
  ['Energy efficiency', (c) => percent(c.energy_efficiency, 2)],
  ['Resistance after 1 s', (c) => (c.resistance_1s ? interval(c.resistance_1s.ohm_cm2, 1, 1, 'Ω cm²') : '–')],
  ['Capacity health', (c) => interval(c.capacity_health, 100, 1, '%')],
  ['Resistance of new', (c) => interval(c.resistance_health, 100, 0, '%')],
  ['Lithium', (c) => interval(c.lithium_inventory_mah_cm2, 1, 2, 'mAh/cm²')],
  ['Innovation, rms', (c) => `${number(1000 * c.innovation_rms_v, 1)} mV`],
  ['Trust', (c) => c.trust],
];

export class Cycles {
  // onCycles() is called when another cycle is known.
  constructor(name, onCycles) {
    this.name = name;
    this.onCycles = onCycles;
    this.cycle = null;
    this.list = [];
    this.words = el('p', { class: 'words' }, 'Fetching the cycles…');
    this.body = el('tbody');
    this.table = el('table', { class: 'cycles', hidden: true },
      el('thead', {}, el('tr', {}, ...COLUMNS.map(([title]) => el('th', { scope: 'col' }, title)))), this.body);
    this.element = el('div', {}, el('div', { class: 'caption' }, this.words, el('a', { class: 'button', href: `/api/v1/cells/${encodeURIComponent(name)}/export?format=bdf`, download: '' }, 'All samples (Battery Data Format)'),
      takeawayButtons({ name: 'Cycle table', file: `${name}-cycles.csv`, table: (separator) => this.text(separator) })),
    el('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Cycle table' }, this.table));
  }

  // A cycle is known a little after the next one has begun.
  follow(state) {
    if (state && state.cycle_count !== this.cycle && !this.waiting) {
      this.cycle = state.cycle_count;
      this.waiting = setTimeout(() => { this.waiting = null; this.fetch(); }, this.list.length > 0 ? LATER_MS : 0);
    }
  }

  async fetch() {
    try {
      const answer = await fetchJson(`/api/v1/cells/${encodeURIComponent(this.name)}/cycles?${new URLSearchParams({ limit: MOST })}`);
      if (this.closed) {
        return;
      }
      this.list = [...answer.cycles].sort((a, b) => a.start_test_time_s - b.start_test_time_s);
      this.redraw();
      this.onCycles();
    } catch (error) {
      setText(this.words, `The cycles cannot be shown now: ${error.message}`);
    }
  }

  redraw() {
    const count = this.list.length;
    this.table.hidden = count === 0;
    setText(this.words, count === 0 ? 'No cycle has ended yet.' : `${count} ${count === 1 ? 'cycle' : 'cycles'}, the newest first; intervals are 90 %.`);
    // one unit for the column: what the largest asks for
    const unit = prefixed(Math.max(0, ...this.list.flatMap((cycle) => [cycle.charge_ah?.value ?? 0, cycle.discharge_ah?.value ?? 0])), 'Ah');
    this.body.replaceChildren(...[...this.list].reverse().map((cycle) => el('tr', { 'data-trust': cycle.trust },
      ...COLUMNS.map(([, of], i) => el(i === 0 ? 'th' : 'td', i === 0 ? { scope: 'row' } : {}, of(cycle, unit))))));
  }

  text(separator) {
    const flat = this.list.map((cycle) => flatten(cycle));
    const names = [...new Set(flat.flatMap((cycle) => Object.keys(cycle)))];
    return [names.join(separator), ...flat.map((cycle) => names.map((name) => cycle[name] ?? '').join(separator))].join('\n');
  }

  close() {
    this.closed = true;
    clearTimeout(this.waiting);
  }
}

function flatten(message, prefix = '') {
  const flat = {};
  for (const [name, value] of Object.entries(message)) {
    if (name === 'null_reasons') {
      continue;
    }
    if (value !== null && typeof value === 'object') {
      Object.assign(flat, flatten(value, `${prefix}${name}.`));
    } else {
      flat[prefix + name] = value;
    }
  }
  return flat;
}

function amount(ah, [factor, unit]) {
  if (ah === undefined || ah === null) {
    return '–';
  }
  return `${number(ah * factor, 4 - Math.min(3, Math.max(0, Math.floor(Math.log10(Math.abs(ah * factor) || 1)))))} ${unit}`;
}

function percent(value, digits) {
  return value === null || value === undefined ? '–' : `${number(100 * value, digits)} %`;
}
