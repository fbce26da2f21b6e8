// The connection to the server's events: says at once when it is lost, comes back by itself, and goes on where it was.
import { clock } from './format.js';

// The server sends a heartbeat each 10 s; a connection without a word for longer is dead even if nobody said so.
const SILENCE_MS = 25000;
const RETRY_MS = 2000;

export class LiveStream {
  // url(lastEventId) gives the address; handlers: {state, alert, outlook, live, conflated, reset, heartbeat}; onConnection(connected, sentence)
  constructor(url, lastEventId, handlers, onConnection) {
    this.url = url;
    this.lastEventId = lastEventId;
    this.handlers = handlers;
    this.onConnection = onConnection;
    this.lostAtMs = null;
    this.watch = setInterval(() => this.checkSilence(), 5000);
    this.open();
  }

  open() {
    this.lastWordMs = Date.now();
    const source = new EventSource(this.url(this.lastEventId));
    this.source = source;
    source.addEventListener('open', () => {
      this.lastWordMs = Date.now();
      this.lostAtMs = null;
      this.onConnection(true, 'Live');
    });
    source.addEventListener('error', () => this.lost());
    for (const name of ['state', 'alert', 'outlook', 'live', 'conflated', 'reset', 'heartbeat']) {
      source.addEventListener(name, (event) => {
        this.lastWordMs = Date.now();
        if (event.lastEventId) {
          this.lastEventId = event.lastEventId;
        }
        const handler = this.handlers[name];
        if (handler) {
          handler(JSON.parse(event.data));
        }
      });
    }
  }

  lost() {
    this.lostAtMs ??= Date.now();
    this.onConnection(false, `Connection lost at ${clock(this.lostAtMs)}, trying again`);
    // After an answer other than 200 the browser gives up; we do not.
    if (this.source.readyState === EventSource.CLOSED && !this.retry) {
      this.retry = setTimeout(() => {
        this.retry = null;
        this.open();
      }, RETRY_MS);
    }
  }

  checkSilence() {
    if (Date.now() - this.lastWordMs > SILENCE_MS && !this.retry) {
      this.source.close();
      this.lost();
    }
  }

  close() {
    clearInterval(this.watch);
    clearTimeout(this.retry);
    this.source.close();
  }
}

// Posts JSON and returns the answer.
export function postJson(path, body) {
  return fetchJson(path, { method: 'POST', body: JSON.stringify(body), headers: { Accept: 'application/json', 'Content-Type': 'application/json' } });
}

// Fetches JSON; a problem becomes an Error with the server's own sentence.
export async function fetchJson(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { headers: { Accept: 'application/json' }, cache: 'no-cache', ...options });
  } catch {
    throw new Error('The server does not answer.');
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    const error = new Error(body.detail ?? `The server answered ${response.status}.`);
    error.status = response.status;
    Object.assign(error, { field: body.field, value: body.value, expected: body.expected });
    throw error;
  }
  return body;
}
