/** What goes into the file for a script tag, patched (test/run/patches.ts), still refuses what the package as it is refuses. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, it } from 'node:test';
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
  'an id token in the address': 'code=c1&id_token=x&state=s1',
};

async function outcome(proof: Proof, query: string, { body = token, status = 200, type = 'application/json' }: Answer): Promise<string> {
  const sent: string[] = [];
  const server = {
    origin,
    tokenEndpoint: `${origin}/token`,
    clientId: 'app',
    fetch: async (url: string, init: RequestInit) => {
      sent.push(`${init.method} ${url} ${init.redirect} ${(init.body as URLSearchParams).toString()} ${JSON.stringify(init.headers)}`);
      return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers: { 'content-type': type } });
    },
  };
  const given = { query, state: 's1', nonce: 'n1', verifier: 'v'.repeat(43), redirectUri: 'https://host.example/cb', scope: 'openid' };
  const { signal } = new AbortController();
  const tell = (tokens: object): string => JSON.stringify({ ...tokens, expiresAt: 'expiresAt' in tokens && tokens.expiresAt !== null });
  const failed = (thrown: unknown): string => {
    const { name, code, cause } = thrown as { name: string; code?: string; cause?: { error?: string; status?: number } };
    return `${name} ${code} ${cause?.error} ${cause?.status}`;
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

  it('make the same kind of proof', async () => {
    const [one, other] = [await patched.createProof(), await plain.createProof()];
    const shape = (proof: object): string[] => Object.entries(proof).map(([name, value]) => `${name} ${typeof value} ${String(value).length}`);
    assert.deepEqual(shape(one), shape(other));
    assert.match(one.challenge, /^[\w-]{43}$/);
  });

  for (const [name, answer] of Object.entries(answers))
    it(`judge the same: ${name}`, async () => {
      assert.equal(await outcome(patched, 'code=c1&state=s1', answer), await outcome(plain, 'code=c1&state=s1', answer));
    });

  for (const [name, query] of Object.entries(queries))
    it(`let the same come back: ${name}`, async () => {
      assert.equal(await outcome(patched, query, {}), await outcome(plain, query, {}));
    });

  it('and this table can tell one from the other', async () => {
    const seen = new Set<string>();
    for (const answer of Object.values(answers)) seen.add((await outcome(plain, 'code=c1&state=s1', answer)).split('\n')[0] ?? '');
    assert.ok(seen.size > 8, [...seen].join('\n'));
  });
});
