import type { Tokens } from '../../src/core/nouns.js';
import type { HandlerOptions } from '../../src/server/settings.js';
import { type Answer, createRig, reply, site } from './rig.js';

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
/** Nobody verifies it: it comes by TLS from the token endpoint itself (OpenID Connect Core 3.1.3.7). */
export const idTokenOf = (claims: object): string =>
  `${base64url({ alg: 'RS256', typ: 'JWT' })}.${base64url({ iss: 'https://app.sweatstack.no', aud: 'app-1', sub: 'ss-1', iat: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 900, ...claims })}.c2ln`;

export const granted = { access_token: 'canary-access', token_type: 'Bearer', expires_in: 900, refresh_token: 'canary-refresh', scope: 'openid profile data:read', id_token: null };

export const redeemable = { code: 'canary-code', verifier: 'v'.repeat(43), redirectUri: `${site}/wearable-callback.html` };

const profile = { sub: 'ss-1', name: 'Kari Nordmann', given_name: 'Kari', family_name: 'Nordmann', email: null, registered_at: '2026-01-01T00:00:00' };
const status = { issue: null, capabilities: { activities: 'ready', activity_history: 'syncing', dailies: 'unavailable', workouts: 'ready' } };

export function createRedeemRig(options: Partial<HandlerOptions> = {}, answers: Record<string, Answer> = {}) {
  const kept: { userId: string; tokens: Tokens }[] = [];
  const rig = createRig(
    { sweatstack: { clientId: 'app-1', clientSecret: 'canary-secret' }, onTokens: ({ userId }, tokens) => void kept.push({ userId, tokens }), ...options },
    {
      'POST /api/v1/oauth/token': () => reply(granted),
      'GET /api/v1/oauth/userinfo': () => reply(profile),
      'GET /api/v1/profile/status': () => reply(status),
      ...answers,
    },
  );
  return { ...rig, kept, redeem: (body: unknown = redeemable, headers?: Record<string, string | null>) => rig.ask('POST', '/wearables/redeem', body, headers) };
}
