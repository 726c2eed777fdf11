import { amountOf, instantOf, membersOf, secondsOf, textOf } from '../../core/json.js';
import type { Activity } from '../../core/nouns.js';
import { sportName } from './sports.js';

/** An answer of `activities/latest`, which is `null` for somebody without activities. */
export function activityFrom(json: unknown): Activity | null {
  const { id: named, sport: code, start, start_local, duration, distance, summary, devices } = membersOf(json);
  const id = textOf(named) ?? amountOf(named)?.toString();
  if (!id) return null;
  const sport = textOf(code) ?? 'generic';
  return {
    id,
    sport,
    sportName: sportName(sport),
    start: instantOf(start),
    startLocal: textOf(start_local),
    durationSeconds: secondsOf(duration),
    // Only details carry `distance`; a summary has the sum of its track.
    distanceMeters: amountOf(distance) ?? amountOf(membersOf(membersOf(summary)['distance'])['sum']),
    devices: (Array.isArray(devices) ? devices : []).flatMap((device) => textOf(device) ?? []).slice(0, 10),
  };
}
