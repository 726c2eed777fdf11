import type { Exchange } from '../web.js';
import { needs, sendObject, uuidOf, withKey } from './endpoint.js';
import { runsOf, workoutsIn } from './history.js';
import { providerOf } from './providers.js';
import { connectionOf, type Connection, type OpenWearables, type Run } from './world.js';

export interface Counts {
  workouts: number;
  sleeps: number;
  series: Record<string, number>;
}

/** How much of a pull has come in: it does, little by little, though no event says so before the end. */
function shareOf(run: Run, now: number): number {
  if (!run.delivers || run.endsAt === Infinity) return 0;
  return Math.min(1, Math.max(0, (now - run.startedAt) / (run.endsAt - run.startedAt)));
}

function pulled(run: Run, connection: Connection | undefined, workoutsOnly: boolean, now: number): Counts {
  const share = shareOf(run, now);
  const part = (whole: number): number => Math.floor(share * whole);
  const { days } = run;
  return {
    workouts: part(workoutsIn(connection, days)), sleeps: workoutsOnly ? 0 : part(days),
    series: workoutsOnly ? {} : { steps: part(days), resting_heart_rate: part(days), heart_rate_variability_rmssd: part(days) },
  };
}

function pushedBy(run: Run, connection: Connection | undefined, now: number): Counts {
  const has = (type: string): boolean => run.cells.some((cell) => cell.type === type && cell.state === 'done' && cell.at <= now
    && cell.at <= (run.cancelledAt ?? Infinity));
  const { days } = run;
  return {
    workouts: has('activities') ? workoutsIn(connection, days) : 0, sleeps: has('sleeps') ? days : 0,
    series: {
      ...(has('hrv') ? { heart_rate_variability_rmssd: days } : {}),
      ...(has('dailies') ? { distance_walking_running: days, resting_heart_rate: days, steps: days } : {}),
    },
  };
}

const most = (one: Counts, other: Counts): Counts => ({
  workouts: Math.max(one.workouts, other.workouts), sleeps: Math.max(one.sleeps, other.sleeps),
  series: Object.fromEntries([...new Set([...Object.keys(one.series), ...Object.keys(other.series)])]
    .map((name) => [name, Math.max(one.series[name] ?? 0, other.series[name] ?? 0)])),
});

/** What is there so far, by provider. The same days asked for twice are there once. */
export function countsOf(world: OpenWearables, userId: string): Map<string, Counts> {
  const now = world.settings.now();
  const found = new Map<string, Counts>();
  for (const run of runsOf(world, userId)) {
    if (run.kind === 'live' && !run.delivers) continue;
    const connection = connectionOf(world, userId, run.provider);
    const workoutsOnly = providerOf(world.faults.current.release, run.provider)?.cloud?.workoutsOnly === true;
    const counts = run.kind === 'backfill' ? pushedBy(run, connection, now) : pulled(run, connection, workoutsOnly, now);
    const before = found.get(run.provider);
    found.set(run.provider, before === undefined ? counts : most(before, counts));
  }
  for (const [provider, { workouts, sleeps, series }] of found) {
    if (workouts + sleeps + sum(Object.values(series)) === 0) found.delete(provider);
  }
  return found;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

export const answerSummaries = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  withKey(world, exchange, 'summaries', (faults) => {
    needs(faults, '0.5.0');
    const userId = uuidOf(exchange.params['user']);
    const counts = countsOf(world, userId);
    const series: Record<string, number> = {};
    for (const one of counts.values()) {
      for (const [name, count] of Object.entries(one.series)) if (count > 0) series[name] = (series[name] ?? 0) + count;
    }
    const workouts = sum([...counts.values()].map((one) => one.workouts));
    sendObject(exchange, faults, {
      user_id: userId, total_data_points: sum(Object.values(series)), total_workouts: workouts,
      total_sleep_events: sum([...counts.values()].map((one) => one.sleeps)),
      series_type_counts: series, workout_type_counts: workouts === 0 ? {} : { running: workouts },
      by_provider: [...counts].map(([provider, one]) => ({
        provider, data_points: sum(Object.values(one.series)),
        series_counts: Object.fromEntries(Object.entries(one.series).filter(([, count]) => count > 0)),
        workout_count: one.workouts, sleep_count: one.sleeps,
      })),
      has_womens_health_data: false,
    });
  });
