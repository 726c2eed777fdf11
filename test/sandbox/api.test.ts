import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { app, ask, connect, connectWith, exchangeCode, expressUrl, get, query, start, Visitor, type Answer } from './visitor.js';

const beginning = Date.UTC(2026, 10, 21, 18, 0, 0);
let now = beginning;
let sandbox: Sandbox;
before(async () => {
  sandbox = await createSandbox({ port: 0, quiet: true, accessTokenSeconds: 10 ** 9, now: () => now });
});
after(() => sandbox.close());
beforeEach(() => {
  now = beginning;
  sandbox.reset();
});

const api = (path: string, token: unknown): Promise<Answer> => get(`${sandbox.sweatstack}/api/v1${path}`, token);
const json = async (path: string, token: unknown): Promise<Record<string, unknown>> => {
  const answer = await api(path, token);
  assert.equal(answer.status, 200, answer.body);
  return JSON.parse(answer.body) as Record<string, unknown>;
};

test('the status follows the history from syncing to ready', async () => {
  const { access_token: token } = await connect(sandbox.sweatstack);
  assert.deepEqual(await json('/profile/status', token), {
    issue: { code: 'sync_pending', status: 'syncing', message: 'Data from Garmin Connect is on its way.', destination: null },
    capabilities: { activities: 'syncing', activity_history: 'syncing', dailies: 'ready', workouts: 'ready' },
  });
  now += 20_000;
  assert.equal((await json('/profile/status', token))['capabilities'] instanceof Object, true);
  now += 20_000;
  assert.deepEqual(await json('/profile/status', token), {
    issue: null, capabilities: { activities: 'ready', activity_history: 'ready', dailies: 'ready', workouts: 'ready' },
  });
});

test('Garmin without the permission for the past asks for action', async () => {
  const begun = start();
  const visitor = await new Visitor(app).open(expressUrl(sandbox.sweatstack, begun));
  await visitor.follow('Continue with Garmin Connect');
  await visitor.press('Sign in');
  await visitor.press('Allow', { history: null, dailies: null });
  await visitor.press('Allow');
  const { access_token: token } = JSON.parse((await exchangeCode(sandbox.sweatstack, begun, query(visitor)['code'] ?? '')).body) as Record<string, unknown>;
  const { issue, capabilities } = await json('/profile/status', token);
  assert.deepEqual(issue, {
    code: 'activity_history_not_granted', status: 'action_required', destination: 'manage-integrations',
    message: 'Garmin Connect does not share activities from before today.',
  });
  assert.deepEqual(capabilities, { activities: 'ready', activity_history: 'action_required', dailies: 'action_required', workouts: 'ready' });
});

