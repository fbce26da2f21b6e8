// What will happen to a cell: fans of capacity and resistance, remaining life, the three views of dendrite risk, and how earlier forecasts came out.
import { el, setText } from './dom.js';
import { number } from './format.js';
import { fetchJson } from './stream.js';
import { colours } from './theme.js';

const LATER_MS = 3000;
const RETRY_MS = 15000;
const HEIGHT = 210;
const EOL_SHARE = 0.8;
const GAUGE_MOST = 100;

export class Outlook {
  constructor(name) {
    this.name = name;
    this.cycle = null;
    this.words = el('p', { class: 'words' });
    this.fans = el('div', { class: 'fans charts' });
    this.facts = el('dl', { class: 'facts' });
    this.dendrite = el('div', { class: 'dendrite' });
    this.element = el('section', { class: 'outlook', 'aria-label': 'Forecast', hidden: true },
      el('h3', {}, 'What will happen'), this.words, this.fans, this.facts, el('h3', {}, 'Dendrites and shorts'), this.dendrite);
    this.charts = [];
    this.resized = new ResizeObserver(() => this.charts.forEach((chart) => chart.setSize({ width: this.width(), height: HEIGHT })));
    this.resized.observe(this.fans);
  }

  // A forecast comes with each cycle: asks for it a little after the cycle has changed.
  follow(state) {
    const due = state && (state.cycle_count !== this.cycle || (this.askAgainMs && Date.now() > this.askAgainMs));
    if (due && !this.waiting) {
      this.cycle = state.cycle_count;
      this.waiting = setTimeout(() => { this.waiting = null; this.fetch(); }, this.data ? LATER_MS : 0);
    }
  }

  async fetch() {
    try {
      const answer = await fetchJson(`/api/v1/cells/${encodeURIComponent(this.name)}/forecast`);
      if (this.closed) {
        return;
      }
      const late = !answer.forecast || answer.forecast.cycle_count + 1 < this.cycle;
      this.askAgainMs = late ? Date.now() + RETRY_MS : null;
      if (answer.forecast && answer.forecast.cycle_count !== this.data?.forecast.cycle_count) {
        this.data = answer;
        await this.redraw(true);
      }
    } catch {
      this.askAgainMs = Date.now() + RETRY_MS;
    }
  }

  async redraw() {
    if (!this.data || this.closed) {
      return;
    }
    const { forecast, earlier } = this.data;
    this.element.hidden = false;
    this.element.classList.toggle('old', !forecast.trusted);
    setText(this.words, `Made at the end of cycle ${forecast.cycle_count}, for ${programmeWords(forecast.programme)}.${forecast.trusted ? '' : ' The twin is not sure of this cell: to be seen, not to be acted on.'}`);
    this.fillFacts(forecast);
    this.fillDendrite(forecast);
    const { default: uPlot } = await import('./uplot/uPlot.esm.js');
    if (this.closed) {
      return;
    }
    this.charts.forEach((chart) => chart.destroy());
    this.fans.replaceChildren();
    const limit = forecast.reference_capacity_ah > 0 ? EOL_SHARE * forecast.reference_capacity_ah : null;
    this.charts = [
      fan(uPlot, this, { title: 'Capacity that a discharge delivers [Ah]: median, 50 % and 90 % band, earlier medians thin', of: (point) => point.capacity_ah, forecast, earlier, limit, digits: 3 }),
      fan(uPlot, this, { title: 'Resistance over that of the design', of: (point) => point.resistance_health, forecast, earlier, limit: null, digits: 2 }),
    ];
  }

  width() {
    return Math.max(280, this.fans.clientWidth - 2);
  }

  fillFacts(forecast) {
    const record = forecast.cell_record;
    const facts = [
      ['Remaining life to 80 %', lifeWords(forecast.to_80_percent)],
      ['To lithium exhaustion', lifeWords(forecast.to_lithium_exhaustion)],
      ...(forecast.failure.length > 0 ? [failureFact(forecast.failure)] : []),
      ['This twin’s record', recordWords(record)],
      ['Record of all its cells', recordWords(forecast.overall_record)],
    ];
    this.facts.replaceChildren(...facts.flatMap(([name, words]) => [el('dt', {}, name), el('dd', {}, words)]));
  }

