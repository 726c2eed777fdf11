import { randomInt, randomUUID } from 'node:crypto';
import { HttpError, sendJson, type Exchange } from '../web.js';
import { day, zulu } from './clock.js';
import { bodyOf, needs, refuse, throughFaults, uuidOf, withDeveloper, wordOf } from './endpoint.js';
import { hex } from './history.js';
import { providerJson } from './offer.js';
import { providerOf } from './providers.js';
import { grantTokens, tokenFor } from './tokens.js';
import type { OpenWearables } from './world.js';

/** Any name and password signs in: there is nobody here to keep out. */
export const signInDeveloper = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  throughFaults(world, exchange, 'admin', async () => {
    const form = await exchange.form();
    const name = form.get('username') ?? '';
    if (name === '' || (form.get('password') ?? '') === '') return refuse('Field required');
    const token = tokenFor(world, name, 'developer');
    world.developerTokens.set(token, name);
    sendJson(exchange, 200, { access_token: token, token_type: 'bearer', refresh_token: `rt-${hex(16)}`, expires_in: 3600 });
  });

/** The secret is shown this once. */
export const createApplication = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  withDeveloper(world, exchange, async (faults) => {
    needs(faults, '0.2.2');
    const name = wordOf(await bodyOf(exchange), 'name', 100) ?? refuse('Field required');
    const [appId, appSecret] = [`app_${hex(16)}`, `secret_${hex(32)}`];
    world.applications.set(appId, appSecret);
    sendJson(exchange, 201, { id: randomUUID(), app_id: appId, name, created_at: zulu(world.settings.now()), app_secret: appSecret });
  });

export const switchProvider = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  withDeveloper(world, exchange, async (faults) => {
    const id = exchange.params['provider'] ?? '';
    const { is_enabled: enabled } = await bodyOf(exchange);
    const provider = providerOf(faults.release, id);
    if (provider === undefined) throw new HttpError(404, `Unknown provider: ${id}`);
    if (typeof enabled !== 'boolean') return refuse('Field required');
    world.switched.set(id, enabled);
    sendJson(exchange, 200, providerJson(world, provider, faults));
  });

/** Without those that read alike. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Eight characters for a phone, for a week and a single use; a new one ends the old. */
export const createInvitation = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  withDeveloper(world, exchange, (faults) => {
    needs(faults, '0.3');
    const userId = uuidOf(exchange.params['user']);
    if (!world.users.has(userId)) throw new HttpError(404, 'User not found');
    for (const [code, user] of world.invitations) if (user === userId) world.invitations.delete(code);
    const code = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('');
    world.invitations.set(code, userId);
    const now = world.settings.now();
    sendJson(exchange, 201, { id: randomUUID(), code, user_id: userId, expires_at: zulu(now + 7 * day), created_at: zulu(now) });
  });

export const redeemInvitation = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  throughFaults(world, exchange, 'admin', async (faults) => {
    needs(faults, '0.3');
    const code = wordOf(await bodyOf(exchange), 'code', 100) ?? refuse('Field required');
    const userId = world.invitations.get(code);
    if (userId === undefined) throw new HttpError(404, 'Invalid or expired invitation code');
    world.invitations.delete(code);
    sendJson(exchange, 200, { ...grantTokens(world, userId), user_id: userId });
  });
