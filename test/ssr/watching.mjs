/** Imported before everything else: what a module does just by being imported is kept here. In plain JavaScript: every runtime reads it. */
const before = new Set(Object.getOwnPropertyNames(globalThis));
const did = [];
const real = {};

const watched = ['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'addEventListener', 'postMessage', 'open'];
for (const name of watched) {
  if (typeof globalThis[name] !== 'function') continue;
  real[name] = globalThis[name];
  globalThis[name] = (...given) => {
    did.push(name);
    return real[name](...given);
  };
}
const said = ['log', 'warn', 'error', 'info'].map((kind) => [kind, console[kind]]);
for (const [kind] of said) console[kind] = (...words) => did.push(`console.${kind} ${words.join(' ')}`);

/** What has been done so far, and what is global that was not. Lit writes down its versions, for whoever loads two; Deno gets ready for packages of npm. */
export function findings() {
  Object.assign(globalThis, real);
  for (const [kind, say] of said) console[kind] = say;
  return { did, globals: Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name) && !(name in real) && !/^(lit|reactive)\w+(Versions|Warnings)$|^nodeBootstrap$/.test(name)) };
}
