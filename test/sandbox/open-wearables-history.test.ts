import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { Backend, detail, sameShape, type Row } from './backend.js';

const beginning = Date.UTC(2026, 10, 21, 4, 5, 3);
let now = beginning;
let sandbox: Sandbox;
let backend: Backend;
let user = '';
before(async () => {
  sandbox = await createSandbox({ port: 0, quiet: true, historySeconds: 40, now: () => now });
  backend = new Backend(sandbox);
});
after(() => sandbox.close());
beforeEach(async () => {
  now = beginning;
  sandbox.reset();
  user = await backend.user();
});

const noOne = { items_total: null, primary_user_id: null };
const recordedStart = {
  event_id: 'b57dd67f', run_id: 'pull_62160093e1f74805', user_id: '47fdf7a7', provider: 'strava', source: 'backfill', stage: 'started',
  status: 'in_progress', message: 'Historical sync from strava started', progress: null, items_processed: null, items_total: null, error: null,
  primary_user_id: null,
  metadata: { trace_id: 'f632952f', is_historical: true, start_date: '2026-08-23T04:05:05.904154+00:00', end_date: '2026-11-21T04:05:05.904154+00:00' },
  started_at: '2026-11-21T04:05:05.980119Z', ended_at: null, timestamp: '2026-11-21T04:05:05.980175Z',
};
const recordedFetching = { ...recordedStart, metadata: {}, started_at: null };
const recordedEnd = {
  ...recordedStart, progress: 1.0, items_processed: 0, started_at: null, ended_at: '2026-11-21T04:05:08.071367Z',
  metadata: { is_historical: true, params: { workouts: { success: 3, start_date: '2026-08-23T04:05:05.904154+00:00', end_date: '2026-11-21' } } },
};
const recordedRun = {
  run_id: 'pull_517a51826d8940f0', user_id: '47fdf7a7', provider: 'strava', source: 'backfill', stage: 'completed', status: 'success',
  message: 'Sync from strava completed', progress: 1.0, items_processed: 0, items_total: null, error: null, primary_user_id: null,
  started_at: '2026-11-21T04:05:39.193356Z', ended_at: '2026-11-21T04:05:41.488518Z', last_update: '2026-11-21T04:05:41.488591Z',
};

const words = (events: readonly Row[]): string[] => events.map(({ source, stage, status }) => `${String(source)} ${String(stage)} ${String(status)}`);
const historical = (provider: string, query = '') => backend.ask('POST', `/providers/${provider}/users/${user}/sync/historical${query}`);
const summary = () => backend.read<Row & { by_provider: Row[]; total_workouts: number }>(`/users/${user}/summaries/data`);

test('a pull: started, fetching, and after the chosen time completed; progress null until then', async () => {
  await backend.connect('strava', user);
  now += 39_000;
  const before = await backend.recent(user);
  assert.deepEqual(words(before), ['backfill fetching in_progress', 'backfill started in_progress'], 'newest first');
  assert.deepEqual(before.map(({ progress }) => progress), [null, null]);
  now += 1000;
  const [completed, fetching, started] = await backend.recent(user);
  sameShape(started, recordedStart, 'started');
  sameShape(fetching, recordedFetching, 'fetching');
  sameShape(completed, recordedEnd, 'completed');
  assert.deepEqual([completed?.['progress'], completed?.['items_processed']], [1, 0], 'none, it says, whatever came');
  const runs = await backend.read<Row[]>(`/users/${user}/sync/runs?limit=20`);
  sameShape(runs, [recordedRun], 'runs');
  assert.deepEqual((await backend.read<Row[]>(`/users/${user}/sync/recent?limit=1`)), [completed], 'the same event has the same id');
  const [connection] = await backend.connections(user);
  assert.equal(String(connection?.['last_synced_at']).slice(0, 19), '2026-11-21T04:05:03', 'a history does not move it');
});

