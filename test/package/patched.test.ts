/** What goes into the file for a script tag, patched (test/run/patches.ts), still refuses what the package as it is refuses. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { build } from 'vite';
import * as plain from '../../src/oauth/proof.js';
import { patchPackages } from '../run/patches.js';

type Proof = typeof plain;

const origin = 'https://platform.example';
const now = Math.floor(Date.now() / 1000);
const part = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const jwt = (claims: object, header: object = { alg: 'RS256' }): string => `${part(header)}.${part(claims)}.c2ln`;
const claims = { iss: origin, aud: 'app', sub: 'u1', exp: now + 600, iat: now, nonce: 'n1' };
const token = { access_token: 'at', token_type: 'Bearer', expires_in: 900 };

interface Answer {
  readonly body?: unknown;
  readonly status?: number;
  readonly type?: string;
}

const withId = (changes: object, header?: object): Answer => ({ body: { ...token, id_token: jwt({ ...claims, ...changes }, header) } });

/** Each with what becomes of it, in both builds. */
const answers: Readonly<Record<string, Answer>> = {
  'a token': { body: token },
  'a token with an id token': withId({}),
  'nulls, as this platform sends them': { body: { ...token, refresh_token: null, scope: null, id_token: null } },
  'a lifetime as text': { body: { ...token, expires_in: '900' } },
  'a lifetime that is none': { body: { ...token, expires_in: 'soon' } },
  'no token': { body: { token_type: 'Bearer' } },
  'an empty token': { body: { ...token, access_token: '' } },
  'no type': { body: { access_token: 'at' } },
  'a token that wants a proof': { body: { ...token, token_type: 'DPoP' } },
  'a type that nobody knows': { body: { ...token, token_type: 'mac' } },
  'a refresh token that is none': { body: { ...token, refresh_token: 7 } },
  'a scope that is none': { body: { ...token, scope: ['a'] } },
  'a list': { body: [token] },
  'text': { body: 'hello', type: 'text/plain' },
  'JSON by another name': { body: token, type: 'text/html' },
  'an error': { body: { error: 'invalid_grant' }, status: 400 },
  'an error of the client': { body: { error: 'invalid_client' }, status: 401 },
  'an error without a word': { body: {}, status: 400 },
  'a server that fails': { body: 'oops', status: 500, type: 'text/plain' },
  'another success': { body: token, status: 201 },
  'a nonce of somebody else': withId({ nonce: 'n2' }),
  'no nonce': withId({ nonce: undefined }),
  'for another app': withId({ aud: 'other' }),
  'for several, us among them': withId({ aud: ['app', 'other'], azp: 'app' }),
  'for several, meant for another': withId({ aud: ['app', 'other'], azp: 'other' }),
  'for several, nobody named': withId({ aud: ['app', 'other'] }),
  'of another issuer': withId({ iss: 'https://elsewhere.example' }),
  'of no issuer': withId({ iss: undefined }),
  'expired': withId({ exp: now - 60 }),
  'read by a clock that is hours fast': withId({ iat: now - 36_000, exp: now - 35_100 }),
  'two days old': withId({ iat: now - 172_800, exp: now - 171_900 }),
  'expired within the tolerance': withId({ exp: now - 10 }),
  'without an end': withId({ exp: undefined }),
  'with an end that is none': withId({ exp: 'soon' }),
  'without a beginning': withId({ iat: undefined }),
  'not yet valid': withId({ nbf: now + 600 }),
  'for nobody': withId({ sub: undefined }),
  'for a number': withId({ sub: 7 }),
  'unsigned': withId({}, { alg: 'none' }),
  'signed with a shared secret': withId({}, { alg: 'HS256' }),
  'with a critical extension': withId({}, { alg: 'RS256', crit: ['x'] }),
  'encrypted': { body: { ...token, id_token: 'a.b.c.d.e' } },
  'an id token in two parts': { body: { ...token, id_token: 'a.b' } },
  'an id token that is no text': { body: { ...token, id_token: 7 } },
  'an id token of no JSON': { body: { ...token, id_token: `${part('x')}.${part('y')}.z` } },
  'an id token of a list': { body: { ...token, id_token: `${part({ alg: 'RS256' })}.${part([])}.z` } },
  'a lifetime that begins as one': { body: { ...token, expires_in: '12 hours' } },
  'a lifetime that is over before it began': { body: { ...token, expires_in: -1 } },
  'a lifetime of a list': { body: { ...token, expires_in: [900] } },
  'an endless lifetime': { body: '{"access_token":"at","token_type":"Bearer","expires_in":1e999}' },
  'an empty refresh token': { body: { ...token, refresh_token: '' } },
  'an empty scope': { body: { ...token, scope: '' } },
  'a type that is none': { body: { ...token, token_type: 7 } },
  'nothing at all': { body: '' },
  'null': { body: 'null' },
  'a number': { body: '7' },
  'a type of content with more to say': { body: { error: 'invalid_grant' }, status: 400, type: 'application/json; charset=utf-8' },
  'an error by another name': { body: { error: 'invalid_grant' }, status: 400, type: 'text/html' },
  'an error that is none': { body: { error: 7 }, status: 400 },
  'an empty error': { body: { error: '' }, status: 400 },
  'an error that is no JSON': { body: 'oops', status: 400 },
  'a list of errors': { body: [{ error: 'invalid_grant' }], status: 400 },
  'an error of the server that says so': { body: { error: 'invalid_grant' }, status: 500 },
  'too many': { body: { error: 'slow_down' }, status: 429 },
  'a redirect': { body: token, status: 302 },
  'an error beside a token': { body: { ...token, error: 'invalid_grant' } },
  'for a list of us alone': withId({ aud: ['app'] }),
  'for a list of us alone, meant for another': withId({ aud: ['app'], azp: 'other' }),
  'for us, meant for another': withId({ azp: 'other' }),
  'for an empty list': withId({ aud: [] }),
  'for a number of apps': withId({ aud: 7 }),
  'for no app': withId({ aud: undefined }),
  'of an issuer that is none': withId({ iss: 7 }),
  'of another page of the same origin': withId({ iss: `${origin}/tenant` }),
  'with a beginning that is none': withId({ iat: 'soon' }),
  'with a start that is none': withId({ nbf: 'soon' }),
  'not yet valid, within the tolerance': withId({ nbf: now + 10 }),
  'for an empty name': withId({ sub: '' }),
  'of a sign-in long ago': withId({ auth_time: 0 }),
  'of a sign-in at no time': withId({ auth_time: 'noon' }),
  'of a sign-in before all time': withId({ auth_time: -1 }),
  'with a critical extension of nothing': withId({}, { alg: 'RS256', crit: null }),
  'a head of nothing': { body: { ...token, id_token: `${part('null')}.${part(claims)}.z` } },
  'a head of a list': { body: { ...token, id_token: `${part([])}.${part(claims)}.z` } },
  'claims of nothing': { body: { ...token, id_token: `${part({ alg: 'RS256' })}.${part('null')}.z` } },
  'claims of a text': { body: { ...token, id_token: `${part({ alg: 'RS256' })}.${part('"x"')}.z` } },
  'an id token in four parts': { body: { ...token, id_token: `${jwt(claims)}.d` } },
  'an empty id token': { body: { ...token, id_token: '' } },
  'a name in other letters': withId({ sub: 'Żółć 🏃' }),
  'an id token with odd letters': { body: { ...token, id_token: '!!.??.##' } },
};

