import type { Connection, Outcome, Progress } from '../../core/nouns.js';
import { backOffMs } from '../../sync/back-off.js';
import type { Report } from '../reports.js';
import type { Watch } from '../rounds.js';
import type { Api } from './api.js';
import { readConnections } from './connections.js';
import type { Row } from './connections.js';
import { createEvidence } from './evidence.js';
import { markOf, notesFrom } from './memory.js';
import type { Memory } from './memory.js';
import { endedRun, runAfter } from './runs.js';
import type { Counts, Run } from './runs.js';
import type { OfferedSource } from './sources.js';

const activeMs = 3_000;
const idleMs = 15_000;
/** Ten minutes without news end the waiting, said as it is: nobody knows. */
const longQuietMs = 600_000;
/** A run from before a reconnect is not the one that the reconnect began. */
const settlingMs = 60_000;
/** At most, from the provider's page until the site has heard that it is connected: some windows come back late. */
const lateMs = 300_000;
/** Data that comes all day is no news of a history: a count is, of one that is under way, and not for ever. */
const longestRunMs = 3_600_000;

/** The slowest history takes an hour. What is there a day later is there, though no run is remembered any more. */
const settledMs = 86_400_000;

type Verdict = 'active' | 'success' | 'partial' | 'unknown';

interface Followed {
  readonly progress: Progress | null;
  readonly connection: Connection;
  readonly verdict: Verdict;
  /** False for one that was quiet when we came and still is: what it once was, nobody knows. */
  readonly counts: boolean;
}

/** What a change of this source makes stale. */
export const staleAfter = (source: string): readonly string[] => ['complete', progressOf(source)];

const progressOf = (source: string): string => `progress ${source}`;

/**
 * Looks at one user until nobody listens, and tells what changed. One look is one to four requests, whoever listens. `isDue`: more of the
 * history is asked for as soon as what is being read has ended, so that is no end.
 */
