// The three views of dendrite risk: the margin now, the damage so far, the signs of a short that is there.
import { el } from './dom.js';
import { elapsed, number, scientific, typeset } from './format.js';

const LARGE = 1e5; // beyond it nobody counts digits

const GAUGE_MOST = 100;

export function dendriteViews(d) {
  if (!d) {
    return [el('p', {}, 'Nothing is said of dendrites.')];
  }
  const margin = d.current_over_critical;
  const signs = d.soft_short;
  return [
    d.warning ? el('p', { class: 'loud' }, typeset(d.warning)) : null,
    el('div', { class: 'views' },
      el('div', {}, el('h4', {}, 'Margin now'), gauge(margin),
        el('p', {}, `Local current ${between(margin, 2, '')} times the critical one${margin && margin.value > GAUGE_MOST ? ' (beyond the gauge)' : ''}: ${number(d.current_density_ma_cm2, 2)} mA/cm² against ${between(d.effective_critical_ma_cm2, 2, 'mA/cm²')}; ${number(100 * d.share_of_limiting_current, 1)} % of the membrane’s limiting current.`),
        el('p', {}, stabilityWords(d.stability))),
      el('div', {}, el('h4', {}, 'Damage and hazard'),
        el('p', {}, `Accumulated hazard ${between(d.damage, 3, '')}.`),
        el('p', {}, d.is_index ? 'The fit rests on few shorts: the number puts cells in order, it does not count them.' : '')),
      el('div', {}, el('h4', {}, 'Soft short now'), signs ? checklist(signs) : el('p', {}, 'Not judged: the tester does not count charge.'))),
  ].filter(Boolean);
}

// From a hundredth of the critical current to a hundred times it, the critical one in the middle.
function gauge(margin) {
  const position = (value) => `${Math.min(100, Math.max(0, 50 + 25 * Math.log10(Math.max(value, 1e-9))))}%`;
  const [span, needle] = [el('i', { class: 'span' }), el('i', { class: 'needle' })];
  if (margin) {
    span.style.left = position(margin.low);
    span.style.right = `calc(100% - ${position(margin.high)})`;
    needle.style.left = position(margin.value);
  } else {
    needle.hidden = true;
  }
  return el('div', {},
    el('div', { class: 'gauge', role: 'img', 'aria-label': `local current over critical current ${number(margin?.value, 2)}` }, el('i', { class: 'one' }), span, needle),
    el('div', { class: 'gauge-scale', 'aria-hidden': 'true' }, ...['0.01', '0.1', '1', '10', '100'].map((text) => el('span', {}, text))));
}

function between(value, digits, unit) {
  const text = (x) => (x >= LARGE ? scientific(x) : number(x, x >= 100 ? 0 : digits));
  return value ? `${text(value.value)} (90 %: ${text(value.low)} to ${text(value.high)})${unit ? ` ${unit}` : ''}` : '–';
}

function stabilityWords(stability) {
  if (!stability || stability.verdict === 'unspecified' || stability.verdict === 'verdict_unspecified') {
    return '';
  }
  const verdict = { even: 'stays even', uneven: 'becomes uneven', runaway: 'runs away' }[stability.verdict] ?? stability.verdict;
  return `The interface ${verdict}: a disturbance of ${number(stability.worst_wavelength_um, 0)} µm becomes ${factor(Math.exp(stability.growth_exponent))} times as large in a charge, peaks carry ${number(stability.peak_over_mean_current, 2)} times the mean current.`;
}

function factor(value) {
  return value >= LARGE ? scientific(value) : number(value, 2);
}

function checklist(signs) {
  const item = (level, words) => el('li', { 'data-on': String(level >= 1) }, `${level >= 1 ? '☑' : '☐'} ${words} (${number(100 * level, 0)} % of what makes it speak)`);
  return el('div', {}, el('ul', { class: 'signs' },
    item(signs.charge_balance_level, 'more charge goes in than comes out'),
    item(signs.rest_drift_level, 'voltage falls at rest as it did not before')),
  signs.onset_test_time_s === null ? null : el('p', {}, `The first sign began at tester time ${elapsed(signs.onset_test_time_s)}.`),
  el('p', {}, signs.called ? `Both signs: a soft short is happening${signs.leak_resistance_ohm ? `, about ${number(signs.leak_resistance_ohm, 0)} Ω` : ''}.` : 'Called only when both signs speak.'));
}
