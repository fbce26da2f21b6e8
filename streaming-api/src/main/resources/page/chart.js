// The four charts of a cell, one under the other on the same time axis: zooming one zooms all.
import uPlot from './uplot/uPlot.esm.js';
import { PART_NAMES } from './columns.js';
import { el } from './dom.js';
import { elapsed, moment, number, timeTicks } from './format.js';
import { pictureOf, takeawayButtons } from './takeaway.js';
import { LEGEND_MARKERS, PAPER, printing } from './theme.js';

const AXIS_WIDTH = 56;
const BORDER = 2;
const TIME_STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 604800];
const SCALE_MS = 1000;
const LEAST_DRAG_PX = 6;
const LEAST_TICK_PX = { screen: 16, paper: 11 };
// All four are to be seen at once: they share what the window leaves, but never become too flat to read.
const CAPTION_PX = 34;
const TIME_AXIS_PX = 40;
const LEAST_TOTAL_PX = 290;
const MOST_TOTAL_PX = 900;

export class Charts {
  // onZoom(from, to) is told of a range that a person chose, onZoom(null, null) of "everything" again; onCursor(words) of the moment that is pointed at.
  constructor(container, columns, palette, { name, onZoom, onCursor }) {
    this.container = container;
    this.columns = columns;
    this.palette = palette;
    this.name = name;
    this.onZoom = onZoom;
    this.onCursor = onCursor;
    this.range = null;
    this.scales = {};
    this.sync = uPlot.sync('cell');
    this.charts = this.plans().map((plan) => this.draw(plan));
    this.resized = new ResizeObserver(() => this.resize());
    this.resized.observe(container);
    this.resize();
  }

  plans() {
    const p = this.palette;
    const c = () => this.columns.shown;
    const line = (label, stroke, digits, unit, more = {}) => ({
      label, stroke, width: 1.4, points: { show: false }, value: (u, v) => (v === null || v === undefined ? '–' : `${number(v, digits)} ${unit}`), ...more,
    });
    const edge = { stroke: 'transparent', width: 0, points: { show: false }, label: '', class: 'edge' };
    const dashed = { dash: [5, 4] };
    const stacked = PART_NAMES.map((name, i) => line(name, p.parts[i], 1, 'mV', {
      width: 0.5, value: (u, v, s, at) => (at === null ? '–' : `${number(c()[`part_${i}_mv`][at], 1)} mV`),
    }));
    return [
      {
        title: 'Voltage, 90 % band [V]', file: 'voltage', share: 0.4,
        names: ['voltage_low_v', 'voltage_high_v', 'voltage_predicted_v', 'voltage_measured_v'],
        series: [edge, edge, line('predicted', p.predicted, 4, 'V', dashed), line('measured', p.measured, 4, 'V')],
        bands: [{ series: [2, 1], fill: p.band }],
        range: (u) => this.voltageRange(u),
      },
      {
        title: 'Innovation: measured − predicted, 90 % band [mV]', file: 'innovation', share: 0.17,
        names: ['innovation_low_mv', 'innovation_high_mv', 'innovation_mv'],
        series: [edge, edge, line('innovation', p.measured, 2, 'mV')],
        range: (u) => this.innovationRange(u),
        splits: (u, axis, low, high) => evenSplits(high),
        bands: [{ series: [2, 1], fill: p.band }],
      },
      {
        title: 'Overpotentials [mV]', file: 'overpotentials', share: 0.23,
        names: PART_NAMES.map((_, i) => `stack_${i}_mv`),
        tableNames: PART_NAMES.map((_, i) => `part_${i}_mv`),
        tableTitles: PART_NAMES.map((part) => `${part.replace(/ /g, '_')}_mv`),
        series: stacked,
        bands: [],
        range: (u) => this.partsRange(u),
        drawAxes: (u) => this.fillParts(u),
      },
      {
        title: 'Current density [mA/cm²], temperature [°C]', file: 'current-temperature', share: 0.2, last: true,
        names: ['current_density_ma_cm2', 'temperature_predicted_degc', 'temperature_measured_degc'],
        series: [
          line('current', p.measured, 3, 'mA/cm²'),
          line('temperature predicted', p.temperature, 1, '°C', { scale: 'degc', ...dashed }),
          line('measured', p.temperature, 1, '°C', { scale: 'degc' }),
        ],
        bands: [],
        right: true,
      },
    ];
  }

  draw(plan) {
    const legend = el('span', { class: 'legend' });
    const element = el('figure', { class: 'chart' }, el('figcaption', {}, el('b', {}, plan.title), legend));
    this.container.append(element);
    const chart = new uPlot(this.options(plan, legend), this.data(plan), element);
    chart.root.setAttribute('role', 'img');
    chart.root.setAttribute('aria-label', plan.title);
    element.firstChild.append(takeawayButtons({
      name: plan.title, file: `${this.name}-${plan.file}.csv`,
      table: (separator) => this.table(plan, separator),
      picture: () => pictureOf(chart.ctx.canvas, `${this.name} · ${plan.title}`, this.palette),
    }));
    this.sync.sub(chart);
    return { ...plan, chart, element };
  }

