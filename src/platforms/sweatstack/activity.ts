import type { Activity } from '../../core/nouns.js';
import { amountOf, instantOf, objectOf, secondsOf, textOf } from './json.js';
import { sportName } from './sports.js';

/** An answer of `activities/latest`, which is `null` for somebody without activities. */
export function activityFrom(json: unknown): Activity | null {
  const raw = objectOf(json);
  const id = textOf(raw?.['id']) ?? amountOf(raw?.['id'])?.toString();
  if (!raw || !id) return null;
  const sport = textOf(raw['sport']) ?? 'generic';
  const devices: unknown = raw['devices'];
  // Only details carry `distance`; a summary has the sum of its track.
  const travelled = objectOf(objectOf(raw['summary'])?.['distance'])?.['sum'];
  return {
    id,
    sport,
    sportName: sportName(sport),
    start: instantOf(raw['start']),
    startLocal: textOf(raw['start_local']),
    durationSeconds: secondsOf(raw['duration']),
    distanceMeters: amountOf(raw['distance']) ?? amountOf(travelled),
    devices: (Array.isArray(devices) ? devices : []).flatMap((device) => textOf(device) ?? []).slice(0, 10),
  };
}
