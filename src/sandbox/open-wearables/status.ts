import { HttpError, sendJson, type Exchange } from '../web.js';
import { day, offset, zulu } from './clock.js';
import { countOf, needs, uuidOf, withKey } from './endpoint.js';
import type { OpenWearablesFaults } from './faults.js';
import { runsOf, toldBy } from './history.js';
import { isSince } from './releases.js';
import type { OpenWearables, Run, SyncEvent } from './world.js';

/** What the server keeps of a user: the last two hundred, and nothing older than a day. */
const kept = 200;

interface Told {
  run: Run;
  event: SyncEvent;
}

/** Oldest first. */
export function toldTo(world: OpenWearables, userId: string): Told[] {
  const now = world.settings.now();
  const told = runsOf(world, userId).flatMap((run) => toldBy(run, now).map((event) => ({ run, event })));
  return told.filter(({ event }) => event.at > now - day).sort((one, other) => one.event.at - other.event.at).slice(-kept);
}

const time = (at: number | null): string | null => (at === null ? null : zulu(at));

function common({ run, event }: Told): Record<string, unknown> {
  return {
    run_id: event.runId, user_id: run.userId, provider: run.provider, source: event.source, stage: event.stage, status: event.status,
    message: event.message, progress: event.progress, items_processed: event.items, items_total: null, error: event.error,
    primary_user_id: event.primaryUserId,
  };
}

/** After `current` an event says itself what it belongs to. */
function scoped(faults: OpenWearablesFaults, { run }: Told): Record<string, unknown> {
  if (!isSince(faults.release, 'later')) return {};
  const historical = run.kind !== 'live';
  return {
    scope: historical ? 'historical' : 'live',
    requested_start: historical ? offset(run.startedAt - run.days * day) : null, requested_end: historical ? offset(run.startedAt) : null,
  };
}

export const eventJson = (faults: OpenWearablesFaults, told: Told): Record<string, unknown> => ({
  event_id: told.event.id, ...common(told), metadata: told.event.metadata, ...scoped(faults, told),
  started_at: time(told.event.startedAt), ended_at: time(told.event.endedAt), timestamp: zulu(told.event.at),
});

/** The user of the address; other than in the list of connections, an unknown one is told. */
export function knownUser(world: OpenWearables, exchange: Exchange): string {
  const userId = uuidOf(exchange.params['user']);
  if (!world.users.has(userId)) throw new HttpError(404, 'User not found');
  return userId;
}

/** Newest first. */
export const answerRecent = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  withKey(world, exchange, 'recent', (faults) => {
    needs(faults, '0.5.1');
    const limit = countOf(exchange.url.searchParams, 'limit', 50, kept);
    const told = toldTo(world, knownUser(world, exchange)).slice(-limit).reverse();
    sendJson(exchange, 200, told.map((one) => eventJson(faults, one)));
  });

/** The latest state of each run, newest first. What comes by webhook is a run of its own, each time. */
export const answerRuns = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  withKey(world, exchange, 'runs', (faults) => {
    needs(faults, '0.5.1');
    const limit = countOf(exchange.url.searchParams, 'limit', 20, kept);
    const latest = new Map<string, Told & { startedAt: number | null }>();
    for (const told of toldTo(world, knownUser(world, exchange))) {
      const { runId, startedAt } = told.event;
      latest.set(runId, { ...told, startedAt: startedAt ?? latest.get(runId)?.startedAt ?? null });
    }
    const rows = [...latest.values()].sort((one, other) => other.event.at - one.event.at).slice(0, limit);
    sendJson(exchange, 200, rows.map((row) => ({
      ...common(row), ...scoped(faults, row), started_at: time(row.startedAt), ended_at: time(row.event.endedAt), last_update: zulu(row.event.at),
    })));
  });
