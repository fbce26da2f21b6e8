// How far the twin of a cell may be believed, and why: in words, with the numbers they rest on.
import { el } from './dom.js';
import { interval, number, testerTime } from './format.js';
import { recordWords } from './outlook.js';

const WORDS = {
  converging: 'Converging: the twin is still finding the state of the cell.',
  trusted: 'Trusted: the errors are as large as the twin says.',
  diverged: 'Diverged: the errors are larger than the twin’s own uncertainty explains. Do not rely on its numbers.',
  unspecified: 'The engine says nothing about trust.',
};
const FRESH = {
  fresh: 'the newest sample moved it as it should',
  after_silence: 'it has just come back after a silence',
  frozen: 'the tester repeats the same numbers',
};

export function fillTrust(element, { state, cycles, forecasts, columns }) {
  if (!state) {
    element.replaceChildren(el('dt', {}, 'Trust'), el('dd', {}, 'No prediction yet.'));
    return;
  }
  const last = cycles[cycles.length - 1];
  const forecast = forecasts[forecasts.length - 1];
  const inside = insideShare(columns.live);
  const facts = [
    ['Trust', WORDS[state.trust] ?? state.trust],
    ['Last innovation', `${number(1000 * state.innovation_v, 2)} mV; over its own variance ${number(state.normalised_innovation_squared, 2)} (1 on average where the twin is right)`],
    ['Measured inside the 90 % band', inside === null ? 'not known yet' : `${number(100 * inside.share, 1)} % of the last ${inside.count} samples`],
    ...(last ? [['Last cycle', `innovation ${number(1000 * last.innovation_rms_v, 2)} mV rms, over its own variance ${number(last.mean_normalised_innovation_squared, 2)}, ${last.samples} samples`]] : []),
    ['Record of its forecasts', recordWords(forecast?.cell_record)],
    ['Voltage offset found', interval(state.voltage_offset_v, 1000, 1, 'mV')],
    ['Data', FRESH[state.freshness] ?? 'the engine does not say'],
    ['Parameter set', state.parameter_set],
    ['Last sample', testerTime(state)],
  ];
  element.replaceChildren(...facts.flatMap(([name, words]) => [el('dt', {}, name), el('dd', {}, words)]));
}

function insideShare(live) {
  let [inside, count] = [0, 0];
  for (let i = Math.max(0, live.time_s.length - 1000); i < live.time_s.length; i++) {
    const [low, value, high] = [live.voltage_low_v[i], live.voltage_measured_v[i], live.voltage_high_v[i]];
    if (low !== null && value !== null) {
      count++;
      inside += value >= low && value <= high ? 1 : 0;
    }
  }
  return count < 20 ? null : { share: inside / count, count };
}
