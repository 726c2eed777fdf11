import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { createSandbox, type OpenWearablesChanges, type Release, type Sandbox } from '../../src/sandbox/index.js';
import { readArguments } from '../../src/sandbox/cli-arguments.js';
import { openWearablesEndpoints } from '../../src/sandbox/open-wearables/faults.js';
import { Backend, detail, type Row } from './backend.js';
import { ask, Visitor, type Answer } from './visitor.js';

let now = Date.now();
let sandbox: Sandbox;
let backend: Backend;
let user = '';
before(async () => {
  sandbox = await createSandbox({ port: 0, quiet: true, historySeconds: 40, now: () => now });
  backend = new Backend(sandbox);
});
after(() => sandbox.close());
beforeEach(async () => {
  now = Date.now();
  sandbox.reset();
  user = await backend.user();
});

const back = 'https://host.example/done';
const set = (openWearables: OpenWearablesChanges): void => { sandbox.setFaults({ openWearables }); };
const begun = (provider = 'strava'): Promise<string> => backend.authorization(provider, user, back);
const walk = async (provider = 'strava'): Promise<Answer> => (await backend.decide(await begun(provider), 'allow'))[1];
const words = async (): Promise<string[]> => (await backend.recent(user)).map(({ stage, status }) => `${String(stage)} ${String(status)}`).reverse();
const matrix = () => backend.read<Row & { windows: Record<string, Row> }>(`/providers/garmin/users/${user}/backfill/status`);

const paths: Record<string, readonly [method: string, path: string]> = {
  users: ['GET', '/users'], providers: ['GET', '/oauth/providers'], authorize: ['GET', '/oauth/strava/authorize'],
  callback: ['GET', '/oauth/strava/callback'], connections: ['GET', '/users/x/connections'], disconnect: ['DELETE', '/users/x/connections/strava'],
  sync: ['POST', '/providers/strava/users/x/sync'], historical: ['POST', '/providers/strava/users/x/sync/historical'],
  recent: ['GET', '/users/x/sync/recent'], runs: ['GET', '/users/x/sync/runs'], stream: ['GET', '/users/x/sync/stream'],
  backfill: ['GET', '/providers/garmin/users/x/backfill/status'], summaries: ['GET', '/users/x/summaries/data'],
  events: ['GET', '/users/x/events/workouts'], token: ['POST', '/users/x/token'], tokenRefresh: ['POST', '/token/refresh'],
  tokenRevoke: ['POST', '/token/revoke'], admin: ['POST', '/applications'],
};

test('each endpoint answers with any status, is slow, or drops the request', async () => {
  assert.deepEqual(Object.keys(paths), [...openWearablesEndpoints]);
  for (const [endpoint, [method, path]] of Object.entries(paths)) {
    set({ answers: { [endpoint]: { status: 503, times: 1 } } });
    const broken = await backend.ask(method, path);
    assert.deepEqual([broken.status, broken.body], [503, '{"detail":"Service Unavailable"}'], endpoint);
    assert.notEqual((await backend.ask(method, path)).status, 503, 'once');
    set({ answers: { [endpoint]: { status: 503, body: 'reset' } } });
    await assert.rejects(backend.ask(method, path));
    set({ answers: { [endpoint]: 500 }, delays: { [endpoint]: 20 } });
    const since = performance.now();
    const late = await backend.ask(method, path);
    assert.deepEqual([late.status, late.headers['content-type'], late.body], [500, 'text/plain; charset=utf-8', 'Internal Server Error']);
    assert.ok(performance.now() - since >= 19);
    sandbox.clearFaults();
  }
  set({ answers: { users: { status: 429, body: 'problem', retryAfter: 7 } } });
  const problem = await backend.ask('GET', '/users');
  assert.deepEqual([problem.headers['retry-after'], (JSON.parse(problem.body) as Row)['title']], ['7', 'Too many requests']);
});

