import { HttpError, sendJson, type Exchange } from '../web.js';
import { pauseFor } from '../pause.js';
import { day, offset } from './clock.js';
import { countOf, flagOf, needs, refuse, uuidOf, withKey } from './endpoint.js';
import { startBackfill } from './garmin.js';
import { startPull, taskId } from './history.js';
import { namedProvider } from './offer.js';
import { isSince } from './releases.js';
import { connectionOf, type Connection, type OpenWearables } from './world.js';

/** What only some providers understand, and only while the request waits. */
const ownParameters = ['since', 'limit', 'offset', 'filter_by_modification_time', 'samples', 'zones', 'route'];

const active = (world: OpenWearables, userId: string, provider: string): Connection | undefined => {
  const connection = connectionOf(world, userId, provider);
  return connection?.status === 'active' ? connection : undefined;
};

/** From where it left off. Answered at once since 0.2.2, whether the user is connected or not. */
export const answerSync = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  withKey(world, exchange, 'sync', async (faults) => {
    const query = exchange.url.searchParams;
    const provider = namedProvider(faults, exchange.params['provider']);
    const userId = uuidOf(exchange.params['user']);
    const name = exchange.params['provider'] ?? '';
    const kind = query.get('data_type') ?? 'all';
    if (!['workouts', '247', 'all'].includes(kind)) refuse("Input should be 'workouts', '247' or 'all'");
    const inBackground = isSince(faults.release, '0.2.2') && flagOf(query, 'async', true);
    const connection = active(world, userId, name);
    if (inBackground) {
      const extra = ownParameters.filter((parameter) => query.has(parameter));
      if (extra.length > 0 && isSince(faults.release, 'current')) {
        const listed = extra.map((parameter) => `'${parameter}'`).join(', ');
        refuse(`Parameters [${listed}] are not supported in async mode. Use async=false or omit provider-specific parameters.`);
      }
      // Garmin has no pull path: the task finds nothing to do.
      if (connection !== undefined && provider?.cloud?.history === 'pull') startPull(world, connection, 1, false);
      return sendJson(exchange, 200, {
        success: true, async: true, task_id: taskId(), message: `Sync task queued for ${name}. Check task status for results.`,
      });
    }
    if (provider?.cloud?.history !== 'pull') throw new HttpError(501, `Provider '${name}' does not support any requested data types`);
    if (kind === '247' && provider.cloud.workoutsOnly) {
      throw new HttpError(501, `Provider '${name}' does not support 247 data (sleep/recovery/activity)`);
    }
    if (connection === undefined) throw new HttpError(401, `User not connected to ${name}`);
    const run = startPull(world, connection, isSince(faults.release, '0.4.2') ? 1 : 30, false);
    const gone = (): boolean => exchange.res.destroyed || world.closing.aborted;
    while (run !== undefined && run.endsAt > world.settings.now() && !gone()) await pauseFor(20, world.closing);
    if (!gone()) sendJson(exchange, 200, { success: !faults.pullFails, details: { workouts: !faults.pullFails } });
  });

/** "Queued" proves nothing: it is also said of users who are not connected, and of requests that are dropped. */
export const answerHistorical = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  withKey(world, exchange, 'historical', (faults) => {
    needs(faults, '0.4.2');
    const provider = namedProvider(faults, exchange.params['provider']);
    const userId = uuidOf(exchange.params['user']);
    const name = exchange.params['provider'] ?? '';
    const days = countOf(exchange.url.searchParams, 'days', 90, 365);
    if (provider?.cloud === undefined) return refuse(`Provider '${name}' does not support historical sync.`);
    const connection = faults.historyDropped ? undefined : active(world, userId, name);
    const common = { success: true, provider: name, user_id: userId };
    if (provider.cloud.history === 'push') {
      if (connection !== undefined) startBackfill(world, connection);
      return sendJson(exchange, 200, {
        ...common, method: 'webhook_backfill', task_id: taskId(),
        message: 'Garmin 30-day backfill started. Progress available via backfill/status.',
      });
    }
    if (connection !== undefined) startPull(world, connection, days, true);
    const now = world.settings.now();
    sendJson(exchange, 200, {
      ...common, method: 'pull_api', task_id: taskId(), message: `Historical sync queued for ${days} days of ${name} data.`,
      days, start_date: offset(now - days * day), end_date: offset(now),
    });
  });
