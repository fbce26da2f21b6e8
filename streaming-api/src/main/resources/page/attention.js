// How much a cell asks for attention, and why, in words. The order of the fleet follows from it.
import { age } from './format.js';

// The server says how old a word from the tester may be; until it has, its default.
let staleAfterS = 30;

export function setStaleAfter(seconds) {
  if (Number.isFinite(seconds)) {
    staleAfterS = seconds;
  }
}

const TRUST = {
  converging: 'converging',
  trusted: 'trusted',
  diverged: 'diverged',
  unspecified: 'trust not said',
};

// { rank, mark, words, old }: the lower the rank the more urgent; `old` means that the numbers are not of now. An open alert speaks first.
export function attention(cell, nowMs, alert = null) {
  const found = ownAttention(cell, nowMs);
  if (!alert) {
    return found;
  }
  const rank = alert.stage === 'critical' ? -2 : -1;
  const more = found.old || found.mark === 'diverged' ? ` · ${found.words}` : '';
  return { rank: alert.acknowledgement ? rank + 0.5 : rank, mark: alert.stage, words: `${alert.title}${more}`, old: found.old, diverged: found.mark === 'diverged' };
}

function ownAttention(cell, nowMs) {
  const sampleAgeS = (nowMs - cell.sampleMs) / 1000;
  const contactAgeS = (nowMs - Math.max(cell.sampleMs || 0, cell.contactMs || 0)) / 1000;
  const heard = Boolean(cell.sampleMs || cell.contactMs);
  const trust = cell.state ? TRUST[cell.state.trust] ?? cell.state.trust : 'no prediction yet';
  if (!heard) {
    return { rank: 6, mark: 'never', words: 'no sample yet', old: true };
  }
  if (cell.ended && cell.contactMs >= (cell.sampleMs || 0)) {
    return { rank: 5, mark: 'ended', words: `test ended ${age(contactAgeS)} ago`, old: true };
  }
  if (contactAgeS > staleAfterS) {
    return { rank: 1, mark: 'stale', words: `stale: tester silent for ${age(contactAgeS)}`, old: true };
  }
  if (cell.state?.trust === 'diverged') {
    return { rank: 0, mark: 'diverged', words: 'diverged: errors beyond band', old: false };
  }
  if (!cell.sampleMs) {
    return { rank: 6, mark: 'never', words: 'tester answers, no sample yet', old: true };
  }
  if (sampleAgeS > staleAfterS) {
    return { rank: 4, mark: 'quiet', words: `${trust}; no new sample for ${age(sampleAgeS)}`, old: true };
  }
  if (cell.state?.trust === 'converging') {
    return { rank: 2, mark: 'converging', words: 'converging: state not yet found', old: false };
  }
  return { rank: 3, mark: 'calm', words: trust, old: false };
}