const queries: Readonly<Record<string, string>> = {
  'a code': 'code=c1&state=s1',
  'with the issuer': `code=c1&state=s1&iss=${encodeURIComponent(origin)}`,
  'of another issuer': 'code=c1&state=s1&iss=https%3A%2F%2Felsewhere.example',
  'with another state': 'code=c1&state=s2',
  'without a state': 'code=c1',
  'two states': 'code=c1&state=s1&state=s1',
  'no code': 'state=s1',
  'two codes': 'code=c1&code=c2&state=s1',
  'a refusal': 'error=access_denied&state=s1',
  'a refusal of somebody else': 'error=access_denied&state=s2',
  'a signed answer': 'response=x.y.z&code=c1&state=s1',
  'an empty code': 'code=&state=s1',
  'an empty issuer': 'code=c1&state=s1&iss=',
  'two issuers': `code=c1&state=s1&iss=${encodeURIComponent(origin)}&iss=${encodeURIComponent(origin)}`,
  'two refusals': 'error=access_denied&error=server_error&state=s1',
  'an empty refusal': 'code=c1&error=&state=s1',
  'a code and a refusal': 'code=c1&error=access_denied&state=s1',
  'a token in the address': 'code=c1&token=x&state=s1',
  'nothing': '',
  'an id token in the address': 'code=c1&id_token=x&state=s1',
};

