import { randomUUID } from 'node:crypto';
import { HttpError, sendJson, type Exchange } from '../web.js';
import { zulu } from './clock.js';
import { bodyOf, countOf, refuse, sendObject, uuidOf, withKey, wordOf } from './endpoint.js';
import { lastSyncedAt } from './history.js';
import { isSince } from './releases.js';
import { connectionsOf, type OpenWearables, type User } from './world.js';

interface Seen {
  last_synced_at: string | null;
  last_synced_provider: string | null;
  has_active_connection: boolean;
}

const unseen: Seen = { last_synced_at: null, last_synced_provider: null, has_active_connection: false };

const userJson = (user: User, seen = unseen): Record<string, unknown> => ({
  id: user.id, created_at: zulu(user.createdAt), first_name: user.firstName, last_name: user.lastName, email: user.email,
  external_user_id: user.externalId, ...seen,
});

/** Only lists know about connections; a single user is answered without. */
function seenOf(world: OpenWearables, user: User): Seen {
  const connections = connectionsOf(world, user.id);
  const latest = connections.map((connection) => ({ provider: connection.provider, at: lastSyncedAt(world, connection) }))
    .sort((one, other) => (other.at ?? 0) - (one.at ?? 0))[0];
  if (latest === undefined) return unseen;
  return {
    last_synced_at: latest.at === null ? null : zulu(latest.at), last_synced_provider: latest.at === null ? null : latest.provider,
    has_active_connection: connections.some(({ status }) => status === 'active'),
  };
}

function checkEmail(email: string | null): void {
  if (email === null) return;
  if (!email.includes('@')) refuse('value is not a valid email address: An email address must have an @-sign.');
  if (!/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email)) {
    refuse('value is not a valid email address: The part after the @-sign is not valid. It should have a period.');
  }
}

export const createUser = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  withKey(world, exchange, 'users', async (faults) => {
    const body = await bodyOf(exchange);
    const email = wordOf(body, 'email', 255);
    const firstName = wordOf(body, 'first_name', 100);
    const lastName = wordOf(body, 'last_name', 100);
    const externalId = wordOf(body, 'external_user_id', 255);
    checkEmail(email);
    const all = [...world.users.values()];
    // The address is looked at first, so that the same person again with both is refused.
    if (isSince(faults.release, 'current') && email !== null && all.some((user) => user.email === email)) {
      throw new HttpError(409, 'User with this email already exists.');
    }
    const known = externalId === null ? undefined : all.find((user) => user.externalId === externalId);
    if (known !== undefined) return sendObject(exchange, faults, userJson(known), 201);
    const user: User = { id: randomUUID(), createdAt: world.settings.now(), firstName, lastName, email, externalId };
    world.users.set(user.id, user);
    sendObject(exchange, faults, userJson(user), 201);
  });

export const listUsers = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  withKey(world, exchange, 'users', (faults) => {
    const query = exchange.url.searchParams;
    const page = countOf(query, 'page', 1, Number.MAX_SAFE_INTEGER);
    const limit = countOf(query, 'limit', 20, 100);
    const search = query.get('search')?.toLowerCase();
    const exactly = (name: string, value: string | null): boolean => !query.has(name) || query.get(name) === value;
    const found = [...world.users.values()].filter((user) => exactly('external_user_id', user.externalId) && exactly('email', user.email)
      && (search === undefined || [user.firstName, user.lastName, user.email].some((word) => word?.toLowerCase().includes(search))));
    found.reverse();
    const pages = Math.ceil(found.length / limit);
    sendObject(exchange, faults, {
      items: found.slice((page - 1) * limit, page * limit).map((user) => userJson(user, seenOf(world, user))),
      total: found.length, page, limit, pages, has_next: page < pages, has_prev: page > 1,
    });
  });

export const getUser = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  withKey(world, exchange, 'users', () => {
    const id = uuidOf(exchange.params['user']);
    const user = world.users.get(id);
    if (user === undefined) throw new HttpError(404, `User with ID: ${id} not found.`);
    sendJson(exchange, 200, userJson(user));
  });
