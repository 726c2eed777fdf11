import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import type { Tokens } from '../../src/core/nouns.js';
import { codeOfStatus, failureOf } from '../../src/oauth/failures.js';
import { renew } from '../../src/oauth/proof.js';
import { granted, json, outcome, serve } from './token-server.js';

const page = (status: number): Response => new Response('<!doctype html><title>canary-body</title>', { status, headers: { 'content-type': 'text/html' } });

describe('oauth/failures', () => {
  describe('the token endpoint answers [F14, F15]', () => {
    const table: Record<string, [answer: () => Response, code: string]> = {
      ...Object.fromEntries(
        [
          ...([['invalid_grant', 'session_expired'], ['invalid_client', 'misconfigured'], ['invalid_request', 'misconfigured']] as const),
          ...([['invalid_scope', 'misconfigured'], ['unauthorized_client', 'misconfigured'], ['unsupported_grant_type', 'misconfigured'], ['odd', 'platform_error']] as const),
        ].map(([error, code]) => [`400 ${error}`, [() => json({ error, error_description: 'canary-body' }, { status: 400 }), code]]),
      ),
      '401 invalid_client': [() => json({ error: 'invalid_client' }, { status: 401 }), 'misconfigured'],
      '429 with an OAuth error': [() => json({ error: 'slow_down' }, { status: 429 }), 'rate_limited'],
      '429 with a Retry-After': [() => json({ error: 'slow_down' }, { status: 429, headers: { 'retry-after': '120' } }), 'rate_limited'],
      '429 without': [() => new Response('canary-body', { status: 429 }), 'rate_limited'],
      '429 with a detail': [() => json({ detail: 'canary-body' }, { status: 429 }), 'rate_limited'],
      '400 with FastAPI’s detail': [() => json({ detail: 'canary-body' }, { status: 400 }), 'platform_error'],
      '422 with FastAPI’s list': [() => json({ detail: [{ loc: ['body'], msg: 'canary-body' }] }, { status: 422 }), 'misconfigured'],
      '401 with a detail': [() => json({ detail: 'canary-body' }, { status: 401 }), 'misconfigured'],
      '403 page': [() => page(403), 'misconfigured'],
      '404 page': [() => page(404), 'misconfigured'],
      '500 page': [() => page(500), 'platform_error'],
      '502 empty': [() => new Response(null, { status: 502 }), 'platform_error'],
      '503 with an OAuth error': [() => json({ error: 'temporarily_unavailable' }, { status: 503 }), 'platform_error'],
      '302 that was not followed': [() => new Response(null, { status: 302 }), 'platform_error'],
      '200 of ten megabytes': [() => new Response(`"${'canary-body'.repeat(1_000_000)}"`), 'invalid_response'],
      '200 of a million brackets': [() => new Response('['.repeat(1_000_000)), 'invalid_response'],
      '200 in another charset': [() => new Response(Uint8Array.from([...'{"access_token":"canary-body","token_type":"Bearer'].map((char) => char.charCodeAt(0)).concat(0xe9, 0x22, 0x7d)), { headers: { 'content-type': 'application/json; charset=iso-8859-1' } }), 'invalid_response'],
      '200 page': [() => page(200), 'invalid_response'],
      '200 empty': [() => new Response(null), 'invalid_response'],
      '200 list': [() => json([granted]), 'invalid_response'],
      '200 null': [() => json('null'), 'invalid_response'],
      '200 cut off': [() => json('{"access_token":"canary-body'), 'invalid_response'],
      '200 without a type': [() => json({ access_token: 'canary-body' }), 'invalid_response'],
      '200 with an odd type': [() => json({ ...granted, token_type: 'mac' }), 'invalid_response'],
      '200 without a token': [() => json({ token_type: 'Bearer' }), 'invalid_response'],
      '200 with null for a token': [() => json({ ...granted, access_token: null }), 'invalid_response'],
      '200 with a number for a token': [() => json({ ...granted, access_token: 5 }), 'invalid_response'],
      '200 with a token of two lines': [() => json({ ...granted, access_token: 'canary-\r\nbody' }), 'invalid_response'],
      '200 with a type that asks for more than we can': [() => json({ ...granted, token_type: 'DPoP' }), 'invalid_response'],
      '200 with a time before now': [() => json({ ...granted, expires_in: -1 }), 'invalid_response'],
      '200 with a list of scopes': [() => json({ ...granted, scope: ['profile'] }), 'invalid_response'],
      '200 with an odd refresh token': [() => json({ ...granted, refresh_token: 5 }), 'invalid_response'],
    };
    for (const [what, [answer, code]] of Object.entries(table))
      it(`${what}: ${code}`, async () => {
        const error = await outcome(answer);
        expect(error).to.be.instanceOf(ConnectError);
        expect(error).to.have.property('code', code);
        const { message, cause } = error as ConnectError;
        expect(message.length).to.be.above(20);
        // No code, no verifier, no token and no body comes along, not even as the cause of a cause.
        expect(message + JSON.stringify(cause) + String((cause as { cause?: unknown } | undefined)?.cause)).not.to.match(/canary/);
      });

    it('nothing: the network’s own failure passes through as it is [F17]', async () => {
      const gone = new ConnectError('network', 'Gone.');
      expect(await outcome(() => Promise.reject(gone))).to.equal(gone);
      const abort = new DOMException('Aborted.', 'AbortError');
      expect(await outcome(() => Promise.reject(abort))).to.equal(abort);
    });
  });

  describe('the same plain answer, to a code and to a renewal [F14, F15, F19]', () => {
    const plain = (status: number, headers: Record<string, string> = {}) => () => json({ detail: 'canary-body' }, { status, headers: { 'content-type': 'application/json', ...headers } });
    const table: Record<string, [answer: () => Response, redeemed: string, renewed: string]> = {
      '400 with a detail': [plain(400), 'platform_error', 'session_expired'],
      '400 page': [() => page(400), 'platform_error', 'session_expired'],
      '400 empty': [() => new Response(null, { status: 400 }), 'platform_error', 'session_expired'],
      '401 with a detail': [plain(401), 'misconfigured', 'session_expired'],
      '401 with a challenge': [plain(401, { 'www-authenticate': 'Bearer error="invalid_token"' }), 'misconfigured', 'session_expired'],
      '401 with a challenge of another kind': [plain(401, { 'www-authenticate': 'Basic realm="x"' }), 'misconfigured', 'session_expired'],
      '403 with a detail': [plain(403), 'misconfigured', 'session_expired'],
      '403 page': [() => page(403), 'misconfigured', 'session_expired'],
      '400 invalid_grant': [() => json({ error: 'invalid_grant' }, { status: 400 }), 'session_expired', 'session_expired'],
      '400 invalid_client': [() => json({ error: 'invalid_client' }, { status: 400 }), 'misconfigured', 'misconfigured'],
      '401 invalid_client': [() => json({ error: 'invalid_client' }, { status: 401 }), 'misconfigured', 'misconfigured'],
      '404 page': [() => page(404), 'misconfigured', 'misconfigured'],
      '422 with a list': [() => json({ detail: [{ msg: 'canary-body' }] }, { status: 422 }), 'misconfigured', 'misconfigured'],
      '429 with a detail': [plain(429), 'rate_limited', 'rate_limited'],
      '429 with an OAuth error': [() => json({ error: 'slow_down' }, { status: 429 }), 'rate_limited', 'rate_limited'],
      '500 with a detail': [plain(500), 'platform_error', 'platform_error'],
      '503 page': [() => page(503), 'platform_error', 'platform_error'],
      '200 without a token': [() => json({ token_type: 'Bearer' }), 'invalid_response', 'invalid_response'],
    };
    const held: Tokens = { accessToken: 'canary-token', tokenType: 'Bearer', expiresAt: 0, scope: 'profile', refreshToken: 'canary-refresh' };
    for (const [what, [answer, redeemed, renewed]] of Object.entries(table))
      it(`${what}: ${redeemed}, ${renewed}`, async () => {
        expect(await outcome(answer), 'a code').to.have.property('code', redeemed);
        const error = await renew(serve(answer).server, held, new AbortController().signal).catch((thrown: unknown) => thrown);
        expect(error).to.be.instanceOf(ConnectError).with.property('code', renewed);
        expect((error as ConnectError).message + JSON.stringify((error as ConnectError).cause)).not.to.match(/canary/);
      });
  });

  it('leaves alone what is none of the library’s', () => {
    for (const other of [new ConnectError('timeout', ''), null, 'text', new DOMException('', 'TimeoutError')]) expect(failureOf(other)).to.equal(other);
  });

  it('quotes what a server said only as far as is safe to read', async () => {
    const error = (await outcome(() => json({ error: 'x'.repeat(5000) }, { status: 400 }))) as ConnectError;
    expect(error.message.length).to.be.below(300);
  });

  it('reads a status where there is no OAuth', () => {
    const table = { 429: 'rate_limited', 401: 'session_expired', 403: 'access_denied', 404: 'misconfigured', 410: 'misconfigured', 422: 'misconfigured', 400: 'platform_error', 500: 'platform_error', 0: 'platform_error' };
    for (const [status, code] of Object.entries(table)) expect(codeOfStatus(Number(status)), status).to.equal(code);
  });
});
