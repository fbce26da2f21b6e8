// One cell: six figures, four charts, and in words how far they may be believed.
import { AlertList } from './alerts.js';
import { announce, el, setAttribute, setText } from './dom.js';
import { age, interval, number, prefixed, step } from './format.js';
import { Columns } from './columns.js';
import { Outlook } from './outlook.js';
import { LiveStream, fetchJson } from './stream.js';
import { colours, onThemeChange } from './theme.js';

const REDRAW_MS = 100;
const MOST_STATES = 5000;

const FIGURES = [
  ['Measured', (s) => `${number(s.voltage_measured_v, 4)} V`, (s) => `predicted ${interval(s.voltage_predicted_v, 1, 3, 'V')}`],
  ['State of charge', (s) => interval(s.soc, 100, 1, '%'), () => '90 % interval'],
  ['Current density', (s) => `${number(s.current_density_ma_cm2, 3)} mA/cm²`, (s, cell) => cRate(s, cell)],
  ['Temperature', (s) => (s.temperature_measured_degc === null ? 'not measured' : `${number(s.temperature_measured_degc, 1)} °C`), (s) => `predicted ${interval(s.temperature_predicted_degc, 1, 1, '°C')}`],
  ['Film on lithium', (s) => interval(s.film_resistance_ohm_cm2, 1, 2, 'Ω cm²'), () => '90 % interval'],
  ['Capacity health', (s) => (s.capacity_health ? interval(s.capacity_health, 100, 1, '%') : null), (s) => capacity(s.capacity_ah)],
  ['Resistance, of new', (s) => (s.resistance_health ? interval(s.resistance_health, 100, 0, '%') : null), () => '90 % interval'],
];

export class CellView {
  constructor(cells, name, { range, onRange, onConnection }) {
    this.cells = cells;
    this.name = name;
    this.range = range;
    this.onRange = onRange;
    this.onConnection = onConnection;
    this.columns = new Columns();
    this.leftOut = 0;
    this.alertList = new AlertList(cells.alerts, { cell: name, onShow: (alert) => this.showMoment(alert), nowMs: () => cells.nowMs() });
    this.outlook = new Outlook(name);
    this.build();
    onThemeChange(() => { this.redrawCharts(); this.outlook.redraw(true); });
  }

  build() {
    this.words = el('p', { class: 'words', role: 'status' });
    this.where = el('p', { class: 'where' });
    this.figures = FIGURES.map(([label]) => {
      const value = el('b');
      const note = el('small');
      return { element: el('div', { class: 'figure' }, el('span', {}, label), value, note), value, note };
    });
    this.strip = el('div', { class: 'strip' }, ...this.figures.map((figure) => figure.element));
    this.message = el('p', { class: 'notice' }, 'Fetching the cell…');
    this.note = el('p', { class: 'note' });
    this.whole = el('button', { type: 'button', onclick: () => this.zoom(null, null) }, 'Show everything');
    this.csv = el('button', { type: 'button', onclick: () => this.saveCsv() }, 'Save as CSV');
    this.banner = el('p', { class: 'banner', hidden: true });
    this.charts = el('div', { class: 'charts' });
    this.element = el('section', { class: 'cell' },
      el('div', { class: 'title' }, el('h2', {}, this.name), this.words), this.where, this.alertList.element, this.strip, this.message,
      el('div', { class: 'tools' }, this.whole, this.csv, this.note), this.banner, this.charts, this.outlook.element);
    this.strip.hidden = true;
    this.tools(false);
  }

  tools(shown) {
    this.element.querySelector('.tools').hidden = !shown;
  }

  async start() {
    this.timer = setInterval(() => this.redraw(), REDRAW_MS);
    while (!this.closed) {
      try {
        await this.load();
        return;
      } catch (error) {
        this.say(error.status === 404 ? 'No such cell is known. If a tester reports one of this name, it appears here by itself.' : `${error.message} Trying again.`);
        this.onConnection(error.status !== undefined, error.status ? 'Live' : 'The server does not answer, trying again');
        await new Promise((resolve) => { setTimeout(resolve, 2000); });
      }
    }
  }

  async load() {
    const path = `/api/v1/cells/${encodeURIComponent(this.name)}`;
    const detail = await fetchJson(path);
    this.cells.heard(detail.time);
    this.cells.cell(this.name).state = null;
    this.cells.put(detail);
    const recent = await fetchJson(`${path}/recent?limit=${MOST_STATES}`);
    if (this.closed) {
      return;
    }
    this.columns.clear();
    recent.states.forEach((state) => this.take(state));
    this.say(this.columns.length === 0 ? 'No sample has come from this cell yet. The charts begin with the first one.' : null);
    const { Charts } = await import('./chart.js');
    if (this.closed) {
      return;
    }
    this.Charts = Charts;
    this.redrawCharts();
    this.stream?.close();
    const address = (id) => `${path}/stream${id ? `?${new URLSearchParams({ last_event_id: id })}` : ''}`;
    this.stream = new LiveStream(address, recent.newest_held, {
      state: (state) => this.take(state),
      alert: (alert) => this.cells.onAlert(alert),
      live: (reading) => this.cells.onLive(reading),
      conflated: (gap) => { this.leftOut += gap.skipped; },
      reset: () => this.load(),
      heartbeat: (beat) => this.cells.heard(beat.time),
    }, this.onConnection);
  }

