/** What many instances share, so that one of them watches a user and all of them tell it. */
import type { Look, Said } from './rounds.js';

/** What one instance knows, and wants. */
export interface Asking {
  /** One word for each attempt to lead: whoever was held up and lost the lease comes back with an old one. */
  readonly lease: string;
  /** False: keep the lease where it still is ours, but do not take it. */
  readonly take: boolean;
  readonly epoch: string;
  /** The last post that is known of this epoch. */
  readonly number: number;
  /** Our listeners were told what the hub knows nothing of: a new epoch for everybody, unless there is one already. */
  readonly turn: boolean;
  /** The next one, should there be one. */
  readonly newEpoch: string;
}

export interface Answer {
  readonly epoch: string;
  readonly number: number;
  readonly leads: boolean;
  /** How often somebody has nudged. */
  readonly nudges: number;
  /** Until the next look is due; null where it is long overdue or somebody nudged, so that nothing may be shown before. */
  readonly dueMs: number | null;
  /** What the watch noted last, where `leads` or `whole`. */
  readonly notes: unknown;
  /** What came after `number`; where `whole`, all there is, from the beginning or what the picture has kept of it. */
  readonly posts: readonly (Said & { readonly number: number })[];
  readonly whole: boolean;
}

export interface Telling {
  readonly lease: string;
  readonly epoch: string;
  readonly number: number;
  /** As they were when the look began. */
  readonly nudges: number;
  readonly look: Look;
}

/**
 * Each call is one step that no other comes between. `key` names a user and says nothing of them. A call that fails, or does not end,
 * is as if there were no hub.
 */
export interface Hub {
  meet(key: string, asking: Asking): Promise<Answer>;
  /** Where the lease is lost, or the epoch is another or somebody nudged since the look began, nothing is written. */
  tell(key: string, telling: Telling): Promise<'told' | 'stale' | 'lost'>;
  nudge(key: string, abouts: readonly string[]): Promise<void>;
  leave(key: string, lease: string): Promise<void>;
}
