import type { Faults } from '../faults.js';
import type { Activity } from './activities.js';
import { idOf } from './seed.js';

/** Central European time, with the summer hour from April to October: near enough for invented sessions. */
function zoneOf(time: number): { offset: number; text: string } {
  const month = new Date(time).getUTCMonth();
  return month >= 3 && month <= 9 ? { offset: 2, text: '+02:00' } : { offset: 1, text: '+01:00' };
}

const local = (time: number, hours: number): string => new Date(time + hours * 3600 * 1000).toISOString().slice(0, 19);

/** ISO 8601, without the parts that are nought. */
export function isoDuration(seconds: number): string {
  const parts = [[Math.floor(seconds / 3600), 'H'], [Math.floor((seconds % 3600) / 60), 'M'], [seconds % 60, 'S']] as const;
  const text = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount}${unit}`).join('');
  return `PT${text === '' ? '0S' : text}`;
}

const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** `ActivitySummary` of the API. */
export function summaryJson(activity: Activity, faults: Faults): Record<string, unknown> {
  const { offset, text } = zoneOf(activity.start);
  const end = activity.start + activity.seconds * 1000;
  const instant = (time: number): string =>
    (faults.olderTimes ? `${local(time, offset)}${text}` : `${new Date(time).toISOString().slice(0, 19)}Z`);
  const speed = activity.metres / activity.seconds;
  return {
    id: activity.id, source_id: idOf(`${activity.id} source`),
    sport: faults.unknownValues ? 'gravity_sports.land_sailing+night' : activity.sport,
    start: instant(activity.start), end: instant(end),
    start_local: local(activity.start, offset), end_local: local(end, offset),
    duration: isoDuration(activity.seconds),
    metrics: ['heart_rate', 'speed', 'distance', 'altitude', ...(activity.watts === null ? [] : ['power']),
      ...(faults.unknownValues ? ['lactate'] : [])],
    summary: {
      power: activity.watts === null ? null : { mean: activity.watts, max: Math.round(activity.watts * 2.7) },
      speed: { mean: round(speed), max: round(speed * 1.6) },
      distance: { sum: activity.metres },
      altitude: { mean: 180, gain: activity.climb, loss: activity.climb, min: 60, max: 60 + activity.climb },
      heart_rate: {
        mean: activity.heartRate, min: activity.heartRate - 48, max: activity.heartRate + 27, start: 92, end: activity.heartRate,
      },
      cadence: null, temperature: null, core_temperature: null, smo2: null,
    },
    laps: null, traces: null, tags: null, app_metadata: null,
  };
}

/** `ActivityDetails`: the summary with distance and devices. */
export const detailsJson = (activity: Activity, faults: Faults): Record<string, unknown> => ({
  ...summaryJson(activity, faults), distance: activity.metres, devices: activity.devices.length === 0 ? null : activity.devices,
});
