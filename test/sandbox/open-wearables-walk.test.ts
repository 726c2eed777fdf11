import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { Backend, detail, sameShape, type Row } from './backend.js';
import { ask, Visitor } from './visitor.js';

let now = Date.now();
let sandbox: Sandbox;
let backend: Backend;
before(async () => {
  sandbox = await createSandbox({ port: 0, quiet: true, now: () => now });
  backend = new Backend(sandbox);
});
after(() => sandbox.close());
beforeEach(() => {
  now = Date.now();
  sandbox.reset();
});

const back = 'https://host.example/done?x=1#frag';

test('a visitor signs in with Strava, allows, and lands on the address that was given, with nothing added', async () => {
  const user = await backend.user();
  const visitor = await new Visitor('https://host.example').open(await backend.authorization('strava', user, back));
  assert.equal(visitor.heading, 'Sign in to Strava');
  await visitor.press('Sign in');
  assert.equal(visitor.heading, 'Share your data with Open Wearables?');
  await visitor.press('Allow');
  assert.equal(visitor.url, back);
  const [connection] = await backend.connections(user);
  sameShape(connection, {
    user_id: '47fdf7a7', provider: 'strava', provider_user_id: '4242', provider_username: 'ath', scope: 'x', id: 'acf7dfb1', status: 'active',
    last_synced_at: '2026-11-21T04:05:09.986800Z', created_at: '2026-11-21T04:05:05.894339Z', updated_at: '2026-11-21T04:05:09.981821Z',
    icon_url: '/static/provider-icons/strava.svg', max_historical_days: null, rest_pull: true, webhook_stream: false, webhook_ping: true,
    webhook_callback: false, live_sync_mode: 'pull', linked_user_ids: [],
  }, 'a connection');
  assert.equal(connection?.['status'], 'active');
  assert.match(String(connection?.['last_synced_at']), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/, 'stamped before anything has come');
  const listed = await backend.read<{ items: Row[] }>('/users');
  assert.deepEqual([listed.items[0]?.['last_synced_provider'], listed.items[0]?.['has_active_connection']], ['strava', true]);
  assert.equal((await backend.read(`/users/${user}`))['has_active_connection'], false, 'only lists know');
});

test('each redirect: from the provider with code and state, from the server as it was told; the state works once', async () => {
  const user = await backend.user();
  const [provider, server] = await backend.decide(await backend.authorization('strava', user, back), 'allow');
  assert.equal(provider.status, 303);
  const callback = new URL(provider.headers.location ?? '');
  assert.equal(callback.origin + callback.pathname, `${sandbox.openWearables}/api/v1/oauth/strava/callback`);
  assert.deepEqual([...callback.searchParams.keys()], ['code', 'state']);
  assert.deepEqual([server.status, server.headers.location], [303, back]);
  const again = await ask(callback.href);
  assert.deepEqual([again.status, detail(again)], [400, 'Invalid or expired state parameter']);
  const missing = await ask(`${sandbox.openWearables}/api/v1/oauth/strava/callback?code=x`);
  assert.deepEqual([missing.status, missing.headers.location], [303, '/api/v1/oauth/error?message=Missing+OAuth+parameters']);
});

test('the way back is not looked at: anything goes, and only what no header may hold is encoded', async () => {
  const user = await backend.user();
  for (const [given, location] of [
    ['javascript:alert(1)', 'javascript:alert(1)'], ['/relative', '/relative'], ['myapp://done?a=b&c=%20', 'myapp://done?a=b&c=%20'],
    ['no address', 'no%20address'], ['https://host.example/é?n=[1]', 'https://host.example/%C3%A9?n=[1]'],
  ] as const) {
    const [, answer] = await backend.decide(await backend.authorization('oura', user, given), 'allow');
    assert.deepEqual([answer.status, answer.headers.location], [303, location]);
  }
});

test('without a way back the window ends on the server, with JSON', async () => {
  const user = await backend.user();
  const visitor = await new Visitor('none').open(await backend.authorization('garmin', user));
  await visitor.press('Sign in');
  await visitor.press('Allow');
  assert.equal(visitor.url, `${sandbox.openWearables}/api/v1/oauth/success?provider=garmin&user_id=${user}`);
  assert.deepEqual(JSON.parse(visitor.html), { success: true, message: 'Successfully connected to garmin', user_id: user, provider: 'garmin' });
});

