import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { Backend, detail, sameShape, type Row } from './backend.js';
import { ask } from './visitor.js';

let sandbox: Sandbox;
let backend: Backend;
before(async () => {
  sandbox = await createSandbox({ port: 0, quiet: true });
  backend = new Backend(sandbox);
});
after(() => sandbox.close());
beforeEach(() => { sandbox.reset(); });

const nobody = '00000000-0000-0000-0000-000000000000';

// Each literal below is an answer of the real server, cut to what tells its shape.
const recordedUser = {
  id: '47fdf7a7-fccc-462c-93c0-a07498b72c04', created_at: '2026-11-21T04:05:03.631185Z', first_name: null, last_name: null,
  email: 'ext-1795233903@example.com', external_user_id: 'ext-1795233903', last_synced_at: null, last_synced_provider: null,
  has_active_connection: false,
};
const recordedProvider = {
  provider: 'garmin', name: 'Garmin', has_cloud_api: true, is_enabled: true, icon_url: '/static/provider-icons/garmin.svg',
  live_sync_mode: 'webhook', live_sync_configurable: false, data_granularity: null,
};
const recordedTokens = { access_token: '<jwt>', token_type: 'bearer', refresh_token: 'rt-<32 hex>', expires_in: 3600 };

test('who has no key, a wrong one, or sends it as a bearer token', async () => {
  for (const [headers, words] of [
    [{}, 'Authentication required: provide JWT token or API key'],
    [{ 'x-open-wearables-api-key': 'sk-wrong' }, 'Invalid or missing API key'],
    [{ authorization: `Bearer ${sandbox.openWearablesKey}` }, 'Authentication required: provide JWT token or API key'],
  ] as const) {
    const answer = await backend.ask('GET', '/users', undefined, headers);
    assert.deepEqual([answer.status, answer.headers['content-type'], detail(answer)], [401, 'application/json', words]);
  }
  const own = await createSandbox({ port: 0, quiet: true, openWearablesKey: 'sk-mine' });
  assert.equal(own.openWearablesKey, 'sk-mine');
  assert.equal((await new Backend(own).ask('GET', '/users')).status, 200);
  await own.close();
  await assert.rejects(createSandbox({ port: 0, openWearablesKey: 'two words' }), /openWearablesKey/);
});

test('users: made once by external id, refused by e-mail, found and listed', async () => {
  const first = await backend.ask('POST', '/users', { external_user_id: 'ext-1', email: 'ext-1@example.com' });
  const user = JSON.parse(first.body) as Row;
  assert.equal(first.status, 201);
  sameShape(user, recordedUser, 'a new user');
  const again = await backend.ask('POST', '/users', { external_user_id: 'ext-1' });
  assert.deepEqual([again.status, JSON.parse(again.body)], [201, user]);
  const six = await Promise.all(Array.from({ length: 6 }, () => backend.user('ext-2')));
  assert.equal(new Set(six).size, 1);
  for (const body of [{ email: 'ext-1@example.com' }, { external_user_id: 'ext-1', email: 'ext-1@example.com' }]) {
    const taken = await backend.ask('POST', '/users', body);
    assert.deepEqual([taken.status, detail(taken)], [409, 'User with this email already exists.']);
  }
  const bad = await backend.ask('POST', '/users', { email: 'not-an-email' });
  assert.deepEqual([bad.status, detail(bad)], [400, 'value is not a valid email address: An email address must have an @-sign.']);
  assert.equal((await backend.ask('POST', '/users', {})).status, 201);
  assert.equal((await backend.ask('POST', '/users')).status, 400, 'no body at all');

  const found = await backend.read('/users?external_user_id=ext-1&limit=1');
  sameShape(found, { items: [recordedUser], total: 1, page: 1, limit: 1, pages: 1, has_next: false, has_prev: false }, 'a list');
  assert.deepEqual(await backend.read('/users?external_user_id=nope&limit=1'), {
    items: [], total: 0, page: 1, limit: 1, pages: 0, has_next: false, has_prev: false,
  });
  const all = await backend.read<{ items: Row[]; pages: number; has_next: boolean }>('/users?limit=2');
  assert.deepEqual([all.items.length, all.pages, all.has_next], [2, 2, true]);
  assert.equal(detail(await backend.ask('GET', '/users?limit=101')), 'Input should be less than or equal to 100');
  assert.deepEqual(await backend.read(`/users/${String(user['id'])}`), user);
  const missing = await backend.ask('GET', `/users/${nobody}`);
  assert.deepEqual([missing.status, detail(missing)], [404, `User with ID: ${nobody} not found.`]);
  const odd = await backend.ask('GET', '/users/not-a-uuid');
  assert.equal(odd.status, 400);
  assert.match(String(detail(odd)), /^Input should be a valid UUID, invalid character: expected an optional prefix .* found `n` at 1 - /);
});