test('what is there so far grows while nothing is said', async () => {
  await backend.connect('oura', user);
  assert.deepEqual(await summary(), {
    user_id: user, total_data_points: 0, total_workouts: 0, total_sleep_events: 0, series_type_counts: {}, workout_type_counts: {}, by_provider: [],
    has_womens_health_data: false,
  });
  now += 20_000;
  const half = await summary();
  now += 20_000;
  const whole = await summary();
  assert.ok(half.total_workouts > 0 && half.total_workouts < whole.total_workouts);
  sameShape(whole.by_provider, [{
    provider: 'oura', data_points: 5, series_counts: { steps: 1, resting_heart_rate: 1, heart_rate_variability_rmssd: 2 }, workout_count: 1, sleep_count: 1,
  }], 'by provider');
  const workouts = await backend.read<{ pagination: Row; data: Row[] }>(`/users/${user}/events/workouts?start_date=2026-01-01&end_date=2027-01-01&limit=1`);
  assert.deepEqual([workouts.pagination['total_count'], workouts.pagination['has_more'], workouts.data.length], [whole.total_workouts, true, 1]);
  const next = await backend.read<{ data: Row[] }>(
    `/users/${user}/events/workouts?start_date=2026-01-01&end_date=2027-01-01&limit=1&cursor=${encodeURIComponent(String(workouts.pagination['next_cursor']))}`,
  );
  assert.ok(String(next.data[0]?.['start_time']) < String(workouts.data[0]?.['start_time']));
  const nights = await backend.read<{ data: Row[] }>(`/users/${user}/events/sleep?start_date=2026-01-01&end_date=2027-01-01&limit=1`);
  sameShape(nights.data[0], {
    id: '7c287da5', start_time: '2026-11-20T18:05:17Z', end_time: '2026-11-21T02:05:17Z', zone_offset: '+00:00',
    source: { provider: 'garmin', source: 'garmin', device: null, device_type: null, device_name: null }, duration_seconds: 28800,
    sleep_duration_seconds: 27960, efficiency_percent: 97.22, stages: { awake_minutes: 13, light_minutes: 250, deep_minutes: 100, rem_minutes: 116 },
    sleep_stage_intervals: null, is_nap: false,
  }, 'a night');
});

test('a history that is asked for: queued, whoever asks; dropped while another pull runs', async () => {
  const queued = JSON.parse((await historical('polar')).body) as Row;
  const recorded = {
    success: true, provider: 'strava', user_id: '47fdf7a7', method: 'pull_api', task_id: '4e723429', message: 'Historical sync queued for 90 days of strava data.',
    days: 90, start_date: '2026-08-23T04:05:39.328365+00:00', end_date: '2026-11-21T04:05:39.328365+00:00',
  };
  sameShape(queued, recorded, 'of somebody who is not connected');
  assert.deepEqual(await backend.recent(user), [], 'and then nothing happens');
  await backend.connect('strava', user);
  now += 10_000;
  assert.equal((await historical('strava')).status, 200);
  now += 30_000;
  assert.equal((await backend.recent(user)).length, 3, 'the second was dropped');
  const asked = JSON.parse((await historical('strava', '?days=28')).body) as Row;
  assert.deepEqual([asked['days'], asked['message'], asked['method']], [28, 'Historical sync queued for 28 days of strava data.', 'pull_api']);
  now += 40_000;
  assert.equal((await backend.recent(user)).length, 6);
  for (const [path, text] of [
    ['/sync/historical?days=900', 'Input should be less than or equal to 365'], ['/sync/historical?days=0', 'Input should be greater than or equal to 1'],
  ] as const) assert.equal(detail(await backend.ask('POST', `/providers/strava/users/${user}${path}`)), text);
  const phone = await historical('apple');
  assert.deepEqual([phone.status, detail(phone)], [400, "Provider 'apple' does not support historical sync."]);
});

test('a plain sync: queued too, from where it left off; in the request only if it is asked for', async () => {
  const sync = (provider: string, query = '') => backend.ask('POST', `/providers/${provider}/users/${user}/sync${query}`);
  await backend.connect('strava', user);
  now += 40_000;
  const answer = await sync('strava', '?data_type=all');
  sameShape(JSON.parse(answer.body), { success: true, async: true, task_id: '7d1a901a', message: 'Sync task queued' }, 'queued');
  now += 2000;
  assert.deepEqual(words(await backend.recent(user)).slice(0, 3), ['pull completed success', 'pull fetching in_progress', 'pull started in_progress']);
  assert.equal(String((await backend.connections(user))[0]?.['last_synced_at']).slice(0, 19), '2026-11-21T04:05:45', 'this does move it');
  assert.equal(
    detail(await sync('suunto', '?since=1736899200')),
    "Parameters ['since'] are not supported in async mode. Use async=false or omit provider-specific parameters.",
  );
  const stranger = await sync('polar', '?async=false');
  assert.deepEqual([stranger.status, detail(stranger)], [401, 'User not connected to polar']);
});

