// Views beside each other of which one is in sight: what is going on, what will happen, what to do, what has been.
import { el, setAttribute, setText } from './dom.js';

export class Tabs {
  // views: [{id, label, element, onShow()}]; onChange(id) is called when a person changes the view.
  constructor(views, chosen, onChange) {
    this.views = views;
    this.onChange = onChange;
    this.buttons = views.map(({ id, label }, i) => el('button', {
      type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': `view-${id}`, 'aria-keyshortcuts': String(i + 1), title: `Key ${i + 1}`,
      onclick: () => this.choose(id), onkeydown: (event) => this.onKey(event, i),
    }, label));
    this.bar = el('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Views of the cell' }, ...this.buttons);
    this.panels = views.map(({ id, element }) => el('section', { id: `view-${id}`, role: 'tabpanel', 'aria-labelledby': `tab-${id}`, class: `panel panel-${id}` }, element));
    this.show(views.some(({ id }) => id === chosen) ? chosen : views[0].id);
  }

  choose(id) {
    this.show(id);
    this.onChange(id);
  }

  at(index) {
    if (this.views[index]) {
      this.choose(this.views[index].id);
    }
  }

  show(id) {
    this.current = id;
    this.views.forEach((view, i) => {
      const shown = view.id === id;
      setAttribute(this.buttons[i], 'aria-selected', String(shown));
      this.buttons[i].tabIndex = shown ? 0 : -1;
      this.panels[i].classList.toggle('away', !shown);
    });
    // on a phone not all of them are in sight; before the page has a layout none is
    requestAnimationFrame(() => this.bringIntoSight(this.buttons[this.views.findIndex((view) => view.id === this.current)]));
    this.views.find((view) => view.id === id).onShow?.();
  }

  bringIntoSight(button) {
    const row = button.parentElement;
    row.scrollLeft = button.offsetLeft - row.offsetLeft - (row.clientWidth - button.offsetWidth) / 2;
  }

  label(id, text) {
    setText(this.buttons[this.views.findIndex((view) => view.id === id)], text);
  }

  onKey(event, i) {
    const moves = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: this.views.length - 1 };
    if (event.key in moves) {
      event.preventDefault();
      const next = (moves[event.key] + this.views.length) % this.views.length;
      this.at(next);
      this.buttons[next].focus();
    }
  }
}
