import { ConnectError } from '../../core/errors.js';
import type { Clock } from '../../sync/clock.js';
import type { Report } from '../reports.js';
import type { Answered } from '../upstream.js';
import type { Api } from './api.js';
import { isMissingRoute } from './api.js';
import type { Row } from './connections.js';

const day = 86_400_000;
/** What the endpoint takes at most. It takes no end of the period, so what lies further back cannot be asked for in parts either. */
const mostDays = 365;
/** Servers before 0.2.2 sync inside the request, for minutes. */
const oldServerMs = 600_000;
/** What it takes where nothing is named. */
const usualDays = 90;
/** Windows that take so long together are for a history that nobody follows any more (src/server/open-wearables/watch.ts). */
const longestSyncMs = 3_600_000;

/**
 * Asks for the history. Servers that begin it by themselves on connecting will stop to, and asking twice costs a
 * repeated pull at worst. A yes proves nothing, so all it says is whether there was one.
 */
export async function startHistory(api: Api, user: string, row: Row, days: number | null, { clock, report }: { readonly clock: Clock; readonly report: Report }): Promise<boolean> {
  const { source } = row.connection;
  const path = `/providers/${source}/users/${user}/sync`;
  return begin().catch(failed);

  async function begin(): Promise<boolean> {
    // Garmin has a window of its own and ignores the number.
    const asked = days === null || source === 'garmin' ? '' : `?days=${reachOf(row, days)}`;
    const response = await api.request('starting the history', `${path}/historical${asked}`, { method: 'POST', also: [404] });
    if (!isMissingRoute(response)) return response.ok || failed(`Open Wearables (starting the history) answered HTTP ${response.status}.`);
    const begun = await plainSync(api, path, oldQueries(source, days, clock.now()), clock);
    return begun || failed('Open Wearables (starting a sync) took none of the ways to ask for one.');
  }

  /** Connected it is all the same, and that nothing comes is told by the updates: so why is told to whoever runs the site. */
  function failed(why: unknown): false {
    const sentence = ConnectError.is(why) ? why.message : why;
    report('starting the history', typeof sentence === 'string' ? new ConnectError('sync_failed', `The history of a new connection did not begin: ${sentence}`) : why);
    return false;
  }
}

/** How many days back a history of it goes. */
export const reachOf = ({ mostDays: most }: Row, days: number | null): number => Math.max(1, Math.min(days ?? usualDays, most ?? mostDays, mostDays));

/** Servers before 0.4.2. Newer ones of them refuse any parameter, older ones insist on some: so first without. */
async function plainSync(api: Api, path: string, queries: readonly string[], clock: Clock): Promise<boolean> {
  const sync = (query: string): Promise<Answered> => api.request('starting a sync', path + query, { method: 'POST', also: [400, 404, 422], patienceMs: oldServerMs });
  const response = await sync('');
  if (response.ok || response.status === 404) return response.ok;
  const startedAt = clock.now();
  let begun = false;
  for (const query of queries) {
    // One after another, and no further back than it gives: each runs inside its request.
    if (clock.now() - startedAt >= longestSyncMs || !(await sync(`?data_type=all&${query}`)).ok) break;
    begun = true;
  }
  return begun;
}

/** What the older documents ask for: Garmin in windows of 24 hours, the newest first; Suunto from a moment at most 28 days ago. */
function oldQueries(source: string, days: number | null, now: number): readonly string[] {
  const reach = (usual: number, most: number): number => Math.min(days ?? usual, most);
  if (source === 'suunto') return [`since=${Math.floor((now - reach(28, 28) * day) / 1000)}`];
  if (source !== 'garmin') return [];
  const time = (ms: number): string => new Date(ms).toISOString().slice(0, 19);
  return Array.from({ length: reach(30, mostDays) }, (_, back) => String(new URLSearchParams({ summary_start_time: time(now - (back + 1) * day), summary_end_time: time(now - back * day) })));
}
