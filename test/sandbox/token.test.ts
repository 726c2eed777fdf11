import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as oauth from 'oauth4webapi';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import {
  app, ask, authorizeUrl, connect, connectWith, exchangeCode, expressUrl, get, localFetch, postForm, query, redirectUri, start, Visitor,
} from './visitor.js';

let sandbox: Sandbox;
before(async () => {
  sandbox = await createSandbox({
    port: 0, quiet: true, clients: [{ clientId: 'demo-client' }, { clientId: 'server', clientSecret: 'a secret & more' }],
  });
});
after(() => sandbox.close());
beforeEach(() => sandbox.reset());

const token = (): string => `${sandbox.sweatstack}/api/v1/oauth/token`;

async function code(changes: Record<string, string> = {}): Promise<{ verifier: string; code: string }> {
  const begun = start(changes);
  const visitor = await new Visitor(app).open(expressUrl(sandbox.sweatstack, begun));
  await connectWith(visitor, 'Garmin Connect');
  if (visitor.heading.startsWith('Allow ')) await visitor.press('Allow');
  return { verifier: begun.verifier, code: query(visitor)['code'] ?? '' };
}

test('an independent client discovers the server and redeems a code', async () => {
  const customFetch = (url: string, init: object): Promise<Response> => localFetch(url, init);
  const options = { [oauth.allowInsecureRequests]: true, [oauth.customFetch]: customFetch };
  const issuer = new URL(sandbox.sweatstack);
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
  assert.equal(as.token_endpoint, token());
  assert.deepEqual(as.code_challenge_methods_supported, ['S256']);
  assert.equal(as.authorization_response_iss_parameter_supported, true);
  const client = { client_id: 'demo-client' };
  const codeVerifier = oauth.generateRandomCodeVerifier();
  const nonce = oauth.generateRandomNonce();
  const visitor = await new Visitor(app).open(authorizeUrl(sandbox.sweatstack, start({
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier), nonce, state: 's',
  })));
  await connectWith(visitor, 'Garmin Connect');
  await visitor.press('Allow');
  const parameters = oauth.validateAuthResponse(as, client, new URL(visitor.url), 's');
  const answer = await oauth.authorizationCodeGrantRequest(as, client, oauth.None(), parameters, redirectUri, codeVerifier, options);
  // The nulls of SweatStack are not OAuth; a client has to take them out first.
  const body = Object.fromEntries(Object.entries(await answer.json() as object).filter(([, value]) => value !== null));
  const result = await oauth.processAuthorizationCodeResponse(as, client, Response.json(body), { expectedNonce: nonce, requireIdToken: true });
  assert.equal(result.expires_in, 900);
  const user = await oauth.processUserInfoResponse(
    as, client, oauth.getValidatedIdTokenClaims(result)?.sub ?? '', await oauth.userInfoRequest(as, client, result.access_token, options),
  );
  assert.equal(user.name, 'Alex Rivers');
});

test('the access token is a JWT of 15 minutes for this application', async () => {
  const { access_token: accessToken } = await connect(sandbox.sweatstack);
  const claims = decodeJwt(String(accessToken));
  assert.equal(decodeProtectedHeader(String(accessToken)).alg, 'RS256');
  assert.equal(claims.aud, 'demo-client');
  assert.equal(claims.sub, sandbox.accounts[0]?.sub);
  assert.equal((claims.exp ?? 0) - (claims.iat ?? 0), 900);
});

test('a wrong or missing verifier is refused, and so is a code used twice [F18, T3]', async () => {
  const first = await code();
  for (const verifier of ['x'.repeat(43), '']) {
    const wrong = await exchangeCode(sandbox.sweatstack, { verifier, parameters: {} }, first.code);
    assert.equal(wrong.status, 400);
    assert.equal((JSON.parse(wrong.body) as { error: string }).error, 'invalid_grant');
  }
  const good = await exchangeCode(sandbox.sweatstack, { verifier: first.verifier, parameters: {} }, first.code);
  assert.equal(good.status, 200);
  const again = await exchangeCode(sandbox.sweatstack, { verifier: first.verifier, parameters: {} }, first.code);
  assert.equal((JSON.parse(again.body) as { error: string }).error, 'invalid_grant');
});

test('redirect_uri is not read at the token endpoint, and /oauth/token answers too', async () => {
  const { code: given, verifier } = await code();
  const answer = await postForm(`${sandbox.sweatstack}/oauth/token`, {
    grant_type: 'authorization_code', client_id: 'demo-client', code: given, code_verifier: verifier, redirect_uri: 'https://other.example/',
  });
  assert.equal(answer.status, 200);
  assert.equal(sandbox.requests.at(-1)?.body?.['code'], given, 'the log has the form');
});

test('offline_access gives a refresh token that stays the same; without openid there is no id_token', async () => {
  const tokens = await connect(sandbox.sweatstack, new Visitor(app), { scope: 'profile offline_access' });
  assert.equal(tokens['id_token'], null);
  const refresh = String(tokens['refresh_token']);
  for (let round = 0; round < 2; round++) {
    const answer = await postForm(token(), { grant_type: 'refresh_token', client_id: 'demo-client', refresh_token: refresh });
    const fresh = JSON.parse(answer.body) as Record<string, unknown>;
    assert.equal(fresh['refresh_token'], refresh);
    assert.notEqual(fresh['access_token'], tokens['access_token']);
    assert.equal((await get(`${sandbox.sweatstack}/api/v1/oauth/userinfo`, fresh['access_token'])).status, 200);
  }
});