  fillDendrite(forecast) {
    const d = forecast.dendrite;
    if (!d) {
      this.dendrite.replaceChildren(el('p', {}, 'Nothing is said of dendrites.'));
      return;
    }
    const margin = d.current_over_critical;
    const position = (value) => `${Math.min(100, Math.max(0, 50 + 25 * Math.log10(Math.max(value, 1e-9))))}%`;
    const gauge = el('div', { class: 'gauge', role: 'img', 'aria-label': `local current over critical current ${number(margin?.value, 2)}` },
      el('i', { class: 'one' }), el('i', { class: 'span' }), el('i', { class: 'needle' }));
    if (margin) {
      const [, span, needle] = gauge.children;
      span.style.left = position(margin.low);
      span.style.right = `calc(100% - ${position(margin.high)})`;
      needle.style.left = position(margin.value);
    }
    const signs = d.soft_short;
    this.dendrite.replaceChildren(...[
      d.warning ? el('p', { class: 'loud' }, d.warning) : null,
      el('div', { class: 'views' },
        el('div', {}, el('h4', {}, 'Margin now'), gauge,
          el('p', {}, `Local current ${between(margin, 2, '')} times the critical one${margin && margin.value > GAUGE_MOST ? ' (beyond the gauge)' : ''}: ${number(d.current_density_ma_cm2, 2)} mA/cm² against ${between(d.effective_critical_ma_cm2, 2, 'mA/cm²')}; ${number(100 * d.share_of_limiting_current, 1)} % of the membrane’s limiting current.`),
          el('p', {}, stabilityWords(d.stability))),
        el('div', {}, el('h4', {}, 'Damage and hazard'),
          el('p', {}, `Accumulated hazard ${between(d.damage, 3, '')}.`),
          el('p', {}, d.is_index ? 'The fit rests on few shorts: the number puts cells in order, it does not count them.' : '')),
        el('div', {}, el('h4', {}, 'Soft short now'), signs ? checklist(signs) : el('p', {}, 'Not judged: the tester does not count charge.'))),
    ].filter(Boolean));
  }

  close() {
    this.closed = true;
    clearTimeout(this.waiting);
    this.resized.disconnect();
    this.charts.forEach((chart) => chart.destroy());
  }
}

function fan(uPlot, owner, { title, of, forecast, earlier, limit, digits }) {
  const p = colours();
  const all = [...earlier, forecast];
  const cycles = [...new Set(all.flatMap((one) => one.points.map((point) => point.cycle)))].sort((a, b) => a - b);
  const column = (one, quantile) => {
    const byCycle = new Map(one.points.map((point) => [point.cycle, of(point)?.[quantile] ?? null]));
    return cycles.map((cycle) => byCycle.get(cycle));
  };
  const show = (u, v) => (v === null || v === undefined ? '–' : number(v, digits));
  const edge = { stroke: 'transparent', width: 0, points: { show: false }, label: '', class: 'edge', spanGaps: true };
  const axis = { stroke: p.faint, grid: { stroke: p.rule, width: 1 }, ticks: { stroke: p.rule, width: 1 }, font: p.font };
  const series = [{ label: 'cycle' }, edge, edge, edge, edge,
    ...earlier.map((one) => ({ label: `at ${one.cycle_count}`, stroke: p.faint, width: 0.6, points: { show: false }, value: show, spanGaps: true, class: 'edge' })),
    { label: 'median', stroke: p.predicted, width: 1.6, dash: [5, 4], points: { show: false }, value: show, spanGaps: true },
    ...(limit === null ? [] : [{ label: '80 %', stroke: p.ink, width: 1, points: { show: false }, value: show }])];
  const data = [cycles, column(forecast, 'p05'), column(forecast, 'p95'), column(forecast, 'p25'), column(forecast, 'p75'),
    ...earlier.map((one) => column(one, 'p50')), column(forecast, 'p50'), ...(limit === null ? [] : [cycles.map(() => limit)])];
  const chart = new uPlot({
    title, width: owner.width(), height: HEIGHT, series,
    bands: [{ series: [2, 1], fill: p.band }, { series: [4, 3], fill: p.band }],
    scales: { x: { time: false } },
    axes: [{ ...axis, label: 'cycle', labelSize: 16, labelFont: p.font }, { ...axis, size: 64 }],
    padding: [8, 64, 0, 0],
  }, data, owner.fans);
  chart.root.setAttribute('role', 'img');
  chart.root.setAttribute('aria-label', title);
  return chart;
}