  options(plan, legend) {
    const p = this.palette;
    const axis = { stroke: p.faint, grid: { stroke: p.rule, width: 1 }, ticks: { stroke: p.rule, width: 1 }, font: p.font };
    const leastTick = () => (printing() ? LEAST_TICK_PX.paper : LEAST_TICK_PX.screen);
    const time = plan.last
      ? { ...axis, size: TIME_AXIS_PX, space: 90, incrs: TIME_STEPS_S, values: (u, splits) => (this.columns.wallClock ? timeTicks(splits) : splits.map(elapsed)) }
      : { ...axis, size: 2, space: 90, incrs: TIME_STEPS_S, ticks: { show: false }, values: (u, splits) => splits.map(() => '') };
    return {
      width: this.width(),
      height: 100,
      bands: plan.bands,
      cursor: {
        sync: { key: this.sync.key },
        y: false,
        drag: { x: true, y: false, setScale: false },
        bind: { dblclick: () => () => this.onZoom(null, null) },
        points: { size: 6 },
      },
      legend: { live: true, markers: LEGEND_MARKERS, mount: (u, table) => legend.append(table) },
      scales: { x: { time: this.columns.wallClock, auto: false }, degc: { auto: true }, ...(plan.range ? { y: { range: plan.range } } : {}) },
      series: [{ label: 'time', class: 'edge' }, ...plan.series],
      axes: [
        time,
        { ...axis, size: AXIS_WIDTH, space: leastTick, ...(plan.splits ? { splits: plan.splits } : {}) },
        ...(plan.right ? [{ ...axis, side: 1, scale: 'degc', size: AXIS_WIDTH, space: leastTick, grid: { show: false } }] : []),
      ],
      padding: [8, plan.right ? 0 : AXIS_WIDTH, 0, 0],
      hooks: {
        drawAxes: plan.drawAxes ? [plan.drawAxes] : [],
        setCursor: plan.last ? [(u) => this.onCursor(this.timeWords(u.cursor.idx))] : [],
        setSelect: [(u) => this.chosen(u)],
      },
    };
  }

  // The selection is shared, so each chart reports it; the first one counts, the others would zoom into the zoomed.
  chosen(u) {
    if (u.select.width >= LEAST_DRAG_PX && !this.zooming) {
      this.zooming = true;
      setTimeout(() => { this.zooming = false; });
      this.onZoom(u.posToVal(u.select.left, 'x'), u.posToVal(u.select.left + u.select.width, 'x'));
    }
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  }

  data(plan) {
    const { shown } = this.columns;
    return [shown.time_s, ...plan.names.map((name) => shown[name])];
  }

  table(plan, separator) {
    const [from, to] = this.inSight();
    const names = ['time_s', 'test_time_s', 'sequence', ...(plan.tableNames ?? plan.names)];
    const text = this.columns.table(names, from, to, separator);
    return plan.tableTitles ? text.replace(names.join(separator), ['time_s', 'test_time_s', 'sequence', ...plan.tableTitles].join(separator)) : text;
  }