test('the latest activity is null until one has come in, then a believable one', async () => {
  const { access_token: token } = await connect(sandbox.sweatstack);
  assert.equal(await json('/activities/latest', token), null);
  now += 40_000;
  const latest = await json('/activities/latest', token);
  for (const field of ['id', 'source_id', 'sport']) assert.equal(typeof latest[field], 'string');
  assert.match(String(latest['start']), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.match(String(latest['start_local']), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  assert.match(String(latest['duration']), /^PT(\d+H)?(\d+M)?(\d+S)?$/);
  assert.ok(Number(latest['distance']) > 500);
  assert.ok(Array.isArray(latest['devices']));
  assert.ok(Date.parse(String(latest['end'])) <= now);
  assert.ok(Date.parse(String(latest['start'])) > now - 14 * 24 * 3600 * 1000);
  const running = await json('/activities/latest?sport=running', token);
  assert.match(String(running['sport']), /^running/);
  assert.equal((await json(`/activities/${String(latest['id'])}`, token))['id'], latest['id']);
  assert.equal((await api('/activities/none', token)).status, 404);
});

test('the list is newest first, reaches back five years, and can be cut and filtered', async () => {
  const { access_token: token } = await connect(sandbox.sweatstack);
  now += 40_000;
  const list = async (query: string): Promise<Record<string, unknown>[]> =>
    await json(`/activities/${query}`, token) as unknown as Record<string, unknown>[];
  const first = await list('');
  assert.equal(first.length, 50);
  const starts = first.map((activity) => String(activity['start']));
  assert.deepEqual(starts, starts.toSorted().toReversed());
  assert.equal('devices' in (first[0] ?? {}), false, 'only the details name devices');
  assert.ok(((first[0]?.['summary'] as { distance: { sum: number } } | undefined)?.distance.sum ?? 0) > 0);
  assert.deepEqual((await list('?limit=5&offset=5')).map(({ id }) => id), first.slice(5, 10).map(({ id }) => id));
  const all = await list('?limit=100000');
  assert.ok(all.length > 800 && all.length < 1400, `${all.length} in five years`);
  assert.match(String(all.at(-1)?.['start']), /^2021-11/);
  assert.ok((await list('?sport=running&sport=swimming')).every(({ sport }) => /^(running|swimming)/.test(String(sport))));
  assert.ok((await list('?start=2025-01-01&end=2025-01-31')).every(({ start: at }) => String(at).startsWith('2025-01')));
  assert.deepEqual(await list('?tags=race'), []);
  for (const query of ['?limit=many', '?start=yesterday']) {
    const answer = await api(`/activities/${query}`, token);
    assert.equal(answer.status, 422);
    const { detail } = JSON.parse(answer.body) as { detail: { loc: unknown[]; msg: string; type: string }[] };
    assert.deepEqual(detail[0]?.loc[0], 'query');
  }
});

test('the same person has the same activities in every run', async () => {
  const ids: unknown[] = [];
  for (let run = 0; run < 2; run++) {
    now = beginning;
    sandbox.reset();
    const { access_token: token } = await connect(sandbox.sweatstack);
    now += 40_000;
    ids.push((await json('/activities/latest', token))['id']);
  }
  assert.equal(ids[0], ids[1]);
});

test('without a token 401, without the scope 403, both with FastAPI\'s detail', async () => {
  const { access_token: token } = await connect(sandbox.sweatstack, new Visitor(app), { scope: 'data:read' });
  const none = await ask(`${sandbox.sweatstack}/api/v1/oauth/userinfo`);
  assert.deepEqual([none.status, none.body], [401, '{"detail":"Not authenticated"}']);
  assert.equal((await api('/oauth/userinfo', 'nonsense')).status, 401);
  assert.equal((await api('/oauth/userinfo', `${String(token).slice(0, -4)}AAAA`)).status, 401);
  const lacking = await api('/oauth/userinfo', token);
  assert.deepEqual([lacking.status, lacking.body], [403, '{"detail":"Not enough permissions"}']);
  assert.equal((await api('/profile/status', token)).status, 200, 'data:read or profile');
  assert.equal((await ask(`${sandbox.sweatstack}/api/v1/oauth/token`)).status, 405);
});

test('a token past its time is refused', async () => {
  const { access_token: token } = await connect(sandbox.sweatstack);
  // Tokens are dated by the computer's clock, whatever day it is there.
  now = Date.now() + 10 ** 12 + 60_000;
  assert.equal((await api('/oauth/userinfo', token)).status, 401);
});

test('a second wearable starts a second history without moving the first date forward', async () => {
  const visitor = new Visitor(app);
  const { access_token: token } = await connect(sandbox.sweatstack, visitor);
  now += 40_000;
  await visitor.open(expressUrl(sandbox.sweatstack, start({ integration: 'wahoo' })));
  await visitor.press('Sign in');
  await visitor.press('Allow');
  const { issue, capabilities } = await json('/profile/status', token);
  assert.equal((issue as { message: string }).message, 'Data from Wahoo is on its way.');
  assert.equal((capabilities as Record<string, string>)['activities'], 'ready');
  assert.notEqual(await json('/activities/latest', token), null);
});

test('without any wearable nothing is available', async () => {
  const { access_token: token } = await connect(sandbox.sweatstack);
  sandbox.setFaults({ nothingConnected: true });
  now += 40_000;
  const { issue, capabilities } = await json('/profile/status', token);
  assert.equal((issue as { code: string }).code, 'no_source_connected');
  assert.deepEqual(capabilities, { activities: 'unavailable', activity_history: 'unavailable', dailies: 'unavailable', workouts: 'unavailable' });
  assert.equal(await json('/activities/latest', token), null);
  sandbox.clearFaults();
  assert.notEqual(await json('/activities/latest', token), null);
  await connectWith(await new Visitor(app).open(expressUrl(sandbox.sweatstack, start())), 'Intervals.icu');
  assert.equal(sandbox.accounts.length, 1, 'the shared address joins the two');
});
