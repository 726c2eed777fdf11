/** When the history of a new connection is asked for: at once, or as soon as Open Wearables hears it. */
import { ConnectError } from '../../core/errors.js';
import { pause } from '../../sync/back-off.js';
import type { Clock } from '../../sync/clock.js';
import type { Report } from '../reports.js';
import { jsonIn } from '../upstream.js';
import type { Api } from './api.js';
import type { Row } from './connections.js';
import { mostListed } from './evidence.js';
import { reachOf, startHistory } from './history.js';
import { isPulled } from './runs.js';

/** Connected it is already, and a page waits to hear it: what takes longer goes on without it. */
const waitedForMs = 5_000;
const lookEveryMs = 10_000;
/** The request costs nothing where it is dropped, so one that never ends is not waited for any longer. */
const longestPullMs = 300_000;
/** From the yes to the first word of the run, where its queue is not long. */
const beginsWithinMs = 15_000;

const day = 86_400_000;

export interface Histories {
  /** True where the history was asked for, or will be. */
  start(user: string, row: Row, days: number | null): Promise<boolean>;
  /** Whether it still will be, or was a moment ago: what has ended is not the end of it. */
  isDue(user: string, source: string): boolean;
  /** What was let go of has no history to ask for. */
  drop(user: string, source: string): void;
}

export interface HistoriesOptions {
  readonly clock: Clock;
  /** To wait for minutes must not keep a process from ending; then what Open Wearables reads by itself is all there is. */
  readonly idle: Clock;
  readonly report: Report;
}

/** True while it would not be heard; where that cannot be told, what was true before. */
type Look = (signal?: AbortSignal) => Promise<boolean>;

export function createHistories(api: Api, options: HistoriesOptions): Histories {
  const { clock, idle, report } = options;
  const due = new Map<string, AbortController>();
  const keyOf = (user: string, source: string): string => `${user} ${source}`;

  function drop(user: string, source: string): void {
    due.get(keyOf(user, source))?.abort();
    due.delete(keyOf(user, source));
  }

  async function begin(user: string, row: Row, days: number | null): Promise<boolean> {
    const isBusy = createLook(user, row, days);
    if (!(await isBusy())) return startHistory(api, user, row, days, options);
    const life = new AbortController();
    const { source } = row.connection;
    const key = keyOf(user, source);
    // Of two attempts that looked at the same time, one asks.
    drop(user, source);
    due.set(key, life);
    void startLater(user, row, days, isBusy, life.signal)
      // What fails is told as it fails; what is left is that it was dropped.
      .catch(() => {})
      .then(() => due.get(key) === life && due.delete(key));
    return true;
  }

  async function startLater(user: string, row: Row, days: number | null, isBusy: Look, signal: AbortSignal): Promise<void> {
    let busy = true;
    for (let waitedMs = 0; busy && waitedMs < longestPullMs; waitedMs += lookEveryMs) {
      await pause(lookEveryMs, signal, idle);
      busy = await isBusy(signal);
    }
    if (busy) report('waiting to start a history', neverFree(row.connection.source));
    signal.throwIfAborted();
    if (await startHistory(api, user, row, days, options)) await pause(beginsWithinMs, signal, idle);
  }

  /**
   * While any pull of an account runs, Open Wearables drops a request for its history without a word, and on connecting it begins one by
   * itself. One that reaches as far back as is wanted is none to wait for: it is what would be asked for.
   */
  function createLook(user: string, row: Row, days: number | null): Look {
    const { source } = row.connection;
    let busy = false;
    return async (signal) => {
      // What Garmin is at when it is asked again, it goes on with.
      if (source === 'garmin') return false;
      try {
        const answer = await api.request('looking for a pull', `/users/${user}/sync/recent?limit=${mostListed}`, { also: [404], patienceMs: waitedForMs, ...(signal && { signal }) });
        busy = answer.ok && isPulled(jsonIn(answer), source, api.now() - (reachOf(row, days) - 1) * day);
      } catch (thrown) {
        signal?.throwIfAborted();
        report('looking for a pull', thrown);
      }
      return busy;
    };
  }

  return {
    async start(user, row, days) {
      // Whoever connects anew asks anew.
      drop(user, row.connection.source);
      const life = new AbortController();
      // True where it is still at it.
      const patience = clock.wait(waitedForMs, life.signal).then(() => true, () => true);
      return Promise.race([begin(user, row, days), patience]).finally(() => life.abort());
    },
    isDue: (user, source) => due.has(keyOf(user, source)),
    drop,
  };
}

const neverFree = (source: string): ConnectError =>
  new ConnectError('sync_failed', `Open Wearables still pulls ${source} after ${longestPullMs / 60_000} minutes, expected an end of that: it drops a request for a history meanwhile, and the one of a new connection is made all the same. Look at its worker.`);