test('a no ends on the server as well, with 200 and JSON, and never comes back; the state is not used up', async () => {
  const user = await backend.user();
  const authorization = await backend.authorization('strava', user, back);
  const [provider, server] = await backend.decide(authorization, 'deny');
  assert.match(provider.headers.location ?? '', /\?error=access_denied&error_description=The\+user\+denied&state=/);
  assert.deepEqual([server.status, server.headers.location], [303, '/api/v1/oauth/error?message=access_denied:+The%20user%20denied']);
  const visitor = await new Visitor('none').open(authorization);
  await visitor.press('Sign in');
  await visitor.press('Deny');
  assert.deepEqual([visitor.status, JSON.parse(visitor.html)], [200, { success: false, message: 'access_denied: The user denied' }]);
  assert.deepEqual(await backend.connections(user), []);
  assert.equal((await backend.decide(authorization, 'allow'))[1].headers.location, back);
});

test('a state lives fifteen minutes, and belongs to its provider', async () => {
  const user = await backend.user();
  const authorization = await backend.authorization('strava', user, back);
  now += 15 * 60_000 - 1;
  assert.equal((await backend.decide(authorization, 'allow'))[1].status, 303);
  const late = await backend.authorization('strava', user, back);
  now += 15 * 60_000;
  assert.equal(detail((await backend.decide(late, 'allow'))[1]), 'Invalid or expired state parameter');
  const other = new URL(await backend.authorization('polar', user, back));
  const mismatch = await ask(`${sandbox.openWearables}/api/v1/oauth/strava/callback?code=c&state=${other.searchParams.get('state') ?? ''}`);
  assert.deepEqual([mismatch.status, detail(mismatch)], [400, 'Provider mismatch in state']);
});

test('a bad code and a user who does not exist: 400, with words that quote others', async () => {
  const user = await backend.user();
  const { searchParams } = new URL(await backend.authorization('strava', user, back));
  const bad = await ask(`${sandbox.openWearables}/api/v1/oauth/strava/callback?code=c-badcode&state=${searchParams.get('state') ?? ''}`);
  assert.deepEqual([bad.status, detail(bad)], [
    400, 'Failed to exchange authorization code: {"error": "invalid_grant", "error_description": "bad code"}',
  ]);
  const nobody = await backend.authorization('strava', '00000000-0000-0000-0000-000000000000', back);
  const refused = (await backend.decide(nobody, 'allow'))[1];
  assert.equal(refused.status, 400);
  assert.match(String(detail(refused)), /foreign key/);
});

test('disconnecting keeps the row as revoked; connecting again wakes it, with the same id', async () => {
  const user = await backend.user();
  const remove = (provider: string) => backend.ask('DELETE', `/users/${user}/connections/${provider}`);
  await backend.connect('strava', user);
  const [before] = await backend.connections(user);
  now += 60_000;
  assert.deepEqual([(await remove('strava')).status, (await remove('strava')).status], [204, 204]);
  assert.equal((await backend.connections(user))[0]?.['status'], 'revoked');
  const never = await remove('polar');
  assert.deepEqual([never.status, detail(never)], [404, `Connection with ID: ${user} not found.`]);
  now += 60_000;
  await backend.connect('strava', user);
  const [after] = await backend.connections(user);
  assert.deepEqual([after?.['id'], after?.['created_at'], after?.['status']], [before?.['id'], before?.['created_at'], 'active']);
  assert.ok(String(after?.['updated_at']) > String(before?.['updated_at']));
  assert.deepEqual(await backend.connections('00000000-0000-0000-0000-000000000000'), [], 'of nobody: an empty list');
});

test('two people with one account at the provider see each other’s ids', async () => {
  const [one, two] = [await backend.user('one'), await backend.user('two')];
  await backend.connect('strava', one);
  now += 1000;
  await backend.connect('strava', two);
  assert.deepEqual((await backend.connections(one))[0]?.['linked_user_ids'], [two]);
  assert.deepEqual((await backend.connections(two))[0]?.['linked_user_ids'], [one]);
  const [event] = await backend.recent(two);
  assert.deepEqual([event?.['source'], event?.['primary_user_id']], ['linked_account', one]);
  assert.equal((await backend.recent(one))[0]?.['source'], 'backfill');
});

test('one sign-in at Garmin serves both platforms', async () => {
  const user = await backend.user();
  const visitor = await new Visitor('https://host.example').open(await backend.authorization('garmin', user, back));
  await visitor.press('Sign in');
  await visitor.press('Allow', { history: null });
  assert.equal((await backend.connections(user))[0]?.['scope'], 'ACTIVITY_EXPORT HEALTH_EXPORT', 'what was unticked is not permitted');
  assert.match((await visitor.tab().open(`${sandbox.garmin}/oauth/authorize?state=nobody`)).text, /This sign-in is over/);
  const again = await visitor.tab().open(await backend.authorization('garmin', user, back));
  assert.equal(again.heading, 'Share your data with Open Wearables?');
});

test('Sensor Bio cannot finish: no route answers where it sends people back', async () => {
  const [, answer] = await backend.decide(await backend.authorization('sensorbio', await backend.user(), back), 'allow');
  assert.deepEqual([answer.status, detail(answer)], [404, 'Not Found']);
});
