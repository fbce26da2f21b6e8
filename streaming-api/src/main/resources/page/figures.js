// The six figures of a cell: each with its 90 % interval, where it has come from, and where that leads.
import { el, setAttribute, setText } from './dom.js';
import { between, cyclesLeft, interval, number, share } from './format.js';

const TREND_CYCLES = 10;
const SOC_TREND_S = 600;
const LEAST_TREND_POINTS = 2;

// value(facts) -> [text, words beneath]; trend(facts) -> {points: [[x, y], ...], words}
const FIGURES = [
  {
    label: 'State of charge',
    value: ({ state }) => [interval(state.soc, 100, 1, '%'), 'intervals are 90 %'],
    trend: ({ columns }) => socTrend(columns.live),
  },
  {
    label: 'Capacity health',
    value: ({ state }) => [interval(state.capacity_health, 100, 1, '%'), `${interval(state.capacity_ah, 1000, 1, 'mAh')}`],
    trend: ({ cycles }) => cycleTrend(cycles, (cycle) => cycle.capacity_health, 100, 2, '%'),
  },
  {
    label: 'Resistance, of new',
    value: ({ state }) => [interval(state.resistance_health, 100, 0, '%'), `film ${interval(state.film_resistance_ohm_cm2, 1, 1, 'Ω cm²')}`],
    trend: ({ cycles }) => cycleTrend(cycles, (cycle) => cycle.resistance_health, 100, 1, '%'),
  },
  {
    label: 'Lithium inventory',
    value: ({ state }) => [interval(state.lithium_inventory_mah_cm2, 1, 2, 'mAh/cm²'), state.plating_efficiency ? `plating returns ${interval(state.plating_efficiency, 100, 2, '%')}` : 'beyond what one charge moves'],
    trend: ({ cycles }) => cycleTrend(cycles, (cycle) => cycle.lithium_inventory_mah_cm2, 1, 3, ''),
  },
  {
    label: 'Short risk',
    value: ({ outlook }) => {
      const risk = outlook?.short_index;
      return risk ? [share(risk.median), `${between(risk, share)}, in ${number(risk.within_cycles, 0)} cycles`] : [null, ''];
    },
    trend: ({ forecasts }) => forecastTrend(forecasts, (forecast) => 100 * forecast.failure[0]?.short?.p50, 2, '%'),
  },
  {
    label: 'Remaining life',
    value: ({ outlook }) => {
      const left = cyclesLeft(outlook?.remaining_cycles);
      return outlook?.remaining_cycles ? [`${left.value} cycles`, left.between ? `${left.between}, to 80 %` : 'to 80 % of the capacity'] : [null, ''];
    },
    trend: ({ forecasts }) => forecastTrend(forecasts, (forecast) => forecast.to_80_percent?.cycles?.p50, 0, ''),
  },
];

export class Figures {
  constructor() {
    this.figures = FIGURES.map(({ label }) => {
      const [value, note, trend] = [el('b'), el('small'), el('small', { class: 'trend' })];
      const canvas = el('canvas', { 'aria-hidden': 'true' });
      return { element: el('div', { class: 'figure' }, el('span', {}, label), value, note, el('div', { class: 'trend-line' }, canvas, trend)), value, note, trend, canvas };
    });
    this.element = el('div', { class: 'strip', role: 'group', 'aria-label': 'The cell in six figures, with 90 % intervals' }, ...this.figures.map((figure) => figure.element));
  }

  // facts: {state, columns, cycles, outlook, forecasts}
  fill(facts, palette) {
    FIGURES.forEach(({ value, trend }, i) => {
      const figure = this.figures[i];
      const [text, note] = facts.state ? value(facts) : [null, ''];
      const unknown = text === null || text.startsWith('–');
      setText(figure.value, unknown ? 'not known yet' : text);
      setText(figure.note, unknown ? '' : note);
      setAttribute(figure.element, 'data-known', String(!unknown));
      const way = unknown ? null : trend(facts);
      setText(figure.trend, way?.words ?? '');
      drawTrend(figure.canvas, way?.points ?? [], palette);
    });
  }
}

function socTrend(live) {
  const last = live.time_s.length - 1;
  const points = [];
  const stride = Math.max(1, Math.floor(last / 400));
  for (let i = last; i >= 0 && live.test_time_s[last] - live.test_time_s[i] <= SOC_TREND_S; i -= stride) {
    if (live.soc[i] !== null) {
      points.push([live.test_time_s[i], live.soc[i]]);
    }
  }
  points.reverse();
  if (points.length < LEAST_TREND_POINTS) {
    return null;
  }
  const [[t0, from], [t1, to]] = [points[0], points[points.length - 1]];
  return { points, words: `${changeWords(100 * (to - from), 1, '%')} in ${number((t1 - t0) / 60, 0)} min` };
}

function cycleTrend(cycles, of, factor, digits, unit) {
  const points = cycles.filter((cycle) => cycle.complete && of(cycle)).map((cycle) => [cycle.cycle_count, factor * of(cycle).value]);
  if (points.length < LEAST_TREND_POINTS) {
    return null;
  }
  const [last, now] = points[points.length - 1];
  const [first, before] = points.find(([cycle]) => cycle >= last - TREND_CYCLES);
  return { points, words: `${changeWords(now - before, digits, unit)} in ${last - first} cycles` };
}

function forecastTrend(forecasts, of, digits, unit) {
  const points = forecasts.map((forecast) => [forecast.cycle_count, of(forecast)]).filter(([, y]) => Number.isFinite(y));
  if (points.length < LEAST_TREND_POINTS) {
    return null;
  }
  const [[first, before], [last, now]] = [points[0], points[points.length - 1]];
  return { points, words: `${changeWords(now - before, digits, unit)} in ${last - first} cycles` };
}

function changeWords(change, digits, unit) {
  const text = number(change, digits);
  const sign = Number(change.toFixed(digits));
  return sign === 0 ? 'steady' : `${sign > 0 ? '↗ +' : '↘ '}${text}${unit && ` ${unit}`}`;
}

function drawTrend(canvas, points, palette) {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (width === 0) {
    return;
  }
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (points.length < LEAST_TREND_POINTS) {
    return;
  }
  const ys = points.map(([, y]) => y);
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const [first, last] = [points[0][0], points[points.length - 1][0]];
  context.strokeStyle = palette.faint;
  context.lineWidth = 1.2;
  context.beginPath();
  points.forEach(([x, y]) => context.lineTo(1 + ((width - 2) * (x - first)) / Math.max(1e-9, last - first), high > low ? 2 + (height - 4) * (1 - (y - low) / (high - low)) : height / 2));
  context.stroke();
}
