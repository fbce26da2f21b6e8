// What will happen to a cell: fans of capacity and resistance, remaining life, what if, the three views of dendrite risk, and how earlier forecasts came out.
import { dendriteViews } from './dendrite.js';
import { el, setText } from './dom.js';
import { Fan } from './fan.js';
import { number, share } from './format.js';
import { lifeDistribution, words as lifeWords } from './life.js';
import { fetchJson } from './stream.js';
import { printing } from './theme.js';
import { WhatIf } from './whatif.js';

const LATER_MS = 3000;
const RETRY_MS = 15000;
const EOL_SHARE = 0.8;

const FANS = [
  {
    title: 'Discharge capacity [Ah]', name: 'capacity_ah', file: 'capacity', digits: 4, unit: 'Ah',
    of: (point) => point.capacity_ah, limit: (forecast) => (forecast.reference_capacity_ah > 0 ? EOL_SHARE * forecast.reference_capacity_ah : null),
  },
  { title: 'Resistance, of new', name: 'resistance_health', file: 'resistance', digits: 2, unit: '', of: (point) => point.resistance_health, limit: () => null },
];

export class Outlook {
  // onForecast() is called when another forecast is known.
  constructor(name, onForecast) {
    this.name = name;
    this.onForecast = onForecast;
    this.cycle = null;
    this.whatIfAnswer = null;
    this.words = el('p', { class: 'words' }, 'The first forecast is made at the end of the second complete cycle.');
    this.fans = el('div', { class: 'fans' });
    this.life = el('div', { class: 'life-box' });
    this.whatIf = new WhatIf(name, (answer) => { this.whatIfAnswer = answer; this.redraw(); });
    this.facts = el('dl', { class: 'facts' });
    this.dendrite = el('div', { class: 'dendrite' });
    this.body = el('div', { hidden: true }, this.fans,
      el('div', { class: 'beside' }, el('div', {}, el('h4', {}, 'Remaining life: cycles until 80 % of the capacity'), this.life), this.whatIf.element),
      el('h3', {}, 'Dendrites and shorts'), this.dendrite, el('h3', {}, 'In words, and how right it has been'), this.facts);
    this.element = el('div', { class: 'outlook' }, this.words, this.body);
    this.drawn = null;
    this.load();
  }

  // What charts are drawn with, fetched once; if it does not come, whoever draws next asks again.
  load() {
    this.loading ??= import('./uplot/uPlot.esm.js').then((module) => { this.uPlot = module.default; }).catch(() => { this.loading = null; });
    return this.loading;
  }

  // Forecasts that are known, oldest first.
  get forecasts() {
    return this.data?.forecast ? [...this.data.earlier, this.data.forecast] : [];
  }

  // A forecast comes with each cycle: asks for it a little after the cycle has changed, or when the stream tells of one.
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
      const before = this.data?.forecast;
      if (answer.forecast && (answer.forecast.cycle_count !== before?.cycle_count || answer.forecast.test_run !== before?.test_run)) {
        this.data = answer;
        await this.redraw();
        this.onForecast();
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
    this.element.classList.toggle('old', !forecast.trusted);
    setText(this.words, `Median with its 50 % and 90 % band, earlier medians faint behind it. Made at the end of cycle ${forecast.cycle_count}, for ${programmeWords(forecast.programme)}.${forecast.trusted ? '' : ' The twin is not sure of this cell: to be seen, not to be acted on.'}`);
    this.body.hidden = false;
    this.whatIf.offer(forecast.programme);
    this.life.replaceChildren(lifeDistribution(forecast.to_80_percent, this.whatIfAnswer?.to_80_percent));
    this.fillFacts(forecast);
    this.dendrite.replaceChildren(...dendriteViews(forecast.dendrite));
    // known once, it is not waited for: a printer takes what is drawn at once
    if (!this.uPlot) {
      await this.load();
    }
    if (!this.uPlot || this.closed || !this.element.isConnected || (this.fans.clientWidth === 0 && !printing())) {
      return; // drawn when it comes into sight, or when there is something to draw with
    }
    this.drawn ??= FANS.map((plan) => new Fan(this.uPlot, this.fans, this.name, plan));
    this.drawn.forEach((fan) => fan.draw(forecast, earlier, this.whatIfAnswer));
  }

  fillFacts(forecast) {
    const whatIf = this.whatIfAnswer;
    const facts = [
      ['Remaining life to 80 %', lifeWords(forecast.to_80_percent)],
      ...(whatIf ? [['… if run otherwise', lifeWords(whatIf.to_80_percent)]] : []),
      ['To lithium exhaustion', lifeWords(forecast.to_lithium_exhaustion)],
      ...(forecast.failure.length > 0 ? [failureFact('Probability of failure within', forecast.failure)] : []),
      ...(whatIf?.failure.length > 0 ? [failureFact('… if run otherwise', whatIf.failure)] : []),
      ['This twin’s record', recordWords(forecast.cell_record)],
      ['Record of all its cells', recordWords(forecast.overall_record)],
    ];
    this.facts.replaceChildren(...facts.flatMap(([name, words]) => [el('dt', {}, name), el('dd', {}, words)]));
  }

  close() {
    this.closed = true;
    clearTimeout(this.waiting);
    this.drawn?.forEach((fan) => fan.close());
  }
}

function programmeWords(programme) {
  if (!programme) {
    return 'the running programme';
  }
  const charge = programme.charge_current_density_ma_cm2;
  const discharge = programme.discharge_current_density_ma_cm2;
  return `charge at ${number(charge, 2)} and discharge at ${number(discharge, 2)} mA/cm², ${number(programme.voltage_min_v, 2)} to ${number(programme.voltage_max_v, 2)} V, ${number(programme.ambient_degc, 0)} °C`;
}

function failureFact(name, failures) {
  const words = [...failures].sort((a, b) => a.cycles - b.cycles).map((f) => `${number(f.cycles, 0)} cycles (${number(f.hours, 0)} h): capacity ${number(100 * f.capacity, 0)} %, lithium ${number(100 * f.lithium_exhaustion, 0)} %${f.short ? `, short ${share(f.short.p50)} (${share(f.short.p05)} to ${share(f.short.p95)})` : ''}`);
  return [name, words.join('; ')];
}

export function recordWords(record) {
  if (!record || record.scored === 0) {
    return `${record?.forecasts_made ?? 0} forecasts made, the time of none has come yet`;
  }
  const parts = [`${record.scored} forecast capacities scored, of ${record.forecasts_made} forecasts`];
  if (record.coverage90 !== null) parts.push(`the 90 % interval held in ${number(100 * record.coverage90, 0)} %`);
  if (record.median_rms !== null) parts.push(`median off by ${number(100 * record.median_rms, 2)} % of the capacity`);
  if (record.remaining_life_error !== null) parts.push(`remaining life off by ${number(100 * record.remaining_life_error, 0)} %`);
  return parts.join(', ');
}

