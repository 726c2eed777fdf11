/** What Open Wearables reads of an account at a provider: while any of it runs, a request for a history is dropped without a word. */
import { instantOf, membersOf } from '../../core/json.js';
import { endOf, isHistory, liveRuns } from './runs.js';

export interface Pull {
  readonly run: unknown;
  readonly isOver: boolean;
  /** NaN where that is not told. */
  readonly from: number;
  /** What is new since the last time, and none of the history. */
  readonly isLive: boolean;
  /** When it was last heard of. */
  readonly at: number;
}

/** What phones send, and what a provider pushes, holds up no pull. */
const pulling: ReadonlySet<unknown> = new Set(['pull', 'backfill', 'linked_account']);

/** Of one source, from `sync/recent` (newest first); null where that is no list. */
export function pullsFrom(events: unknown, source: string): readonly Pull[] | null {
  if (!Array.isArray(events)) return null;
  const live = liveRuns(events);
  const own = events.map(membersOf).filter((event) => event['provider'] === source && pulling.has(event['source']));
  return [...new Set(own.map(({ run_id: run }) => run))].map((run) => {
    const told = own.filter(({ run_id: id }) => id === run);
    const { status, stage, timestamp } = told[0] ?? {};
    // Said by the first event of a run alone, if at all.
    const [from = NaN] = told.map(({ requested_start: asked, metadata }) => Date.parse(instantOf(asked ?? membersOf(metadata)['start_date']) ?? '')).filter((at) => !Number.isNaN(at));
    return { run, isOver: endOf(status, stage) !== null, from, isLive: !told.some((event) => isHistory(event, live)), at: Date.parse(instantOf(timestamp) ?? '') || 0 };
  });
}

/** It is what would be asked for. */
export const reaches = ({ from }: Pull, since: number): boolean => from <= since;

/** As far as is told: of a history that does not say how far it goes nobody knows. */
export const fallsShort = (pull: Pull, since: number): boolean => !reaches(pull, since) && (pull.isLive || pull.from > since);

export const isHeldUp = (pulls: readonly Pull[], since: number): boolean => pulls.some((pull) => !pull.isOver && !reaches(pull, since));
