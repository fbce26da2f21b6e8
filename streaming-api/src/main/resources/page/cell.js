// One cell: six figures on top, beneath them what is going on, what will happen, what to do, and what has been.
import { AlertList } from './alerts.js';
import { setStaleAfter } from './attention.js';
import { Columns } from './columns.js';
import { Cycles } from './cycles.js';
import { announce, el, setAttribute, setText } from './dom.js';
import { Figures } from './figures.js';
import { age, interval, moment, number, prefixed, step, testerTime } from './format.js';
import { Outlook } from './outlook.js';
import { Past } from './past.js';
import { LiveStream, fetchJson } from './stream.js';
import { Tabs } from './tabs.js';
import { colours, onThemeChange } from './theme.js';
import { fillTrust } from './trust.js';

const REDRAW_MS = 100;
const SLOW_MS = 1000;
const MOST_STATES = 5000;
// How far back from now the charts reach; null: as far as is held here.
const SPANS = [['Held here', null], ['10 min', 600], ['1 h', 3600], ['6 h', 21600], ['1 day', 86400], ['1 week', 604800], ['Everything', Infinity]];

export class CellView {
  constructor(cells, name, { range, span, view, onAddress, onConnection }) {
    this.cells = cells;
    this.name = name;
    this.range = range;
    this.span = span;
    this.onAddress = onAddress;
    this.onConnection = onConnection;
    this.columns = new Columns();
    this.leftOut = 0;
    this.palette = colours();
    this.alertList = new AlertList(cells.alerts, { cell: name, onShow: (alert) => this.showMoment(alert), nowMs: () => cells.nowMs() });
    this.outlook = new Outlook(name, () => { this.slowAt = 0; });
    this.cycles = new Cycles(name, () => { this.slowAt = 0; });
    this.past = new Past(name, this.columns, () => this.drawn?.show(this.window()), (words) => setText(this.pastWords, words));
    this.build(view);
    this.stopTheme = onThemeChange(() => { this.palette = colours(); this.slowAt = 0; this.redrawCharts(); this.outlook.redraw(); this.fillSlowly(cells.cell(name)); });
  }

  build(view) {
    this.words = el('p', { class: 'words', role: 'status' });
    this.where = el('p', { class: 'where' });
    this.now = el('p', { class: 'now' });
    this.figures = new Figures();
    this.message = el('p', { class: 'notice' }, 'Fetching the cell…');
    this.banner = el('p', { class: 'banner', hidden: true });
    this.buildCharts();
    this.noAlerts = el('p', { class: 'notice' }, 'No alert is open for this cell.');
    this.trust = el('dl', { class: 'facts' });
    this.tabs = new Tabs([
      { id: 'now', label: 'Now', element: el('div', {}, this.tools, this.banner, this.charts), onShow: () => { this.drawn?.resize(); this.drawn?.update(); } },
      { id: 'forecast', label: 'Forecast', element: this.outlook.element, onShow: () => this.outlook.redraw() },
      { id: 'alerts', label: 'Alerts', element: el('div', {}, this.alertList.element, this.noAlerts) },
      { id: 'cycles', label: 'Cycles and trust', element: el('div', {}, el('h3', {}, 'How far to believe this twin'), this.trust, el('h3', {}, 'Cycles'), this.cycles.element) },
    ], view, () => this.tellAddress());
    this.element = el('article', { class: 'cell' },
      el('div', { class: 'title' }, el('h2', {}, this.name), this.words, el('button', { type: 'button', class: 'small print', onclick: () => window.print() }, 'Print report')),
      this.where, this.now, this.figures.element, this.tabs.bar, this.message, ...this.tabs.panels);
  }