test('providers: open to anybody, in the order of the enum, with icons', async () => {
  const all = JSON.parse((await backend.ask('GET', '/oauth/providers', undefined, {})).body) as Row[];
  assert.deepEqual(all.map(({ provider }) => provider), [
    'apple', 'samsung', 'garmin', 'google', 'polar', 'suunto', 'whoop', 'strava', 'oura', 'fitbit', 'ultrahuman', 'sensorbio',
  ]);
  assert.deepEqual(all[2], recordedProvider);
  assert.deepEqual(all[0], {
    provider: 'apple', name: 'Apple Health', has_cloud_api: false, is_enabled: true, icon_url: '/static/provider-icons/apple.svg',
    live_sync_mode: null, live_sync_configurable: false, data_granularity: null,
  });
  const cloud = await backend.read<Row[]>('/oauth/providers?enabled_only=true&cloud_only=true');
  assert.equal(cloud.length, 10);
  for (const { icon_url: icon } of all) {
    const answer = await ask(`${sandbox.openWearables}${String(icon)}`);
    assert.deepEqual([answer.status, answer.headers['content-type']], [200, 'image/svg+xml']);
  }
});

test('an authorization: what is refused, and what is not looked at', async () => {
  const names = "'apple', 'samsung', 'garmin', 'google', 'polar', 'suunto', 'whoop', 'strava', 'oura', 'fitbit', 'ultrahuman', 'sensorbio', 'unknown' or 'internal'";
  for (const [path, words] of [
    [`/oauth/apple/authorize?user_id=${nobody}`, "Provider 'apple' does not support OAuth"],
    [`/oauth/nope/authorize?user_id=${nobody}`, `Input should be ${names}`], [`/oauth/Garmin/authorize?user_id=${nobody}`, `Input should be ${names}`],
    ['/oauth/garmin/authorize', 'Field required'],
  ] as const) {
    const answer = await backend.ask('GET', path);
    assert.deepEqual([answer.status, detail(answer)], [400, words]);
  }
  const unknown = await backend.read(`/oauth/garmin/authorize?user_id=${nobody}`);
  sameShape(unknown, { authorization_url: 'https://provider.example/', state: 'cNAdQHi' }, 'an unknown user is answered as any other');
  const { searchParams, origin, pathname } = new URL(String(unknown['authorization_url']));
  assert.deepEqual([origin, pathname], [sandbox.garmin, '/oauth/authorize']);
  assert.deepEqual([...searchParams.keys()], ['response_type', 'client_id', 'redirect_uri', 'state', 'code_challenge', 'code_challenge_method']);
  assert.equal(searchParams.get('redirect_uri'), `${sandbox.openWearables}/api/v1/oauth/garmin/callback`);
  assert.equal(String(unknown['state']).length, 43);
  const strava = await backend.authorization('strava', nobody);
  assert.match(strava, /&scope=activity%3Aread_all%2Cprofile%3Aread_all$/);
});

test('the phone’s token: by the application’s secret, renewed once each, good for nothing else', async () => {
  const user = await backend.user();
  const { appId, appSecret } = sandbox.openWearablesApplication;
  const give = (body: object, whose = user) => backend.ask('POST', `/users/${whose}/token`, body, {});
  const wrong = await give({ app_id: appId, app_secret: 'bad' });
  assert.deepEqual([wrong.status, detail(wrong)], [401, 'Invalid app credentials']);
  const none = await give({});
  assert.deepEqual([none.status, detail(none)], [400, 'Either app credentials (app_id, app_secret) or admin authentication (Bearer token) is required']);
  const unforeseen = await give({ app_id: appId, app_secret: appSecret }, nobody);
  assert.deepEqual([unforeseen.status, unforeseen.headers['content-type'], unforeseen.body], [500, 'text/plain; charset=utf-8', 'Internal Server Error']);
  const given = await give({ app_id: appId, app_secret: appSecret });
  const tokens = JSON.parse(given.body) as Record<string, string>;
  sameShape(tokens, recordedTokens, 'tokens');
  for (const path of ['/connections', '/sync/recent']) {
    const answer = await backend.ask('GET', `/users/${user}${path}`, undefined, { authorization: `Bearer ${tokens['access_token'] ?? ''}` });
    assert.deepEqual([answer.status, detail(answer)], [401, 'Authentication required: provide JWT token or API key']);
  }
  const renew = (token = '') => backend.ask('POST', '/token/refresh', { refresh_token: token }, {});
  const renewed = await renew(tokens['refresh_token']);
  sameShape(JSON.parse(renewed.body), recordedTokens, 'renewed');
  const reused = await renew(tokens['refresh_token']);
  assert.deepEqual([reused.status, reused.headers['www-authenticate'], detail(reused)], [401, 'Bearer', 'Invalid or revoked refresh token']);
  const last = (JSON.parse(renewed.body) as Record<string, string>)['refresh_token'];
  assert.equal((await backend.ask('POST', '/token/revoke', { refresh_token: last }, {})).status, 204);
  assert.equal((await backend.ask('POST', '/token/revoke', { refresh_token: last }, {})).status, 404);
});

