import type { Report } from '../reports.js';
import { jsonIn } from '../upstream.js';
import type { Api } from './api.js';
import { countsFrom, garminRunFrom, runFrom } from './runs.js';
import type { Run } from './runs.js';

/** What Open Wearables tells of the histories of one user, all of it asked at once. */
export interface Evidence {
  /** False on servers that have no events. */
  readonly hasEvents: boolean;
  readonly countsOf: ReturnType<typeof countsFrom>;
  /** `since`: what is older was before a reconnect; 0 where that does not matter. */
  runOf(source: string, since: number): Run | null;
}

/** All that it remembers of a user: whatever a phone sends is an event of its own, and among many the end of a history is not seen. */
export const mostListed = 200;
/** What is more than a look needs is not waited for as long as the rest. */
const extraMs = 5_000;

export function createEvidence(api: Api, user: string, report: Report): (withGarmin: boolean, signal: AbortSignal) => Promise<Evidence> {
  /** By path, as it was answered last: where it fails once, a bar does not jump there and back. */
  const kept = new Map<string, unknown>();

  return async (withGarmin, signal) => {
    const [events, counts, garmin] = await Promise.all([
      optional('reading the progress', `/users/${user}/sync/recent?limit=${mostListed}`, signal),
      extra('counting', `/users/${user}/summaries/data`, signal),
      withGarmin ? extra('reading Garmin’s progress', `/providers/garmin/users/${user}/backfill/status`, signal) : null,
    ]);

    function runOf(source: string, since: number): Run | null {
      const latest = runFrom(events, source, since);
      const table = source === 'garmin' ? garminRunFrom(garmin?.json) : null;
      // After a reconnect it may tell of an earlier refusal, until the new backfill has begun, of which there is an event.
      const isOld = (table?.end === 'failed' || table?.end === 'partial') && since > 0 && !latest && Array.isArray(events);
      // One that cannot be asked any more, as it is deprecated, does not outlive what it was a table of.
      const isOver = garmin?.isKept && latest?.end;
      if (isOld) return null;
      // It tells of no run; its events do.
      return table && !isOver ? { ...table, id: latest?.id ?? '' } : latest;
    }

    return { hasEvents: events !== null, countsOf: countsFrom(counts.json), runOf };
  };

  /** Each of them is missing on some older server; the rest still tells something. */
  async function optional(what: string, path: string, signal: AbortSignal, patienceMs?: number): Promise<unknown> {
    const response = await api.request(what, path, { signal, also: [404], ...(patienceMs && { patienceMs }) });
    return response.ok ? (jsonIn(response) ?? null) : null;
  }

  /** The look goes on without it, whatever ails it. */
  async function extra(what: string, path: string, signal: AbortSignal): Promise<{ readonly json: unknown; readonly isKept: boolean }> {
    try {
      kept.set(path, await optional(what, path, signal, extraMs));
      return { json: kept.get(path), isKept: false };
    } catch (thrown) {
      signal.throwIfAborted();
      report('looking for news', thrown);
      return { json: kept.get(path), isKept: true };
    }
  }
}
