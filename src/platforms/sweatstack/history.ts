import type { Connection, Outcome, Progress } from '../../core/nouns.js';
import { instantOf, objectOf, textOf } from './json.js';

const day = 86_400_000;
/** How far back SweatStack loads. */
const fiveYears = 5 * 365.25 * day;
/** Five years are 1825 days to some, 1826 or 1827 to the calendar, and the server counts from the moment of connecting. */
const nearly = 2 * day;
/** A visitor's clock may be slow, and a time without an offset may turn out to be local: neither makes it the future. */
const skew = day;

export interface History {
  /** What the line changed, or null when there is nothing new to show. */
  line(text: string): Progress | null;
  /** The same, with the connection up or down. */
  live(live: boolean): Progress;
  /** Nothing more is coming. The fraction stays what it was: a full bar would claim years that were never there. */
  finish(outcome: Outcome): Progress;
  readonly progress: Progress;
  readonly reachedFiveYears: boolean;
  /** How often the earliest day has moved. Keep it, and ask `movedSince` later. */
  readonly moves: number;
  movedSince(moves: number): boolean;
  /** How long nothing has moved. */
  readonly quietMs: number;
  /** Lines that made no sense. */
  readonly unreadable: number;
  /** How many times running the platform said that something went wrong, and what it said last. */
  readonly errorsInARow: number;
  readonly trouble: string | null;
}

/** Reduces the lines of `activities/backfill-status` to what a visitor can be shown. It only ever moves back in time. */
export function createHistory({ now, source }: { readonly now: () => number; readonly source: string | null }): History {
  let progress: Progress = { source, stage: 'waiting', ratio: null, loadedUntil: null, items: null, live: true };
  let earliest = Infinity;
  let newsAt = now();
  let moves = 0;
  let unreadable = 0;
  let errorsInARow = 0;
  let trouble: string | null = null;
  let begun = false;

  const reached = (): number => now() - earliest;
  const finished = (): boolean => progress.stage === 'done';

  /** Nothing loaded yet is worth showing once. */
  const begin = (): Progress | null => {
    const first = !begun;
    begun = true;
    return first ? progress : null;
  };

  return {
    line(text) {
      const parsed = parseLine(text);
      if (finished() || parsed === 'blank') return null;
      if (parsed === 'unreadable') {
        unreadable++;
        return null;
      }
      if (parsed !== 'waiting' && 'error' in parsed) {
        trouble = parsed.error;
        errorsInARow++;
        return null;
      }
      errorsInARow = 0;
      if (parsed === 'waiting') return begin();
      const time = Date.parse(parsed.until);
      if (time > now() + skew || time >= earliest) return null;
      begun = true;
      earliest = time;
      newsAt = now();
      moves++;
      const ratio = Math.max(progress.ratio ?? 0, Math.min(1, reached() / fiveYears));
      return (progress = { ...progress, stage: 'fetching', ratio, loadedUntil: parsed.until });
    },
    live: (live) => (progress = { ...progress, live }),
    finish: () => (progress = { ...progress, stage: 'done', live: true }),
    get progress() {
      return progress;
    },
    get reachedFiveYears() {
      return reached() >= fiveYears - nearly;
    },
    get moves() {
      return moves;
    },
    movedSince: (mark) => moves > mark,
    get quietMs() {
      return now() - newsAt;
    },
    get unreadable() {
      return unreadable;
    },
    get errorsInARow() {
      return errorsInARow;
    },
    get trouble() {
      return trouble;
    },
  };
}

type Line = 'blank' | 'waiting' | 'unreadable' | { readonly until: string } | { readonly error: string };

function parseLine(text: string): Line {
  // Whatever the content type says: newline-delimited JSON, or server-sent events with their comments and names.
  const body = text.replace(/^data:/, '').trim();
  if (!body || /^(?::|(?:event|id|retry):)/.test(body)) return 'blank';
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return 'unreadable';
  }
  const raw = objectOf(json);
  if (json === null || raw?.['backfill_loaded_until'] === null) return 'waiting';
  const until = instantOf(raw?.['backfill_loaded_until']);
  if (until) return { until };
  const error = textOf(raw?.['error']);
  return error ? { error } : 'unreadable';
}

/** What is known when the question comes up whether waiting is over. */
export interface Evidence {
  /** From the account status; null where it could not be had. */
  readonly history: Connection['history'] | null;
  readonly reachedFiveYears: boolean;
  /** How long the last connection lasted that the server ended by itself; 0 where none has. */
  readonly cleanMs: number;
  /** Whether anything moved in that connection. */
  readonly moved: boolean;
  readonly quietMs: number;
  /** The platform said there is no stream to read (204). */
  readonly over?: boolean;
}

const wholeConnectionMs = 30_000;
const longQuietMs = 600_000;

/** The stream has no end of its own, so the end is concluded: from the best evidence down to none at all. */
export function verdict({ history, reachedFiveYears, cleanMs, moved, quietMs, over = false }: Evidence): Outcome | null {
  if (history === 'ready' || reachedFiveYears) return 'success';
  const stalled = over || (cleanMs >= wholeConnectionMs && !moved);
  // Not shared, or not to be had: these do not change by waiting. `syncing` does, up to the ten minutes.
  if (stalled && (history === 'unavailable' || history === 'action_required')) return 'partial';
  if (over || (stalled && (history === null || history === 'unknown'))) return 'unknown';
  return quietMs >= longQuietMs ? 'unknown' : null;
}
