import { HttpError, sendJson, type Exchange } from '../web.js';
import { sendObject, refuse, uuidOf, withKey, needs } from './endpoint.js';
import { garminTypes, type GarminType } from './faults.js';
import { hex, keepRun, plan, runsOf, sourceOf } from './history.js';
import { isSince } from './releases.js';
import type { Connection, OpenWearables, Run, SyncEvent } from './world.js';

const target = 30;

export const historyScope = 'HISTORICAL_DATA_EXPORT';

const backfills = (world: OpenWearables, userId: string): Run[] => runsOf(world, userId).filter(({ kind }) => kind === 'backfill');

function pushed(type: GarminType, at: number, whose: Pick<SyncEvent, 'source' | 'primaryUserId'>, traceId: string): SyncEvent {
  const own = { stage: 'completed', status: 'success', progress: 1, endedAt: at, ...whose };
  if (type === 'activities') {
    return plan({ id: `garmin_webhook_activity_1_${hex(8)}` }, at, {
      ...own, message: 'Garmin activity received: Run', items: 1,
      metadata: { trace_id: traceId, activity_id: 1, activity_type: 'RUNNING' },
    });
  }
  return plan({ id: `garmin_webhook_${type}_${hex(8)}` }, at, {
    ...own, message: `Garmin live data received: ${type}`, items: { sleeps: 1, dailies: 3, activityDetails: 0, hrv: 2 }[type],
    metadata: { trace_id: traceId, summary_type: type, items: 1 },
  });
}

/** Asks Garmin for one window of thirty days, type by type; what comes is pushed. Without the permission nothing happens at all. */
export function startBackfill(world: OpenWearables, connection: Connection): void {
  const faults = world.faults.current;
  if (faults.historyNotGranted || connection.scope?.includes(historyScope) !== true) return;
  const now = world.settings.now();
  const { userId, provider } = connection;
  const before = backfills(world, userId);
  if (before.some(({ endsAt }) => endsAt > now)) return;
  const traceId = hex(4);
  const run: Run = {
    id: `garmin_backfill_${userId}_${traceId}`, userId, provider, kind: 'backfill', startedAt: now, endsAt: now, days: target,
    delivers: true, cells: [], cancelledAt: null, events: [],
  };
  keepRun(world, run);
  const began = { source: 'backfill', stage: 'started', status: 'in_progress', startedAt: now };
  const ended = { source: 'backfill', stage: 'completed', status: 'success', message: 'Garmin backfill complete', progress: 1 };
  const done = before.filter(({ cells }) => cells.some(({ state }) => state === 'done')).length;
  if (done > 0) {
    // Asked again after the end, it resumes behind the only window there is.
    run.endsAt = now + 1000;
    run.events = [
      plan(run, now, {
        ...began, message: 'Resuming Garmin backfill at window 1',
        metadata: { trace_id: traceId, current_window: 1, total_windows: 1, pending_types: [] },
      }),
      plan(run, run.endsAt, { ...ended, items: done + 1, endedAt: run.endsAt, metadata: { trace_id: traceId, completed_windows: done + 1 } }),
    ];
    return;
  }
  run.events = [plan(run, now, {
    ...began, message: `Starting Garmin ${target}-day historical backfill`,
    metadata: { trace_id: traceId, total_types: garminTypes.length, total_windows: 1, target_days: target },
  })];
  if (faults.garminRefused) {
    // Not a word of it in the events: only the matrix shows that all have failed.
    run.delivers = false;
    run.cells = garminTypes.map((type) => ({ type, state: 'failed', at: now, finally: 'failed' }));
    return;
  }
  const late = faults.garminTimesOut;
  // Each that is late takes its time once more, in the second round.
  const slot = world.settings.historySeconds * 1000 / (garminTypes.length + late.length);
  const whose = sourceOf(world, connection, 'webhook');
  for (const [index, type] of garminTypes.entries()) {
    const at = now + Math.round(slot * (index + 1));
    const out = late.includes(type);
    run.cells.push({ type, state: out ? 'timed_out' : 'done', at, finally: out ? 'failed' : 'done' });
    if (!out) run.events.push(pushed(type, at, whose, traceId));
  }
  run.endsAt = now + world.settings.historySeconds * 1000 + 30;
  run.events.push(plan(run, run.endsAt, { ...ended, items: 1, endedAt: run.endsAt, metadata: { trace_id: traceId, completed_windows: 1 } }));
}