test('set beside SweatStack’s, in one object; over HTTP at either site; a mistyped one is told and sets nothing', async () => {
  sandbox.setFaults({ deny: true, openWearables: { deny: true, disabled: ['whoop'] } });
  assert.deepEqual([sandbox.faults.deny, sandbox.faults.openWearables.deny, sandbox.faults.openWearables.disabled], [true, true, ['whoop']]);
  for (const wrong of [
    { openWearables: { denial: true } }, { openWearables: { release: '9' } }, { openWearables: { noCredentials: ['nokia'] } }, { openWearables: [] },
    { openWearables: { answers: { userinfo: 500 } } }, { deny: false, openWearables: { garminTimesOut: 'hrv' } },
  ]) assert.throws(() => { sandbox.setFaults(wrong as never); }, /There is no fault|is one of|is a list of|has no|JSON object/);
  assert.equal(sandbox.faults.deny, true);
  sandbox.setFaults({ openWearables: null });
  assert.deepEqual([sandbox.faults.deny, sandbox.faults.openWearables.deny], [true, false]);
  const own = `${sandbox.openWearables}/sandbox/faults`;
  await ask(own, { method: 'POST', body: '{"garminRefused":true}' });
  assert.equal((JSON.parse((await ask(own)).body) as Row)['garminRefused'], true);
  await ask(`${sandbox.sweatstack}/sandbox/faults`, { method: 'POST', body: '{"openWearables":{"badCode":true}}' });
  assert.deepEqual([sandbox.faults.openWearables.badCode, sandbox.faults.deny], [true, true]);
  await ask(own, { method: 'DELETE' });
  assert.deepEqual([sandbox.faults.openWearables.badCode, sandbox.faults.deny], [false, true]);
  assert.deepEqual(readArguments(['sandbox', '--key', 'sk-1', '--fault', 'deny', '--fault', 'openWearables.answers.users:503']), {
    run: { openWearablesKey: 'sk-1', faults: { deny: true, openWearables: { answers: { users: 503 } } } },
  });
});

test('a provider without credentials: listed as enabled, and a page that says so', async () => {
  set({ noCredentials: ['whoop'] });
  const url = await begun('whoop');
  assert.match(url, /[?&]client_id=&/);
  assert.equal((await backend.read<Row[]>('/oauth/providers')).find(({ provider }) => provider === 'whoop')?.['is_enabled'], true);
  const visitor = await new Visitor('none').open(url);
  assert.deepEqual([visitor.status, visitor.heading], [400, 'Something is wrong with this link']);
});

test('a provider switched off, or reached by phone alone', async () => {
  set({ disabled: ['whoop'], sdkOnly: ['google'] });
  const listed = await backend.read<Row[]>('/oauth/providers?enabled_only=true&cloud_only=true');
  assert.deepEqual(listed.filter(({ provider }) => provider === 'whoop' || provider === 'google'), []);
  assert.equal((await backend.ask('GET', `/oauth/whoop/authorize?user_id=${user}`)).status, 200);
  assert.equal(detail(await backend.ask('GET', `/oauth/google/authorize?user_id=${user}`)), "Provider 'google' does not support OAuth");
  assert.equal((await backend.read<Row[]>('/oauth/providers')).find(({ provider }) => provider === 'google')?.['has_cloud_api'], false);
});

test('what goes wrong on the way ends on the server’s own page', async () => {
  for (const [fault, status, sentence] of [
    [{ badCode: true }, 400, /^Failed to exchange authorization code: /], [{ providerDown: true }, 500, /^Token exchange failed: /],
    [{ stateExpired: true }, 400, /^Invalid or expired state parameter$/],
  ] as const) {
    set(fault);
    const answer = await walk();
    assert.equal(answer.status, status);
    assert.match(String(detail(answer)), sentence);
    sandbox.clearFaults();
  }
  set({ deny: true });
  const visitor = await new Visitor('none').open(await begun());
  assert.deepEqual(JSON.parse(visitor.html), { success: false, message: 'access_denied: The user denied' });
  assert.deepEqual(await backend.connections(user), []);
});

test('back home, and the connection is missing, or another one, or no longer good', async () => {
  set({ connectionMissing: true });
  assert.equal((await walk()).headers.location, back);
  assert.deepEqual(await backend.connections(user), []);
  set({ connectionMissing: null, connectionElsewhere: 'polar' });
  assert.equal((await walk()).headers.location, back);
  assert.deepEqual((await backend.connections(user)).map(({ provider }) => provider), ['polar']);
  for (const status of ['revoked', 'expired'] as const) {
    set({ connectionStatus: status });
    assert.equal((await backend.connections(user))[0]?.['status'], status);
  }
});

