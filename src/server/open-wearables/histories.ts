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
import { fallsShort, isHeldUp, pullsFrom, reaches } from './pulls.js';
import type { Pull } from './pulls.js';

/** Connected it is already, and a page waits to hear it: what takes longer goes on without it. */
const waitedForMs = 5_000;
const lookEveryMs = 10_000;
/** The request costs nothing where it is dropped, so one that never ends is not waited for any longer. */
const longestPullMs = 300_000;
/** From the yes to the first word of the run, where its queue is not long. */
const beginsWithinMs = 15_000;
const followEveryMs = 5_000;

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

interface Errand {
  readonly user: string;
  readonly row: Row;
  readonly days: number | null;
  /** How far back it is wanted. */
  readonly since: number;
  /** The runs that were there before it was asked for. */
  readonly before: ReadonlySet<unknown>;
  /** As it is now; where that cannot be asked, as it was last. Null where there is no list of runs. */
  readonly look: (signal?: AbortSignal) => Promise<readonly Pull[] | null>;
}

export function createHistories(api: Api, options: HistoriesOptions): Histories {
  const { clock, idle, report } = options;
  const due = new Map<string, AbortController>();
  const keyOf = (user: string, source: string): string => `${user} ${source}`;

  function drop(user: string, source: string): void {
    due.get(keyOf(user, source))?.abort();
    due.delete(keyOf(user, source));
  }

  /** While any pull of an account runs, Open Wearables drops a request for its history without a word, and on connecting it begins one by itself. */
  async function begin(user: string, row: Row, days: number | null): Promise<boolean> {
    const { source } = row.connection;
    // What Garmin is at when it is asked again, it goes on with.
    if (source === 'garmin') return startHistory(api, user, row, days, options);
    const look = createLook(user, source);
    const since = api.now() - (reachOf(row, days) - 1) * day;
    const pulls = await look();
    const isBusy = isHeldUp(pulls ?? [], since);
    // One that reaches as far back as is wanted is none to wait for. From before a reconnect it is of no use.
    const isRead = !pulls || pulls.some((pull) => reaches(pull, since) && (!pull.isOver || pull.at >= row.touchedAt));
    if (!isBusy && isRead) return startHistory(api, user, row, days, options);
    const errand = { user, row, days, since, look, before: new Set(pulls?.map(({ run }) => run)) };
    const life = new AbortController();
    const key = keyOf(user, source);
    // Of two attempts that looked at the same time, one goes on.
    drop(user, source);
    due.set(key, life);
    const begun = isBusy ? Promise.resolve(true) : startHistory(api, user, row, days, options);
    void begun
      .then(async (isBegun) => {
        if (isBusy || (isBegun && (await isDropped(errand, life.signal)))) await startLater(errand, life.signal);
      })
      // What fails is told as it fails; what is left is that it was dropped.
      .catch(() => {})
      .then(() => due.get(key) === life && due.delete(key));
    return begun;
  }

  /** The one that it begins by itself may have been queued first. What has ended by now is not the end of it, in any case. */
  async function isDropped({ look, before, since }: Errand, signal: AbortSignal): Promise<boolean> {
    let isSeen = false;
    for (let waitedMs = 0; waitedMs < beginsWithinMs; waitedMs += followEveryMs) {
      await pause(followEveryMs, signal, idle);
      const begun = (await look(signal))?.filter(({ run }) => !before.has(run)) ?? [];
      if (begun.some((pull) => !fallsShort(pull, since))) return false;
      if (begun.some(({ isOver }) => !isOver)) return true;
      isSeen = begun.length > 0;
    }
    return isSeen;
  }

  async function startLater({ user, row, days, since, before, look }: Errand, signal: AbortSignal): Promise<void> {
    let busy = true;
    for (let waitedMs = 0; busy && waitedMs < longestPullMs; waitedMs += lookEveryMs) {
      await pause(lookEveryMs, signal, idle);
      const pulls = (await look(signal)) ?? [];
      // It was only late, or somebody else has asked for as much.
      if (pulls.some((pull) => !before.has(pull.run) && reaches(pull, since))) return;
      busy = isHeldUp(pulls, since);
    }
    if (busy) report('waiting to start a history', neverFree(row.connection.source));
    signal.throwIfAborted();
    if (await startHistory(api, user, row, days, options)) await pause(beginsWithinMs, signal, idle);
  }

  function createLook(user: string, source: string): Errand['look'] {
    let last: readonly Pull[] | null = null;
    return async (signal) => {
      try {
        const answer = await api.request('looking for a pull', `/users/${user}/sync/recent?limit=${mostListed}`, { also: [404], patienceMs: waitedForMs, ...(signal && { signal }) });
        last = answer.ok ? pullsFrom(jsonIn(answer), source) : null;
      } catch (thrown) {
        signal?.throwIfAborted();
        report('looking for a pull', thrown);
      }
      return last;
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
