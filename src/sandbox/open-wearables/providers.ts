import type { Site } from '../page.js';
import { isSince, type Release } from './releases.js';

interface Cloud {
  /** Where its own pages are. */
  site: Site;
  pkce: boolean;
  scope: string;
  /** Whether its history is asked for and read, or asked for and pushed by the provider, as Garmin does. */
  history: 'pull' | 'push';
  live: 'pull' | 'webhook';
  configurable: boolean;
  webhookStream: boolean;
  webhookPing: boolean;
  maxDays: number | null;
  /** Strava has nothing but workouts. */
  workoutsOnly: boolean;
}

export interface Provider {
  id: string;
  name: string;
  color: string;
  /** Undefined: its data comes from a phone, so it has no sign-in on the web. */
  cloud: Cloud | undefined;
  /** First and last release that lists it. */
  from: Release;
  until: Release;
}

const pull = (site: Site, scope: string, more: Partial<Cloud> = {}): Cloud => ({
  site, scope, pkce: false, history: 'pull', live: 'pull', configurable: true, webhookStream: false, webhookPing: true, maxDays: null,
  workoutsOnly: false, ...more,
});
const plain = { configurable: false, webhookPing: false };

const provider = (id: string, name: string, color: string, cloud?: Cloud, seen: Partial<Pick<Provider, 'from' | 'until'>> = {}): Provider =>
  ({ id, name, color, cloud, from: '0.1.0', until: 'later', ...seen });

const google = pull('google', 'https://www.googleapis.com/auth/fitness.activity.read');

/** In the order of the server's own enum, which is the order of its list. */
const providers: readonly Provider[] = [
  provider('apple', 'Apple Health', '#d92c4a'),
  provider('samsung', 'Samsung Health', '#1c5bd8'),
  // Garmin keeps its scope to itself: what was permitted comes with the answer.
  provider('garmin', 'Garmin', '#1b6fb5', pull('garmin', '', {
    pkce: true, history: 'push', live: 'webhook', configurable: false, webhookStream: true, webhookPing: false, maxDays: 30,
  })),
  provider('google', 'Google Health', '#1f7a4d', google, { until: 'current' }),
  // Later split in two: one for the web, one that lives on a phone.
  provider('google_health', 'Google Health', '#1f7a4d', google, { from: 'later' }),
  provider('health_connect', 'Health Connect', '#3367d6', undefined, { from: 'later' }),
  provider('polar', 'Polar', '#c3122f', pull('polar', 'accesslink.read_all', { maxDays: 365 })),
  provider('suunto', 'Suunto', '#0f6a82', pull('suunto', 'workout', { webhookStream: true, webhookPing: false })),
  provider('whoop', 'Whoop', '#3a3f47', pull('whoop', 'offline read:cycles read:sleep read:recovery read:workout')),
  provider('strava', 'Strava', '#c8430a', pull('strava', 'activity:read_all,profile:read_all', { workoutsOnly: true })),
  provider('oura', 'Oura', '#5a5146', pull('oura', 'personal daily heartrate workout session')),
  provider('fitbit', 'Fitbit', '#00767a', pull('fitbit', 'activity heartrate sleep profile', { ...plain, pkce: true })),
  provider('ultrahuman', 'Ultrahuman', '#6b3fa0', pull('ultrahuman', 'profile ring_data', plain)),
  provider('sensorbio', 'Sensor Bio', '#2d6a4f', pull('sensorbio', 'read', plain), { from: 'current' }),
  provider('withings', 'Withings', '#2b5d8a', pull('withings', 'user.metrics user.activity'), { from: 'later' }),
];

export const providerIds: readonly string[] = providers.map(({ id }) => id);
export const cloudIds: readonly string[] = providers.filter(({ cloud }) => cloud !== undefined).map(({ id }) => id);

export const providersOf = (release: Release): readonly Provider[] =>
  providers.filter(({ from, until }) => isSince(release, from) && isSince(until, release));

/** In the enum as well, and never listed: what the refusal of an unknown name lists. */
const hidden = ['unknown', 'internal'];

export function namesInWords(release: Release): string {
  const names = [...providersOf(release).map(({ id }) => id), ...hidden].map((name) => `'${name}'`);
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}

export const isName = (release: Release, name: string): boolean =>
  hidden.includes(name) || providersOf(release).some(({ id }) => id === name);

/** A tile with the first letter: the real server's drawings are the brands' own. */
export const iconOf = ({ name, color }: Provider): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img" aria-label="${name}">`
  + `<rect width="64" height="64" rx="14" fill="${color}"/><text x="32" y="44" font-family="system-ui, sans-serif" font-size="34" `
  + `font-weight="700" text-anchor="middle" fill="#fff">${name.charAt(0)}</text></svg>`;

export const providerOf = (release: Release, id: string): Provider | undefined => providersOf(release).find((one) => one.id === id);