async function outcome(proof: Proof, query: string, { body = token, status = 200, type = 'application/json' }: Answer): Promise<string> {
  const sent: string[] = [];
  const server = {
    origin,
    tokenEndpoint: `${origin}/token`,
    clientId: 'app',
    fetch: async (url: string, init: RequestInit) => {
      // Only out of a browser does the package name itself.
      const { 'user-agent': _, ...headers } = init.headers as Record<string, string>;
      sent.push(`${init.method} ${url} ${init.redirect} ${init.signal?.aborted} ${(init.body as URLSearchParams).toString()} ${JSON.stringify(headers)}`);
      return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers: { 'content-type': type } });
    },
  };
  const given = { query, state: 's1', nonce: 'n1', verifier: 'v'.repeat(43), redirectUri: 'https://host.example/cb', scope: 'openid' };
  const { signal } = new AbortController();
  const tell = (tokens: object): string => JSON.stringify({ ...tokens, expiresAt: 'expiresAt' in tokens && tokens.expiresAt !== null });
  const failed = (thrown: unknown): string => {
    const { name, code, cause } = thrown as { name: string; code?: string; cause?: { error?: string | null; status?: number } };
    // That it was a 200 beside an answer that was refused, only one of the two remembers.
    return `${name} ${code} ${cause?.error ?? 'no error'} ${cause?.status === 200 ? undefined : cause?.status}`;
  };
  const first = await proof.redeem(server, given, signal).then(tell, failed);
  const held = { accessToken: 'old', tokenType: 'Bearer', expiresAt: 0, scope: '', refreshToken: 'r1' };
  const next = await proof.renew(server, held, signal).then(tell, failed);
  return [first, next, ...sent].join('\n');
}

describe('the packages as they are built in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wearable-connect-patched-'));
  let patched: Proof;
  before(async () => {
    await build({
      configFile: false,
      logLevel: 'warn',
      plugins: [patchPackages('wearable-connect')],
      build: { outDir: folder, minify: false, target: 'es2022', lib: { entry: 'src/oauth/proof.ts', formats: ['es'], fileName: () => 'proof.mjs' } },
    });
    patched = (await import(pathToFileURL(join(folder, 'proof.mjs')).href)) as Proof;
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [name, answer] of Object.entries(answers))
    it(`judge the same: ${name}`, async () => {
      assert.equal(await outcome(patched, 'code=c1&state=s1', answer), await outcome(plain, 'code=c1&state=s1', answer));
    });

  for (const [name, query] of Object.entries(queries))
    it(`let the same come back: ${name}`, async () => {
      assert.equal(await outcome(patched, query, {}), await outcome(plain, query, {}));
    });

  it('judge the same, whatever an id token claims', async () => {
    const odd = [undefined, null, '', 'app', 'n1', 'n2', origin, 0, -1, now, now + 600, now - 600, '7', true, [], ['app'], ['app', 'x'], {}];
    const member = fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constantFrom(...odd).map((value) => [value]) });
    const names = [...Object.keys(claims), 'azp', 'nbf', 'auth_time', 'crit'];
    await fc.assert(
      fc.asyncProperty(fc.tuple(...names.map(() => member)), fc.constantFrom('RS256', 'RS256', 'RS256', 'none', 'ES256', undefined), async (changes, alg) => {
        const changed = Object.fromEntries(names.flatMap((name, index) => (changes[index] ? [[name, (changes[index] as unknown[])[0]]] : [])));
        const answer = withId(changed, { alg, crit: changed['crit'] });
        assert.equal(await outcome(patched, 'code=c1&state=s1', answer), await outcome(plain, 'code=c1&state=s1', answer));
      }),
      { numRuns: 500 },
    );
  });

  it('and this table can tell one from the other', async () => {
    const seen = new Set<string>();
    for (const answer of Object.values(answers)) seen.add((await outcome(plain, 'code=c1&state=s1', answer)).split('\n')[0] ?? '');
    assert.ok(seen.size > 12, [...seen].join('\n'));
  });
});
