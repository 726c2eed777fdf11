import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { decodeJwt } from 'jose';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { app, ask, authorizeUrl, connect, connectWith, exchangeCode, expressUrl, get, query, start, Visitor, type Answer } from './visitor.js';

let now = Date.now();
let sandbox: Sandbox;
before(async () => { sandbox = await createSandbox({ port: 0, quiet: true, now: () => now }); });
after(() => sandbox.close());
beforeEach(() => {
  now = Date.now();
  sandbox.reset();
});

const api = (path: string, token: unknown): Promise<Answer> => get(`${sandbox.sweatstack}/api/v1${path}`, token);
const userinfo = (token: unknown): Promise<Answer> => api('/oauth/userinfo', token);

/** Through the wearable and the consent; gives what came back on the redirect. */
async function comeBack(suffix = '', begun = start()): Promise<Record<string, string>> {
  const visitor = await new Visitor(app).open(expressUrl(sandbox.sweatstack, begun) + suffix);
  await connectWith(visitor, 'Garmin Connect');
  if (visitor.heading.startsWith('Allow ')) await visitor.press('Allow');
  return query(visitor);
}

test('an endpoint answers with any status and body, for a while or for good', async () => {
  const { access_token: token } = await connect(sandbox.sweatstack);
  for (const [fault, body] of [
    [500, '{"detail":"Internal Server Error"}'], [{ status: 429, retryAfter: 7 }, '{"detail":"Too many requests"}'],
    [{ status: 502, body: 'html' }, '<html><body><h1>502</h1><p>The proxy has no answer.</p></body></html>'],
    [{ status: 200, body: 'empty' }, ''], [{ status: 403 }, '{"detail":"Not enough permissions"}'],
    [{ status: 400, body: 'oauth', error: 'invalid_request' }, '{"error":"invalid_request","error_description":"asked for by a sandbox fault"}'],
  ] as const) {
    sandbox.setFaults({ answers: { userinfo: fault } });
    const answer = await userinfo(token);
    assert.deepEqual([answer.status, answer.body], [typeof fault === 'number' ? fault : fault.status, body]);
  }
  sandbox.setFaults({ answers: { userinfo: { status: 200, body: 'truncated' } } });
  const { body } = await userinfo(token);
  assert.throws(() => { JSON.parse(body); });
  sandbox.setFaults({ answers: { userinfo: { status: 500, body: 'reset' } } });
  await assert.rejects(userinfo(token));
  sandbox.setFaults({ answers: { userinfo: { status: 503, times: 2 } } });
  assert.deepEqual([(await userinfo(token)).status, (await userinfo(token)).status, (await userinfo(token)).status], [503, 503, 200]);
  sandbox.setFaults({ answers: { userinfo: { status: 429, retryAfter: 7 } }, exposeRetryAfter: true });
  const limited = await userinfo(token);
  assert.deepEqual([limited.headers['retry-after'], limited.headers['access-control-expose-headers']], ['7', 'Retry-After']);
  sandbox.setFaults({ answers: { userinfo: null }, noCors: ['userinfo'] } as never);
  const hidden = await userinfo(token);
  assert.deepEqual([hidden.status, hidden.headers['access-control-allow-origin']], [200, undefined]);
});

test('any endpoint can forget its CORS headers, the token endpoint too', async () => {
  const token = `${sandbox.sweatstack}/api/v1/oauth/token`;
  const asked = async (): Promise<unknown> => (await ask(token, { method: 'POST', headers: { origin: app }, body: 'grant_type=authorization_code' })).headers['access-control-allow-origin'];
  assert.notEqual(await asked(), undefined);
  sandbox.setFaults({ noCors: ['token'] });
  assert.equal(await asked(), undefined);
});

test('a second fault does not heal the first, and null does', () => {
  sandbox.setFaults({ answers: { token: 503 }, deny: true });
  sandbox.setFaults({ answers: { userinfo: 403 } });
  assert.deepEqual(sandbox.faults.answers, { token: 503, userinfo: 403 });
  sandbox.setFaults({ deny: null });
  assert.equal(sandbox.faults.deny, false);
  sandbox.clearFaults();
  assert.deepEqual(sandbox.faults.answers, {});
});