export function createWatch(api: Api, user: string, sources: () => Promise<readonly OfferedSource[]>, report: Report, isDue: (source: string) => boolean): Watch {
  const gather = createEvidence(api, user, report);
  const memories = new Map<string, Memory>();
  let last: readonly Followed[] = [];

  return async ({ notes, nudged, tell, drop, wait }, signal) => {
    let heardAt = begin(notes);
    let isChanged = nudged;
    let failures = 0;
    for (;;) {
      signal.throwIfAborted();
      let live = true;
      try {
        last = await look(isChanged, signal);
        isChanged = false;
        failures = 0;
        heardAt = api.now();
      } catch (thrown) {
        signal.throwIfAborted();
        report('looking for news', thrown);
        live = false;
        failures += 1;
        last = last.map((one) => (one.verdict === 'active' && isQuiet(one.connection.source) ? { ...one, verdict: 'unknown', connection: { ...one.connection, history: 'unknown' } } : one));
      }
      const active = last.some(({ verdict }) => verdict === 'active');
      if (active) drop('complete');
      for (const { progress, connection, verdict } of last) {
        if (progress) tell(progressOf(connection.source), 'progress', { ...progress, live: live || verdict !== 'active' });
        else drop(progressOf(connection.source));
      }
      const connections = last.map(({ connection }) => connection);
      if (live) tell('connections', 'connections', { connections });
      // Nobody here has had an answer, and nobody has had one for long.
      const unheard = !last.length && !live && api.now() - heardAt >= longQuietMs;
      const outcome = active ? null : unheard ? 'unknown' : outcomeOf(last);
      if (outcome) tell('complete', 'complete', { outcome, connections });
      const isNews = await wait(live ? (active ? activeMs : idleMs) : activeMs + backOffMs(failures), { heardAt, sources: Object.fromEntries(memories) });
      isChanged ||= isNews;
    }
  };

  /** When somebody last heard. */
  function begin(notes: unknown): number {
    const { heardAt, sources: left } = notesFrom(notes, api.now());
    memories.clear();
    for (const [source, memory] of Object.entries(left)) memories.set(source, memory);
    return heardAt;
  }

  /** `isChanged`: a visitor has connected something here, or let it go, and nobody has looked since. */
  async function look(isChanged: boolean, signal: AbortSignal): Promise<readonly Followed[]> {
    const rows = await readConnections(api, user, await sources(), signal);
    const waited = rows.filter(({ connection }) => connection.history === 'unknown');
    if (!waited.length) return rows.map((row) => followed(row, 0, null, null, false));
    const evidence = await gather(waited.some(({ connection }) => connection.source === 'garmin'), signal);
    // What was let go of moves too (and stays in the list), so after that no other one looks like what was changed.
    const changedAt = isChanged ? Math.max(...rows.map(({ touchedAt }) => touchedAt)) : Infinity;
    return rows.map((row) => {
      const { source } = row.connection;
      const connectedAt = sinceWhen(row, changedAt);
      const since = api.now() - connectedAt < settlingMs ? connectedAt : 0;
      const run = evidence.runOf(source, since);
      return followed(row, connectedAt, run?.end && isDue(source) ? { ...run, stage: 'waiting', ratio: null, end: null } : run, evidence.countsOf(source), !evidence.hasEvents);
    });
  }

  /**
   * Each renewal of a token moves a row. Only the one that moved last, and just before something was changed here, was connected anew: of
   * which source that was, an instance that shares a hub with whoever changed it hears nothing.
   */
  function sinceWhen({ connection, createdAt, touchedAt }: Row, changedAt: number): number {
    const isReconnect = touchedAt >= changedAt && api.now() - touchedAt < lateMs;
    return Math.max(createdAt, isReconnect ? touchedAt : (memories.get(connection.source)?.connectedAt ?? 0));
  }

  function followed({ connection }: Row, connectedAt: number, listed: Run | null, counts: Counts | null, countsAlone: boolean): Followed {
    const { source, status, history } = connection;
    if (status !== 'active') memories.delete(source);
    // Nothing will come, and that is known: it was not permitted.
    if (history !== 'unknown') return { connection, progress: null, verdict: status === 'active' ? 'partial' : 'unknown', counts: status === 'active' };
    const known = memories.get(source);
    // A reconnect begins anew.
    const ended = known?.ended && known.ended.at >= connectedAt ? known.ended : null;
    const run = runAfter(ended && endedRun(ended.run, ended.end, ended.at), listed);
    const [ofRun, all] = [markOf(run), markOf(counts?.all ?? null)];
    const counting = (run ? !run.end : countsAlone) && api.now() - Math.max(connectedAt, run?.at ?? 0) < longestRunMs;
    const isNews = known !== undefined && (known.run !== ofRun || (counting && known.all !== all));
    // A run of Garmin's says that it goes on, but not since when: it gets the whole time.
    const firstNewsAt = run && !run.end && !run.at ? api.now() : Math.max(connectedAt, run?.at ?? 0);
    const newsAt = isNews ? api.now() : known ? Math.max(known.newsAt, connectedAt) : firstNewsAt;
    const memory = { run: ofRun, all, newsAt, connectedAt, ended: run?.end ? { run: run.id, end: run.end, at: run.at || (ended?.at ?? api.now()) } : null };
    memories.set(source, { ...memory, moved: known?.moved ?? false });
    const settled = (counts?.all ?? 0) > 0 && api.now() - connectedAt >= settledMs;
    const verdict = run?.end ? (run.end === 'failed' ? 'partial' : run.end) : !isQuiet(source) ? 'active' : settled && !run ? 'success' : 'unknown';
    const moved = known?.moved === true || verdict !== 'unknown';
    memories.set(source, { ...memory, moved });
    const progress: Progress = { source, stage: run?.stage ?? (verdict === 'success' ? 'done' : 'waiting'), ratio: run?.ratio ?? null, loadedUntil: null, items: counts?.items ?? null, live: true };
    const now = verdict === 'active' ? 'syncing' : verdict === 'unknown' || run?.end === 'failed' ? 'unknown' : 'ready';
    return { connection: { ...connection, history: now }, progress, verdict, counts: moved };
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
