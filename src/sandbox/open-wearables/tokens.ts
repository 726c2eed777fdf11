import { createHmac, randomBytes } from 'node:crypto';
import { HttpError, send, sendJson, type Exchange } from '../web.js';
import { bodyOf, isDeveloper, needs, refuse, throughFaults, uuidOf } from './endpoint.js';
import { hex } from './history.js';
import type { OpenWearables } from './world.js';
import { isSince } from './releases.js';

const lives = 3600;
const key = randomBytes(32);
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Reads like a token of the real server; nothing here ever looks inside. */
export function tokenFor(world: OpenWearables, subject: string, scope: 'sdk' | 'developer'): string {
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: subject, scope, exp: Math.floor(world.settings.now() / 1000) + lives, jti: hex(8) })}`;
  return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`;
}

/** Before 0.3 there was no way to renew one. */
export function grantTokens(world: OpenWearables, userId: string): Record<string, unknown> {
  const access = { access_token: tokenFor(world, userId, 'sdk'), token_type: 'bearer' };
  if (!isSince(world.faults.current.release, '0.3')) return access;
  const refreshToken = `rt-${hex(16)}`;
  world.refreshTokens.set(refreshToken, userId);
  return { ...access, refresh_token: refreshToken, expires_in: lives };
}

/** For an application that knows its secret, or a developer: a token for one user's phone. */
export const answerToken = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  throughFaults(world, exchange, 'token', async (faults) => {
    needs(faults, '0.2.2');
    const userId = uuidOf(exchange.params['user']);
    if (!isDeveloper(world, exchange)) {
      const text = await exchange.text();
      const { app_id: app, app_secret: appSecret } = text === '' ? {} : await bodyOf(exchange);
      if (typeof app !== 'string' || typeof appSecret !== 'string') {
        return refuse('Either app credentials (app_id, app_secret) or admin authentication (Bearer token) is required');
      }
      if (world.applications.get(app) !== appSecret) throw new HttpError(401, 'Invalid app credentials');
    }
    // A user who does not exist was not foreseen.
    if (!world.users.has(userId)) return send(exchange, 500, 'text/plain; charset=utf-8', 'Internal Server Error');
    sendJson(exchange, 200, grantTokens(world, userId));
  });

/** Every use gives another one, and the old one is dead at once. */
export const refreshToken = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  throughFaults(world, exchange, 'tokenRefresh', async (faults) => {
    needs(faults, '0.3');
    const { refresh_token: token } = await bodyOf(exchange);
    if (typeof token !== 'string') return refuse('Field required');
    const userId = world.refreshTokens.get(token);
    if (userId === undefined) {
      exchange.res.setHeader('www-authenticate', 'Bearer');
      throw new HttpError(401, 'Invalid or revoked refresh token');
    }
    world.refreshTokens.delete(token);
    sendJson(exchange, 200, grantTokens(world, userId));
  });

export const revokeToken = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  throughFaults(world, exchange, 'tokenRevoke', async (faults) => {
    needs(faults, '0.3');
    const { refresh_token: token } = await bodyOf(exchange);
    if (typeof token !== 'string') return refuse('Field required');
    if (!world.refreshTokens.delete(token)) throw new HttpError(404, 'Refresh token not found');
    exchange.res.writeHead(204, { 'content-type': 'application/json' }).end();
  });