test('somebody else’s ids, in the list and in the events', async () => {
  set({ linkedAccount: true });
  await backend.connect('strava', user);
  const [connection] = await backend.connections(user);
  const [event] = await backend.recent(user);
  const [other] = (connection?.['linked_user_ids'] ?? []) as string[];
  assert.match(other ?? '', /^[0-9a-f-]{36}$/);
  assert.notEqual(other, user);
  assert.deepEqual([event?.['source'], event?.['primary_user_id']], ['linked_account', other]);
});

test('the history: not by itself, dropped, stuck, failed', async () => {
  const ask = () => backend.ask('POST', `/providers/strava/users/${user}/sync/historical`);
  set({ noAutomaticHistory: true });
  await backend.connect('strava', user);
  now += 60_000;
  assert.deepEqual(await words(), []);
  set({ historyDropped: true });
  assert.equal((await ask()).status, 200);
  now += 60_000;
  assert.deepEqual(await words(), []);
  set({ historyDropped: null, pullFails: true });
  await ask();
  now += 60_000;
  assert.deepEqual(await words(), ['started in_progress', 'fetching in_progress', 'failed failed']);
  assert.equal((await backend.recent(user))[0]?.['error'], 'All sync sub-tasks failed');
  assert.equal((await backend.connections(user))[0]?.['status'], 'active', 'the connection knows nothing of it');
  set({ pullFails: null, historyStuck: true });
  await ask();
  now += 3_600_000;
  assert.deepEqual((await words()).slice(3), ['started in_progress', 'fetching in_progress']);
  assert.equal((await backend.read(`/users/${user}/summaries/data`))['total_workouts'], 0);
});

test('Garmin refused: one event and silence, pending with all failed', async () => {
  set({ garminRefused: true });
  await backend.connect('garmin', user);
  now += 3_600_000;
  assert.deepEqual(await words(), ['started in_progress']);
  const { overall_status: overall, windows, in_progress: busy } = await matrix();
  assert.deepEqual([overall, busy, new Set(Object.values(windows['0'] ?? {}))], ['pending', false, new Set(['failed'])]);
});

test('Garmin without the permission for the past: connected, and no event', async () => {
  set({ historyNotGranted: true });
  await backend.connect('garmin', user);
  sandbox.clearFaults();
  await backend.ask('POST', `/providers/garmin/users/${user}/sync/historical`);
  now += 60_000;
  assert.equal((await backend.connections(user))[0]?.['scope'], 'ACTIVITY_EXPORT HEALTH_EXPORT');
  assert.deepEqual(await words(), []);
  assert.equal((await matrix())['overall_status'], 'pending');
});

test('types of Garmin’s that never come: timed out, tried once more, failed', async () => {
  set({ garminTimesOut: ['hrv'] });
  await backend.connect('garmin', user);
  now += 35_000;
  const second = await matrix();
  assert.deepEqual([second['overall_status'], second['retry_type'], second.windows['0']?.['hrv']], ['retry_in_progress', 'hrv', 'timed_out']);
  now += 6000;
  const last = await matrix();
  assert.deepEqual([last['overall_status'], last.windows['0']?.['hrv'], last.windows['0']?.['sleeps']], ['complete', 'failed', 'done']);
  assert.equal((await words()).length, 6);
});

test('the second round of Garmin’s takes each that was late by itself, as long as the first took', async () => {
  set({ garminTimesOut: ['sleeps', 'dailies', 'activities', 'activityDetails', 'hrv'] });
  await backend.connect('garmin', user);
  const seen: string[] = [];
  for (let tenth = 0; tenth < 10; tenth += 1) {
    now += tenth === 0 ? 2000 : 4000;
    const { overall_status: overall, retry_type: type, windows } = await matrix();
    seen.push(`${String(overall)} ${String(type)} ${Object.values(windows['0'] ?? {}).filter((cell) => cell === 'timed_out').length}`);
  }
  assert.deepEqual(seen, [
    ...[0, 1, 2, 3, 4].map((late) => `in_progress null ${late}`),
    ...['sleeps', 'dailies', 'activities', 'activityDetails', 'hrv'].map((type) => `retry_in_progress ${type} 5`),
  ]);
  now += 4000;
  assert.equal((await matrix())['overall_status'], 'complete');
});

