/** Five years of history, followed to one of its ends. */
import type { AccountStatus } from '../../core/account.js';
import { ConnectError } from '../../core/errors.js';
import type { Connection, Outcome } from '../../core/nouns.js';
import type { Step, SyncUpdate } from '../../core/platform.js';
import { realClock, within } from '../../sync/clock.js';
import { followStream } from '../../sync/follow.js';
import type { FollowOptions } from '../../sync/follow.js';
import { createLineSplitter } from '../../sync/lines.js';
import { createWake } from '../../sync/wakeful.js';
import { newHistory, verdict, withLine } from './history.js';

export interface BackfillOptions extends Omit<FollowOptions<string>, 'signal' | 'cutter'> {
  readonly source: string | null;
  /** Null where the server cannot say (older ones have no such page). */
  readonly status: (signal: AbortSignal) => Promise<AccountStatus | null>;
  readonly connectionsFrom: (status: AccountStatus | null) => readonly Connection[];
  readonly step: () => ((step: Step) => void) | null;
}

/** How often it is looked whether waiting is over; and how often the account is asked about it while nothing moves. */
const lookEveryMs = 3_000;
const askEveryMs = 10_000;
/** What the server ends sooner was no whole connection: that nothing moved in it proves nothing. */
const wholeConnectionMs = 30_000;
const tooManyErrors = 5;

export async function* followBackfill(options: BackfillOptions, signal: AbortSignal): AsyncGenerator<SyncUpdate> {
  const { connectionsFrom, step, clock = realClock, random = Math.random, wake = createWake({ clock, random }) } = options;
  // Ends from within, too: a silent stream must not keep the visitor waiting for ever.
  const stream = within(signal);
  let history = newHistory(options.source, clock.now());
  let status: AccountStatus | null = null;
  let askedAt = 0;
  /** The account was asked again, and the page has not been told yet. */
  let isNews = false;
  let stalled = false;
  let seen: string | null = null;

  const ask = async (): Promise<void> => {
    askedAt = clock.now();
    status = await options.status(stream.signal).catch(() => status);
    isNews = true;
  };
  const judge = (): Outcome | null => verdict(history, status?.history ?? null, stalled || !!status?.nothingConnected, clock.now());
  const keepLooking = async (): Promise<void> => {
    for (;;) {
      const from = clock.now();
      await clock.wait(lookEveryMs, stream.signal);
      await wake.whenAwake(stream.signal);
      // Time that was slept through, by the page or the whole computer, is none in which news could have come.
      history = { ...history, newsAt: Math.min(clock.now(), history.newsAt + clock.now() - from - lookEveryMs) };
      if (clock.now() - Math.max(askedAt, history.newsAt) >= askEveryMs) await ask();
      if (judge()) return stream.abort();
    }
  };

  const asked = ask().then(() => (isNews = false));
  keepLooking().catch(() => {});
  try {
    let outcome: Outcome | null = null;
    for await (const event of followStream({ ...options, cutter: createLineSplitter, wake, signal: stream.signal })) {
      const { progress } = history;
      if (event.type === 'piece') {
        if (event.piece) step()?.({ at: clock.now(), kind: 'line', text: event.piece.slice(0, 200) });
        history = withLine(history, event.piece, clock.now());
      } else if (event.type === 'live') history = { ...history, progress: { ...progress, live: event.live } };
      else {
        stalled = event.clean && event.lastedMs >= wholeConnectionMs && progress.loadedUntil === seen;
        seen = progress.loadedUntil;
        await ask();
      }
      if (isNews) yield { type: 'connections', connections: connectionsFrom(status) };
      isNews = false;
      if (history.progress !== progress) yield { type: 'progress', progress: history.progress };
      if (history.errors >= tooManyErrors) throw new ConnectError('sync_failed', `The history stream reported ${tooManyErrors} errors in a row.`);
      outcome = judge();
      if (outcome) break;
    }
    signal.throwIfAborted();
    await asked;
    // A stream that ended by itself (204) or was ended above has told all it will.
    stalled = true;
    outcome ??= judge() ?? 'unknown';
    // The fraction stays what it was: a full bar would claim years that were never there.
    yield { type: 'progress', progress: { ...history.progress, stage: 'done', live: true } };
    yield { type: 'connections', connections: settled(connectionsFrom(status), outcome) };
    yield { type: 'finished', outcome };
  } finally {
    stream.abort();
  }
}

/** Five years are in, whatever the account could or could not say about it. */
const settled = (connections: readonly Connection[], outcome: Outcome): readonly Connection[] =>
  outcome === 'success' ? connections.map((one) => ({ ...one, history: 'ready', message: one.status === 'active' ? null : one.message })) : connections;
