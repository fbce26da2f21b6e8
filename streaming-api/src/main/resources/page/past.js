// A cell's past from the history: asked for when a chart shows more than is held here, and again, finer, when a person looks closer.
import { PAST_QUANTITIES } from './columns.js';
import { fetchJson } from './stream.js';

const POINTS = 800;
const SETTLE_MS = 200;
const MARGIN = 0.1;

export class Past {
  // onPast() is called when the columns have changed, onWords(sentence) when there is something to say.
  constructor(name, columns, onPast, onWords) {
    this.path = `/api/v1/cells/${encodeURIComponent(name)}/history`;
    this.columns = columns;
    this.onPast = onPast;
    this.onWords = onWords;
    this.asked = null;
  }

  // The charts show from one moment to another; from -Infinity: everything there is.
  show(from, to) {
    clearTimeout(this.settling);
    const { columns } = this;
    if (!columns.wallClock || columns.length === 0 || from >= columns.first) {
      if (columns.past) {
        columns.dropPast();
        this.asked = null;
        this.onPast();
      }
      this.onWords(!columns.wallClock && from < columns.first ? 'The tester gives no time of day: what is older cannot be placed here.' : '');
      return;
    }
    if (!this.covers(from, to)) {
      this.settling = setTimeout(() => this.fetch(from, to), SETTLE_MS);
    }
  }

  // Whether what was fetched has this time, and about as fine as it can be drawn.
  covers(from, to) {
    const { asked } = this;
    return asked !== null && asked.from <= from && asked.to >= Math.min(to, this.columns.first)
      && (asked.exact || (Number.isFinite(from) && to - from > 0.4 * (asked.to - asked.from)) || from === -Infinity);
  }

  async fetch(from, to) {
    const end = Math.min(to, this.columns.first);
    const margin = Number.isFinite(from) ? MARGIN * (end - from) : 0; // "until now" has no end of its own
    const query = new URLSearchParams({ points: POINTS, quantities: PAST_QUANTITIES.join(','), to: iso(Math.min(end + margin, this.columns.first)) });
    if (Number.isFinite(from)) {
      query.set('from', iso(from - margin));
    }
    this.onWords('Fetching the past…');
    try {
      const answer = await fetchJson(`${this.path}?${query}`);
      if (this.closed) {
        return;
      }
      this.columns.setPast(answer);
      this.asked = { from: from - margin, to: Math.min(end + margin, this.columns.first), exact: answer.bucket_s === 0 };
      this.onWords(wordsOf(answer));
      this.onPast();
    } catch (error) {
      this.asked = null;
      this.onWords(`What is older cannot be shown now: ${error.message}`);
    }
  }

  close() {
    this.closed = true;
    clearTimeout(this.settling);
  }
}

function wordsOf(answer) {
  if (answer.points === 0) {
    return 'The history holds nothing older.';
  }
  return answer.bucket_s === 0 ? '' : `The past is drawn as means over ${lengthWords(answer.bucket_s)}.`;
}

function lengthWords(seconds) {
  const units = [[86400, 'day'], [3600, 'hour'], [60, 'minute'], [1, 'second'], [0.001, 'millisecond']];
  const [length, unit] = units.find(([each]) => seconds >= each) ?? units[4];
  const count = Math.round(seconds / length);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function iso(seconds) {
  return new Date(seconds * 1000).toISOString();
}
