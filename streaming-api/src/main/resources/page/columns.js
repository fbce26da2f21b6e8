// The states of one cell as columns of numbers, as the charts want them.
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
  'temperature_measured_degc', 'temperature_predicted_degc', ...PARTS.map((_, i) => `part_${i}_mv`), ...PARTS.map((_, i) => `stack_${i}_mv`),
];

export class Columns {
  constructor() {
    this.clear();
  }

  clear() {
    for (const name of COLUMNS) {
      this[name] = [];
    }
    this.run = null;
    this.sequenceNow = 0;
    this.wallClock = true;
  }

  get length() {
    return this.time_s.length;
  }

  // Takes a state; false for one that it has already.
  add(state) {
    if (state.test_run === this.run && state.sequence <= this.sequenceNow) {
      return false;
    }
    if (state.unix_time_s === null && this.wallClock) {
      // without the tester's wall clock there is only time since the start of the test
      this.wallClock = false;
      this.time_s = [...this.test_time_s];
    }
    this.run = state.test_run;
    this.sequenceNow = state.sequence;
    const time = this.wallClock ? state.unix_time_s : state.test_time_s;
    if (this.length > 0 && time < this.time_s[this.length - 1]) {
      // time begins anew (another test without a wall clock): a chart's time only goes forward
      const run = this.run;
      const sequence = this.sequenceNow;
      const wallClock = this.wallClock;
      this.clear();
      Object.assign(this, { run, sequenceNow: sequence, wallClock });
    }
    const values = valuesOf(state, time);
    for (const name of COLUMNS) {
      this[name].push(values[name]);
    }
    if (this.length > MOST) {
      COLUMNS.forEach((name) => this[name].splice(0, MOST / 10));
    }
    return true;
  }

  csv(from, to) {
    const lines = [COLUMNS.join(',')];
    for (let i = 0; i < this.length; i++) {
      if (this.time_s[i] >= from && this.time_s[i] <= to) {
        lines.push(COLUMNS.map((name) => this[name][i] ?? '').join(','));
      }
    }
    return `${lines.join('\n')}\n`;
  }
}

function valuesOf(state, time) {
  const predicted = state.voltage_predicted_v;
  const half = predicted?.sigma == null ? null : SIGMAS_90 * predicted.sigma;
  const around = (centre, sign) => (half === null || centre === null ? null : centre + sign * half);
  const values = {
    time_s: time,
    test_time_s: state.test_time_s,
    sequence: state.sequence,
    voltage_measured_v: state.voltage_measured_v,
    voltage_predicted_v: predicted?.value ?? null,
    voltage_low_v: around(predicted?.value ?? null, -1),
    voltage_high_v: around(predicted?.value ?? null, 1),
    innovation_mv: milli(state.innovation_v),
    innovation_low_mv: milli(around(0, -1)),
    innovation_high_mv: milli(around(0, 1)),
    current_density_ma_cm2: state.current_density_ma_cm2,
    temperature_measured_degc: state.temperature_measured_degc,
    temperature_predicted_degc: state.temperature_predicted_degc?.value ?? null,
  };
  let sum = 0;
  PARTS.forEach(([, of], i) => {
    const part = state.overpotential_v ? milli(of(state.overpotential_v)) : null;
    sum += part ?? 0;
    values[`part_${i}_mv`] = part;
    values[`stack_${i}_mv`] = part === null ? null : sum;
  });
  return values;
}

function milli(value) {
  return value === null || value === undefined ? null : value * 1000;
}