  take(state) {
    this.cells.onState(state);
    if (this.columns.add(state)) {
      this.dirty = true;
    }
  }

  redrawCharts() {
    if (!this.Charts || this.closed) {
      return;
    }
    this.drawn?.destroy();
    this.drawn = null;
    this.wallClock = this.columns.wallClock;
    if (this.columns.length > 0) {
      this.drawn = new this.Charts(this.charts, this.columns, colours(), (from, to) => this.zoom(from, to));
      this.drawn.show(this.range);
      this.say(null);
      this.tools(true);
    }
  }

  redraw() {
    if (document.hidden || !this.element.isConnected) {
      return;
    }
    const cell = this.cells.byName.get(this.name);
    if (!cell) {
      return;
    }
    this.fillWords(cell);
    this.alertList.redraw();
    this.outlook.follow(cell.state);
    if (!this.dirty) {
      return;
    }
    this.dirty = false;
    this.fillFigures(cell);
    if (!this.drawn || this.wallClock !== this.columns.wallClock) {
      this.redrawCharts();
    } else {
      this.drawn.update();
    }
  }

  fillWords(cell) {
    const attention = this.cells.attention(cell);
    const sampleAge = cell.sampleMs ? `last sample ${age((this.cells.nowMs() - cell.sampleMs) / 1000)} ago` : '';
    setText(this.words, [attention.words, sampleAge].filter(Boolean).join(' · '));
    setAttribute(this.element, 'data-mark', attention.mark);
    this.element.classList.toggle('old', attention.old);
    const caution = cautionFor(attention);
    this.banner.hidden = caution === null || !this.drawn;
    setText(this.banner, caution ?? '');
    if (this.announcedMark !== attention.mark) {
      this.announcedMark = attention.mark;
      announce(`${cell.name}: ${attention.words}`);
    }
    const r = cell.registration;
    setText(this.where, [
      r ? `${r.tester} ${r.channel}` : 'not registered',
      r?.design,
      cell.state ? `test ${cell.state.test_run}` : null,
      cell.state ? `${step(cell.state.step_type)}, step ${cell.state.step_count}, cycle ${cell.state.cycle_count}` : null,
      r?.campaign || null,
    ].filter(Boolean).join(' · '));
    setText(this.note, this.leftOut > 0 ? `${this.leftOut} samples were left out because this page was too slow for them` : '');
    this.whole.disabled = this.range === null;
  }

  fillFigures(cell) {
    if (!cell.state) {
      return;
    }
    this.strip.hidden = false;
    FIGURES.forEach(([, value, note], i) => {
      const text = value(cell.state);
      // what the twin does not know yet is not shown at all
      this.figures[i].element.hidden = text === null;
      setText(this.figures[i].value, text ?? '');
      setText(this.figures[i].note, note(cell.state, cell));
    });
  }

  // The charts around the moment of an alert; those that are no longer held here begin later.
  showMoment(alert) {
    const query = new URL(alert.link, location.href).searchParams;
    this.zoom(Number(query.get('from')), Number(query.get('to')));
    this.charts.scrollIntoView({ block: 'start' });
  }

  zoom(from, to) {
    this.range = from === null ? null : [from, to];
    this.drawn?.show(this.range);
    this.onRange(this.range);
  }

  saveCsv() {
    const [from, to] = this.range ?? [-Infinity, Infinity];
    const address = URL.createObjectURL(new Blob([this.columns.csv(from, to)], { type: 'text/csv' }));
    el('a', { href: address, download: `${this.name}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  say(sentence) {
    this.message.hidden = !sentence;
    setText(this.message, sentence ?? '');
  }

  close() {
    this.closed = true;
    clearInterval(this.timer);
    this.stream?.close();
    this.drawn?.destroy();
    this.outlook.close();
  }
}

function cautionFor(attention) {
  if (attention.old) {
    return `Not live. ${attention.words[0].toUpperCase()}${attention.words.slice(1)}. What is shown are the last numbers.`;
  }
  if (attention.mark === 'diverged' || attention.diverged) {
    return 'Do not rely on the prediction: the measured voltage lies further from it than the twin’s own uncertainty explains.';
  }
  return null;
}

function capacity(estimate) {
  if (!estimate) {
    return '';
  }
  const [factor, unit] = prefixed(estimate.value, 'Ah');
  return interval(estimate, factor, 3, unit);
}

function cRate(state, cell) {
  const [factor, unit] = prefixed(state.current_a, 'A');
  const current = `${number(state.current_a * factor, 3)} ${unit}`;
  const nominal = cell.registration?.nominal_capacity_ah;
  return nominal > 0 ? `${number(Math.abs(state.current_a) / nominal, 2)} C, ${current}` : current;
}