test('older servers lack what came later, and say so with a capital F', async () => {
  await backend.connect('strava', user);
  const lacks = async (release: Release): Promise<string[]> => {
    set({ release });
    const asked = Object.entries({
      disconnect: `/users/${user}/connections/polar`, historical: `/providers/strava/users/${user}/sync/historical`,
      summaries: `/users/${user}/summaries/data`, recent: `/users/${user}/sync/recent`, runs: `/users/${user}/sync/runs`,
      stream: `/users/00000000-0000-0000-0000-000000000000/sync/stream`, backfill: `/providers/garmin/users/${user}/backfill/status`,
    });
    const answers = await Promise.all(asked.map(async ([name, path]) => [name, await backend.ask(paths[name]?.[0] ?? '', path)] as const));
    return answers.filter(([, answer]) => answer.body === '{"detail":"Not Found"}').map(([name]) => name);
  };
  assert.deepEqual(await lacks('current'), []);
  assert.deepEqual(await lacks('0.5.0'), ['recent', 'runs', 'stream']);
  assert.deepEqual(await lacks('0.4.2'), ['summaries', 'recent', 'runs', 'stream']);
  assert.deepEqual(await lacks('0.4'), ['historical', 'summaries', 'recent', 'runs', 'stream']);
  assert.deepEqual(await lacks('0.3'), ['disconnect', 'historical', 'summaries', 'recent', 'runs', 'stream']);
  assert.deepEqual(await lacks('0.2.2'), ['disconnect', 'historical', 'summaries', 'recent', 'runs', 'stream', 'backfill']);
  const members = async (release: Release): Promise<number> => {
    set({ release });
    return Object.keys((await backend.connections(user))[0] ?? {}).length;
  };
  const counts: number[] = [];
  for (const release of ['0.1.0', '0.4.2', '0.5.0', '0.6.0', 'current'] as const) counts.push(await members(release));
  assert.deepEqual(counts, [10, 15, 16, 17, 18]);
  set({ release: '0.4' });
  assert.equal((await backend.connections(user))[0]?.['last_synced_at'], null, 'not stamped yet');
});

test('the oldest sync answers when it is done, and brings the past', async () => {
  set({ release: '0.1.0', noAutomaticHistory: true });
  await backend.connect('strava', user);
  const waiting = backend.ask('POST', `/providers/strava/users/${user}/sync`);
  while (!sandbox.requests.some(({ path }) => path.endsWith('/sync'))) await backend.connections(user);
  now += 60_000;
  assert.deepEqual(JSON.parse((await waiting).body), { success: true, details: { workouts: true } });
  set({ release: 'current' });
  assert.ok(Number((await backend.read(`/users/${user}/summaries/data`))['total_workouts']) > 0);
});

test('what was seen after the newest release: scopes, names split in two, no cancelling', async () => {
  set({ release: 'later' });
  await backend.connect('strava', user);
  const [event] = await backend.recent(user);
  assert.equal(event?.['scope'], 'historical');
  assert.match(String(event['requested_start']), /\+00:00$/);
  const names = (await backend.read<Row[]>('/oauth/providers')).map(({ provider }) => provider);
  assert.deepEqual(['google', 'google_health', 'health_connect', 'withings'].map((name) => names.includes(name)), [false, true, true, true]);
  assert.equal('attempt_count' in (await matrix()), false);
  assert.equal((await backend.ask('POST', `/providers/garmin/users/${user}/backfill/cancel`)).status, 404);
});

test('names and members nobody has heard of', async () => {
  set({ unknownValues: true });
  await backend.connect('strava', user);
  now += 1;
  assert.equal((await backend.read<Row[]>('/oauth/providers')).at(-1)?.['provider'], 'moonwatch');
  assert.deepEqual(await words(), ['started in_progress', 'untangling pondering']);
  assert.equal((await backend.connections(user))[0]?.['mood'], 'sunny');
});

test('pages cut off from their opener', async () => {
  set({ coop: { wearable: 'same-origin', callback: 'same-origin-allow-popups' } });
  const url = await begun();
  assert.equal((await ask(url)).headers['cross-origin-opener-policy'], 'same-origin');
  assert.equal((await backend.decide(url, 'allow'))[1].headers['cross-origin-opener-policy'], 'same-origin-allow-popups');
});
