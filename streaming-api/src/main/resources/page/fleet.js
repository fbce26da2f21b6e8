// The fleet: one row for each cell, those that ask for attention first. Only the rows in sight exist in the document.
import { AlertList } from './alerts.js';
import { announce, el, setAttribute, setText } from './dom.js';
import { Filters } from './filters.js';
import { age, between, cyclesLeft, interval, number, share, step, testerTime } from './format.js';
import { drawSparkline } from './sparkline.js';
import { colours, onThemeChange } from './theme.js';

const OVERSCAN = 6;
const REDRAW_MS = 250;
const MOST_TRACES = 50;
const HEADINGS = ['Cell', 'Step', 'Voltage, last hour of test', 'Measured', 'SOC', 'Health', 'Cycles left', 'Short risk', 'Attention', 'Sample, ago'];

export class FleetView {
  constructor(cells, { chosen, selected, onOpen, onFilter, onShow }) {
    this.cells = cells;
    this.onOpen = onOpen;
    this.onFilter = onFilter;
    this.alertList = new AlertList(cells.alerts, { onShow, nowMs: () => cells.nowMs() });
    this.filters = new Filters(chosen, () => this.refilter());
    this.search = this.filters.search;
    this.selected = selected ?? null;
    this.moved = this.selected !== null; // until somebody comes to the grid, the cursor stands on the worst
    this.order = [];
    this.orderedAt = -1;
    this.rows = [];
    this.wanted = new Set();
    this.narrow = matchMedia('(max-width: 720px)');
    this.inSight = window.innerHeight; // until the grid is laid out
    this.build();
    this.stopTheme = onThemeChange(() => { this.palette = colours(); this.redraw(true); });
    this.timer = setInterval(() => this.redraw(false), REDRAW_MS);
    this.resized = new ResizeObserver(() => this.resize());
    this.resized.observe(this.grid);
  }

  build() {
    this.palette = colours();
    this.summary = el('p', { class: 'summary' });
    this.message = el('p', { class: 'notice', hidden: true });
    this.space = el('div', { class: 'space', role: 'rowgroup' });
    this.head = el('div', { class: 'row head', role: 'row', 'aria-rowindex': '1' },
      ...HEADINGS.map((heading, i) => el('span', { class: `c${i}`, role: 'columnheader' }, heading)));
    this.grid = el('div', {
      class: 'grid', role: 'grid', tabindex: '0', 'aria-label': 'Cells, those that ask for attention first; intervals are 90 %', 'aria-colcount': String(HEADINGS.length),
      onscroll: () => this.redraw(false, true),
    }, el('div', { class: 'heads', role: 'rowgroup' }, this.head), this.space);
    this.grid.addEventListener('keydown', (event) => { this.hold(); this.onKey(event); });
    // who comes from elsewhere on the page looks at it; as the page opens, it has the focus with nobody there
    this.grid.addEventListener('focus', (event) => { if (event.relatedTarget) this.hold(); });
    this.element = el('section', { class: 'fleet' }, el('div', { class: 'tools' }, this.filters.element, this.summary), this.message, this.grid, this.alertList.element);
  }

  refilter() {
    this.orderedAt = -1;
    this.grid.scrollTop = 0;
    this.arrange();
    if (!this.order.some((cell) => cell.name === this.selected)) {
      this.moved = false;
    }
    this.onFilter(this.filters.address());
    this.redraw(false);
  }

  clearFilters() {
    this.filters.clear();
    this.refilter();
  }

  say(sentence) {
    this.message.hidden = !sentence;
    setText(this.message, sentence ?? '');
  }

  arrange() {
    const now = Math.floor(Date.now() / 1000);
    if (this.orderedAt === this.cells.version && this.arrangedS === now) {
      return;
    }
    this.arrangedS = now;
    this.orderedAt = this.cells.version;
    this.filters.offer(this.cells.byName.values());
    const counts = {};
    const ranked = [];
    for (const cell of this.cells.byName.values()) {
      const attention = this.cells.attention(cell);
      counts[attention.mark] = (counts[attention.mark] ?? 0) + 1;
      if (this.filters.matches(cell)) {
        ranked.push([attention.rank, cell]);
      }
    }
    ranked.sort((a, b) => a[0] - b[0] || this.cells.byRisk(a[1], b[1]));
    this.order = ranked.map(([, cell]) => cell);
    this.sayCounts(counts);
  }