function programmeWords(programme) {
  if (!programme) {
    return 'the running programme';
  }
  const charge = programme.charge_current_density_ma_cm2;
  const discharge = programme.discharge_current_density_ma_cm2;
  return `charge at ${number(charge, 2)} and discharge at ${number(discharge, 2)} mA/cm², ${number(programme.voltage_min_v, 2)} to ${number(programme.voltage_max_v, 2)} V, ${number(programme.ambient_degc, 0)} °C`;
}

function lifeWords(life) {
  if (!life) {
    return 'not known';
  }
  const share = life.share_within_horizon;
  const beyond = life.horizon_cycles;
  const text = (value) => (value >= beyond ? `more than ${number(beyond, 0)}` : number(value, 0));
  return `${text(life.cycles.p50)} cycles (90 %: ${text(life.cycles.p05)} to ${text(life.cycles.p95)}); ${number(100 * share, 0)} % of the ensemble gets there within ${number(beyond, 0)}`;
}

function failureFact(failures) {
  const words = failures.map((f) => `${number(f.cycles, 0)} cycles: capacity ${number(100 * f.capacity, 0)} %, lithium ${number(100 * f.lithium_exhaustion, 0)} %${f.short ? `, short ${number(100 * f.short.p50, 1)} % (${number(100 * f.short.p05, 1)} to ${number(100 * f.short.p95, 1)})` : ''}`);
  return ['Probability of failure within', words.join('; ')];
}

function recordWords(record) {
  if (!record || record.scored === 0) {
    return `${record?.forecasts_made ?? 0} forecasts made, the time of none has come yet`;
  }
  const parts = [`${record.scored} of ${record.forecasts_made} forecasts scored`];
  if (record.coverage90 !== null) parts.push(`the 90 % interval held in ${number(100 * record.coverage90, 0)} %`);
  if (record.median_rms !== null) parts.push(`median off by ${number(100 * record.median_rms, 2)} % of the capacity`);
  if (record.remaining_life_error !== null) parts.push(`remaining life off by ${number(100 * record.remaining_life_error, 0)} %`);
  return parts.join(', ');
}

function between(value, digits, unit) {
  return value ? `${number(value.value, digits)} (90 %: ${number(value.low, digits)} to ${number(value.high, digits)})${unit ? ` ${unit}` : ''}` : '–';
}

function stabilityWords(stability) {
  if (!stability || stability.verdict === 'unspecified' || stability.verdict === 'verdict_unspecified') {
    return '';
  }
  const verdict = { even: 'stays even', uneven: 'becomes uneven', runaway: 'runs away' }[stability.verdict] ?? stability.verdict;
  return `The interface ${verdict}: a disturbance of ${number(stability.worst_wavelength_um, 0)} µm grows by e^${number(stability.growth_exponent, 2)} in a charge, peaks carry ${number(stability.peak_over_mean_current, 2)} times the mean current.`;
}

function checklist(signs) {
  const item = (level, words) => el('li', { 'data-on': String(level >= 1) }, `${level >= 1 ? '☑' : '☐'} ${words} (${number(100 * level, 0)} % of what makes it speak)`);
  return el('div', {}, el('ul', { class: 'signs' },
    item(signs.charge_balance_level, 'more charge goes in than comes out'),
    item(signs.rest_drift_level, 'voltage falls at rest as it did not before')),
  el('p', {}, signs.called ? `Both signs: a soft short is happening${signs.leak_resistance_ohm ? `, about ${number(signs.leak_resistance_ohm, 0)} Ω` : ''}.` : 'Called only when both signs speak.'));
}
