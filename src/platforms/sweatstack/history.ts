import { instantOf, membersOf, textOf } from '../../core/json.js';
import type { Connection, Outcome, Progress } from '../../core/nouns.js';

const day = 86_400_000;
/** How far back SweatStack loads. */
const fiveYears = 5 * 365.25 * day;
/** Five years are 1825 days to some, 1826 or 1827 to the calendar, and the server counts from the moment of connecting. */
const nearly = 2 * day;
/** A visitor's clock may be slow, and a time without an offset may turn out to be local: neither makes it the future. */
const skew = day;

/** What the lines of `activities/backfill-status` come to. It only ever moves back in time. */
export interface History {
  readonly progress: Progress;
  /** Whether there was anything to show: nothing loaded yet is worth showing once. */
  readonly begun: boolean;
  /** When the earliest day last moved. */
  readonly newsAt: number;
  /** How many times running the platform said that something went wrong. */
  readonly errors: number;
}

export const newHistory = (source: string | null, now: number): History => ({
  progress: { source, stage: 'waiting', ratio: null, loadedUntil: null, items: null, live: true },
  begun: false,
  newsAt: now,
  errors: 0,
});

/** The history after one more line; `progress` is another object only where there is something new to show. */
export function withLine(history: History, line: string, now: number): History {
  const said = parsed(line);
  const { backfill_loaded_until: until, error } = membersOf(said);
  const loadedUntil = instantOf(until);
  const { progress, begun } = history;
  if (loadedUntil) {
    const time = Date.parse(loadedUntil);
    if (time > now + skew || time >= earliest(history)) return { ...history, errors: 0 };
    const ratio = Math.max(progress.ratio ?? 0, Math.min(1, (now - time) / fiveYears));
    return { progress: { ...progress, stage: 'fetching', ratio, loadedUntil }, begun: true, newsAt: now, errors: 0 };
  }
  if (said === null || until === null) return { ...history, progress: begun ? progress : { ...progress }, begun: true, errors: 0 };
  return textOf(error) ? { ...history, errors: history.errors + 1 } : history;
}

const earliest = ({ progress }: History): number => (progress.loadedUntil ? Date.parse(progress.loadedUntil) : Infinity);

/** Newline-delimited JSON or server-sent events, whatever the content type says. What is neither says nothing. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line.replace(/^data:/, ''));
  } catch {
    return undefined;
  }
}

const longQuietMs = 600_000;

/**
 * The stream has no end of its own, so the end is concluded: from the best evidence down to none at all. `account` is what
 * the account says of the history, null where it could not; `stalled`: nothing moved in a whole connection that the server
 * ended by itself, or there is no stream to read.
 */
export function verdict(history: History, account: Connection['history'] | null, stalled: boolean, now: number): Outcome | null {
  const isDeep = now - earliest(history) >= fiveYears - nearly;
  // Not shared, or not to be had: these do not change by waiting, and the five years may be those of another wearable.
  if ((stalled || isDeep) && (account === 'unavailable' || account === 'action_required')) return 'partial';
  if (account === 'ready' || isDeep) return 'success';
  // `syncing` changes by waiting, up to the ten minutes.
  if (stalled && account !== 'syncing') return 'unknown';
  return now - history.newsAt >= longQuietMs ? 'unknown' : null;
}
