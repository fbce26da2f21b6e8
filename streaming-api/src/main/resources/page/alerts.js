// Alerts: what is the matter, how bad, why, what to do; and taking one on.
import { announce, el, setText } from './dom.js';
import { age, elapsed, number, typeset } from './format.js';
import { fetchJson, postJson } from './stream.js';

const REMEMBERED_NAME = 'pouchtwin.operator';
const STAGE_RANK = { critical: 0, warning: 1 };
// Of two that are equally bad, what harms speaks before what is merely not known.
const RULE_RANK = ['soft-short', 'short-ahead', 'limit-ahead', 'temperature-ahead', 'lithium-exhaustion-ahead', 'knee-ahead', 'end-of-life-ahead', 'model-not-trusted', 'data-frozen', 'data-stale'];

// What the page knows of the alerts: fetched when a connection opens, then kept up by the stream.
export class Alerts {
  constructor() {
    this.byId = new Map();
    this.version = 0;
    this.fetching = new Set();
  }

  async fetch() {
    const known = new Map();
    const meanwhile = [];
    this.fetching.add(meanwhile);
    try {
      let next = '/api/v1/alerts?open=true&limit=1000';
      while (next) {
        const page = await fetchJson(next);
        page.alerts.forEach((alert) => known.set(alert.id, alert));
        next = page.next;
      }
      // what the stream has told since the question is newer than the answer
      meanwhile.forEach((alert) => put(known, alert));
      this.byId = known;
      this.version++;
    } finally {
      this.fetching.delete(meanwhile);
    }
  }

  // Takes a change of an alert as the stream brings it.
  take(alert) {
    const before = this.byId.get(alert.id);
    this.fetching.forEach((meanwhile) => meanwhile.push(alert));
    put(this.byId, alert);
    if (alert.open && before?.stage !== alert.stage) {
      announce(`${alert.stage}: ${alert.cell}, ${alert.title}`);
    }
    this.version++;
  }

  // Open alerts, of one cell or of all: those that nobody has taken on first, then the worst, then the latest.
  open(cell = null) {
    return [...this.byId.values()]
      .filter((alert) => cell === null || alert.cell === cell)
      .sort((a, b) => Number(Boolean(a.acknowledgement)) - Number(Boolean(b.acknowledgement))
        || byUrgency(a, b)
        || wallMs(b.raised) - wallMs(a.raised));
  }

  // The alert that speaks loudest for a cell.
  worst(cell) {
    if (this.worstVersion !== this.version) {
      this.worstVersion = this.version;
      this.worstByCell = new Map();
      for (const alert of this.open()) {
        const known = this.worstByCell.get(alert.cell);
        if (!known || byUrgency(alert, known) < 0) {
          this.worstByCell.set(alert.cell, alert);
        }
      }
    }
    return this.worstByCell.get(cell) ?? null;
  }
}

function byUrgency(a, b) {
  return STAGE_RANK[a.stage] - STAGE_RANK[b.stage] || RULE_RANK.indexOf(a.rule) - RULE_RANK.indexOf(b.rule);
}

function wallMs(moment) {
  return (moment?.unix_time_s ?? moment?.test_time_s ?? 0) * 1000;
}

function put(alerts, alert) {
  if (alert.open) {
    alerts.set(alert.id, alert);
  } else {
    alerts.delete(alert.id);
  }
}

// The list as people see it. onShow(alert) goes to the moment in the charts; `cell` limits it to one cell.
export class AlertList {
  constructor(alerts, { cell = null, onShow, nowMs }) {
    this.alerts = alerts;
    this.cell = cell;
    this.onShow = onShow;
    this.nowMs = nowMs;
    this.cards = new Map();
    this.heading = el('h3', {});
    this.list = el('ul', {});
    this.element = el('section', { class: 'alerts', 'aria-label': 'Alerts', hidden: true }, this.heading, this.list);
  }

  redraw() {
    const open = this.alerts.open(this.cell);
    this.element.hidden = open.length === 0;
    if (this.drawnVersion !== this.alerts.version) {
      this.drawnVersion = this.alerts.version;
      const waiting = open.filter((alert) => !alert.acknowledgement).length;
      setText(this.heading, `${open.length} ${open.length === 1 ? 'alert' : 'alerts'}${waiting < open.length ? `, ${waiting} not acknowledged` : ''}`);
      for (const [id, card] of this.cards) {
        if (!open.some((alert) => alert.id === id)) {
          card.element.remove();
          this.cards.delete(id);
        }
      }
      open.forEach((alert, i) => {
        let card = this.cards.get(alert.id);
        if (!card) {
          card = new AlertCard(this);
          this.cards.set(alert.id, card);
        }
        card.fill(alert);
        // a card that is being written in is not moved from under the pen
        if (this.list.children[i] !== card.element && !card.element.contains(document.activeElement)) {
          this.list.insertBefore(card.element, this.list.children[i] ?? null);
        }
      });
    }
    this.cards.forEach((card) => card.fillAge(this.nowMs()));
  }
}

