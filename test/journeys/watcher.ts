/**
 * Everything that leaves the widget for a place where others may look, from the page's first moment on: what is said on the
 * console, sent, stored, shown in the address, or told by an event to whoever listens further up.
 */
export const watcher = `(() => {
  window.seen = [];
  const see = (where, ...what) => window.seen.push({ where, what: what.map((one) => { try { return typeof one === 'string' ? one : one instanceof Error ? one.stack + JSON.stringify(one) + String(one.cause?.stack ?? JSON.stringify(one.cause)) : one instanceof URLSearchParams ? String(one) : JSON.stringify(one) ?? ''; } catch { return ''; } }).join(' ') });
  for (const kind of ['error', 'warn', 'log', 'info', 'debug']) {
    const say = console[kind];
    console[kind] = (...words) => { see('console', ...words); say.apply(console, words); };
  }
  const { fetch } = window;
  window.fetch = (url, init) => { see('request ' + new URL(url, location.href).pathname, String(url), init?.body ?? ''); return fetch(url, init); };
  try {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (key, value) { see('storage ' + key.slice(0, 6), key, value); setItem.call(this, key, value); };
  } catch {}
  for (const name of ['pushState', 'replaceState']) {
    const change = history[name];
    history[name] = function (state, title, url) { see('address', state, String(url)); return change.call(history, state, title, url); };
  }
  for (const name of ['change', 'tokens', 'connected', 'connections', 'preview', 'progress', 'complete', 'cancelled', 'error', 'disconnected', 'wire'])
    document.addEventListener('wearable-' + name, (event) => see('event ' + name, event.detail, { ...event.detail }), true);
  for (const kind of ['error', 'unhandledrejection']) addEventListener(kind, ({ error, reason }) => see('uncaught', error ?? reason));
})();`;
