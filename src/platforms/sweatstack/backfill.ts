/** Five years of history, followed to one of its ends. */
import { ConnectError } from '../../core/errors.js';
import type { Connection, Outcome } from '../../core/nouns.js';
import type { Step, SyncUpdate } from '../../core/platform.js';
import { realClock } from '../../sync/clock.js';
import type { Clock } from '../../sync/clock.js';
import { followLines } from '../../sync/follow.js';
import type { FollowEvent } from '../../sync/follow.js';
import type { AccountStatus } from './account.js';
import { createHistory, verdict } from './history.js';
import type { History } from './history.js';

export interface BackfillOptions {
  readonly source: string | null;
  readonly open: (signal: AbortSignal) => Promise<Response>;
  /** Null where the server cannot say (older ones have no such page). */
  readonly status: (signal: AbortSignal) => Promise<AccountStatus | null>;
  readonly connectionsFrom: (status: AccountStatus | null) => readonly Connection[];
  readonly renew: (signal: AbortSignal) => Promise<void>;
  readonly step: () => ((step: Step) => void) | null;
  readonly clock?: Clock;
}

/** How often the account is asked while the stream says nothing new, and how long a ready account waits for a first line. */
const askEveryMs = 10_000;
const firstLineMs = 3_000;
const longQuietMs = 600_000;
const tooManyErrors = 5;

export async function* followBackfill(options: BackfillOptions, signal: AbortSignal): AsyncGenerator<SyncUpdate> {
  const { connectionsFrom, step, clock = realClock } = options;
  const history = createHistory({ now: () => clock.now(), source: options.source });
  // Ends the stream from within: a silent stream must not keep the visitor waiting for ever.
  const stream = new AbortController();
  const stop = (): void => stream.abort(signal.reason);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();

  let status: AccountStatus | null = null;
  let askedAt = clock.now();
  let connection = { cleanMs: 0, moved: true, moves: 0 };
  let outcome: Outcome | null = null;

  const learn = async (): Promise<void> => {
    askedAt = clock.now();
    status = await options.status(stream.signal).catch(() => status);
  };
  const after = (ms: number, act: () => void): void => void clock.wait(ms, stream.signal).then(act, () => {});
  const watchQuiet = (): void => after(longQuietMs - history.quietMs, () => (history.quietMs < longQuietMs ? watchQuiet() : stream.abort()));
  const judge = (over = false): Outcome | null =>
    verdict({ history: status?.history ?? null, reachedFiveYears: history.reachedFiveYears, cleanMs: connection.cleanMs, moved: connection.moved, quietMs: history.quietMs, over });

  const asked = learn().then(() => {
    if (status?.history === 'ready') after(firstLineMs, () => stream.abort());
  });
  watchQuiet();

  try {
    for await (const event of followLines({ open: options.open, signal: stream.signal, clock, onUnauthorized: options.renew })) {
      const { moves } = history;
      const progress = progressFrom(history, event);
      if (event.type === 'line') step()?.({ at: clock.now(), kind: 'line', text: event.text.slice(0, 200) });
      if (progress) yield { type: 'progress', progress };
      if (event.type === 'closed') connection = { cleanMs: event.clean ? event.lastedMs : 0, moved: history.movedSince(connection.moves), moves: history.moves };
      if (history.errorsInARow >= tooManyErrors) throw new ConnectError('sync_failed', `The platform reported ${tooManyErrors} errors in a row on its history stream.`);
      if (event.type === 'closed' || (!history.movedSince(moves) && clock.now() - askedAt >= askEveryMs)) {
        await learn();
        yield { type: 'connections', connections: connectionsFrom(status) };
      }
      outcome = judge();
      if (outcome) break;
    }
    signal.throwIfAborted();
    await asked;
    // A stream that ended by itself (204) or was ended above has told all it will.
    outcome ??= judge(true) ?? 'unknown';
    yield { type: 'progress', progress: history.finish(outcome) };
    yield { type: 'connections', connections: settled(connectionsFrom(status), outcome) };
    yield { type: 'finished', outcome };
  } finally {
    stream.abort();
    signal.removeEventListener('abort', stop);
  }
}

function progressFrom(history: History, event: FollowEvent) {
  if (event.type === 'line') return history.line(event.text);
  return event.type === 'live' ? history.live(event.live) : null;
}

/** Five years are in, whatever the account could or could not say about it. */
const settled = (connections: readonly Connection[], outcome: Outcome): readonly Connection[] =>
  outcome === 'success' ? connections.map((one) => ({ ...one, history: 'ready', message: one.status === 'active' ? null : one.message })) : connections;
