import { createHash } from 'node:crypto';
import type { Exchange } from '../web.js';
import { day, seconds } from './clock.js';
import { countOf, refuse, sendObject, uuidOf, withKey } from './endpoint.js';
import { countsOf } from './summaries.js';
import type { OpenWearables } from './world.js';

interface Place {
  provider: string;
  index: number;
}

/** A record's id follows from whose it is and which one. */
function idOf(userId: string, kind: string, { provider, index }: Place): string {
  const hex = createHash('sha256').update(`${userId} ${kind} ${provider} ${index}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const sourceJson = (provider: string): object => ({
  provider, source: provider, device: provider === 'garmin' ? 'forerunner255' : '',
  device_type: provider === 'garmin' ? 'watch' : null, device_name: provider === 'garmin' ? 'forerunner255' : null,
});

const half = 30 * 60 * 1000;

const workout = (id: string, start: number, { provider }: Place): object => ({
  id, type: 'running', name: null, start_time: seconds(start), end_time: seconds(start + half), zone_offset: '+00:00',
  duration_seconds: half / 1000, source: sourceJson(provider), calories_kcal: provider === 'garmin' ? 450.5 : null, distance_meters: 5000.5,
  avg_heart_rate_bpm: 150, max_heart_rate_bpm: 170, avg_pace_sec_per_km: null, elevation_gain_meters: provider === 'garmin' ? null : 20.5,
});

const sleep = (id: string, start: number, { provider }: Place): object => ({
  id, start_time: seconds(start), end_time: seconds(start + 16 * half), zone_offset: '+00:00',
  // A night comes without the watch that saw it.
  source: { provider, source: provider, device: null, device_type: null, device_name: null },
  duration_seconds: 28_800, sleep_duration_seconds: 27_960, efficiency_percent: 97.22,
  stages: { awake_minutes: 13, light_minutes: 250, deep_minutes: 100, rem_minutes: 116 }, sleep_stage_intervals: null, is_nap: false,
});

/** Newest first. `total_count` makes a page of one a cheap counter, where `summaries/data` is not there yet. */
const listRecords = (kind: 'workouts' | 'sleeps') => (world: OpenWearables, exchange: Exchange): Promise<void> =>
  withKey(world, exchange, 'events', (faults) => {
    const query = exchange.url.searchParams;
    const userId = uuidOf(exchange.params['user']);
    const from = query.get('start_date') ?? refuse('Field required');
    const to = query.get('end_date') ?? refuse('Field required');
    const limit = countOf(query, 'limit', 50, 100);
    const skipped = Number(Buffer.from(query.get('cursor') ?? '', 'base64').toString('utf8') || '0');
    if (!Number.isInteger(skipped)) refuse('Invalid cursor format');
    const places = [...countsOf(world, userId)]
      .flatMap(([provider, counts]) => Array.from({ length: counts[kind] }, (_, index): Place => ({ provider, index })));
    places.sort((one, other) => one.index - other.index);
    const shown = places.slice(skipped, skipped + limit);
    const more = skipped + shown.length < places.length;
    const today = Math.floor(world.settings.now() / day) * day;
    sendObject(exchange, faults, {
      data: shown.map((place) => {
        const start = today - place.index * day - (kind === 'sleeps' ? 2 : 6) * 3600 * 1000;
        return (kind === 'sleeps' ? sleep : workout)(idOf(userId, kind, place), start, place);
      }),
      pagination: {
        next_cursor: more ? Buffer.from(String(skipped + shown.length)).toString('base64') : null, previous_cursor: null, has_more: more,
        total_count: places.length,
      },
      metadata: { resolution: null, sample_count: shown.length, start_time: `${from.slice(0, 10)}T00:00:00`, end_time: `${to.slice(0, 10)}T00:00:00` },
    });
  });

export const listWorkouts = listRecords('workouts');
export const listSleeps = listRecords('sleeps');