test('Garmin: one event, then type by type as it is pushed, then the end; the matrix counts them', async () => {
  const status = () => backend.read<Row & { windows: Row; summary: Row }>(`/providers/garmin/users/${user}/backfill/status`);
  const cells = { sleeps: 'pending', dailies: 'pending', activities: 'pending', activityDetails: 'pending', hrv: 'pending' };
  const none = { done: 0, timed_out: 0, failed: 0 };
  const never = {
    user_id: user, provider: 'garmin', overall_status: 'pending', current_window: 0, total_windows: 1, windows: { 0: cells },
    summary: { sleeps: none, dailies: none, activities: none, activityDetails: none, hrv: none }, in_progress: false, retry_phase: false,
    retry_type: null, retry_window: null, attempt_count: 0, max_attempts: 3, permanently_failed: false,
  };
  assert.deepEqual(await status(), never, 'never started is pending');
  await backend.connect('garmin', user);
  assert.deepEqual(await status(), { ...never, overall_status: 'in_progress', in_progress: true });
  now += 8000;
  const one = { ...cells, sleeps: 'done' };
  assert.deepEqual((await status()).windows, { 0: one });
  now += 32_030;
  const end = await status();
  assert.deepEqual([end['overall_status'], end['current_window'], end['in_progress']], ['complete', 1, false]);
  assert.deepEqual(end.summary['hrv'], { done: 1, timed_out: 0, failed: 0 });
  const events = (await backend.recent(user)).reverse();
  assert.deepEqual(words(events), [
    'backfill started in_progress', ...Array.from({ length: 5 }, () => 'webhook completed success'), 'backfill completed success',
  ]);
  assert.deepEqual(events.map(({ message }) => message), [
    'Starting Garmin 30-day historical backfill', 'Garmin live data received: sleeps', 'Garmin live data received: dailies',
    'Garmin activity received: Run', 'Garmin live data received: activityDetails', 'Garmin live data received: hrv', 'Garmin backfill complete',
  ]);
  sameShape(events[0]?.['metadata'], { trace_id: '43c7db5d', total_types: 5, total_windows: 1, target_days: 30 }, 'the start');
  sameShape(events[1]?.['metadata'], { trace_id: '43c7db5d', summary_type: 'sleeps', items: 1 }, 'a push');
  sameShape(events[3]?.['metadata'], { trace_id: '43c7db5d', activity_id: 1, activity_type: 'RUNNING' }, 'an activity');
  assert.equal(new Set(events.map(({ metadata }) => (metadata as Row)['trace_id'])).size, 1);
  for (const event of events) assert.deepEqual({ ...event, ...noOne }, event);
  assert.ok((await summary()).total_workouts > 0);
});

test('Garmin asked again resumes behind its only window, and is done in a second', async () => {
  await backend.connect('garmin', user);
  now += 41_000;
  const answer = JSON.parse((await historical('garmin', '?days=90')).body) as Row;
  sameShape(answer, {
    success: true, provider: 'garmin', user_id: user, method: 'webhook_backfill', task_id: '62d11adb', message: 'Garmin 30-day backfill started.',
  }, 'without days or dates');
  now += 1000;
  const [completed, resumed] = await backend.recent(user);
  assert.equal(resumed?.['message'], 'Resuming Garmin backfill at window 1');
  assert.deepEqual([completed?.['message'], completed?.['items_processed']], ['Garmin backfill complete', 2]);
});

test('Garmin cancelled: the matrix says so at once, the event when the next step would have come', async () => {
  const post = (path: string) => backend.ask('POST', `/providers/garmin/users/${user}/backfill/${path}`);
  const idle = await post('cancel');
  assert.deepEqual([idle.status, detail(idle)], [409, 'No backfill in progress for this user']);
  await backend.connect('garmin', user);
  now += 10_000;
  assert.equal((await post('cancel')).status, 200);
  assert.equal((await backend.read(`/providers/garmin/users/${user}/backfill/status`))['overall_status'], 'cancelled');
  assert.equal((await backend.recent(user))[0]?.['status'], 'success');
  now += 6000;
  assert.equal((await backend.recent(user))[0]?.['status'], 'cancelled');
  assert.equal(detail(await post('nope/retry')), 'Invalid type: nope. Valid types: sleeps, dailies, activities, activityDetails, hrv');
});

test('a user nobody knows, and limits', async () => {
  const nobody = '00000000-0000-0000-0000-000000000000';
  for (const path of ['recent', 'runs', 'stream']) {
    const answer = await backend.ask('GET', `/users/${nobody}/sync/${path}`);
    assert.deepEqual([answer.status, detail(answer)], [404, 'User not found']);
  }
  assert.equal(detail(await backend.ask('GET', `/users/${user}/sync/runs?limit=5000`)), 'Input should be less than or equal to 200');
  assert.equal(detail(await backend.ask('GET', `/users/${user}/sync/stream?replay=0`)), 'Input should be greater than or equal to 1');
});

test('the time it says it is and the times it stamps are one clock', async () => {
  now += 3_600_000;
  await backend.connect('strava', user);
  const { headers, body } = await backend.ask('GET', `/users/${user}/connections`);
  const [{ updated_at: updated } = {}] = JSON.parse(body) as Record<string, string>[];
  assert.equal(Math.floor(Date.parse(updated ?? '') / 1000) * 1000, Date.parse(headers.date ?? ''));
  assert.equal((await backend.ask('HEAD', `/users/${user}/sync/stream`)).status, 405);
});