test('a mistyped fault is told, with the names there are', () => {
  for (const wrong of [
    { denial: true }, { answers: { tokens: 500 } }, { answers: { token: 'x' } }, { answers: { token: 99 } }, { coop: { express: 'a\nb' } },
    { iss: 'perhaps' }, { deny: 'yes' }, { delays: { token: 'slow' } }, { stream: 4 },
  ]) assert.throws(() => { sandbox.setFaults(wrong as never); }, /There is no fault|has no|is one of|true or false|status from|header value|milliseconds|is a table/);
});

test('over HTTP: POST sets, GET reads, DELETE clears, from any origin', async () => {
  const url = `${sandbox.sweatstack}/sandbox/faults`;
  assert.equal((await ask(url, { method: 'OPTIONS' })).headers['access-control-allow-methods'], 'GET, POST, DELETE');
  const set = await ask(url, { method: 'POST', body: '{"deny":true}' });
  assert.equal(set.headers['access-control-allow-origin'], '*');
  assert.equal((JSON.parse((await ask(url)).body) as { deny: boolean }).deny, true);
  assert.equal((await ask(url, { method: 'POST', body: '{"denial":true}' })).status, 422);
  assert.equal((await ask(url, { method: 'POST', body: '{' })).status, 422);
  assert.equal((await ask(url, { method: 'PUT' })).status, 405);
  await ask(url, { method: 'DELETE' });
  assert.equal(sandbox.faults.deny, false);
});

test('on one address: the fault follows that attempt to its tokens and no other', async () => {
  const begun = start();
  const { code = '' } = await comeBack('&fault=answers.userinfo:403&fault=answers.token:{"status":503,"times":1}&fault=expireAfter:5', begun);
  assert.equal((await exchangeCode(sandbox.sweatstack, begun, code)).status, 503);
  const tokens = JSON.parse((await exchangeCode(sandbox.sweatstack, begun, code)).body) as Record<string, unknown>;
  assert.equal(tokens['expires_in'], 5);
  assert.equal((await userinfo(tokens['access_token'])).status, 403);
  const { access_token: other } = await connect(sandbox.sweatstack);
  assert.equal((await userinfo(other)).status, 200);
  const standard = await new Visitor(app).open(`${authorizeUrl(sandbox.sweatstack, start())}&fault=coop.authorize:same-origin`);
  assert.equal(standard.headers['cross-origin-opener-policy'], 'same-origin');
  const wrong = await new Visitor(app).open(`${authorizeUrl(sandbox.sweatstack, start())}&fault=denial`);
  assert.match(wrong.text, /There is no fault "denial"/);
});

test('inside the express state, as well', async () => {
  const begun = start();
  const state = Buffer.from(JSON.stringify({ ...begun.parameters, fault: { deny: true } })).toString('base64');
  const visitor = await new Visitor(app).open(`${sandbox.sweatstack}/express-login?state=${encodeURIComponent(state)}`);
  await connectWith(visitor, 'Garmin Connect');
  assert.equal(query(visitor)['error'], 'access_denied');
});

test('each page can cut itself off from its opener', async () => {
  sandbox.setFaults({ coop: { express: 'same-origin', wearable: 'same-origin-allow-popups', consent: 'noopener-allow-popups' } });
  const visitor = await new Visitor(app).open(expressUrl(sandbox.sweatstack, start()));
  const policy = (): unknown => visitor.headers['cross-origin-opener-policy'];
  assert.equal(policy(), 'same-origin');
  await visitor.follow('Continue with Garmin Connect');
  assert.equal(policy(), 'same-origin-allow-popups');
  await visitor.press('Sign in');
  assert.equal(policy(), 'same-origin-allow-popups');
  await visitor.press('Allow');
  assert.equal(policy(), 'noopener-allow-popups');
  const redirect = await ask(expressUrl(sandbox.sweatstack, start({ integration: 'wahoo' })));
  assert.deepEqual([redirect.status, redirect.headers['cross-origin-opener-policy']], [303, 'same-origin'], 'a redirect cuts off as well');
});

