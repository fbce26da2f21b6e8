// The states of one cell as columns of numbers, as the charts want them: those of now one by one, those of the past as the history sums them up.
import { SIGMAS_90 } from './format.js';

const MOST = 20000;

const PARTS = [
  ['lithium kinetics', (o) => o.lithium_kinetic_v],
  ['film and contact', (o) => o.film_v + o.contact_v],
  ['membrane', (o) => o.membrane_v],
  ['cathode kinetics', (o) => o.cathode_kinetic_v],
  ['concentration', (o) => o.electrolyte_v + o.particle_diffusion_v],
];

export const PART_NAMES = PARTS.map(([name]) => name);

export const COLUMNS = [
  'time_s', 'test_time_s', 'sequence', 'voltage_measured_v', 'voltage_predicted_v', 'voltage_low_v', 'voltage_high_v',
  'innovation_mv', 'innovation_low_mv', 'innovation_high_mv', 'current_density_ma_cm2',
  'temperature_measured_degc', 'temperature_predicted_degc', 'soc', ...PARTS.map((_, i) => `part_${i}_mv`), ...PARTS.map((_, i) => `stack_${i}_mv`),
];

// What a chart of the past asks the history for.
export const PAST_QUANTITIES = [
  'test_time_s', 'voltage_measured_v', 'voltage_predicted_v', 'voltage_predicted_v_sigma', 'innovation_v', 'current_density_ma_cm2',
  'temperature_measured_degc', 'temperature_predicted_degc', 'soc', 'overpotential_v_lithium_kinetic_v', 'overpotential_v_film_v',
  'overpotential_v_contact_v', 'overpotential_v_membrane_v', 'overpotential_v_cathode_kinetic_v', 'overpotential_v_electrolyte_v',
  'overpotential_v_particle_diffusion_v',
];

export class Columns {
  constructor() {
    this.clear();
  }

  clear() {
    this.live = empty();
    this.past = null;
    this.shown = this.live;
    this.run = null;
    this.sequenceNow = 0;
    this.wallClock = true;
  }

  get length() {
    return this.live.time_s.length;
  }

  // Time of the first and the last state that is held one by one.
  get first() {
    return this.live.time_s[0];
  }

  get last() {
    return this.live.time_s[this.length - 1];
  }

  // Takes a state; false for one that it has already.
  add(state) {
    if (state.test_run === this.run && state.sequence <= this.sequenceNow) {
      return false;
    }
    if (state.unix_time_s === null && this.wallClock) {
      // without the tester's wall clock there is only time since the start of the test
      this.wallClock = false;
      this.live.time_s = [...this.live.test_time_s];
      this.dropPast();
    }
    this.run = state.test_run;
    this.sequenceNow = state.sequence;
    const time = this.wallClock ? state.unix_time_s : state.test_time_s;
    if (this.length > 0 && time < this.last) {
      // time begins anew (another test without a wall clock): a chart's time only goes forward
      const { run, sequenceNow, wallClock } = this;
      this.clear();
      Object.assign(this, { run, sequenceNow, wallClock });
    }
    push(this.live, valuesOf(state, time));
    if (this.shown !== this.live) {
      push(this.shown, valuesOf(state, time));
    }
    if (this.length > MOST) {
      COLUMNS.forEach((name) => this.live[name].splice(0, MOST / 10));
    }
    return true;
  }

  // Puts the history's answer before what is held one by one.
  setPast(answer) {
    const past = empty();
    const of = (name, place) => answer.quantities[name].mean[place] ?? null;
    answer.time.forEach((time, i) => {
      const seconds = Date.parse(time) / 1000;
      if (seconds < (this.first ?? Infinity)) {
        push(past, columnsOf(seconds, answer.sequence[i], (name) => of(name, i)));
      }
    });
    this.past = { bucketS: answer.bucket_s, source: answer.source };
    this.shown = Object.fromEntries(COLUMNS.map((name) => [name, past[name].concat(this.live[name])]));
  }

  dropPast() {
    this.past = null;
    this.shown = this.live;
  }

  // Some columns between two moments, as text that spreadsheets read.
  table(names, from, to, separator) {
    const lines = [names.join(separator)];
    const { shown } = this;
    for (let i = 0; i < shown.time_s.length; i++) {
      if (shown.time_s[i] >= from && shown.time_s[i] <= to) {
        lines.push(names.map((name) => shown[name][i] ?? '').join(separator));
      }
    }
    return `${lines.join('\n')}\n`;
  }
}

function empty() {
  return Object.fromEntries(COLUMNS.map((name) => [name, []]));
}

function push(columns, values) {
  for (const name of COLUMNS) {
    columns[name].push(values[name]);
  }
}

function valuesOf(state, time) {
  const o = state.overpotential_v;
  const numbers = {
    test_time_s: state.test_time_s,
    voltage_measured_v: state.voltage_measured_v,
    voltage_predicted_v: state.voltage_predicted_v?.value,
    voltage_predicted_v_sigma: state.voltage_predicted_v?.sigma,
    innovation_v: state.innovation_v,
    current_density_ma_cm2: state.current_density_ma_cm2,
    temperature_measured_degc: state.temperature_measured_degc,
    temperature_predicted_degc: state.temperature_predicted_degc?.value,
    soc: state.soc?.value,
  };
  return columnsOf(time, state.sequence, (name) => (name.startsWith('overpotential_v_') ? o?.[name.slice('overpotential_v_'.length)] : numbers[name]) ?? null);
}

function columnsOf(time, sequence, of) {
  const predicted = of('voltage_predicted_v');
  const sigma = of('voltage_predicted_v_sigma');
  const half = sigma === null ? null : SIGMAS_90 * sigma;
  const around = (centre, sign) => (half === null || centre === null ? null : centre + sign * half);
  const soc = of('soc');
  const values = {
    time_s: time,
    test_time_s: of('test_time_s'),
    sequence,
    voltage_measured_v: of('voltage_measured_v'),
    voltage_predicted_v: predicted,
    voltage_low_v: around(predicted, -1),
    voltage_high_v: around(predicted, 1),
    innovation_mv: milli(of('innovation_v')),
    innovation_low_mv: milli(around(0, -1)),
    innovation_high_mv: milli(around(0, 1)),
    current_density_ma_cm2: of('current_density_ma_cm2'),
    temperature_measured_degc: of('temperature_measured_degc'),
    temperature_predicted_degc: of('temperature_predicted_degc'),
    soc,
  };
  const split = new Proxy({}, { get: (_, name) => of(`overpotential_v_${name}`) });
  const known = of('overpotential_v_film_v') !== null;
  let sum = 0;
  PARTS.forEach(([, part], i) => {
    const value = known ? milli(part(split)) : null;
    sum += value ?? 0;
    values[`part_${i}_mv`] = value;
    values[`stack_${i}_mv`] = value === null ? null : sum;
  });
  return values;
}

function milli(value) {
  return value === null || value === undefined ? null : value * 1000;
}
