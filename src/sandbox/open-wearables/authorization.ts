import { createHash, randomBytes } from 'node:crypto';
import { remember } from '../remember.js';
import { HttpError, redirect, sendJson, type Exchange } from '../web.js';
import { refuse, throughFaults, uuidOf } from './endpoint.js';
import type { OpenWearablesFaults } from './faults.js';
import { connect } from './connect.js';
import { namedProvider } from './offer.js';
import type { OpenWearables, Pending } from './world.js';

const stateLives = 15 * 60 * 1000;

/** As Python's `quote` does before a redirect: what an address may hold stays as it is, so that nothing of it is lost. */
function asLocation(address: string): string {
  return [...address].map((char) => (/[\w.~:/%#?=@[\]!$&'()*+,;-]/.test(char) && char < '\x80' ? char : encodeURIComponent(char))).join('');
}

/** Where the provider is told to send people back. The snapshot's Sensor Bio has an address there that no route answers. */
const callbackOf = (world: OpenWearables, provider: string): string =>
  `${world.origin}/api/v1/oauth/${provider === 'sensorbio' ? 'callback/sensorbio' : `${provider}/callback`}`;

/** Open to anybody; neither the user nor the way back is looked at. */
export const answerAuthorize = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  throughFaults(world, exchange, 'authorize', (faults) => {
    const query = exchange.url.searchParams;
    const provider = namedProvider(faults, exchange.params['provider']);
    const userId = uuidOf(query.get('user_id'));
    const name = exchange.params['provider'] ?? '';
    if (provider?.cloud === undefined) return refuse(`Provider '${name}' does not support OAuth`);
    const { site, pkce, scope } = provider.cloud;
    const state = randomBytes(32).toString('base64url');
    const callback = callbackOf(world, name);
    remember(world.pending, state, {
      userId, provider: name, redirectUri: query.get('redirect_uri') || undefined, createdAt: world.settings.now(),
    });
    remember(world.sent, state, { provider: name, callback });
    const client = faults.noCredentials.includes(name) ? '' : `${name}-client`;
    const challenge = createHash('sha256').update(randomBytes(43)).digest('base64url');
    const url = `${world.at(site)}/oauth/authorize?response_type=code&client_id=${client}&redirect_uri=${callback}&state=${state}`
      + (pkce ? `&code_challenge=${challenge}&code_challenge_method=S256` : '')
      + (scope === '' ? '' : `&scope=${encodeURIComponent(scope).replaceAll('%2F', '/')}`);
    sendJson(exchange, 200, { authorization_url: url, state });
  });

/** Single use, whatever follows. */
function take(world: OpenWearables, state: string, faults: OpenWearablesFaults): Pending {
  const pending = world.pending.get(state);
  world.pending.delete(state);
  if (pending === undefined || faults.stateExpired || world.settings.now() - pending.createdAt >= stateLives) {
    return refuse('Invalid or expired state parameter');
  }
  return pending;
}

/** Only a success leads back to the application; whatever goes wrong ends here, as JSON, and the application hears nothing. */
export const answerCallback = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  throughFaults(world, exchange, 'callback', (faults) => {
    const policy = faults.coop.callback;
    if (policy !== undefined) exchange.res.setHeader('cross-origin-opener-policy', policy);
    const query = exchange.url.searchParams;
    const provider = namedProvider(faults, exchange.params['provider']);
    const error = query.get('error');
    if (error !== null && error !== '') {
      const why = query.get('error_description') || 'Unknown+error';
      return redirect(exchange, asLocation(`/api/v1/oauth/error?message=${error}:+${why}`));
    }
    const code = query.get('code') ?? '';
    const state = query.get('state') ?? '';
    if (code === '' || state === '') return redirect(exchange, '/api/v1/oauth/error?message=Missing+OAuth+parameters');
    if (provider?.cloud === undefined) return refuse(`Provider '${exchange.params['provider'] ?? ''}' does not support OAuth`);
    const pending = take(world, state, faults);
    if (pending.provider !== provider.id) return refuse('Provider mismatch in state');
    const grant = world.grants.get(code);
    world.grants.delete(code);
    if (faults.providerDown) throw new HttpError(500, 'Token exchange failed: [Errno 111] Connection refused');
    if (faults.badCode || grant?.provider !== provider.id) {
      return refuse('Failed to exchange authorization code: {"error": "invalid_grant", "error_description": "bad code"}');
    }
    connect(world, pending, grant);
    redirect(exchange, pending.redirectUri === undefined
      ? `/api/v1/oauth/success?provider=${provider.id}&user_id=${pending.userId}` : asLocation(pending.redirectUri));
  });

export function answerSuccess(_world: OpenWearables, exchange: Exchange): void {
  const query = exchange.url.searchParams;
  const provider = query.get('provider') ?? refuse('Field required');
  const userId = query.get('user_id') ?? refuse('Field required');
  sendJson(exchange, 200, { success: true, message: `Successfully connected to ${provider}`, user_id: userId, provider });
}

/** A page with status 200, on the server's own origin: all a denied window ever shows. */
export function answerError(_world: OpenWearables, exchange: Exchange): void {
  sendJson(exchange, 200, { success: false, message: exchange.url.searchParams.get('message') ?? 'OAuth authentication failed' });
}
