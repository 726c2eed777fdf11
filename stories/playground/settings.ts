/** The settings as they stand, and the tag that they make for each platform. */
import { platformNames, type PlatformName } from './known.js';
import { find, known } from './page.js';

export const form = find<HTMLFormElement>('#settings');

const scenarios = [
  ...['happy', 'denied', 'blocked', 'closed', 'coop-severed', 'late-success', 'slow-backfill', 'partial', 'no-news', 'no-data', 'action-required'],
  ...['token-expired', 'sync-failed', 'offline', 'rate-limited', 'unsupported', 'misconfigured', 'returning', 'many-sources'],
];

find<HTMLSelectElement>('select[name=lang]').append(...known.locales.map((tag) => new Option(tag)));
find<HTMLSelectElement>('select[name=scenario]').append(...scenarios.map((name) => new Option(name)));

// Settings outlive a reload, and with it a sign-in that takes the whole page.
const kept = 'playground';
for (const [name, value] of Object.entries(JSON.parse(sessionStorage.getItem(kept) ?? '{}') as Record<string, string>)) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement && field.type === 'checkbox') field.checked = value === 'on';
  else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof RadioNodeList) field.value = value;
}

export interface Settings {
  text(name: string): string;
  has(name: string): boolean;
  readonly shown: readonly PlatformName[];
}

export function settings(): Settings {
  const values = new Map([...new FormData(form)].map(([name, value]) => [name, value as string]));
  sessionStorage.setItem(kept, JSON.stringify(Object.fromEntries(values)));
  const text = (name: string): string => values.get(name) ?? '';
  const shown = text('show').split(' ');
  return { text, has: (name) => values.has(name), shown: platformNames.filter((name) => shown.includes(name)) };
}

export type Attributes = Readonly<Record<string, string>>;

/** The tag as a host would write it: what is the default anyway is left out. */
export function attributesOf(platform: PlatformName, { text, has }: Settings): Attributes {
  const given = (name: string, usual = ''): Attributes => (text(name) && text(name) !== usual ? { [name]: text(name) } : {});
  const all = { ...given('layout', 'inline'), ...given('mode', 'auto'), ...given('lang'), ...given('history-days'), ...(has('inspector') && { inspector: '' }) };
  if (platform === 'open-wearables') return { platform, ...all };
  if (platform === 'demo') return { platform, ...given('scenario', 'happy'), ...all };
  const scope = new Set(text('scope').split(/\s+/).filter(Boolean));
  if (has('offline_access')) scope.add('offline_access');
  return {
    'client-id': 'demo-client',
    'base-url': known.sweatstack,
    'redirect-uri': '/wearable-callback.html',
    ...given('sign-in', 'express'),
    ...given('persist', 'memory'),
    ...given('token-delivery', 'event'),
    scope: [...scope].join(' '),
    ...all,
  };
}
