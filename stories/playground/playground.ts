/** The host page: makes the element as the settings say, calls its methods, shows its events. */
import '../../src/define.js';
import type { WearableConnect, WearableEventMap } from '../../src/index.js';
import { faults, type FaultChanges } from './faults.js';

const find = <Kind extends Element>(selector: string): Kind => {
  const found = document.querySelector<Kind>(selector);
  if (!found) throw new Error(`The page has no ${selector}`);
  return found;
};

interface Known {
  readonly sweatstack: string;
  readonly mail: string;
  readonly locales: readonly string[];
}
const { sweatstack, mail, locales } = JSON.parse(find('#sandbox').textContent) as Known;
find<HTMLAnchorElement>('#mail').href = mail;

const settings = find<HTMLFormElement>('#settings');
const stage = find('#stage');
const log = find('#log');

const languages = find<HTMLSelectElement>('select[name=lang]');
languages.append(...locales.map((tag) => new Option(tag)));

// Settings outlive a reload, and with it a sign-in that takes the whole page.
const kept = 'playground';
for (const [name, value] of Object.entries(JSON.parse(sessionStorage.getItem(kept) ?? '{}') as Record<string, string>)) {
  const field = settings.elements.namedItem(name);
  if (field instanceof HTMLInputElement && field.type === 'checkbox') field.checked = value === 'on';
  else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
}

const names: Record<keyof WearableEventMap, true> = {
  'wearable-change': true,
  'wearable-tokens': true,
  'wearable-connected': true,
  'wearable-connections': true,
  'wearable-preview': true,
  'wearable-progress': true,
  'wearable-complete': true,
  'wearable-cancelled': true,
  'wearable-error': true,
  'wearable-disconnected': true,
  'wearable-wire': true,
};

const hidden = (expiresAt: number | null): string =>
  expiresAt === null ? '••••' : `•••• (expires in ${Math.round((expiresAt - Date.now()) / 1000)} s)`;

const piece = (tag: string, name: string, text: string): HTMLElement => {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
};

/** A long detail is folded, so that the order of the events stays in view. */
const folded = (value: unknown): HTMLElement => {
  const short = typeof value === 'string' ? value : JSON.stringify(value);
  if (short.length < 160) return piece('code', '', short);
  const details = document.createElement('details');
  details.append(piece('summary', '', `${short.slice(0, 120)} …`), piece('code', '', JSON.stringify(value, null, 1)));
  return details;
};

const write = (seq: string, name: string, attempt: string, value: unknown, failed = false): void => {
  const line = document.createElement('li');
  const head = document.createElement('span');
  head.append(piece('span', failed ? 'name failed' : 'name', name), ' ', piece('span', 'attempt', attempt));
  line.append(piece('span', 'seq', seq), head, folded(value));
  log.prepend(line);
};

const show = (event: WearableEventMap[keyof WearableEventMap]): void => {
  const { seq, attempt, ...rest } = { ...event.detail };
  let told: object = rest;
  if (event.type === 'wearable-tokens') {
    const { reason, expiresAt, scope, refreshToken, idToken } = (event as WearableEventMap['wearable-tokens']).detail;
    told = {
      reason,
      accessToken: hidden(expiresAt),
      scope,
      ...(refreshToken ? { refreshToken: '••••' } : {}),
      ...(idToken ? { idToken: '••••' } : {}),
    };
  }
  write(String(seq), event.type, attempt ? `attempt ${attempt.slice(0, 6)}` : '', told, event.type === 'wearable-error');
};

let widget: WearableConnect;

/** Attributes are read from a new element, as a page would write it. */
const make = (): void => {
  const values = new Map([...new FormData(settings)].map(([name, value]) => [name, value as string]));
  const text = (name: string): string => values.get(name) ?? '';
  sessionStorage.setItem(kept, JSON.stringify(Object.fromEntries(values)));

  document.documentElement.dir = text('dir');
  document.documentElement.style.colorScheme = text('scheme');
  widget = document.createElement('wearable-connect');
  const scope = new Set(text('scope').split(/\s+/).filter(Boolean));
  if (values.has('offline_access')) scope.add('offline_access');
  const attributes: Record<string, string> = {
    'client-id': 'demo-client',
    'base-url': sweatstack,
    'redirect-uri': '/wearable-callback.html',
    'sign-in': text('sign-in'),
    mode: text('mode'),
    persist: text('persist'),
    scope: [...scope].join(' '),
    ...(text('lang') ? { lang: text('lang') } : {}),
  };
  for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value);
  widget.toggleAttribute('inspector', values.has('inspector'));
  widget.style.setProperty('--wearable-accent', text('accent'));
  for (const name of Object.keys(names) as (keyof WearableEventMap)[]) widget.addEventListener(name, show);
  if (stage.firstElementChild) write('', 'a new element', '', '');
  stage.replaceChildren(widget);
};

settings.addEventListener('submit', (event) => {
  event.preventDefault();
});
settings.addEventListener('change', make);
find('#clear').addEventListener('click', () => {
  log.replaceChildren();
});

find('#methods').addEventListener('click', (event) => {
  const name = event.target instanceof HTMLButtonElement ? event.target.value : '';
  const calls: Record<string, () => unknown> = {
    connect: () => widget.connect(),
    manage: () => widget.manage(),
    disconnect: () => widget.disconnect(),
    refresh: () => widget.refresh(),
    getAccessToken: () => widget.getAccessToken().then(() => 'a token: ••••'),
    reset: () => {
      widget.reset();
    },
  };
  const call = calls[name];
  if (!call) return;
  Promise.resolve(call()).then(
    (value) => {
      write('', `${name}() settled`, '', value ?? '');
    },
    (error: unknown) => {
      write('', `${name}() was refused`, '', String(error), true);
    },
  );
});

const faultsAddress = new URL('/sandbox/faults', sweatstack);
const setFaults = async (): Promise<void> => {
  const chosen = faults.filter(({ name }) => find<HTMLInputElement>(`#faults input[value="${name}"]`).checked);
  await fetch(faultsAddress, { method: 'DELETE' });
  for (const { changes } of chosen) {
    const headers = { 'content-type': 'application/json' };
    await fetch(faultsAddress, { method: 'POST', headers, body: JSON.stringify(changes) });
  }
};

/** The sandbox remembers its faults, so the boxes are ticked by what it says and not by what this page last did. */
const holds = (current: unknown, wanted: unknown): boolean =>
  typeof wanted === 'object' && wanted !== null && typeof current === 'object' && current !== null
    ? Object.entries(wanted).every(([name, value]) => holds((current as Record<string, unknown>)[name], value))
    : current === wanted;

const listFaults = async (): Promise<void> => {
  const current = (await (await fetch(faultsAddress)).json()) as FaultChanges;
  const box = find('#faults');
  for (const { name, label, changes } of faults) {
    const line = document.createElement('label');
    line.className = 'tick';
    const tick = document.createElement('input');
    tick.type = 'checkbox';
    tick.value = name;
    tick.checked = holds(current, changes);
    line.append(tick, label);
    box.append(line);
  }
  box.addEventListener('change', () => void setFaults());
};

make();
await listFaults();
