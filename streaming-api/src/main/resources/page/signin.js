// The first thing that runs: asks whether a login is needed, lets the page begin when it is not or was done. What is typed goes to the server once and is kept nowhere; from
// then on a cookie that no script can read says who it is.
import { el } from './dom.js';

const CHECK_MS = 60000;
const ADDRESS = '/api/v1/session';

async function session() {
  const response = await fetch(ADDRESS, { headers: { Accept: 'application/json' }, cache: 'no-store' });
  if (!response.ok) {
    throw new Error(`The server answered ${response.status}.`);
  }
  return response.json();
}

async function signIn(key) {
  const response = await fetch(ADDRESS, { method: 'POST', headers: { Accept: 'application/json', Authorization: `Bearer ${key}` } });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(response.status === 401 ? 'This key is not accepted.' : body.detail ?? `The server answered ${response.status}.`);
  }
}

async function signOut() {
  await fetch(ADDRESS, { method: 'DELETE' });
  location.reload();
}

function form() {
  const key = el('input', { type: 'password', id: 'key', name: 'key', autocomplete: 'current-password', required: true, 'aria-describedby': 'sign-in-error' });
  const error = el('p', { id: 'sign-in-error', class: 'sign-in-error', role: 'alert' });
  const button = el('button', { type: 'submit' }, 'Sign in');
  const submit = async (event) => {
    event.preventDefault();
    button.disabled = true;
    error.textContent = '';
    try {
      await signIn(key.value.trim());
      location.reload();
    } catch (failure) {
      error.textContent = failure instanceof TypeError ? 'The server does not answer.' : failure.message;
      button.disabled = false;
      key.select();
    }
  };
  return el('form', { class: 'sign-in', onsubmit: submit },
    el('h2', {}, 'Sign in'),
    el('label', { for: 'key' }, 'API key or token'), key, button, error,
    el('p', { class: 'hint' }, "A key is made with './pouchtwin api-key'."));
}

// After a restart of the server, or at the end of the day, the form comes back by itself.
function watch() {
  const check = async () => {
    const now = await session().catch(() => null);
    if (now && now.login === 'required' && !now.caller) {
      location.reload();
    }
  };
  setInterval(check, CHECK_MS);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) { check(); } });
}

const now = await session().catch(() => null); // a server that does not answer is said by the page itself
if (now && now.login === 'required' && !now.caller) {
  document.getElementById('connection').textContent = 'Not signed in';
  document.getElementById('view').replaceChildren(form());
  document.getElementById('key').focus();
} else {
  if (now && now.login === 'required') {
    document.querySelector('header.bar').append(
      el('p', { class: 'caller' }, `${now.caller.name} (${now.caller.role}) `, el('button', { type: 'button', onclick: signOut }, 'Sign out')));
    watch();
  }
  await import('./app.js');
}
