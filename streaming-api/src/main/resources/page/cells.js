// What the page knows of all cells: fetched once, then kept up by the stream.
import { Alerts } from './alerts.js';
import { attention, setStaleAfter } from './attention.js';
import { fetchJson } from './stream.js';
import { SIGMAS_90 } from './format.js';

const TRACE_POINTS = 160;
const TRACE_SPAN_S = 3600;
const SHORT_LEVELS = ['unspecified', 'none', 'warning', 'critical'];

export class Cells {
  constructor() {
    this.byName = new Map();
    this.alerts = new Alerts();
    this.clockOffsetMs = 0;
    this.position = null;
    this.version = 0; // changes when the order or the set of cells may have changed
  }

  // Fetches all cells; `anew` forgets what was known before, for when the server no longer knows it either.
  async fetch(anew = false) {
    const pages = [];
    let next = '/api/v1/cells?limit=250';
    while (next) {
      const page = await fetchJson(next);
      pages.push(page);
      next = page.next;
    }
    if (anew) {
      this.byName = new Map();
    }
    // the place in the stream of the first page: whatever changed while the others were fetched comes again
    this.position = pages[0].position;
    for (const page of pages) {
      this.heard(page.time);
      setStaleAfter(page.stale_after_s);
      page.cells.forEach((entry) => this.put(entry));
    }
    this.version++;
  }

  heard(serverTime) {
    this.clockOffsetMs = Date.parse(serverTime) - Date.now();
  }

  nowMs() {
    return Date.now() + this.clockOffsetMs;
  }

  put(entry) {
    const cell = this.cell(entry.cell);
    if (entry.latest) {
      this.onState(entry.latest);
    }
    cell.registration = entry.registration;
    cell.contactMs = Date.parse(entry.liveness.last_contact_time) || 0;
    cell.ended = entry.liveness.state === 'ended';
    cell.livePoint = entry.live_point;
    cell.outlook = entry.outlook ?? null;
  }

  cell(name) {
    let cell = this.byName.get(name);
    if (!cell) {
      cell = { name, registration: null, state: null, sampleMs: 0, contactMs: 0, ended: false, livePoint: null, outlook: null, trace: null, seen: 0 };
      this.byName.set(name, cell);
      this.version++;
    }
    return cell;
  }

  // Takes a state; false for one that it has already.
  onState(state) {
    const cell = this.cell(state.cell);
    if (cell.state && cell.state.test_run === state.test_run && state.sequence <= cell.state.sequence) {
      return false;
    }
    const trustBefore = cell.state?.trust;
    cell.state = state;
    cell.sampleMs = Date.parse(state.received_time) || this.nowMs();
    cell.ended = false;
    cell.seen++;
    if (cell.trace) {
      addToTrace(cell.trace, state);
    }
    if (trustBefore !== state.trust) {
      this.version++;
    }
    return true;
  }

  // A new forecast has been made.
  onOutlook({ cell: name, outlook }) {
    const cell = this.cell(name);
    cell.outlook = outlook;
    cell.seen++;
    this.version++;
  }

  onAlert(alert) {
    this.alerts.take(alert);
    this.version++;
  }

  // What was missed while there was no connection.
  async fetchAlerts() {
    await this.alerts.fetch();
    this.version++;
  }

  onLive(reading) {
    const cell = this.cell(reading.cell);
    cell.contactMs = Date.parse(reading.contact_time) || cell.contactMs;
    cell.ended = reading.run_complete;
    cell.livePoint = reading.live_point;
    cell.seen++;
  }

  async fetchTraces(names) {
    const query = new URLSearchParams({ cells: names.join(','), points: 80 });
    const answer = await fetchJson(`/api/v1/traces?${query}`);
    const traces = new Map(answer.traces.map((trace) => [trace.cell, trace]));
    for (const name of names) {
      const cell = this.byName.get(name);
      if (cell) {
        cell.trace = newTrace(traces.get(name) ?? { test_time_s: [] });
        cell.seen++;
      }
    }
  }

  // Of equal attention the cell that is nearer to a short, then to its end, comes first.
  byRisk(a, b) {
    const risk = (cell) => SHORT_LEVELS.indexOf(cell.outlook?.short_level ?? 'none');
    const index = (cell) => cell.outlook?.short_index?.median ?? -1;
    const left = (cell) => cell.outlook?.remaining_cycles?.median ?? Infinity;
    return risk(b) - risk(a) || index(b) - index(a) || left(a) - left(b) || a.name.localeCompare(b.name, undefined, { numeric: true });
  }

  attention(cell) {
    return attention(cell, this.nowMs(), this.alerts.worst(cell.name));
  }
}

function newTrace(answer) {
  const trace = { run: null, t: [], measured: [], predicted: [], half: [] };
  for (let i = 0; i < answer.test_time_s.length; i++) {
    push(trace, answer.test_time_s[i], answer.voltage_measured_v[i], answer.voltage_predicted_v[i], answer.voltage_predicted_sigma_v[i]);
  }
  return trace;
}

function addToTrace(trace, state) {
  push(trace, state.test_time_s, state.voltage_measured_v, state.voltage_predicted_v?.value ?? null, state.voltage_predicted_v?.sigma ?? null);
  let first = 0;
  while (state.test_time_s - trace.t[first] > TRACE_SPAN_S) {
    first++;
  }
  // the picture is small: beyond so many points every second one of the older half goes
  if (trace.t.length - first > TRACE_POINTS) {
    const half = first + Math.floor((trace.t.length - first) / 2);
    for (const column of [trace.t, trace.measured, trace.predicted, trace.half]) {
      const kept = column.filter((_, i) => i >= half || (i >= first && (i - first) % 2 === 0));
      column.splice(0, column.length, ...kept);
    }
  } else if (first > 0) {
    for (const column of [trace.t, trace.measured, trace.predicted, trace.half]) {
      column.splice(0, first);
    }
  }
}

function push(trace, t, measured, predicted, sigma) {
  if (trace.t.length > 0 && t < trace.t[trace.t.length - 1]) {
    // a new test has begun: its time starts anew
    for (const column of [trace.t, trace.measured, trace.predicted, trace.half]) {
      column.length = 0;
    }
  }
  trace.t.push(t);
  trace.measured.push(measured);
  trace.predicted.push(predicted);
  trace.half.push(sigma === null ? null : SIGMAS_90 * sigma);
}