  sayCounts(counts) {
    const total = this.cells.byName.size;
    const parts = [];
    const trouble = [];
    if (counts.critical) trouble.push(`${counts.critical} critical`);
    if (counts.warning) trouble.push(`${counts.warning} with a warning`);
    if (counts.diverged) trouble.push(`${counts.diverged} diverged`);
    if (counts.stale) trouble.push(`${counts.stale} stale`);
    if (counts.converging) parts.push(`${counts.converging} converging`);
    if (counts.ended) parts.push(`${counts.ended} ended`);
    parts.push(`${total} ${total === 1 ? 'cell' : 'cells'} in all`);
    if (this.order.length !== total) parts.push(`${this.order.length} shown`);
    setText(this.summary, [...(trouble.length ? trouble : ['Nothing asks for attention']), ...parts].join(' · '));
    setAttribute(this.summary, 'data-mark', trouble.length ? 'trouble' : 'calm');
    announce(trouble.length ? `${trouble.join(' and ')} of ${total} cells` : 'Nothing asks for attention');
  }

  // Anew: the pictures, too, though nothing has come: their colours or sizes are others. Scrolled: only rows that come into sight.
  redraw(anew, scrolled = false) {
    if (!this.element.isConnected || document.hidden) {
      return;
    }
    const { scrollTop } = this.grid; // asked for before anything is written: the browser need not lay out twice
    this.arrange();
    this.alertList.redraw();
    if (this.cells.byName.size > 0) {
      this.say(this.order.length === 0 ? `No cell matches ${this.filters.words()}. Esc shows all again.` : null);
    }
    this.grid.hidden = this.order.length === 0;
    if (!this.moved && this.order.length > 0) {
      this.selected = this.order[0].name;
    }
    const height = this.rowHeight();
    this.space.style.height = `${this.order.length * height}px`;
    setAttribute(this.grid, 'aria-rowcount', String(this.order.length + 1));
    // a row keeps its cell while it is in sight: scrolling fills only those that come into it
    const count = Math.min(this.order.length, Math.ceil(this.sight() / height) + 1 + 2 * OVERSCAN);
    const first = Math.max(0, Math.min(this.order.length - count, Math.floor(scrollTop / height) - OVERSCAN));
    while (this.rows.length < count) {
      this.rows.push(this.newRow());
    }
    while (this.rows.length > count) {
      this.rows.pop().element.remove();
    }
    for (let index = first; index < first + count; index++) {
      const row = this.rows[index % count];
      if (!scrolled || row.index !== index || row.name !== this.order[index].name) {
        this.fill(row, index, height, anew);
      }
    }
    if (this.selected) {
      this.grid.setAttribute('aria-activedescendant', `row-${this.order.findIndex((c) => c.name === this.selected)}`);
    }
    this.fetchTraces();
  }

  // Height of what is seen of the rows: the headings stay on top of it.
  sight() {
    return this.inSight;
  }

  rowHeight() {
    return this.narrow.matches ? 114 : 44;
  }

  resize() {
    this.inSight = this.grid.clientHeight - this.head.offsetHeight;
    this.redraw(true);
  }

  newRow() {
    const parts = HEADINGS.map((_, i) => el('span', { class: `c${i}`, role: 'gridcell' }));
    const link = el('a', { tabindex: '-1' });
    const channel = el('small');
    const cycle = el('small');
    const kind = el('span');
    const canvas = el('canvas', { 'aria-hidden': 'true' });
    const mark = el('i', { class: 'mark', 'aria-hidden': 'true' });
    parts[0].append(mark, link, channel);
    parts[1].append(kind, cycle);
    parts[2].append(canvas);
    const [left, risk] = [el('span'), el('span')];
    const [leftBetween, riskBetween] = [el('small'), el('small')];
    parts[6].append(left, leftBetween);
    parts[7].append(risk, riskBetween);
    const element = el('div', { class: 'row', role: 'row' }, ...parts);
    const row = { element, parts, link, channel, kind, cycle, canvas, mark, left, leftBetween, risk, riskBetween, name: null, index: -1, seen: -1 };
    element.addEventListener('click', (event) => {
      if (!event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        this.onOpen(row.name);
      }
    });
    this.space.append(element);
    return row;
  }

