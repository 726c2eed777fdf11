import type { Connection, Outcome, Progress } from '../../core/nouns.js';
import { backOffMs } from '../../sync/back-off.js';
import type { Teller } from '../channel.js';
import type { Api } from './api.js';
import { readConnections } from './connections.js';
import type { Row } from './connections.js';
import { countsFrom, garminRunFrom, runFrom } from './runs.js';
import type { Run } from './runs.js';
import type { OfferedSource } from './sources.js';

const activeMs = 3_000;
const idleMs = 15_000;
/** Ten minutes without news end the waiting, said as it is: nobody knows. */
const longQuietMs = 600_000;
/** A run from before a reconnect is not the one that the reconnect began. */
const settlingMs = 60_000;

type Verdict = 'active' | 'success' | 'partial' | 'unknown';

interface Followed {
  readonly progress: Progress | null;
  readonly connection: Connection;
  readonly verdict: Verdict;
  /** False for one that was quiet when we came and still is: what it once was, nobody knows. */
  readonly counts: boolean;
}

/** What is remembered of a source between two looks, so that standing still can be told from moving. */
interface Memory {
  mark: string;
  newsAt: number;
  moved: boolean;
}

/** Looks at one user until nobody listens, and tells what changed. One look is one to four requests, whoever listens. */
export function createWatch(api: Api, user: string, sources: () => Promise<readonly OfferedSource[]>) {
  const memories = new Map<string, Memory>();

  return async ({ tell, drop, wait }: Teller, signal: AbortSignal): Promise<void> => {
    const beganAt = api.now();
    let failures = 0;
    let last: readonly Followed[] = [];
    for (;;) {
      signal.throwIfAborted();
      let live = true;
      try {
        last = await look(signal);
        failures = 0;
      } catch {
        signal.throwIfAborted();
        live = false;
        failures += 1;
        last = last.map((one) => (one.verdict === 'active' && isQuiet(one.connection.source) ? { ...one, verdict: 'unknown', connection: { ...one.connection, history: 'unknown' } } : one));
      }
      const active = last.some(({ verdict }) => verdict === 'active');
      if (active) drop('complete');
      for (const { progress, verdict } of last) if (progress) tell(`progress ${progress.source}`, 'progress', { ...progress, live: live || verdict !== 'active' });
      const connections = last.map(({ connection }) => connection);
      if (live) tell('connections', 'connections', { connections });
      // Not even once was there an answer.
      const unheard = !last.length && !live && api.now() - beganAt >= longQuietMs;
      const outcome = active ? null : unheard ? 'unknown' : outcomeOf(last);
      if (outcome) tell('complete', 'complete', { outcome, connections });
      await wait(live ? (active ? activeMs : idleMs) : activeMs + backOffMs(failures));
    }
  };

  async function look(signal: AbortSignal): Promise<readonly Followed[]> {
    const rows = await readConnections(api, user, await sources(), signal);
    const waited = rows.filter(({ connection }) => connection.history === 'unknown');
    if (!waited.length) return rows.map((row) => followed(row, null, null));
    const [events, counts, garmin] = await Promise.all([
      optional('reading the progress', `/users/${user}/sync/recent?limit=50`, signal),
      optional('counting', `/users/${user}/summaries/data`, signal),
      waited.some(({ connection }) => connection.source === 'garmin') ? optional('reading Garmin’s progress', `/providers/garmin/users/${user}/backfill/status`, signal) : null,
    ]);
    const items = countsFrom(counts);
    return rows.map((row) => {
      const { source } = row.connection;
      const since = api.now() - row.touchedAt < settlingMs ? row.touchedAt : 0;
      const run = (source === 'garmin' ? garminRunFrom(garmin) : null) ?? runFrom(events, source, since);
      return followed(row, run, items.get(source) ?? null);
    });
  }

  /** Each of them is missing on some older server; the rest still tells something. */
  async function optional(what: string, path: string, signal: AbortSignal): Promise<unknown> {
    const response = await api.request(what, path, { signal, also: [404] });
    return response.ok ? response.json().catch(() => null) : null;
  }

  function followed({ connection, touchedAt }: Row, run: Run | null, counts: { items: number; all: number } | null): Followed {
    const { source, status, history } = connection;
    if (status !== 'active') memories.delete(source);
    // Nothing will come, and that is known: it was not permitted.
    if (history !== 'unknown') return { connection, progress: null, verdict: status === 'active' ? 'partial' : 'unknown', counts: status === 'active' };
    const mark = JSON.stringify([run, counts?.all]);
    const known = memories.get(source);
    // A run of Garmin's says that it goes on, but not since when: it gets the whole time.
    const firstNewsAt = run && !run.end && !run.at ? api.now() : Math.max(touchedAt, run?.at ?? 0);
    const newsAt = !known ? firstNewsAt : known.mark === mark ? Math.max(known.newsAt, touchedAt) : api.now();
    const memory = { mark, newsAt, moved: known?.moved ?? false };
    memories.set(source, memory);
    const verdict = run?.end ? (run.end === 'failed' ? 'partial' : run.end) : isQuiet(source) ? 'unknown' : 'active';
    memory.moved ||= verdict !== 'unknown';
    const progress: Progress = { source, stage: run?.stage ?? 'waiting', ratio: run?.ratio ?? null, loadedUntil: null, items: counts?.items ?? null, live: true };
    const now = verdict === 'active' ? 'syncing' : verdict === 'unknown' || run?.end === 'failed' ? 'unknown' : 'ready';
    return { connection: { ...connection, history: now }, progress, verdict, counts: memory.moved };
  }

  function isQuiet(source: string): boolean {
    return api.now() - (memories.get(source)?.newsAt ?? 0) >= longQuietMs;
  }
}

/** Of what is connected; where nothing is, nothing ends. */
function outcomeOf(all: readonly Followed[]): Outcome | null {
  const connected = all.filter(({ connection }) => connection.status === 'active');
  if (!connected.length) return null;
  const verdicts = connected.filter(({ counts }) => counts).map(({ verdict }) => verdict);
  return !verdicts.length || verdicts.includes('unknown') ? 'unknown' : verdicts.includes('partial') ? 'partial' : 'success';
}
