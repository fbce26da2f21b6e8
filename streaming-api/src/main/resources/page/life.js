// How the remaining life is distributed: how much of the ensemble reaches 80 % of the capacity when, as the forecast's quantiles say.
import { el } from './dom.js';
import { number } from './format.js';

const SVG = 'http://www.w3.org/2000/svg';
const [WIDTH, HEIGHT, BASE] = [480, 120, 96];
// The share of the ensemble between neighbouring quantiles; what lies beyond them on either side is said in words.
const PIECES = [['p05', 'p25', 0.2], ['p25', 'p50', 0.25], ['p50', 'p75', 0.25], ['p75', 'p95', 0.2]];

export function lifeDistribution(life, whatIf) {
  if (!life?.cycles) {
    return el('p', {}, 'The remaining life is not known yet.');
  }
  const horizon = life.horizon_cycles;
  const all = [life, ...(whatIf?.cycles ? [whatIf] : [])];
  const most = Math.min(horizon, 1.25 * Math.max(...all.map((one) => one.cycles.p95), 1));
  const steps = all.map((one) => densities(one, most));
  const peak = Math.max(...steps.flat().map((step) => step.density), 1e-12);
  const x = (cycles) => (WIDTH * Math.min(cycles, most)) / most;
  const y = (density) => BASE - (BASE - 8) * (density / peak);
  const svg = shape('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'life', role: 'img', 'aria-label': words(life) });
  steps[0].forEach(({ from, to, density }) => svg.append(shape('rect', { class: 'piece', x: x(from), y: y(density), width: Math.max(1, x(to) - x(from)), height: BASE - y(density) })));
  if (life.cycles.p50 < horizon) {
    svg.append(shape('line', { class: 'median', x1: x(life.cycles.p50), x2: x(life.cycles.p50), y1: 4, y2: BASE }));
  }
  if (steps[1]) {
    const path = steps[1].map(({ from, to, density }) => `L${x(from)} ${y(density)}L${x(to)} ${y(density)}`).join('');
    const [first, last] = [steps[1][0], steps[1][steps[1].length - 1]];
    if (first) {
      svg.append(shape('path', { class: 'what-if', d: `M${x(first.from)} ${BASE}${path}L${x(last.to)} ${BASE}` }));
    }
  }
  svg.append(shape('line', { class: 'base', x1: 0, x2: WIDTH, y1: BASE, y2: BASE }));
  for (const part of [0, 0.25, 0.5, 0.75, 1]) {
    const text = shape('text', { x: WIDTH * part, y: HEIGHT - 8, 'text-anchor': part === 0 ? 'start' : part === 1 ? 'end' : 'middle' });
    text.textContent = number(most * part, 0) + (part === 1 ? ' cycles' : '');
    svg.append(text);
  }
  return el('div', {}, svg, el('p', {}, words(life)));
}

function densities({ cycles, horizon_cycles: horizon }, most) {
  return PIECES.map(([low, high, mass]) => ({ from: cycles[low], to: Math.min(cycles[high], most), density: mass / Math.max(cycles[high] - cycles[low], most / 400) }))
    .filter(({ from, to }) => from < horizon && from < most && to >= from);
}

export function words(life) {
  if (!life?.cycles) {
    return 'not known';
  }
  const beyond = life.horizon_cycles;
  const text = (value) => (value >= beyond ? `more than ${number(beyond, 0)}` : number(value, 0));
  return `${text(life.cycles.p50)} cycles (90 %: ${text(life.cycles.p05)} to ${text(life.cycles.p95)}); ${number(100 * life.share_within_horizon, 0)} % of the ensemble gets there within ${number(beyond, 0)}`;
}

function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  return element;
}
