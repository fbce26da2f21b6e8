// Puts the views together. The address holds the view: ?cell=A01&from=...&to=... &view=..., or ?q=search&design=...&tester=...&campaign=...
import { Cells } from './cells.js';
import { CellView } from './cell.js';
import { FleetView } from './fleet.js';
import { LiveStream } from './stream.js';
import { lightForPrinting } from './theme.js';
import { announce, el, setAttribute, setText } from './dom.js';

const MANY_CELLS = 200;
const REGISTRY_MS = 30000;

const cells = new Cells();
const view = document.getElementById('view');
const crumb = document.getElementById('crumb');
const connection = document.getElementById('connection');
let fleet = null;
let cell = null;
let stream = null;
let lastSelected = null;

function onConnection(connected, words) {
  if (connected && connection.getAttribute('data-connected') !== 'true') {
    // alerts are not replayed by the stream: what changed meanwhile is asked for
    cells.fetchAlerts().catch(() => {});
  }
  setText(connection, words);
  setAttribute(connection, 'data-connected', String(connected));
  document.body.classList.toggle('disconnected', !connected);
  if (!connected) {
    announce(words);
  }
}

function address() {
  const query = new URLSearchParams(location.search);
  const from = Number(query.get('from') ?? NaN);
  const to = Number(query.get('to') ?? NaN);
  const span = query.get('span') === 'all' ? Infinity : Number(query.get('span') ?? 0);
  return { cell: query.get('cell'), chosen: Object.fromEntries(query), view: query.get('view'), range: from < to ? [from, to] : null, span: span > 0 ? span : null };
}

function go(query, replace = false) {
  const text = new URLSearchParams(query).toString();
  history[replace ? 'replaceState' : 'pushState'](null, '', text ? `/?${text}` : '/');
}

function openCell(name) {
  go({ cell: name });
  show();
}

function openFleet() {
  go({});
  show();
}

function close() {
  stream?.close();
  stream = null;
  cell?.close();
  fleet?.close();
  cell = null;
  fleet = null;
}

function show() {
  const at = address();
  close();
  if (at.cell) {
    showCell(at);
  } else {
    showFleet(at);
  }
}

function showCell({ cell: name, range, span, view: part }) {
  lastSelected = name;
  document.title = `${name} · pouchtwin`;
  crumb.replaceChildren(el('a', { href: '/', onclick: follow(openFleet) }, 'All cells'));
  cell = new CellView(cells, name, {
    range,
    span,
    view: part,
    onAddress: (query) => go(query, true),
    onConnection,
  });
  view.replaceChildren(cell.element);
  view.focus({ preventScroll: true });
  window.scrollTo(0, 0);
  cell.start();
}

async function showFleet({ chosen }) {
  document.title = 'Cells · pouchtwin';
  crumb.replaceChildren();
  const shown = new FleetView(cells, {
    chosen,
    selected: lastSelected,
    onOpen: openCell,
    onShow: (alert) => { const at = new URL(alert.link, location.href).searchParams; go({ cell: alert.cell, from: at.get('from'), to: at.get('to') }); show(); },
    onFilter: (query) => go(query, true),
  });
  fleet = shown;
  view.replaceChildren(shown.element);
  shown.redraw(true);
  if (cells.byName.size === 0) {
    shown.say('Fetching the cells…');
  } else {
    shown.focus(); // a key that is pressed right after coming back counts
  }
  while (fleet === shown) {
    try {
      await Promise.all([cells.fetch(), cells.fetchAlerts()]);
      break;
    } catch (error) {
      onConnection(false, `${error.message} Trying again.`);
      await new Promise((resolve) => { setTimeout(resolve, 2000); });
    }
  }
  if (fleet !== shown) {
    return;
  }
  shown.say(cells.byName.size === 0 ? 'No cell is known yet. Rows appear by themselves when a tester reports the first one.' : null);
  shown.redraw(true);
  if (document.activeElement === document.body || document.activeElement === view) {
    shown.focus();
  }
  listen(shown);
}

function listen(shown) {
  const rate = cells.byName.size > MANY_CELLS ? '1' : '2';
  stream = new LiveStream(
    (id) => `/api/v1/stream?${new URLSearchParams({ max_rate_hz: rate, ...(id ? { last_event_id: id } : {}) })}`,
    cells.position,
    {
      state: (state) => cells.onState(state),
      alert: (alert) => cells.onAlert(alert),
      outlook: (event) => cells.onOutlook(event),
      live: (reading) => cells.onLive(reading),
      heartbeat: (beat) => cells.heard(beat.time),
      reset: () => cells.fetch(true).catch(() => {}),
    },
    onConnection,
  );
  const refresh = setInterval(() => {
    if (fleet !== shown) {
      clearInterval(refresh);
    } else if ([...cells.byName.values()].some((known) => !known.registration)) {
      cells.fetch().catch(() => {});
    }
  }, REGISTRY_MS);
}

function follow(action) {
  return (event) => {
    if (!event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      action();
    }
  };
}

lightForPrinting();
document.getElementById('home').addEventListener('click', follow(openFleet));
window.addEventListener('popstate', show);
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.key === '/' && !typing && fleet) {
    event.preventDefault();
    fleet.search.focus();
  } else if (/^[1-4]$/.test(event.key) && !typing && cell) {
    cell.tabs.at(Number(event.key) - 1);
  } else if (event.key === 'Escape') {
    if (cell) {
      event.preventDefault();
      openFleet();
    } else if (fleet?.filters.active) {
      fleet.clearFilters();
      fleet.focus();
    } else if (fleet) {
      fleet.focus();
    }
  } else if ((event.key === 'ArrowDown' || event.key === 'Enter') && event.target === fleet?.search) {
    event.preventDefault();
    fleet.focus();
  }
});
show();
