import { HttpError, sendJson, type Exchange } from '../web.js';
import { zulu } from './clock.js';
import { needs, uuidOf, withKey } from './endpoint.js';
import type { OpenWearablesFaults } from './faults.js';
import { lastSyncedAt } from './history.js';
import { iconUrl, namedProvider } from './offer.js';
import { providerOf } from './providers.js';
import { isSince } from './releases.js';
import { connectionOf, connectionsOf, linkedUsers, type Connection, type OpenWearables } from './world.js';

/** Ten members from the first release on; what was added since is left out where the release is older. */
function connectionJson(world: OpenWearables, connection: Connection, faults: OpenWearablesFaults): Record<string, unknown> {
  const { release } = faults;
  const cloud = providerOf(release, connection.provider)?.cloud;
  const at = lastSyncedAt(world, connection);
  return {
    user_id: connection.userId, provider: connection.provider, provider_user_id: connection.providerUserId,
    provider_username: connection.providerUsername, scope: connection.scope, id: connection.id,
    status: connection.status === 'active' ? faults.connectionStatus : connection.status,
    last_synced_at: at === null ? null : zulu(at), created_at: zulu(connection.createdAt), updated_at: zulu(connection.updatedAt),
    ...(isSince(release, 'current') ? { icon_url: iconUrl(connection.provider) } : {}),
    ...(isSince(release, '0.4.2') ? {
      max_historical_days: cloud?.maxDays ?? null, rest_pull: cloud?.history === 'pull', webhook_stream: cloud?.webhookStream ?? false,
      webhook_ping: cloud?.webhookPing ?? false, webhook_callback: cloud?.history === 'push',
    } : {}),
    ...(isSince(release, '0.5.0') ? { live_sync_mode: cloud?.live ?? null } : {}),
    // Ids of other people: nothing that may reach a browser.
    ...(isSince(release, '0.6.0') ? { linked_user_ids: linkedUsers(world, connection) } : {}),
  };
}

/** Of an unknown user an empty list, too. */
export const listConnections = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  withKey(world, exchange, 'connections', (faults) => {
    const found = connectionsOf(world, uuidOf(exchange.params['user'])).map((connection) => connectionJson(world, connection, faults));
    if (faults.unknownValues) for (const one of found) one['mood'] = 'sunny';
    sendJson(exchange, 200, found);
  });

/** The row stays, as revoked; asked again it is 204 again. */
export const disconnect = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  withKey(world, exchange, 'disconnect', (faults) => {
    needs(faults, '0.4');
    const userId = uuidOf(exchange.params['user']);
    namedProvider(faults, exchange.params['provider']);
    const connection = connectionOf(world, userId, exchange.params['provider'] ?? '');
    // The real text names the user, odd as it is.
    if (connection === undefined) throw new HttpError(404, `Connection with ID: ${userId} not found.`);
    if (connection.status === 'active') Object.assign(connection, { status: 'revoked', updatedAt: world.settings.now() });
    exchange.res.writeHead(204).end();
  });