  fill(row, index, height, anew) {
    const cell = this.order[index];
    const attention = this.cells.attention(cell);
    const other = row.name !== cell.name;
    row.index = index;
    const transform = `translateY(${index * height}px)`;
    if (row.element.style.transform !== transform) {
      row.element.style.transform = transform;
    }
    row.element.id = `row-${index}`;
    setAttribute(row.element, 'aria-rowindex', String(index + 2));
    setAttribute(row.element, 'aria-selected', String(cell.name === this.selected));
    setAttribute(row.element, 'data-mark', attention.mark);
    row.element.classList.toggle('old', attention.old);
    if (other) {
      row.name = cell.name;
      setText(row.link, cell.name);
      row.link.href = `?cell=${encodeURIComponent(cell.name)}`;
    }
    setText(row.channel, channelOf(cell));
    const state = cell.state;
    setText(row.kind, state ? step(state.step_type) : '–');
    setText(row.cycle, state ? `cycle ${state.cycle_count}` : '');
    setText(row.parts[3], state ? `${number(state.voltage_measured_v, 4)} V` : liveVoltage(cell));
    setText(row.parts[4], state ? interval(state.soc, 100, 1, '%') : '–');
    setText(row.parts[5], state?.capacity_health ? interval(state.capacity_health, 100, 1, '%') : '–');
    this.fillOutlook(row, cell);
    setText(row.parts[8], attention.words);
    row.parts[8].title = attention.words;
    setAttribute(row.parts[9], 'title', state ? testerTime(state) : '');
    setText(row.parts[9], cell.sampleMs ? age((this.cells.nowMs() - cell.sampleMs) / 1000) : 'never');
    if (!cell.trace) {
      this.wanted.add(cell.name);
    }
    if (other || anew || row.seen !== cell.seen) {
      row.seen = cell.seen;
      drawSparkline(row.canvas, cell.trace, this.palette, attention.old);
    }
  }

  fillOutlook(row, cell) {
    const left = cyclesLeft(cell.outlook?.remaining_cycles);
    const risk = cell.outlook?.short_index;
    setText(row.left, left.value);
    setText(row.leftBetween, left.between);
    setText(row.risk, risk ? share(risk.median) : '–');
    setText(row.riskBetween, between(risk, share));
    setAttribute(row.parts[7], 'title', risk ? `Probability of a short within ${number(risk.within_cycles, 0)} cycles${risk.is_index ? '; rests on few shorts: it orders cells, it does not count' : ''}` : 'No forecast yet');
    setAttribute(row.parts[6], 'title', cell.outlook ? `Cycles until 80 % of the capacity, as expected at the end of cycle ${cell.outlook.cycle_count}` : 'No forecast yet');
    row.element.classList.toggle('unsure', Boolean(cell.outlook) && (!cell.outlook.trusted || cell.outlook.test_run !== cell.state?.test_run));
  }

  async fetchTraces() {
    if (this.fetching || this.wanted.size === 0) {
      return;
    }
    this.fetching = true;
    const names = [...this.wanted].filter((name) => !name.includes(',')).slice(0, MOST_TRACES);
    this.wanted.clear();
    try {
      if (names.length > 0) {
        await this.cells.fetchTraces(names);
      }
    } catch {
      // the small pictures stay empty until the next attempt; the connection line says what is wrong
      await new Promise((resolve) => { setTimeout(resolve, 2000); });
    } finally {
      this.fetching = false;
    }
  }

  onKey(event) {
    const at = this.order.findIndex((cell) => cell.name === this.selected);
    const page = Math.max(1, Math.floor(this.sight() / this.rowHeight()) - 1);
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: this.order.length - 1 };
    if (event.key in moves && this.order.length > 0) {
      event.preventDefault();
      this.select(Math.min(this.order.length - 1, Math.max(0, moves[event.key])));
    } else if (event.key === 'Enter' && at >= 0) {
      event.preventDefault();
      this.onOpen(this.selected);
    }
  }

  // The cell that somebody looks at keeps the cursor, whatever comes before it meanwhile: Enter opens that one.
  hold() {
    this.moved ||= this.selected !== null;
  }

  select(index) {
    const cell = this.order[index];
    this.selected = cell.name;
    this.moved = true;
    const top = index * this.rowHeight();
    if (top < this.grid.scrollTop) {
      this.grid.scrollTop = top;
    } else if (top + this.rowHeight() > this.grid.scrollTop + this.sight()) {
      this.grid.scrollTop = top + this.rowHeight() - this.sight();
    }
    this.redraw(false);
    const attention = this.cells.attention(cell);
    announce(`${cell.name}, ${attention.words}`);
  }

  focus() {
    this.grid.focus({ preventScroll: true });
  }

  close() {
    clearInterval(this.timer);
    this.resized.disconnect();
    this.stopTheme();
  }
}

function channelOf(cell) {
  const r = cell.registration;
  return r ? `${r.tester} ${r.channel}` : 'not registered';
}

function liveVoltage(cell) {
  return cell.livePoint ? `${number(cell.livePoint.voltage_v, 3)} V (reading)` : '–';
}