test('the redirect: denied, another error, no iss, a wrong one, a wrong state', async () => {
  sandbox.setFaults({ deny: true });
  assert.equal((await comeBack())['error'], 'access_denied');
  sandbox.setFaults({ deny: null, redirectError: 'temporarily_unavailable' });
  assert.equal((await comeBack())['error'], 'temporarily_unavailable');
  sandbox.setFaults({ redirectError: null, iss: 'missing' });
  assert.equal('iss' in await comeBack(), false);
  const metadata = JSON.parse((await ask(`${sandbox.sweatstack}/.well-known/openid-configuration`)).body) as Record<string, unknown>;
  assert.equal(metadata['authorization_response_iss_parameter_supported'], false);
  sandbox.setFaults({ iss: 'wrong', wrongState: true });
  const { iss, state } = await comeBack();
  assert.deepEqual([iss, state], ['http://elsewhere.localhost', 'a-state-nobody-sent']);
  sandbox.setFaults({ privateApp: true });
  assert.equal((await new Visitor(app).open(expressUrl(sandbox.sweatstack, start()))).heading, 'This application is private');
});

test('the token answer: no id_token, fewer scopes, other members, a short life', async () => {
  sandbox.setFaults({ noIdToken: true, grantedScope: 'profile', tokenMembers: { token_type: 'mac', extra: 1 }, expireAfter: 3 });
  const tokens = await connect(sandbox.sweatstack);
  const { id_token: idToken, scope, token_type: type, extra, expires_in: seconds } = tokens;
  assert.deepEqual([idToken, scope, type, extra, seconds], [null, 'profile', 'mac', 1, 3]);
  const { iat = 0, exp = 0 } = decodeJwt(String(tokens['access_token']));
  assert.equal(exp - iat, 3);
  assert.equal((await api('/activities/latest', tokens['access_token'])).status, 403);
});

test('the API can refuse a token before its time', async () => {
  const { access_token: token } = await connect(sandbox.sweatstack);
  sandbox.setFaults({ refuseAfter: 30 });
  assert.equal((await userinfo(token)).status, 200);
  now += 30_000;
  assert.equal((await userinfo(token)).status, 401);
});

test('shapes of before and of tomorrow', async () => {
  const { access_token: token } = await connect(sandbox.sweatstack);
  const status = async (): Promise<Record<string, unknown>> => JSON.parse((await api('/profile/status', token)).body) as Record<string, unknown>;
  sandbox.setFaults({ statusShape: 'action_url', historyNotGranted: true });
  const issue = (await status())['issue'] as Record<string, unknown>;
  assert.equal(issue['action_url'], `${sandbox.sweatstack}/settings/sharing`);
  assert.equal('destination' in issue, false);
  sandbox.setFaults({ statusShape: 'missing' });
  assert.equal((await api('/profile/status', token)).status, 404);
  sandbox.clearFaults();
  sandbox.setFaults({ blockedUpstream: true });
  assert.equal(((await status())['issue'] as Record<string, unknown>)['code'], 'activities_blocked_upstream');
  sandbox.clearFaults();
  now += 40_000;
  const latest = async (): Promise<Record<string, unknown>> => JSON.parse((await api('/activities/latest', token)).body) as Record<string, unknown>;
  sandbox.setFaults({ olderTimes: true });
  assert.match(String((await latest())['start']), /\+0[12]:00$/);
  assert.match(String((JSON.parse((await userinfo(token)).body) as Record<string, unknown>)['registered_at']), /\d$/);
  sandbox.setFaults({ unknownValues: true });
  assert.equal((await latest())['sport'], 'gravity_sports.land_sailing+night');
  assert.equal(((await status())['capabilities'] as Record<string, unknown>)['body_battery'], 'warming_up');
  sandbox.setFaults({ latestNull: true });
  assert.equal(await latest(), null);
});

test('a delay holds an answer back', async () => {
  const { access_token: token } = await connect(sandbox.sweatstack);
  sandbox.setFaults({ delays: { userinfo: 3_600_000 } });
  const late = userinfo(token).then(() => 'answered', () => 'closed');
  // The other endpoint overtakes it; closing the sandbox is what ends the wait.
  assert.equal((await api('/profile/status', token)).status, 200);
  await sandbox.close();
  assert.equal(await late, 'closed');
  sandbox = await createSandbox({ port: 0, quiet: true, now: () => now });
});
