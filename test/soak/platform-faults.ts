/** What can be wrong with the platform while somebody connects. */
import type { FaultChanges, StreamFault } from '../../src/sandbox/index.js';
import type { PlatformFault } from './fault.js';
import type { Scene } from './scene.js';

/** Chromium tells of every answer that is an error; Firefox of those that never came. */
const failed = [/status of [3-5]\d\d/, /net::ERR_/, /Cross-Origin Request Blocked: .*did not succeed/];
const cors = [/blocked by CORS policy/, /Cross-Origin Request Blocked/, ...failed];

const answers = (part: number, name: string, broken: FaultChanges['answers'], says = failed): PlatformFault => ({ part, name, set: { answers: broken } as FaultChanges, says });
const token = (name: string, fault: object): PlatformFault => answers(14, `token answers ${name}`, { token: fault as never });
const member = (name: string, members: Record<string, unknown>): PlatformFault => ({ part: 15, name: `token members: ${name}`, set: { tokenMembers: members } });
const stream = (part: number, name: string, fault: StreamFault): PlatformFault => ({ part, name: `stream ${name}`, set: { stream: fault }, says: failed });

const encoded = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** An id_token in which everything is right but this. */
const idToken = (name: string, wrong: (now: number) => object, header: object = { alg: 'RS256', typ: 'JWT', kid: 'sandbox' }): PlatformFault => ({
  part: 16,
  name: `id_token ${name}`,
  set: {},
  async known(scene: Scene) {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: scene.world.sites.sandbox.sweatstack, aud: 'demo-client', sub: 'somebody', iat: now, exp: now + 3600, nonce: await scene.pendingNonce(), ...wrong(now) };
    return { tokenMembers: { id_token: `${encoded(header)}.${encoded(claims)}.${Buffer.from('signature').toString('base64url')}` } };
  },
});

const rfc6749 = ['invalid_request', 'invalid_client', 'invalid_grant', 'unauthorized_client', 'unsupported_grant_type', 'invalid_scope'];

export const platformFaults: readonly PlatformFault[] = [
  ...['same-origin', 'same-origin-allow-popups', 'noopener-allow-popups'].map((policy): PlatformFault => ({ part: 1, name: `platform is ${policy}`, set: { coop: { express: policy, authorize: policy, consent: policy } } })),
  { part: 1, name: 'second hop is same-origin', set: { coop: { wearable: 'same-origin' } } },
  { part: 11, name: 'platform says no', set: { deny: true } },
  ...['login_required', 'temporarily_unavailable', 'server_error', 'an_error_nobody_knows', '<b>\u202e'].map((error): PlatformFault => ({ part: 11, name: `redirect says ${error}`, set: { redirectError: error } })),
  { part: 11, name: 'private application', set: { privateApp: true }, says: failed },
  { part: 12, name: 'iss is missing', set: { iss: 'missing' } },
  { part: 12, name: 'iss is wrong', set: { iss: 'wrong' } },
  { part: 10, name: 'another state comes back', set: { wrongState: true } },
  ...rfc6749.map((error) => token(`400 ${error}`, { status: 400, error })),
  ...[401, 403, 404, 500, 502, 302].map((status) => token(String(status), { status })),
  token('429 and when to come back', { status: 429, retryAfter: 2 }),
  token('429 and not when to come back', { status: 429 }),
  token('400 with a detail alone', { status: 400, body: 'detail' }),
  token('503 once', { status: 503, times: 1 }),
  ...(['html', 'text', 'problem', 'truncated', 'empty'] as const).map((body) => token(`200 with ${body}`, { status: 200, body })),
  token('500 with a page', { status: 500, body: 'html' }),
  token('nothing: the connection is reset', { status: 500, body: 'reset' }),
  { part: 14, name: 'token answers after a second and a half', set: { delays: { token: 1500 } } },
  member('no type', { token_type: null }),
  member('another type', { token_type: 'mac' }),
  member('BEARER', { token_type: 'BEARER' }),
  ...[null, '3600', 0, -1, 1e12].map((value) => member(`expires_in ${JSON.stringify(value)}`, { expires_in: value })),
  member('scope is a list', { scope: ['openid'] }),
  member('scope is less', { scope: 'openid' }),
  member('no token', { access_token: null }),
  member('no refresh token', { refresh_token: null }),
  member('a prototype', { ['__proto__']: { access_token: 'another', isPolluted: true } }),
  member('a token with a new line', { access_token: 'ey\nJ' }),
  { part: 15, name: 'less was granted', set: { grantedScope: 'profile' }, says: failed },
  { part: 16, name: 'id_token is missing', set: { noIdToken: true } },
  idToken('unsigned', () => ({}), { alg: 'none' }),
  idToken('HS256', () => ({}), { alg: 'HS256' }),
  idToken('for somebody else', () => ({ aud: 'another-client' })),
  idToken('for one more', () => ({ aud: ['demo-client', 'another-client'] })),
  idToken('of another issuer', () => ({ iss: 'https://elsewhere.example' })),
  idToken('expired', (now) => ({ exp: now - 600, iat: now - 4200 })),
  idToken('of the future', (now) => ({ iat: now + 600 })),
  idToken('without nonce', () => ({ nonce: undefined })),
  idToken('with another nonce', () => ({ nonce: 'another' })),
  { part: 17, name: 'token endpoint without CORS', set: { noCors: ['token'] }, says: cors },
  { part: 17, name: 'API without CORS', set: { noCors: ['userinfo', 'status', 'stream', 'latest'] }, says: cors },
  { part: 17, name: 'CORS is missing on errors', set: { noCors: ['status'], answers: { status: 500 } }, says: cors },
  { part: 19, name: 'tokens live two seconds', set: { expireAfter: 2 }, says: failed },
  { part: 19, name: 'tokens are refused at once', set: { refuseAfter: 0 }, says: failed },
  answers(19, 'stream answers 401', { stream: 401 }),
  answers(19, 'stream answers 403', { stream: 403 }),
  answers(19, 'the account answers 500', { userinfo: 500, status: 500, latest: 429 }),
  stream(20, 'is cut inside a line', { cutAfter: 1, cutInside: true }),
  stream(20, 'says an error', { error: 'something broke', errorAfter: 1 }),
  stream(20, 'falls silent', { stallAfter: 1 }),
  answers(20, 'stream is a login page', { stream: { status: 200, body: 'html' } }),
  answers(20, 'stream is empty', { stream: { status: 200, body: 'empty' } }),
  { part: 20, name: 'history never comes', set: { historyStuck: true }, says: failed },
  stream(21, 'ends after nothing', { cutAfter: 0 }),
  stream(21, 'ends after each line', { cutAfter: 1 }),
  answers(21, 'stream has no content', { stream: { status: 204, body: 'empty' } }),
  answers(21, 'stream is unavailable', { stream: { status: 503, retryAfter: 3600 } }),
  ...[400, 503].map((status): PlatformFault => ({ part: 25, name: `revocation answers ${status}`, set: { revocation: true, answers: { revoke: { status, body: 'oauth', error: 'unsupported_token_type' } } }, says: failed })),
  { part: 25, name: 'revocation without CORS', set: { revocation: true, noCors: ['revoke'] }, says: cors },
  // Longer than the five seconds for which a goodbye waits.
  { part: 25, name: 'revocation hangs', set: { revocation: true, delays: { revoke: 20_000 } } },
  { part: 25, name: 'revocation takes a second', set: { revocation: true, delays: { revoke: 1000 } } },
];
