import type { Account } from './accounts.js';
import type { Faults } from '../faults.js';
import { activeConnections, historyOf } from './history.js';
import { integrationFacts } from './integrations.js';
import { dice, idOf } from './seed.js';
import type { World } from './world.js';

export interface Activity {
  id: string;
  sport: string;
  start: number;
  seconds: number;
  metres: number;
  heartRate: number;
  watts: number | null;
  climb: number;
  devices: string[];
}

interface Habit {
  sport: string;
  share: number;
  /** Kilometres an hour, and how long a session takes in minutes. */
  speed: readonly [number, number];
  minutes: readonly [number, number];
  watts: boolean;
  climb: number;
}

const habits: readonly Habit[] = [
  { sport: 'cycling.road', share: 0.34, speed: [26, 33], minutes: [55, 190], watts: true, climb: 9 },
  { sport: 'running', share: 0.26, speed: [10, 13.5], minutes: [30, 85], watts: false, climb: 6 },
  { sport: 'cycling.road+stationary', share: 0.12, speed: [30, 35], minutes: [40, 75], watts: true, climb: 0 },
  { sport: 'running.trail', share: 0.09, speed: [7.5, 10.5], minutes: [45, 130], watts: false, climb: 28 },
  { sport: 'walking.hiking', share: 0.08, speed: [3.8, 5], minutes: [80, 240], watts: false, climb: 45 },
  { sport: 'swimming', share: 0.07, speed: [2.6, 3.4], minutes: [25, 55], watts: false, climb: 0 },
  { sport: 'xc_skiing', share: 0.04, speed: [12, 17], minutes: [60, 150], watts: false, climb: 14 },
];

const day = 24 * 3600 * 1000;

/** A session on about four days a week, always the same one for the same person and day. */
function activityOfDay(sub: string, date: number, devices: readonly string[]): Activity | undefined {
  const roll = dice(`${sub} ${date}`);
  const weekend = [0, 6].includes(new Date(date).getUTCDay());
  if (roll() > (weekend ? 0.75 : 0.5)) return undefined;
  const between = ([low, high]: readonly [number, number]): number => low + roll() * (high - low);
  let left = roll();
  const habit = habits.find((candidate) => (left -= candidate.share) <= 0) ?? { ...habits[1]! };
  const seconds = Math.round(between(habit.minutes) * 60);
  const metres = Math.round((between(habit.speed) / 3.6) * seconds);
  const start = date + Math.round(between(weekend ? [7, 10] : [15, 17.5]) * 3600) * 1000;
  return {
    id: idOf(`${sub} activity ${date}`), sport: habit.sport, start, seconds, metres, heartRate: Math.round(between([118, 158])),
    watts: habit.watts ? Math.round(between([165, 245])) : null, climb: Math.round((metres / 1000) * habit.climb * roll() * 1.5),
    devices: devices.length === 0 ? [] : [devices[Math.floor(roll() * devices.length)] ?? ''],
  };
}

/** Newest first; only what has come in so far. */
export function* activitiesOf(world: World, account: Account, faults: Faults): Generator<Activity> {
  const { loadedUntil } = historyOf(world, account, faults);
  if (loadedUntil === null || faults.blockedUpstream) return;
  const devices = activeConnections(account, faults).flatMap(({ integration }) => integrationFacts[integration].devices);
  const now = world.settings.now();
  for (let date = Math.floor(now / day) * day; date + day > loadedUntil; date -= day) {
    const activity = activityOfDay(account.sub, date, devices);
    if (activity === undefined || activity.start < loadedUntil || activity.start + activity.seconds * 1000 > now) continue;
    yield activity;
  }
}
