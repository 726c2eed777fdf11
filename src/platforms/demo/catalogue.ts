/** Who and what the demo is about. Nobody of that name wears any of it. */
import { namedSources } from '../../core/integrations.js';
import type { Activity, Source, User } from '../../core/nouns.js';

const day = 86_400_000;
const hour = day / 24;

/** Those that a page offers by itself come first. */
const web = [
  ...['garmin_connect', 'polar', 'strava', 'wahoo', 'suunto'],
  ...['coros', 'fitbit', 'intervals_icu', 'oura', 'ultrahuman', 'whoop', 'withings', 'zwift'],
];
const mobile = ['apple_health', 'health_connect', 'samsung_health'];
const names = new Map([['coros', 'COROS'], ['intervals_icu', 'Intervals.icu']]);

export const offered = (ids: readonly string[], many = web.length + mobile.length): readonly Source[] =>
  namedSources(ids.length ? ids : [...web, ...mobile].slice(0, many), names).map((source) => ({ ...source, icon: null, kind: mobile.includes(source.id) ? 'mobile' : 'web' }));

export const nameOf = (id: string): string => namedSources([id], names)[0]?.name ?? id;

export const userAt = (now: number): User => ({
  id: 'demo-kari',
  name: 'Kari Nordmann',
  givenName: 'Kari',
  familyName: 'Nordmann',
  email: 'kari.nordmann@example.com',
  registeredAt: instant(now - 412 * day),
});

const devices = new Map([['garmin_connect', 'Edge 1050'], ['polar', 'Vantage V3'], ['suunto', 'Suunto Race'], ['wahoo', 'ELEMNT BOLT']]);
const outings = [
  { sport: 'cycling.road', sportName: 'road cycling', durationSeconds: 7_932, distanceMeters: 58_730 },
  { sport: 'xc_skiing.classic', sportName: 'classic XC skiing', durationSeconds: 6_318, distanceMeters: 21_150 },
  { sport: 'running.trail', sportName: 'trail running', durationSeconds: 3_847, distanceMeters: 9_420 },
] as const;

/** What Kari did yesterday, before supper in Oslo. */
export function activityAt(now: number, source: string): Activity {
  const start = Math.floor(now / day) * day - 9.3 * hour;
  const outing = outings[Math.max(0, web.indexOf(source)) % outings.length] ?? outings[0];
  return { id: 'demo-activity', ...outing, start: instant(start), startLocal: instant(start + hour).slice(0, 19), devices: [devices.get(source) ?? nameOf(source)] };
}

export const instant = (time: number): string => new Date(time).toISOString();