test('developers: applications, providers switched off, invitations; the key opens none of them', async () => {
  const login = await ask(`${sandbox.openWearables}/api/v1/auth/login`, {
    method: 'POST', body: 'username=admin&password=x', headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const tokens = JSON.parse(login.body) as Record<string, string>;
  sameShape(tokens, recordedTokens, 'a sign-in');
  const developer = { authorization: `Bearer ${tokens['access_token'] ?? ''}` };
  const made = await backend.ask('POST', '/applications', { name: 'W' }, developer);
  sameShape(JSON.parse(made.body), {
    id: '29c17b40-6586-4b35-ac0b-1767be20fa20', app_id: 'app_<32 hex>', name: 'W', created_at: '2026-11-21T04:05:04.088137Z', app_secret: 'secret_<64 hex>',
  }, 'an application');
  const off = await backend.ask('PUT', '/oauth/providers/whoop', { is_enabled: false }, developer);
  assert.deepEqual([off.status, (JSON.parse(off.body) as Row)['is_enabled']], [200, false]);
  const user = await backend.user();
  assert.match(await backend.authorization('whoop', user), /client_id=whoop-client&/, 'switched off, and answered all the same');
  const invitation = JSON.parse((await backend.ask('POST', `/users/${user}/invitation-code`, undefined, developer)).body) as Row;
  sameShape(invitation, { id: '9c73f720', code: 'DVTU36EL', user_id: user, expires_at: '2026-11-28T04:05:04.735562Z', created_at: '2026-11-21' }, 'an invitation');
  const redeem = () => backend.ask('POST', '/invitation-code/redeem', { code: invitation['code'] }, {});
  sameShape(JSON.parse((await redeem()).body), { ...recordedTokens, user_id: user }, 'redeemed');
  const twice = await redeem();
  assert.deepEqual([twice.status, detail(twice)], [404, 'Invalid or expired invitation code']);
  const refused = await backend.ask('POST', '/applications', { name: 'W' });
  assert.deepEqual([refused.status, refused.headers['www-authenticate'], detail(refused)], [401, 'Bearer', 'Could not validate credentials']);
});

test('from a browser: nobody but its own dashboard', async () => {
  const url = `${sandbox.openWearables}/api/v1/oauth/providers`;
  const asking = { 'access-control-request-method': 'GET', 'access-control-request-headers': 'x-open-wearables-api-key' };
  const refused = await ask(url, { method: 'OPTIONS', headers: { origin: 'https://evil.example', ...asking } });
  assert.deepEqual([refused.status, refused.body], [400, 'Disallowed CORS origin']);
  assert.equal((await ask(url, { headers: { origin: 'https://evil.example' } })).headers['access-control-allow-origin'], undefined);
  assert.equal((await ask(url, { headers: { origin: 'http://localhost:3000' } })).headers['access-control-allow-origin'], 'http://localhost:3000');
});

test('by the plain address too, for a backend that cannot resolve *.localhost; SweatStack keeps its own', async () => {
  const plain = `http://127.0.0.1:${sandbox.port}`;
  assert.equal((await ask(`${plain}/api/v1/users`)).status, 401);
  assert.equal((await ask(`${plain}/api/v1/oauth/providers`)).status, 200);
  assert.equal((await ask(`${plain}/static/provider-icons/garmin.svg`)).status, 200);
  assert.equal((await ask(`${plain}/api/v1/profile/status`)).headers['www-authenticate'], 'Bearer');
  assert.match((await ask(`${plain}/`)).body, /A SweatStack of your own/);
  assert.match((await ask(`${sandbox.openWearables}/`)).body, new RegExp(`An Open Wearables of your own[^]*${sandbox.openWearablesKey}`));
  assert.equal((await ask(`${plain}/api/v1/users/%zz`)).status, 404);
  const missing = await backend.ask('GET', '/nope');
  assert.deepEqual([missing.status, missing.body], [404, '{"detail":"Not Found"}']);
});
