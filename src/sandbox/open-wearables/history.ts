import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { day, offset } from './clock.js';
import type { OpenWearablesFaults } from './faults.js';
import { providerOf } from './providers.js';
import { isSince } from './releases.js';
import { connectionOf, linkedUsers, type Connection, type OpenWearables, type Run, type SyncEvent } from './world.js';

export const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

export const runsOf = (world: OpenWearables, userId: string): readonly Run[] => world.runs.get(userId) ?? [];

/** What one of these runs has told so far; what was planned for after a cancellation is never told. */
export const toldBy = (run: Run, now: number): SyncEvent[] => run.events.filter(({ at }) => at <= now);

/** A run's event with everything left out that most events leave out. */
export const plan = (run: { id: string }, at: number, told: Partial<SyncEvent> & Pick<SyncEvent, 'source' | 'stage' | 'status' | 'message'>): SyncEvent => ({
  id: randomUUID(), at, runId: run.id, progress: null, items: null, error: null, primaryUserId: null, metadata: {}, startedAt: null, endedAt: null, ...told,
});

/** How many of what a day brings; the same for the same person in every run. */
function perDay(connection: Connection | undefined): number {
  const digest = createHash('sha256').update(connection?.providerUserId ?? '').digest();
  return 0.3 + (digest[0] ?? 0) / 256 * 0.4;
}

export const workoutsIn = (connection: Connection | undefined, days: number): number => Math.round(days * perDay(connection));

/** Whose account it was first: their id goes into the events of everybody who connects it later. */
export function sourceOf(world: OpenWearables, connection: Connection, usual: string): Pick<SyncEvent, 'source' | 'primaryUserId'> {
  const [first] = linkedUsers(world, connection);
  const earlier = first === undefined ? undefined : connectionOf(world, first, connection.provider);
  const isFirst = first === undefined || (earlier !== undefined && earlier.createdAt > connection.createdAt);
  return isFirst || !isSince(world.faults.current.release, '0.6.0')
    ? { source: usual, primaryUserId: null } : { source: 'linked_account', primaryUserId: first };
}

export const keepRun = (world: OpenWearables, run: Run): void => void world.runs.set(run.userId, [...runsOf(world, run.userId), run]);

/** Reads the provider's past, or what is new since the connection was made. Dropped while another pull of the same account runs. */
export function startPull(world: OpenWearables, connection: Connection, days: number, historical: boolean): Run | undefined {
  const faults = world.faults.current;
  const now = world.settings.now();
  const { provider, userId } = connection;
  if (runsOf(world, userId).some((run) => run.provider === provider && run.endsAt > now)) return undefined;
  const { historySeconds } = world.settings;
  const lasts = (historical ? historySeconds : Math.min(2, historySeconds * 0.2)) * 1000;
  const endsAt = faults.historyStuck ? Infinity : now + lasts;
  const run: Run = {
    id: `pull_${hex(8)}`, userId, provider, kind: historical ? 'historical' : 'live', startedAt: now, endsAt, days,
    // Before connections were stamped, the first ordinary sync began at the beginning.
    delivers: !faults.pullFails && (historical || !isSince(faults.release, '0.4.2')), cells: [], cancelledAt: null, events: [],
  };
  run.events = pullEvents(run, faults, sourceOf(world, connection, historical ? 'backfill' : 'pull'), connection, lastSyncedAt(world, connection));
  keepRun(world, run);
  return run;
}

function pullEvents(
  run: Run, faults: OpenWearablesFaults, whose: Pick<SyncEvent, 'source' | 'primaryUserId'>, connection: Connection, lastAt: number | null,
): SyncEvent[] {
  const { provider, startedAt, endsAt, days } = run;
  const historical = run.kind === 'historical';
  const range = {
    start_date: historical ? offset(startedAt - days * day) : null, end_date: historical ? offset(startedAt) : null,
  };
  // What comes in all day is read from where it left off, and only the end says so.
  const read = historical || lastAt === null ? range : { ...range, start_date: offset(lastAt) };
  const began = [
    plan(run, startedAt, {
      ...whose, stage: 'started', status: 'in_progress', startedAt, message: `${historical ? 'Historical' : 'Live'} sync from ${provider} started`,
      metadata: { trace_id: hex(4), is_historical: historical, ...range },
    }),
    plan(run, startedAt + 1, {
      ...whose, stage: faults.unknownValues ? 'untangling' : 'fetching', status: faults.unknownValues ? 'pondering' : 'in_progress',
      message: `Fetching workouts from ${provider}`,
    }),
  ];
  if (endsAt === Infinity) return began;
  if (faults.pullFails) {
    return [...began, plan(run, endsAt, {
      ...whose, stage: 'failed', status: 'failed', message: `Sync from ${provider} failed`, endedAt: endsAt,
      error: 'All sync sub-tasks failed', metadata: { is_historical: historical },
    })];
  }
  // The count that everybody looks at is 0; the true one hides among the parameters.
  const success = historical ? workoutsIn(connection, days) : 0;
  return [...began, plan(run, endsAt, {
    ...whose, stage: 'completed', status: 'success', message: `Sync from ${provider} completed`, progress: 1, items: 0, endedAt: endsAt,
    metadata: { is_historical: historical, params: { workouts: { success, ...read } } },
  })];
}

/** Stamped on connecting since 0.4.2, and moved by what comes in live; a history does not move it. */
export function lastSyncedAt(world: OpenWearables, connection: Connection): number | null {
  const now = world.settings.now();
  const stamped = isSince(world.faults.current.release, '0.4.2') ? connection.stampedAt : null;
  const runs = runsOf(world, connection.userId).filter(({ provider, startedAt }) => provider === connection.provider && startedAt >= connection.createdAt);
  const moved = runs.flatMap((run) => (run.kind === 'backfill'
    ? run.cells.filter(({ state, at }) => state === 'done' && at <= now).map(({ at }) => at)
    : run.kind === 'live' && run.endsAt <= now && run.events.at(-1)?.status === 'success' ? [run.endsAt] : []));
  return moved.length === 0 ? stamped : Math.max(stamped ?? 0, ...moved);
}

export const taskId = (): string => randomUUID();

/** Whether its history is asked for and then pushed, as Garmin does. */
export const isPushed = (world: OpenWearables, provider: string): boolean =>
  providerOf(world.faults.current.release, provider)?.cloud?.history === 'push';