test('with a fault the refresh token turns at each use, and an old one used again ends them all', async () => {
  sandbox.setFaults({ rotateRefreshTokens: true });
  const tokens = await connect(sandbox.sweatstack, new Visitor(app), { scope: 'profile offline_access' });
  const renew = async (given: unknown): Promise<Record<string, unknown>> => {
    const answer = await postForm(token(), { grant_type: 'refresh_token', client_id: 'demo-client', refresh_token: String(given) });
    return JSON.parse(answer.body) as Record<string, unknown>;
  };
  const { refresh_token: second } = await renew(tokens['refresh_token']);
  assert.equal(typeof second, 'string');
  assert.notEqual(second, tokens['refresh_token']);
  assert.equal((await renew(tokens['refresh_token']))['error'], 'invalid_grant');
  assert.equal((await renew(second))['error'], 'invalid_grant');
});

test('a confidential client proves itself in the body or by Basic, and gets a refresh token unasked', async () => {
  const asked = { client_id: 'server', scope: 'profile' };
  const fields = (given: { code: string; verifier: string }): Record<string, string> =>
    ({ grant_type: 'authorization_code', code: given.code, code_verifier: given.verifier });
  const given = await code(asked);
  assert.equal((await postForm(token(), { ...fields(given), client_id: 'server' })).status, 401);
  const inBody = await postForm(token(), { ...fields(given), client_id: 'server', client_secret: 'a secret & more' });
  assert.equal(typeof (JSON.parse(inBody.body) as Record<string, unknown>)['refresh_token'], 'string');
  const basic = Buffer.from(`server:${encodeURIComponent('a secret & more')}`).toString('base64');
  assert.equal((await postForm(token(), fields(await code(asked)), { authorization: `Basic ${basic}` })).status, 200);
});

test('no token can be taken back, and discovery names no address for it, as with the real one', async () => {
  const { access_token: token } = await connect(sandbox.sweatstack);
  const known = JSON.parse((await get(`${sandbox.sweatstack}/.well-known/openid-configuration`, token)).body) as object;
  assert.deepEqual(Object.keys(known).filter((name) => name.startsWith('revocation')), []);
  assert.equal((await postForm(`${sandbox.sweatstack}/api/v1/oauth/revoke`, { client_id: 'demo-client', token: String(token) })).status, 404);
  assert.equal((await get(`${sandbox.sweatstack}/api/v1/oauth/userinfo`, token)).status, 200);
  sandbox.setFaults({ revocation: true });
  const then = JSON.parse((await get(`${sandbox.sweatstack}/.well-known/openid-configuration`, token)).body) as Record<string, unknown>;
  assert.equal(then['revocation_endpoint'], `${sandbox.sweatstack}/api/v1/oauth/revoke`);
});

test('with a fault revoking a token ends it; an unknown one is as good as revoked [T25]', async () => {
  sandbox.setFaults({ revocation: true });
  const tokens = await connect(sandbox.sweatstack, new Visitor(app), { scope: 'profile offline_access' });
  const revoke = (value: unknown): Promise<{ status: number }> =>
    postForm(`${sandbox.sweatstack}/api/v1/oauth/revoke`, { client_id: 'demo-client', token: String(value) });
  assert.equal((await revoke(tokens['access_token'])).status, 200);
  assert.equal((await get(`${sandbox.sweatstack}/api/v1/oauth/userinfo`, tokens['access_token'])).status, 401);
  assert.equal((await revoke(tokens['refresh_token'])).status, 200);
  const answer = await postForm(token(), { grant_type: 'refresh_token', client_id: 'demo-client', refresh_token: String(tokens['refresh_token']) });
  assert.equal(answer.status, 400);
  assert.equal((await revoke('never-seen')).status, 200);
});

test('any origin may ask, with a preflight, and never with cookies', async () => {
  const origin = 'https://club.example';
  for (const path of ['/api/v1/oauth/token', '/oauth/token', '/api/v1/portal/sessions', '/.well-known/openid-configuration']) {
    const preflight = await ask(sandbox.sweatstack + path, {
      method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers['access-control-allow-origin'], '*');
    assert.match(String(preflight.headers['access-control-allow-headers']), /authorization, content-type/);
  }
  for (const answer of [
    await postForm(token(), { grant_type: 'nonsense' }, { origin }), await ask(`${sandbox.sweatstack}/api/v1/oauth/userinfo`, { headers: { origin } }),
    await ask(`${sandbox.sweatstack}/.well-known/jwks.json`, { headers: { origin } }), await ask(`${sandbox.sweatstack}/api/v1/nowhere`),
  ]) {
    assert.equal(answer.headers['access-control-allow-origin'], '*');
    assert.equal(answer.headers['access-control-allow-credentials'], undefined);
    assert.equal(answer.headers['access-control-expose-headers'], undefined);
  }
});

test('reset() forgets the account and refuses its tokens, even when the same person comes back', async () => {
  const tokens = await connect(sandbox.sweatstack);
  sandbox.reset();
  assert.equal(sandbox.accounts.length, 0);
  await connect(sandbox.sweatstack);
  assert.equal((await get(`${sandbox.sweatstack}/api/v1/oauth/userinfo`, tokens['access_token'])).status, 401);
});
