import { amountOf, instantOf, membersOf, textOf } from '../../core/json.js';
import type { Stage } from '../../core/nouns.js';
import { markOf } from './memory.js';
import type { Ended } from './memory.js';

/** How far the history of one source has come. */
export interface Run {
  /** A mark of its id, which may name users; empty where that is not told. */
  readonly id: string;
  readonly stage: Stage;
  readonly ratio: number | null;
  /** Null while it may still go on. */
  readonly end: Ended['end'] | null;
  /** When it was last heard of, by the clock of Open Wearables; 0 where that is not told. */
  readonly at: number;
  /** What moves while none of the above does: for a mark alone. */
  readonly moves?: string;
}

/** Maps: of a plain object, whatever every object has would be found too. */
const stages: ReadonlyMap<unknown, Stage> = new Map(Object.entries({ queued: 'waiting', started: 'waiting', fetching: 'fetching', processing: 'processing', saving: 'processing', completed: 'done', failed: 'failed', cancelled: 'failed' } as const));
const ends: ReadonlyMap<unknown, Run['end']> = new Map(Object.entries({ success: 'success', partial: 'partial', skipped: 'partial', unfinished: 'partial', stale: 'partial', failed: 'failed', cancelled: 'failed' } as const));

/**
 * The latest event of the history of a source, from `sync/recent` (newest first). Updates that come all day are none of it.
 * Words nobody knows yet are taken as "still at it".
 */
export function runFrom(events: unknown, source: string, since: number): Run | null {
  if (!Array.isArray(events)) return null;
  const live = liveRuns(events);
  for (const event of events as readonly unknown[]) {
    const { provider, run_id: id, stage, status, progress, timestamp } = membersOf(event);
    const at = Date.parse(instantOf(timestamp) ?? '') || 0;
    if (provider !== source || !isHistory(event, live) || at < since) continue;
    const end = endOf(status, stage);
    const ratio = amountOf(progress);
    return { id: textOf(id) ? markOf(textOf(id)) : '', stage: end === 'failed' ? 'failed' : end ? 'done' : (stages.get(stage) ?? 'fetching'), ratio: end && end !== 'failed' ? 1 : ratio === null ? null : Math.min(1, ratio), end, at };
  }
  return null;
}

export const endOf = (status: unknown, stage: unknown): Run['end'] => ends.get(status) ?? (stage === 'completed' ? 'success' : stage === 'failed' ? 'failed' : null);

export function isHistory(event: unknown, live: ReadonlySet<unknown>): boolean {
  const { scope, source, run_id: id, metadata } = membersOf(event);
  // Newer servers say so; of older ones it is worked out.
  if (textOf(scope)) return scope === 'historical';
  const run = textOf(id) ?? '';
  if (source === 'backfill' || membersOf(metadata)['is_historical'] === true || run.startsWith('garmin_backfill_')) return true;
  // Whoever connects an account that another user has already hears of all it does under this name: of its history, and of the updates of every day.
  return source === 'linked_account' && !run.startsWith('garmin_webhook_') && !live.has(id);
}

/** Only the first and the last event of a run say that it is none of the history. */
export const liveRuns = (events: readonly unknown[]): ReadonlySet<unknown> =>
  new Set(events.map(membersOf).filter(({ metadata }) => membersOf(metadata)['is_historical'] === false).map(({ run_id: run }) => run));

/**
 * Garmin's own table: the only true fraction there is, and the only word of a refusal. "pending" alone tells nothing: it is
 * also what a backfill is called that stopped with everything failed, or never began.
 */
export function garminRunFrom(json: unknown): Run | null {
  const { overall_status: overall, windows, in_progress: active, retry_type: retried } = membersOf(json);
  const cells = Object.values(membersOf(windows)).flatMap((window) => Object.values(membersOf(window)).map(String));
  const count = (state: string): number => cells.filter((cell) => cell === state).length;
  const pending = count('pending');
  const lost = count('failed') + count('timed_out');
  if (!cells.length) return null;
  if (overall === 'cancelled' || overall === 'permanently_failed') return endedRun('', 'failed', 0);
  if (active === true || overall === 'in_progress' || overall === 'retry_in_progress') {
    // What was late is asked for once more. And whatever the cells say, something is outstanding for as long as it goes on.
    const outstanding = Math.max(1, pending + count('timed_out'));
    return { id: '', stage: 'fetching', ratio: (cells.length - outstanding) / cells.length, end: null, at: 0, moves: [overall, ...cells, retried].map(String).join(' ') };
  }
  if (overall !== 'complete' && pending) return null;
  return endedRun('', lost === cells.length ? 'failed' : lost ? 'partial' : 'success', 0);
}

export const endedRun = (id: string, end: Ended['end'], at: number): Run => ({ id, stage: end === 'failed' ? 'failed' : 'done', ratio: end === 'failed' ? null : 1, end, at });

/** What ended has ended, though it is not listed any more, or only in part: nothing but another run begins anew. */
export function runAfter(ended: Run | null, listed: Run | null): Run | null {
  if (!ended || listed?.end) return listed;
  const isAnother = listed && (!listed.id || listed.id !== ended.id) && (!listed.at || listed.at >= ended.at);
  return isAnother ? listed : ended;
}

export interface Counts {
  /** Things that a visitor would recognise; null where there is something, and none of these. */
  readonly items: number | null;
  /** A number that changes with anything at all. */
  readonly all: number;
}

/** What there is so far, by source. Of one that the list does not name nothing has come; without a list nobody knows. */
export function countsFrom(json: unknown): (source: string) => Counts | null {
  const { by_provider: list } = membersOf(json);
  if (!Array.isArray(list)) return () => null;
  const counts = new Map(
    (list as readonly unknown[]).map((entry) => {
      const { provider, data_points: points, workout_count: workouts, sleep_count: sleeps } = membersOf(entry);
      const items = (amountOf(workouts) ?? 0) + (amountOf(sleeps) ?? 0);
      const all = items + (amountOf(points) ?? 0);
      // Weeks of steps are no history of nothing.
      return [textOf(provider) ?? '', { items: items || (all ? null : 0), all }];
    }),
  );
  return (source) => counts.get(source) ?? { items: 0, all: 0 };
}