  buildCharts() {
    this.spans = el('select', { 'aria-label': 'How far back the charts reach', onchange: () => this.follow(SPANS[this.spans.selectedIndex][1]) },
      ...SPANS.map(([words, span]) => el('option', { selected: span === this.span }, words)));
    this.whole = el('button', { type: 'button', class: 'small', onclick: () => this.zoom(null, null) }, 'Back to now');
    this.cursor = el('p', { class: 'cursor' });
    this.pastWords = el('p', { class: 'note past', role: 'status' });
    this.note = el('p', { class: 'note' });
    this.tools = el('div', { class: 'tools' }, this.spans, this.whole, this.pastWords, this.note, this.cursor);
    this.charts = el('div', { class: 'charts' });
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
    const [detail, recent, { Charts }] = await Promise.all([fetchJson(path), fetchJson(`${path}/recent?limit=${MOST_STATES}`), import('./chart.js')]);
    if (this.closed) {
      return;
    }
    this.cells.heard(detail.time);
    setStaleAfter(detail.stale_after_s);
    this.cells.cell(this.name).state = null;
    this.cells.put(detail);
    this.columns.clear();
    recent.states.forEach((state) => this.take(state));
    this.say(this.columns.length === 0 ? 'No sample has come from this cell yet. The charts begin with the first one.' : null);
    this.Charts = Charts;
    this.redrawCharts();
    this.stream?.close();
    const address = (id) => `${path}/stream${id ? `?${new URLSearchParams({ last_event_id: id })}` : ''}`;
    this.stream = new LiveStream(address, recent.newest_held, {
      state: (state) => this.take(state),
      alert: (alert) => this.cells.onAlert(alert),
      outlook: (event) => { this.cells.onOutlook(event); this.outlook.fetch(); this.cycles.fetch(); },
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
      this.drawn = new this.Charts(this.charts, this.columns, this.palette, {
        name: this.name, onZoom: (from, to) => this.zoom(from, to), onCursor: (words) => setText(this.cursor, words),
      });
      this.show();
      this.say(null);
    }
  }

  // What the charts show: a range that was chosen, or so much until now.
  window() {
    if (this.range !== null) {
      return this.range;
    }
    return this.span === null ? null : [-this.span, Infinity];
  }

  show() {
    const shown = this.window();
    this.drawn?.show(shown);
    if (this.columns.length > 0) {
      const [from, to] = shown ?? [this.columns.first, this.columns.last];
      this.past.show(from < 0 && from !== -Infinity ? this.columns.last + from : from, to);
    }
  }

  redraw() {
    const cell = this.cells.byName.get(this.name);
    if (document.hidden || !this.element.isConnected || !cell) {
      return;
    }
    this.fillWords(cell);
    this.alertList.redraw();
    this.outlook.follow(cell.state);
    this.cycles.follow(cell.state);
    if (Date.now() - (this.slowAt ?? 0) > SLOW_MS) {
      this.slowAt = Date.now();
      this.fillSlowly(cell);
    }
    if (this.dirty) {
      this.dirty = false;
      this.undrawn = true;
      this.fillNow(cell);
      if (!this.drawn || this.wallClock !== this.columns.wallClock) {
        this.redrawCharts();
      }
    }
    if (this.undrawn && this.tabs.current === 'now' && this.drawn?.due) {
      this.undrawn = !this.drawn.advance();
    }
  }

  // Figures that change slowly are read more easily when they stand still for a second.
  fillSlowly(cell) {
    const facts = { state: cell.state, columns: this.columns, cycles: this.cycles.list, outlook: cell.outlook, forecasts: this.outlook.forecasts };
    this.figures.fill(facts, this.palette);
    const open = this.cells.alerts.open(this.name);
    this.tabs.label('alerts', open.length > 0 ? `Alerts (${open.length})` : 'Alerts');
    this.noAlerts.hidden = open.length > 0;
    fillTrust(this.trust, facts);
  }

  fillWords(cell) {
    const attention = this.cells.attention(cell);
    const sampleAge = cell.sampleMs ? `last sample ${age((this.cells.nowMs() - cell.sampleMs) / 1000)} ago` : '';
    setText(this.words, [attention.words, sampleAge].filter(Boolean).join(' · '));
    setAttribute(this.words, 'title', cell.state ? testerTime(cell.state) : '');
    setAttribute(this.element, 'data-mark', attention.mark);
    this.element.classList.toggle('old', attention.old);
    this.element.classList.toggle('diverged', Boolean(attention.diverged) || attention.mark === 'diverged');
    const caution = cautionFor(attention);
    const hidden = caution === null || !this.drawn;
    setText(this.banner, caution ?? '');
    if (this.banner.hidden !== hidden) {
      this.banner.hidden = hidden;
      this.drawn?.resize(); // the charts share what is left of the window
    }
    if (this.announcedMark !== attention.mark) {
      this.announcedMark = attention.mark;
      announce(`${cell.name}: ${attention.words}`);
    }
    const r = cell.registration;
    setText(this.where, [
      r ? `${r.tester} ${r.channel}` : 'not registered',
      r?.design,
      r?.campaign || null,
      cell.state ? `test ${cell.state.test_run}` : null,
      cell.state ? `${step(cell.state.step_type)}, step ${cell.state.step_count}, cycle ${cell.state.cycle_count}` : null,
      r?.note || null,
    ].filter(Boolean).join(' · '));
    setAttribute(this.where, 'title', r?.note ?? '');
    setText(this.note, this.leftOut > 0 ? `${this.leftOut} samples were left out because this page was too slow for them` : '');
    this.whole.disabled = this.range === null;
  }

  fillNow(cell) {
    const s = cell.state;
    setText(this.now, [
      `${number(s.voltage_measured_v, 4)} V measured, ${interval(s.voltage_predicted_v, 1, 3, 'V')} predicted`,
      `${number(s.current_density_ma_cm2, 3)} mA/cm² (${cRate(s, cell)})`,
      s.temperature_measured_degc === null ? 'temperature not measured' : `${number(s.temperature_measured_degc, 1)} °C, predicted ${interval(s.temperature_predicted_degc, 1, 1, '°C')}`,
      s.unix_time_s === null ? null : moment(s.unix_time_s),
    ].filter(Boolean).join(' · '));
    setAttribute(this.now, 'title', testerTime(s));
  }

  // The charts around the moment of an alert.
  showMoment(alert) {
    const query = new URL(alert.link, location.href).searchParams;
    this.tabs.show('now');
    this.zoom(Number(query.get('from')), Number(query.get('to')));
  }

  zoom(from, to) {
    this.range = from === null ? null : [from, to];
    this.show();
    this.tellAddress();
  }

  follow(span) {
    this.range = null;
    this.span = span;
    this.show();
    this.tellAddress();
  }

  tellAddress() {
    const address = { cell: this.name };
    if (this.range) {
      Object.assign(address, { from: this.range[0].toFixed(3), to: this.range[1].toFixed(3) });
    } else if (this.span !== null) {
      address.span = this.span === Infinity ? 'all' : this.span;
    }
    if (this.tabs.current !== 'now') {
      address.view = this.tabs.current;
    }
    this.onAddress(address);
  }

  say(sentence) {
    this.message.hidden = !sentence;
    setText(this.message, sentence ?? '');
  }

  close() {
    this.closed = true;
    clearInterval(this.timer);
    this.stopTheme();
    this.stream?.close();
    this.past.close();
    this.drawn?.destroy();
    this.outlook.close();
    this.cycles.close();
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

function cRate(state, cell) {
  const [factor, unit] = prefixed(state.current_a, 'A');
  const current = `${number(state.current_a * factor, 2)} ${unit}`;
  const nominal = cell.registration?.nominal_capacity_ah;
  return nominal > 0 ? `${number(Math.abs(state.current_a) / nominal, 2)} C, ${current}` : current;
}