  // What is measured decides the scale: the first guess of a test has a band that would flatten the rest.
  voltageRange(u) {
    const [first, last] = u.series[0].idxs;
    const { voltage_measured_v: measured, voltage_predicted_v: predicted } = this.columns.shown;
    let low = Infinity;
    let high = -Infinity;
    for (let i = first ?? 0; i <= (last ?? -1); i++) {
      for (const value of [measured[i], predicted[i]]) {
        if (value !== null && value !== undefined) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    const margin = Math.max(0.005, 0.06 * (high - low));
    return low <= high ? [low - margin, high + margin] : [0, 5];
  }

  innovationRange(u) {
    const { innovation_mv: innovation, innovation_high_mv: edge } = this.columns.shown;
    const most = this.seldom('innovation', u, () => 1.3 * sizeOfMost(u, [innovation, edge]));
    return [-most, most];
  }

  // A scale that needs sorting is found again when the range changes, else once a second.
  seldom(name, u, compute) {
    const [known, now] = [this.scales[name], performance.now()];
    const span = u.series[0].idxs.join();
    if (known && now - known.at < SCALE_MS && (known.span === span || this.range === null)) {
      return known.value;
    }
    const value = compute();
    this.scales[name] = { at: now, span, value };
    return value;
  }

  partsRange(u) {
    const sums = this.columns.shown[`stack_${PART_NAMES.length - 1}_mv`];
    return this.seldom('parts', u, () => [-1, 1].map((sign) => sign * 1.3 * sizeOfMost(u, [sums.map((sum) => (sum * sign > 0 ? sum : null))])));
  }

  // Each part between the sum before it and the sum with it: above zero on charge, below it on discharge.
  fillParts(u) {
    const { ctx } = u;
    const { shown } = this.columns;
    const time = shown.time_s;
    const [first, last] = u.series[0].idxs;
    if (first === null || last === null || time.length === 0) {
      return;
    }
    const stride = Math.max(1, Math.floor((last - first) / (2 * this.width())));
    const at = [];
    for (let i = first; i <= last; i += stride) {
      at.push(i);
    }
    const x = at.map((i) => u.valToPos(time[i], 'x', true));
    ctx.save();
    ctx.beginPath();
    ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
    ctx.clip();
    let below = at.map(() => u.valToPos(0, 'y', true));
    PART_NAMES.forEach((_, part) => {
      const sums = shown[`stack_${part}_mv`];
      const above = at.map((i, k) => (sums[i] === null ? below[k] : u.valToPos(sums[i], 'y', true)));
      ctx.fillStyle = this.palette.parts[part];
      ctx.beginPath();
      x.forEach((left, k) => ctx.lineTo(left, above[k]));
      for (let k = x.length - 1; k >= 0; k--) {
        ctx.lineTo(x[k], below[k]);
      }
      ctx.fill();
      below = above;
    });
    ctx.restore();
  }

  timeWords(at) {
    const { shown, wallClock } = this.columns;
    if (at === null || at === undefined || shown.time_s[at] === undefined) {
      return '';
    }
    return `${wallClock ? `${moment(shown.time_s[at])} · ` : ''}tester time ${elapsed(shown.test_time_s[at])}, sample ${shown.sequence[at]}`;
  }

  // Shows a range of time, or everything where it is null; from -Infinity: from the oldest that was fetched.
  show(range) {
    this.range = range;
    this.scales = {};
    this.update();
  }

  inSight() {
    const time = this.columns.shown.time_s;
    const newest = Math.max(time[time.length - 1], time[0] + 10);
    if (this.range === null) {
      return [this.columns.first, Math.max(newest, this.columns.first + 10)];
    }
    const [from, to] = this.range;
    const end = to === Infinity ? newest : to;
    return [from === -Infinity ? time[0] : from < 0 ? end + from : from, end];
  }

  update() {
    if (this.columns.shown.time_s.length === 0) {
      return;
    }
    this.charts.forEach((one) => this.redraw(one));
  }

  // Whether new samples can be seen: less than a pixel of new time is not worth a drawing, unless it has waited for a second.
  get due() {
    const { time_s: time } = this.columns.shown;
    const [from, to] = this.inSight();
    const pixels = ((time[time.length - 1] - this.drawnUntil) / (to - from)) * this.width();
    return !(pixels < 1) || performance.now() - this.drawnAt > SCALE_MS;
  }

  // The same for new samples, one chart in each frame: all four in one would take more of it than there is at 60 frames a second.
  advance() {
    if (this.advancing) {
      return false;
    }
    this.drawnAt = performance.now();
    this.drawnUntil = this.columns.last;
    let next = 0;
    const step = () => {
      this.redraw(this.charts[next++]);
      this.advancing = next < this.charts.length ? requestAnimationFrame(step) : null;
    };
    this.advancing = requestAnimationFrame(step);
    return true;
  }

  redraw(one) {
    const [min, max] = this.inSight();
    one.chart.batch(() => {
      one.chart.setData(this.data(one), false);
      one.chart.setScale('x', { min, max });
    });
  }

  width() {
    return printing() ? PAPER.width : Math.max(280, this.container.clientWidth - BORDER);
  }

  // Heights follow from the window, not from the content: nothing moves when data comes.
  resize() {
    const top = this.container.getBoundingClientRect().top + (this.container.closest('.cell')?.scrollTop ?? 0);
    const left = window.innerHeight - top - this.charts.length * CAPTION_PX - TIME_AXIS_PX;
    const total = Math.min(MOST_TOTAL_PX, Math.max(LEAST_TOTAL_PX, left));
    const width = this.width();
    for (const { chart, share, last } of this.charts) {
      const height = printing() ? PAPER.height + (last ? PAPER.timeAxis : 0) : Math.round(share * total) + (last ? TIME_AXIS_PX : 0);
      if (chart.width !== width || chart.height !== height) {
        chart.setSize({ width, height });
      }
    }
  }

  destroy() {
    this.resized.disconnect();
    cancelAnimationFrame(this.advancing);
    for (const { chart, element } of this.charts) {
      this.sync.unsub(chart);
      chart.destroy();
      element.remove();
    }
  }
}

// Zero, and the largest of 1, 2, 5, 10, ... within a range that is as large on both sides: however low the chart is, it has a scale.
export function evenSplits(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  const one = power * [5, 2, 1].find((digit) => digit * power <= most);
  return [-one, 0, one];
}

// The size that most of what is in sight stays below: one wild value, such as the first guess of a test, runs out of the picture instead of flattening the rest.
function sizeOfMost(u, columns) {
  const [first, last] = u.series[0].idxs;
  const sizes = [];
  for (let i = first ?? 0; i <= (last ?? -1); i++) {
    for (const column of columns) {
      if (column[i] !== null && column[i] !== undefined) {
        sizes.push(Math.abs(column[i]));
      }
    }
  }
  sizes.sort((a, b) => a - b);
  return sizes[Math.floor(0.98 * sizes.length)] || 1;
}
