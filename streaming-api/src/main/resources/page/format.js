// Numbers, intervals, times and words as people read them.

// Half width of the central 90 % of a normal distribution, in standard deviations.
export const SIGMAS_90 = 1.645;

const STEPS = {
  rest: 'rest',
  cc_charge: 'CC charge',
  cc_discharge: 'CC discharge',
  cv_charge: 'CV charge',
  cv_discharge: 'CV discharge',
  cccv_charge: 'CC-CV charge',
  cccv_discharge: 'CC-CV discharge',
  constant_power: 'constant power',
  constant_resistance: 'constant resistance',
  profile: 'profile',
  pulse: 'pulse',
  pause: 'pause',
  control: 'control',
  end: 'end',
};

export function number(value, digits) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return '–';
  }
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

// 9.0·10¹⁰.
export function scientific(value) {
  if (!Number.isFinite(value)) {
    return value > 0 ? 'more than 10³⁰⁸' : '–';
  }
  const [digits, exponent] = value.toExponential(1).split('e');
  return `${digits.replace('-', '−')}·10${[...String(Number(exponent))].map((c) => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[c])).join('')}`;
}

// A sentence of the server, which writes units in ASCII, as it is printed.
export function typeset(sentence) {
  return sentence.replace(/\bcm2\b/g, 'cm²').replace(/\bohm\b/g, 'Ω').replace(/\bdegC\b/g, '°C');
}

// [factor, unit] that fits a coin cell as well as a pouch.
export function prefixed(value, unit) {
  return Math.abs(value) < 0.1 && value !== 0 ? [1000, `m${unit}`] : [1, unit];
}

// "63.2 ± 2.0 %": the 90 % interval of an estimate times a factor.
export function interval(estimate, factor, digits, unit) {
  if (!estimate || estimate.value === null) {
    return '–';
  }
  const half = estimate.sigma === null ? null : SIGMAS_90 * estimate.sigma * factor;
  const value = number(estimate.value * factor, digits);
  if (half === null) {
    return `${value} ${unit}`;
  }
  // nobody is certain: what rounds to nothing is said to be small
  const least = 10 ** -digits;
  return `${value} ± ${half > 0 && half < least / 2 ? `< ${number(least, digits)}` : number(half, digits)} ${unit}`;
}

export function age(seconds) {
  if (!Number.isFinite(seconds)) {
    return '–';
  }
  if (seconds < 120) {
    return `${Math.max(0, Math.round(seconds))} s`;
  }
  if (seconds < 7200) {
    return `${Math.round(seconds / 60)} min`;
  }
  if (seconds < 172800) {
    return `${Math.round(seconds / 3600)} h`;
  }
  return `${Math.round(seconds / 86400)} days`;
}

// Time since the start of a test: "2:05:09".
export function elapsed(seconds) {
  if (!Number.isFinite(seconds)) {
    return '–';
  }
  const whole = Math.floor(seconds);
  const two = (n) => String(n).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

export function clock(milliseconds) {
  return new Date(milliseconds).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
}

// Labels of a time axis, in the viewer's zone: the hour, and the date where it is new.
export function timeTicks(seconds) {
  const fine = seconds.length > 1 && seconds[1] - seconds[0] < 60;
  const hour = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(fine ? { second: '2-digit' } : {}) };
  let day = null;
  return seconds.map((s) => {
    const date = new Date(s * 1000);
    const today = date.toLocaleDateString([], { day: 'numeric', month: 'short' });
    const label = date.toLocaleTimeString([], hour) + (today === day ? '' : `\n${today}`);
    day = today;
    return label;
  });
}

export function step(word) {
  return STEPS[word] ?? 'unknown step';
}

// A moment in the viewer's zone, and the tester's own time for those who point at it.
export function moment(unixTimeS) {
  return new Date(unixTimeS * 1000).toLocaleString([], { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'short' });
}

export function testerTime(state) {
  const tester = `tester time ${elapsed(state.test_time_s)} of test ${state.test_run}, sample ${state.sequence}`;
  return state.unix_time_s === null ? `${tester}; the tester gives no time of day` : `${moment(state.unix_time_s)}, ${tester}`;
}

// "42 to 118": cycles that are left, as a 90 % interval; "> 500" beyond what the forecast looks at.
export function cyclesLeft(life) {
  if (!life || life.median === null) {
    return { value: '–', between: '' };
  }
  const text = (value) => (value >= life.horizon ? `> ${number(life.horizon, 0)}` : number(value, 0));
  return { value: text(life.median), between: life.low >= life.horizon ? '' : `${text(life.low)} to ${text(life.high)}` };
}

// A probability as people read it: "0.3 %", "< 0.1 %".
export function share(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return '–';
  }
  const percent = 100 * value;
  return percent > 0 && percent < 0.1 ? '< 0.1 %' : `${number(percent, percent < 10 ? 1 : 0)} %`;
}

export function between(interval, words) {
  return interval && interval.low !== null ? `${words(interval.low)} to ${words(interval.high)}` : '';
}
