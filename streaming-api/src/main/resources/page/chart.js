// The four charts of a cell, one under the other on the same time axis: zooming one zooms all.
import uPlot from './uplot/uPlot.esm.js';
import { PART_NAMES } from './columns.js';
import { elapsed, number, timeTicks } from './format.js';

const AXIS_WIDTH = 64;
const BORDER = 2;
const TIME_STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 604800];
const LEAST_DRAG_PX = 6;
const LEAST_TICK_PX = 24;

export class Charts {
  // onZoom(from, to) is told of a range that a person chose, onZoom(null, null) of "everything" again.
  constructor(container, columns, palette, onZoom) {
    this.container = container;
    this.columns = columns;
    this.palette = palette;
    this.onZoom = onZoom;
    this.range = null;
    this.sync = uPlot.sync('cell');
    this.charts = this.plans().map((plan) => ({ ...plan, chart: this.draw(plan) }));
    this.resized = new ResizeObserver(() => this.resize());
    this.resized.observe(container);
  }

  plans() {
    const p = this.palette;
    const c = () => this.columns;
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
        title: 'Voltage: measured over predicted, 90 % band [V]', height: 260, axis: 'V',
        data: () => [c().voltage_low_v, c().voltage_high_v, c().voltage_predicted_v, c().voltage_measured_v],
        series: [edge, edge, line('predicted', p.predicted, 4, 'V', dashed), line('measured', p.measured, 4, 'V')],
        bands: [{ series: [2, 1], fill: p.band }],
      },
      {
        title: 'Innovation: measured minus predicted, 90 % band [mV]', height: 130, axis: 'mV',
        data: () => [c().innovation_low_mv, c().innovation_high_mv, c().innovation_mv],
        series: [edge, edge, line('innovation', p.measured, 2, 'mV')],
        range: (u) => this.innovationRange(u),
        bands: [{ series: [2, 1], fill: p.band }],
      },
      {
        title: 'Where the voltage goes: overpotentials, stacked [mV]', height: 170, axis: 'mV',
        data: () => PART_NAMES.map((_, i) => c()[`stack_${i}_mv`]),
        series: stacked,
        bands: [],
        drawAxes: (u) => this.fillParts(u),
      },
      {
        title: 'Current density [mA/cm²] and temperature [°C]', height: 150, axis: 'mA/cm²', last: true,
        data: () => [c().current_density_ma_cm2, c().temperature_predicted_degc, c().temperature_measured_degc],
        series: [
          line('current density', p.measured, 3, 'mA/cm²'),
          line('temperature predicted', p.temperature, 2, '°C', { scale: 'degc', ...dashed }),
          line('temperature measured', p.temperature, 2, '°C', { scale: 'degc' }),
        ],
        bands: [],
        right: true,
      },
    ];
  }

  draw(plan) {
    const p = this.palette;
    const axis = { stroke: p.faint, grid: { stroke: p.rule, width: 1 }, ticks: { stroke: p.rule, width: 1 }, font: p.font };
    const options = {
      title: plan.title,
      width: this.width(),
      height: plan.height,
      bands: plan.bands,
      cursor: {
        sync: { key: this.sync.key },
        y: false,
        drag: { x: true, y: false, setScale: false },
        bind: { dblclick: () => () => this.onZoom(null, null) },
        points: { size: 6 },
      },
      legend: { live: true },
      scales: { x: { time: this.columns.wallClock, auto: false }, degc: { auto: true }, ...(plan.range ? { y: { range: plan.range } } : {}) },
      series: [{ label: 'time', value: (u, v, s, at) => this.timeWords(v, at) }, ...plan.series],
      axes: [
        { ...axis, space: 90, incrs: TIME_STEPS_S, values: (u, splits) => (this.columns.wallClock ? timeTicks(splits) : splits.map(elapsed)) },
        { ...axis, size: AXIS_WIDTH, space: LEAST_TICK_PX },
        ...(plan.right ? [{ ...axis, side: 1, scale: 'degc', size: AXIS_WIDTH, grid: { show: false } }] : []),
      ],
      padding: [8, plan.right ? 0 : AXIS_WIDTH, 0, 0],
      hooks: {
        drawAxes: plan.drawAxes ? [plan.drawAxes] : [],
        setSelect: [(u) => {
          // the selection is shared, so each chart reports it; the first one counts, the others would zoom into the zoomed
          if (u.select.width >= LEAST_DRAG_PX && !this.zooming) {
            this.zooming = true;
            setTimeout(() => { this.zooming = false; });
            this.onZoom(u.posToVal(u.select.left, 'x'), u.posToVal(u.select.left + u.select.width, 'x'));
          }
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        }],
      },
    };
    const chart = new uPlot(options, [this.columns.time_s, ...plan.data()], this.container);
    chart.root.setAttribute('role', 'img');
    chart.root.setAttribute('aria-label', plan.title);
    this.sync.sub(chart);
    return chart;
  }

  // The scale of the many: one wild value, such as the first guess of a test, runs out of the picture instead of flattening the rest.
  innovationRange(u) {
    const [first, last] = u.series[0].idxs;
    const sizes = [];
    for (let i = first ?? 0; i <= (last ?? -1); i++) {
      for (const value of [this.columns.innovation_mv[i], this.columns.innovation_high_mv[i]]) {
        if (value !== null && value !== undefined) {
          sizes.push(Math.abs(value));
        }
      }
    }
    sizes.sort((a, b) => a - b);
    const most = 1.3 * (sizes[Math.floor(0.98 * sizes.length)] ?? 1) || 1;
    return [-most, most];
  }

  // Each part between the sum before it and the sum with it: above zero on charge, below it on discharge.
  fillParts(u) {
    const { ctx } = u;
    const time = this.columns.time_s;
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
      const sums = this.columns[`stack_${part}_mv`];
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

  timeWords(value, at) {
    if (value === null || value === undefined || at === null) {
      return '–';
    }
    const local = this.columns.wallClock ? `${new Date(value * 1000).toLocaleString([], { hourCycle: 'h23' })}, ` : '';
    return `${local}test time ${elapsed(this.columns.test_time_s[at])}, sample ${this.columns.sequence[at]}`;
  }

  // Shows a range of time, or everything where it is null.
  show(range) {
    this.range = range;
    this.update();
  }

  update() {
    const time = this.columns.time_s;
    if (time.length === 0) {
      return;
    }
    const [min, max] = this.range ?? [time[0], Math.max(time[time.length - 1], time[0] + 10)];
    for (const { chart, data } of this.charts) {
      chart.batch(() => {
        chart.setData([time, ...data()], false);
        chart.setScale('x', { min, max });
      });
    }
  }

  width() {
    return Math.max(280, this.container.clientWidth - BORDER);
  }

  resize() {
    for (const { chart, height } of this.charts) {
      if (chart.width !== this.width()) {
        chart.setSize({ width: this.width(), height });
      }
    }
  }

  destroy() {
    this.resized.disconnect();
    for (const { chart } of this.charts) {
      this.sync.unsub(chart);
      chart.destroy();
    }
  }
}