class AlertCard {
  constructor(owner) {
    this.owner = owner;
    this.stage = el('b', { class: 'stage' });
    this.title = el('span', { class: 'alert-title' });
    this.when = el('time', {});
    this.value = el('p', { class: 'value' });
    this.cause = el('p', {});
    this.action = el('p', { class: 'do' });
    this.taken = el('p', { class: 'taken' });
    this.show = el('a', { class: 'button', onclick: (event) => this.onShow(event) }, 'Show the moment');
    this.acknowledge = el('button', { type: 'button', onclick: () => this.ask() }, 'Acknowledge');
    this.name = el('input', { type: 'text', maxlength: '100', placeholder: 'Your name', 'aria-label': 'Your name', autocomplete: 'name' });
    this.note = el('input', { type: 'text', maxlength: '1000', placeholder: 'Note, if any', 'aria-label': 'Note' });
    this.problem = el('span', { class: 'problem', role: 'alert' });
    this.form = el('form', { hidden: true, onsubmit: (event) => this.send(event) }, this.name, this.note,
      el('button', { type: 'submit' }, 'Confirm'), el('button', { type: 'button', onclick: () => { this.form.hidden = true; } }, 'Cancel'), this.problem);
    this.element = el('li', { class: 'alert' },
      el('p', { class: 'alert-head' }, this.stage, this.title, this.when), this.value, this.cause, this.action, this.taken,
      el('p', { class: 'alert-tools' }, this.show, this.acknowledge), this.form);
  }

  fill(alert) {
    this.alert = alert;
    this.element.dataset.stage = alert.stage;
    this.element.classList.toggle('acknowledged', Boolean(alert.acknowledgement));
    setText(this.stage, alert.stage);
    setText(this.title, this.owner.cell === null ? `${alert.cell}: ${alert.title}` : alert.title);
    setText(this.value, valueWords(alert));
    setText(this.cause, typeset(alert.likely_cause));
    setText(this.action, typeset(alert.suggested_action));
    this.show.href = alert.link;
    const taken = alert.acknowledgement;
    this.taken.hidden = !taken;
    setText(this.taken, taken ? `Acknowledged by ${taken.operator}, ${new Date(taken.unix_time_s * 1000).toLocaleString([], { hourCycle: 'h23' })}${taken.note ? `: ${taken.note}` : ''}` : '');
    this.acknowledge.hidden = Boolean(taken) || !this.form.hidden;
  }

  fillAge(nowMs) {
    const { raised, onset, cycle_count: cycle } = this.alert;
    // a tester's clock may be ahead of ours, a sped-up one is by far: then only test time says when
    const agoS = raised.unix_time_s === null ? NaN : (nowMs - raised.unix_time_s * 1000) / 1000;
    setText(this.when, agoS >= 0 ? `raised ${age(agoS)} ago` : `raised at test time ${elapsed(raised.test_time_s)}`);
    this.when.title = `test time ${elapsed(raised.test_time_s)}${cycle ? `, cycle ${cycle}` : ''}; began at ${elapsed(onset.test_time_s)}`;
  }

  onShow(event) {
    if (!event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.owner.onShow(this.alert);
    }
  }

  ask() {
    this.name.value = localStorage.getItem(REMEMBERED_NAME) ?? '';
    this.form.hidden = false;
    this.acknowledge.hidden = true;
    (this.name.value ? this.note : this.name).focus();
  }

  async send(event) {
    event.preventDefault();
    setText(this.problem, '');
    if (!this.name.value.trim()) {
      setText(this.problem, 'Please say who you are.');
      this.name.focus();
      return;
    }
    try {
      const answer = await postJson(`/api/v1/alerts/${encodeURIComponent(this.alert.id)}/acknowledge`, { operator: this.name.value, note: this.note.value });
      localStorage.setItem(REMEMBERED_NAME, this.name.value.trim());
      this.form.hidden = true;
      this.owner.alerts.take(answer);
      this.owner.redraw();
    } catch (error) {
      setText(this.problem, error.message);
    }
  }
}

function digitsFor(value, unit) {
  const size = Math.abs(value);
  if (unit === 'cycles') {
    return 0;
  }
  return size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4;
}

function valueWords(alert) {
  const unit = alert.unit ? ` ${typeset(alert.unit)}` : '';
  // all of one quantity with the same digits: those that the value, or where it is nothing its threshold, asks for
  const digits = digitsFor(alert.value || alert.threshold, alert.unit);
  const text = (value) => `${number(value, digits)}${unit}`;
  const parts = [];
  if (alert.value !== null) {
    const between = alert.value_low === null ? '' : ` (90 %: ${number(alert.value_low, digits)} to ${text(alert.value_high)})`;
    parts.push(`${alert.quantity}: ${text(alert.value)}${between}, threshold ${text(alert.threshold)}`);
  } else {
    parts.push(alert.quantity);
  }
  if (alert.horizon_cycles !== null) {
    parts.push(`within ${number(alert.horizon_cycles, 0)} cycles`);
  } else if (alert.horizon_s !== null) {
    parts.push(alert.horizon_s > 0 ? `in ${age(alert.horizon_s)} of test time` : 'now');
  }
  const sentence = parts.join(', ');
  return sentence[0].toUpperCase() + sentence.slice(1);
}