interface Matrix {
  overall: 'pending' | 'in_progress' | 'retry_in_progress' | 'complete' | 'cancelled';
  cells: Record<string, string>;
  retrying: string | null;
}

/** The run that asked for the window; one that only resumed has nothing to add. */
function matrixOf(world: OpenWearables, userId: string): Matrix {
  const now = world.settings.now();
  const run = backfills(world, userId).filter(({ cells }) => cells.length > 0).at(-1);
  const none = Object.fromEntries(garminTypes.map((type) => [type, 'pending']));
  if (run === undefined) return { overall: 'pending', cells: none, retrying: null };
  const over = run.endsAt <= now;
  const stop = run.cancelledAt ?? Infinity;
  const cells = Object.fromEntries(run.cells.map((cell) => [cell.type, cell.at > Math.min(now, stop) ? 'pending' : over ? cell.finally : cell.state]));
  if (run.cancelledAt !== null) return { overall: 'cancelled', cells, retrying: null };
  // "Pending" is also what it says when all has failed.
  if (!run.delivers) return { overall: 'pending', cells, retrying: null };
  if (over) return { overall: 'complete', cells, retrying: null };
  const lateOnes = run.cells.filter(({ state }) => state === 'timed_out');
  const second = run.cells.at(-1)?.at ?? now;
  if (lateOnes.length === 0 || now < second) return { overall: 'in_progress', cells, retrying: null };
  const turn = Math.floor((now - second) / (run.endsAt - second) * lateOnes.length);
  return { overall: 'retry_in_progress', cells, retrying: lateOnes[turn]?.type ?? null };
}

export const answerBackfillStatus = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  withKey(world, exchange, 'backfill', (faults) => {
    needs(faults, '0.3');
    const userId = uuidOf(exchange.params['user']);
    const { overall, cells, retrying } = matrixOf(world, userId);
    const total = (type: string, state: string): number => (cells[type] === state ? 1 : 0);
    const counted = (type: string): object => ({ done: total(type, 'done'), timed_out: total(type, 'timed_out'), failed: total(type, 'failed') });
    sendObject(exchange, faults, {
      user_id: userId, provider: 'garmin', overall_status: overall, current_window: overall === 'complete' ? 1 : 0, total_windows: 1,
      windows: { 0: cells }, summary: Object.fromEntries(garminTypes.map((type) => [type, counted(type)])),
      in_progress: overall === 'in_progress' || overall === 'retry_in_progress', retry_phase: retrying !== null, retry_type: retrying,
      retry_window: retrying === null ? null : 0,
      ...(isSince(faults.release, 'later') ? {} : { attempt_count: 0, max_attempts: 3, permanently_failed: false }),
    });
  });

/** Both are gone after `current`; nothing should be built on them. */
export const cancelBackfill = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  withKey(world, exchange, 'backfill', (faults) => {
    needs(faults, '0.3');
    if (isSince(faults.release, 'later')) throw new HttpError(404, 'Not Found');
    const userId = uuidOf(exchange.params['user']);
    const now = world.settings.now();
    const run = backfills(world, userId).find(({ endsAt }) => endsAt > now);
    if (run === undefined) throw new HttpError(409, 'No backfill in progress for this user');
    run.cancelledAt = now;
    // Told only when the next step would have come.
    const next = run.events.find(({ at }) => at > now)?.at ?? now;
    run.events = run.events.filter(({ at }) => at <= now);
    run.events.push(plan(run, next, {
      source: 'backfill', stage: 'cancelled', status: 'cancelled', message: 'Garmin backfill cancelled', endedAt: next,
    }));
    run.endsAt = next;
    sendJson(exchange, 200, { success: true, user_id: userId, message: 'Cancel requested. Backfill will stop after current type completes.' });
  });

export const retryBackfill = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  withKey(world, exchange, 'backfill', (faults) => {
    needs(faults, '0.3');
    if (isSince(faults.release, 'later')) throw new HttpError(404, 'Not Found');
    const userId = uuidOf(exchange.params['user']);
    const type = exchange.params['type'] ?? '';
    if (!garminTypes.includes(type as GarminType)) refuse(`Invalid type: ${type}. Valid types: ${garminTypes.join(', ')}`);
    sendJson(exchange, 200, {
      success: true, user_id: userId, type, status: 'triggered', message: `Retry triggered for ${type}. Data will arrive via webhook.`,
    });
  });
