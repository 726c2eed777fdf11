import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ids } from './open-wearables-rig.js';
import { reply, verdictOf } from './rig.js';
import { createUpdates, event, gist, matrix, row } from './updates-rig.js';

const minute = 60_000;

describe('GET /updates', () => {
  it('tells how the history of a new connection comes in, and when it is in', async () => {
    const { listen, rows, state, clock } = createUpdates();
    rows['kari'] = [row('strava', clock.now())];
    const heard = await listen();
    assert.equal(heard.response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
    assert.match(heard.response.headers.get('cache-control') ?? '', /no-store/);
    state.events = [event('strava', 'fetching', 'in_progress', clock.now() + 1000)];
    await clock.advance(5_000);
    state.counts = [{ provider: 'strava', data_points: 40, workout_count: 3, sleep_count: 1 }];
    await clock.advance(5_000);
    state.events = [event('strava', 'completed', 'success', clock.now()), ...state.events];
    await clock.advance(5_000);
    assert.deepEqual(gist(heard.said), [
      'progress strava waiting null', 'connections strava:syncing', 'progress strava fetching null', 'progress strava fetching null',
      'progress strava done 1', 'connections strava:ready', 'complete success',
    ]);
    assert.deepEqual(heard.said[3]?.data, { source: 'strava', stage: 'fetching', ratio: null, loadedUntil: null, items: 4, live: true });
    assert.equal(new Set(heard.said.map(({ id }) => id)).size, heard.said.length);
    heard.leave();
  });

  it('polls once however many listen, each three seconds while something moves, slower after, and not at all when all have gone', async () => {
    const { listen, rows, state, clock, polls } = createUpdates();
    rows['kari'] = [row('strava', clock.now())];
    const all = await Promise.all(Array.from({ length: 50 }, () => listen()));
    const before = polls();
    await clock.advance(30_000);
    assert.ok(polls() - before >= 6 && polls() - before <= 15, `${polls() - before} polls in 30 s`);
    state.events = [event('strava', 'completed', 'success', clock.now())];
    await clock.advance(6_000);
    const after = polls();
    await clock.advance(60_000);
    assert.equal(polls() - after, 4);
    for (const { said } of all) assert.deepEqual(gist(said), gist(all[0]?.said ?? []));
    for (const [index, one] of all.entries()) await (index % 2 ? one.leave() : one.cancel());
    const last = polls();
    await clock.advance(10 * minute);
    assert.equal(polls(), last);
    assert.equal(clock.pending, 0, 'no timer is left');
  });

  it('goes on after the last event a listener had, and gives the whole picture where it is not known', async () => {
    const { listen, rows, state, clock } = createUpdates();
    rows['kari'] = [row('strava', clock.now())];
    const first = await listen();
    await clock.advance(1_000);
    first.leave();
    await clock.advance(30_000);
    state.events = [event('strava', 'fetching', 'in_progress', clock.now())];
    const again = await listen(first.said.at(-1)?.id);
    await clock.advance(1_000);
    assert.deepEqual(gist(again.said), ['progress strava fetching null']);
    for (const lastId of ['another-7', undefined]) {
      const stranger = await listen(lastId);
      await clock.advance(0);
      assert.deepEqual(gist(stranger.said), ['connections strava:syncing', 'progress strava fetching null']);
      stranger.leave();
    }
    again.leave();
  });

  it('tells nothing twice to who comes back after more than it remembers', async () => {
    const { listen, rows, state, clock } = createUpdates();
    rows['kari'] = [row('strava', clock.now())];
    const first = await listen();
    const witness = await listen();
    await clock.advance(1_000);
    first.leave();
    for (let count = 1; count <= 300; count += 1) {
      state.counts = [{ provider: 'strava', data_points: count, workout_count: count, sleep_count: 0 }];
      state.events = [event('strava', 'fetching', 'in_progress', clock.now())];
      await clock.advance(3_000);
      // A stream ends after ten minutes.
      if (count === 190) await listen(witness.said.at(-1)?.id);
    }
    const again = await listen(first.said.at(-1)?.id);
    await clock.advance(1_000);
    assert.deepEqual(gist(first.said), ['progress strava waiting null', 'connections strava:syncing']);
    assert.deepEqual(again.said.map(({ data }) => data['items']), [300]);
  });

  it('tells what was done meanwhile at once: a disconnect, a new connection', async () => {
    const rig = createUpdates();
    rig.platforms.answers[`DELETE ${rig.base}/connections/strava`] = () => {
      rig.rows['kari'] = [row('strava', rig.clock.now(), { status: 'revoked' })];
      return reply(null, 204);
    };
    rig.rows['kari'] = [row('strava', 0)];
    const heard = await rig.listen();
    await rig.clock.advance(1_000);
    assert.equal((await rig.ask('DELETE', '/wearables/connections/strava')).status, 204);
    await rig.clock.advance(0);
    assert.deepEqual(gist(heard.said).slice(-1), ['connections strava:unavailable']);
    heard.leave();
  });

  it('sends a heartbeat where there is nothing to tell, and ends after ten minutes, so that a session does', async () => {
    const { listen, clock } = createUpdates();
    const heard = await listen();
    await clock.advance(5 * minute);
    assert.ok(heard.comments >= 20 && !heard.ended);
    await clock.advance(5 * minute + 1);
    assert.ok(heard.ended);
    await clock.advance(minute);
    assert.equal(clock.pending, 0);
  });

  it('holds nothing up for one who does not read, and sends them the picture', async () => {
    const { ask, rows, state, clock, listen } = createUpdates();
    rows['kari'] = [row('strava', clock.now())];
    const leaving = new AbortController();
    const slow = await ask('GET', '/wearables/updates', undefined, {}, leaving.signal);
    const quick = await listen();
    for (let count = 0; count < 100; count += 1) {
      state.counts = [{ provider: 'strava', data_points: count, workout_count: count, sleep_count: 0 }];
      await clock.advance(3_000);
    }
    assert.ok(quick.said.length >= 100);
    const reader = slow.body?.getReader();
    let told = 0;
    for (let count = 0; count < 70; count += 1) {
      const read = await Promise.race([reader?.read(), new Promise<null>((done) => setImmediate(() => done(null)))]);
      if (read?.value && new TextDecoder().decode(read.value).startsWith('id:')) told += 1;
    }
    assert.ok(told > 0 && told <= 64, `${told} updates`);
    leaving.abort();
    quick.leave();
  });

  it('is for whoever is signed in', async () => {
    const { ask, handler } = createUpdates();
    assert.equal((await handler(new Request('https://club.example/wearables/updates', { headers: { 'sec-fetch-site': 'cross-site' } }))).status, 403);
    assert.equal(await verdictOf(await ask('POST', '/wearables/updates', {})), '405 misconfigured');
  });
});

describe('the end of a history', () => {
  const endOf = async (set: (rig: ReturnType<typeof createUpdates>) => void, ms = 10_000): Promise<string[]> => {
    const rig = createUpdates();
    set(rig);
    const heard = await rig.listen();
    await rig.clock.advance(ms);
    heard.leave();
    return gist(heard.said);
  };
  const done = ['done', 'done', 'done', 'done', 'done'];
  const failed = done.map(() => 'failed');

  it('is unknown after ten minutes without news, and not before', async () => {
    const { listen, rows, clock } = createUpdates();
    rows['kari'] = [row('strava', clock.now())];
    const heard = await listen();
    await clock.advance(9.9 * minute);
    assert.equal(gist(heard.said).some((line) => line.startsWith('complete')), false);
    const again = await listen(heard.said.at(-1)?.id);
    await clock.advance(0.2 * minute);
    assert.deepEqual(gist(again.said), ['connections strava:unknown', 'complete unknown']);
    heard.leave();
    again.leave();
  });

  it('is unknown at once where nothing moved for longer than that before anybody came', async () => {
    assert.deepEqual((await endOf(({ rows, clock }) => (rows['kari'] = [row('strava', clock.now() - 60 * minute)]))).at(-1), 'complete unknown');
  });

  it('is success where there is data a day after connecting, though no run is remembered; where there is none, nobody knows', async () => {
    const longAgo = (points: number) => endOf(({ rows, state, clock }) => {
      rows['kari'] = [row('strava', clock.now() - 25 * 60 * minute)];
      state.counts = [{ provider: 'strava', data_points: points, workout_count: points, sleep_count: 0 }];
    });
    assert.deepEqual(await longAgo(7), ['progress strava done null', 'connections strava:ready', 'complete success']);
    assert.equal((await longAgo(0)).at(-1), 'complete unknown');
  });

  it('is what the last run came to; one that failed is partial, for the account is connected', async () => {
    for (const [status, line] of [['success', 'complete success'], ['partial', 'complete partial'], ['failed', 'complete partial'], ['cancelled', 'complete partial'], ['stale', 'complete partial']] as const)
      assert.equal((await endOf(({ rows, state, clock }) => {
        rows['kari'] = [row('strava', clock.now())];
        state.events = [event('strava', status === 'failed' ? 'failed' : 'completed', status, clock.now() + 1)];
      })).at(-1), line, status);
  });

  for (const [what, status, points, items, line] of [
    ['days of steps are not called no history', 'success', 5_000, null, 'complete success'],
    ['where nothing is there of a run that failed, that is said', 'failed', 0, 0, 'complete partial'],
  ] as const)
    it(`comes with what there is: ${what}`, async () => {
      const { listen, rows, state, clock } = createUpdates();
      rows['kari'] = [row('strava', clock.now())];
      state.events = [event('strava', status === 'failed' ? 'failed' : 'completed', status, clock.now() + 1)];
      if (points) state.counts = [{ provider: 'strava', data_points: points, workout_count: 0, sleep_count: 0 }];
      const heard = await listen();
      await clock.advance(1_000);
      heard.leave();
      assert.equal(gist(heard.said).at(-1), line);
      assert.deepEqual(heard.said.flatMap(({ event: name, data }) => (name === 'progress' ? [data['items']] : [])), [items]);
    });

  it('is of the history, not of the updates that come all day, nor of a run before the reconnect', async () => {
    const said = await endOf(({ rows, state, clock }) => {
      rows['kari'] = [row('strava', clock.now())];
      state.events = [event('strava', 'completed', 'success', clock.now() + 1, { source: 'pull', metadata: { is_historical: false } }), event('garmin', 'completed', 'success', clock.now()), event('strava', 'completed', 'success', clock.now() - 1000), { odd: true }];
    });
    assert.deepEqual(said, ['progress strava waiting null', 'connections strava:syncing']);
    for (const more of [{ source: 'pull', scope: 'historical' }, { source: 'linked_account' }, { source: 'pull', metadata: { is_historical: true } }, { source: 'webhook', run_id: 'garmin_backfill_x' }])
      assert.equal((await endOf(({ rows, state, clock }) => {
        rows['kari'] = [row('strava', clock.now())];
        state.events = [event('strava', 'completed', 'success', clock.now() + 1, more)];
      })).at(-1), 'complete success');
  });

  it('goes by Garmin’s own table, which alone tells of a fraction and of a refusal', async () => {
    const garmin = (table: object) => endOf(({ rows, state, clock }) => {
      rows['kari'] = [row('garmin', clock.now())];
      state.events = [event('garmin', 'started', 'in_progress', clock.now())];
      state.garmin = table;
    });
    assert.deepEqual(await garmin(matrix('in_progress', ['done', 'done', 'pending', 'pending', 'pending'])), ['progress garmin fetching 0.4', 'connections garmin:syncing']);
    assert.equal((await garmin(matrix('complete', done))).at(-1), 'complete success');
    assert.equal((await garmin(matrix('complete', ['timed_out', ...done.slice(1)]))).at(-1), 'complete partial');
    assert.deepEqual(await garmin(matrix('pending', failed)), ['progress garmin failed null', 'connections garmin:unknown', 'complete partial'], 'refused, silently');
    assert.equal((await garmin(matrix('cancelled', done))).at(-1), 'complete partial');
    assert.deepEqual(await garmin(matrix('pending', done.map(() => 'pending'))), ['progress garmin waiting null', 'connections garmin:syncing']);
  });

  it('is not that of the backfill before a reconnect, which Garmin’s table shows until the new one has begun', async () => {
    const { listen, rows, state, clock } = createUpdates();
    rows['kari'] = [row('garmin', clock.now())];
    state.events = [event('garmin', 'started', 'in_progress', clock.now() - minute)];
    state.garmin = matrix('pending', failed);
    const heard = await listen();
    await clock.advance(5_000);
    assert.deepEqual(gist(heard.said), ['progress garmin waiting null', 'connections garmin:syncing']);
    state.events = [event('garmin', 'started', 'in_progress', clock.now()), ...state.events];
    await clock.advance(5_000);
    assert.equal(gist(heard.said).at(-1), 'complete partial', 'refused once more');
    heard.leave();
    assert.equal((await endOf((rig) => {
      rig.rows['kari'] = [row('garmin', rig.clock.now())];
      rig.state.garmin = matrix('complete', done);
      delete rig.platforms.answers[`GET ${rig.base}/sync/recent`];
    })).at(-1), 'complete success', 'of a server that has no events');
  });

  it('is partial at once where Garmin’s history was not permitted', async () => {
    assert.deepEqual(await endOf(({ rows, clock }) => (rows['kari'] = [row('garmin', clock.now(), { scope: 'ACTIVITY_EXPORT' })])), ['connections garmin:action_required', 'complete partial']);
  });

  it('waits for every source, and one that was quiet before spoils nothing', async () => {
    const { listen, rows, state, clock } = createUpdates();
    rows['kari'] = [row('whoop', clock.now() - 60 * minute), row('strava', clock.now()), row('garmin', clock.now())];
    state.events = [event('strava', 'completed', 'success', clock.now() + 1), event('garmin', 'started', 'in_progress', clock.now())];
    state.garmin = matrix('in_progress', ['done', 'pending', 'pending', 'pending', 'pending']);
    const heard = await listen();
    await clock.advance(10_000);
    assert.equal(gist(heard.said).some((line) => line.startsWith('complete')), false);
    state.garmin = matrix('complete', done);
    await clock.advance(4_000);
    assert.equal(gist(heard.said).at(-1), 'complete success');
    heard.leave();
  });

  it('stays, however much a phone has sent since, and is opened by another run alone', async () => {
    const rig = createUpdates();
    const { rows, state, clock } = rig;
    rig.platforms.answers[`GET ${rig.base}/sync/recent`] = ({ url }) => reply(state.events.slice(0, Number(url.searchParams.get('limit') ?? 50)));
    const phone = (times: number): void => {
      const sent = Array.from({ length: times }, (_, index) => event('apple', 'completed', 'success', clock.now(), { source: 'sdk', run_id: `sdk_${index}` }));
      state.events = [...sent, ...state.events].slice(0, 200);
    };
    rows['kari'] = [row('strava', clock.now()), row('whoop', clock.now())];
    state.events = [event('whoop', 'started', 'in_progress', clock.now() + 2, { run_id: 'pull_w1' }), event('strava', 'completed', 'success', clock.now() + 1, { run_id: 'pull_s1' }), event('strava', 'started', 'in_progress', clock.now(), { run_id: 'pull_s1' })];
    // First seen when many others are listed above it.
    phone(100);
    let heard = await rig.listen();
    await clock.advance(1_000);
    const both = ['progress strava done 1', 'progress whoop waiting null', 'connections strava:ready,whoop:syncing'];
    assert.deepEqual(gist(heard.said), both);
    phone(198);
    await clock.advance(4_000);
    state.events = [event('whoop', 'completed', 'success', clock.now(), { run_id: 'pull_w1' }), ...state.events];
    await clock.advance(4_000);
    assert.deepEqual(gist(heard.said).slice(3), ['progress whoop done 1', 'connections strava:ready,whoop:ready', 'complete success']);
    phone(200);
    for (const ms of [20_000, 2 * minute]) {
      heard.leave();
      await clock.advance(30_000);
      heard = await rig.listen();
      await clock.advance(ms);
      assert.deepEqual(gist(heard.said).sort(), ['complete success', 'connections strava:ready,whoop:ready', 'progress strava done 1', 'progress whoop done 1']);
    }
    state.events = [event('strava', 'fetching', 'in_progress', clock.now(), { run_id: 'pull_s2' }), ...state.events];
    await clock.advance(16_000);
    assert.deepEqual(gist(heard.said).slice(4), ['progress strava fetching null', 'connections strava:syncing,whoop:ready']);
    heard.leave();
  });

  it('is told on older servers too, which have no events: after ten minutes', async () => {
    const rig = createUpdates();
    delete rig.platforms.answers[`GET ${rig.base}/sync/recent`];
    rig.rows['kari'] = [row('strava', rig.clock.now())];
    const heard = await rig.listen();
    await rig.clock.advance(10.1 * minute);
    assert.equal((await rig.listen()).said.length > 0, true);
    assert.ok(gist(heard.said).includes('complete unknown') || heard.ended);
  });
});

describe('where Open Wearables', () => {
  it('falls over, it says that this is not live, asks less often, and says when it is back [F24]', async () => {
    const { listen, rows, clock, platforms, base, polls } = createUpdates();
    rows['kari'] = [row('strava', clock.now())];
    const heard = await listen();
    const usual = platforms.answers[`GET ${base}/connections`];
    platforms.answers[`GET ${base}/connections`] = () => reply('canary', 503);
    const before = polls();
    await clock.advance(2 * minute);
    assert.equal(gist(heard.said).at(-1), 'progress strava waiting null not live');
    assert.ok(polls() - before < 30, `${polls() - before} polls`);
    if (usual) platforms.answers[`GET ${base}/connections`] = usual;
    await clock.advance(minute);
    assert.equal(gist(heard.said).at(-1), 'progress strava waiting null');
    heard.leave();
  });

  it('never comes back, the waiting ends all the same [F24]', async () => {
    const { listen, clock, platforms, base } = createUpdates();
    platforms.answers[`GET ${base}/connections`] = () => reply('canary', 500);
    const first = await listen();
    await clock.advance(9 * minute);
    assert.deepEqual(first.said, []);
    const heard = await listen();
    await clock.advance(2 * minute);
    assert.deepEqual(gist(heard.said), ['complete unknown']);
  });
});

describe('what is counted, and Garmin’s own table,', () => {
  const slow = (rig: ReturnType<typeof createUpdates>) => () => rig.clock.wait(60_000, new AbortController().signal).then(() => reply({}));
  const table = `GET /api/v1/providers/garmin/users/${ids['kari']}/backfill/status`;

  for (const [what, source, path, answer, code] of [
    ['the counts fail', 'strava', null, () => () => reply('Internal Server Error', 500), 'platform_error'],
    ['the counts take too long', 'strava', null, slow, 'timeout'],
    ['the counts are refused', 'strava', null, () => () => reply({ detail: 'canary' }, 403), 'misconfigured'],
    ['Garmin’s table is gone for good', 'garmin', table, () => () => reply({ detail: 'Gone' }, 410), 'platform_error'],
    ['Garmin’s table takes too long', 'garmin', table, slow, 'timeout'],
  ] as const)
    it(`are not needed for the rest: ${what}`, async () => {
      const rig = createUpdates();
      rig.platforms.answers[path ?? `GET ${rig.base}/summaries/data`] = answer(rig);
      rig.rows['kari'] = [row(source, rig.clock.now())];
      const heard = await rig.listen();
      await rig.clock.advance(6_000);
      assert.deepEqual(gist(heard.said), [`progress ${source} waiting null`, `connections ${source}:syncing`]);
      rig.state.events = [event(source, 'completed', 'success', rig.clock.now())];
      await rig.clock.advance(9_000);
      assert.deepEqual(gist(heard.said).slice(2), [`progress ${source} done 1`, `connections ${source}:ready`, 'complete success']);
      assert.deepEqual(rig.thrown.map((error) => (error as { code?: string }).code), [code], 'said once, to whoever runs the site');
      heard.leave();
    });

  it('are as they were last where they fail once, so that no bar jumps; what ended meanwhile has ended', async () => {
    const rig = createUpdates();
    rig.rows['kari'] = [row('garmin', rig.clock.now())];
    rig.state.events = [event('garmin', 'started', 'in_progress', rig.clock.now())];
    rig.state.garmin = matrix('in_progress', ['done', 'done', 'pending', 'pending', 'pending']);
    rig.state.counts = [{ provider: 'garmin', data_points: 9, workout_count: 4, sleep_count: 0 }];
    const heard = await rig.listen();
    const counts = `GET ${rig.base}/summaries/data`;
    const usual = [rig.platforms.answers[table], rig.platforms.answers[counts]];
    for (const path of [table, counts]) rig.platforms.answers[path] = () => reply('canary', 503);
    await rig.clock.advance(9_000);
    [table, counts].forEach((path, index) => Object.assign(rig.platforms.answers, { [path]: usual[index] }));
    await rig.clock.advance(6_000);
    assert.deepEqual(gist(heard.said), ['progress garmin fetching 0.4', 'connections garmin:syncing']);
    rig.platforms.answers[table] = () => reply('canary', 503);
    rig.state.events = [event('garmin', 'completed', 'success', rig.clock.now()), ...rig.state.events];
    await rig.clock.advance(6_000);
    assert.equal(gist(heard.said).at(-1), 'complete success');
    heard.leave();
  });
});

describe('what a change made stale', () => {
  const connected = () => {
    const rig = createUpdates();
    rig.rows['kari'] = [row('strava', rig.clock.now() - 5 * minute)];
    rig.state.events = [event('strava', 'completed', 'success', rig.clock.now() - 4 * minute)];
    rig.platforms.answers[`DELETE ${rig.base}/connections/strava`] = () => reply(null, 204);
    return rig;
  };
  const stale = (said: Parameters<typeof gist>[0]): string[] => gist(said).filter((line) => /^complete|progress strava/.test(line));

  it('is not told to who comes after a new connection and before the next look, though it was kept', async () => {
    const rig = connected();
    const first = await rig.listen();
    await rig.clock.advance(1_000);
    assert.equal(gist(first.said).at(-1), 'complete success');
    const before = first.said[0]?.id;
    first.leave();
    await rig.clock.advance(30_000);
    // Connected anew: nothing has come of it yet.
    const nonce = await rig.nonceFor('strava');
    await rig.clock.advance(1_000);
    rig.rows['kari'] = [row('strava', rig.clock.now())];
    rig.state.events = [];
    assert.equal((await rig.connect('strava', nonce)).status, 200);
    for (const lastId of [undefined, before]) {
      const heard = await rig.listen(lastId);
      await rig.clock.advance(2_000);
      assert.deepEqual(stale(heard.said), ['progress strava waiting null'], String(lastId));
      assert.ok(gist(heard.said).includes('connections strava:syncing'));
      heard.leave();
    }
  });

  it('is not told by a look that was under way either', async () => {
    const rig = connected();
    const first = await rig.listen();
    await rig.clock.advance(1_000);
    const usual = rig.platforms.answers[`GET ${rig.base}/connections`];
    let release = (): void => {};
    rig.platforms.answers[`GET ${rig.base}/connections`] = async () => {
      await new Promise<void>((resolve) => (release = resolve));
      return reply([row('strava', 0)]);
    };
    await rig.clock.advance(15_000);
    if (usual) rig.platforms.answers[`GET ${rig.base}/connections`] = usual;
    rig.rows['kari'] = [row('strava', rig.clock.now(), { status: 'revoked' })];
    assert.equal((await rig.ask('DELETE', '/wearables/connections/strava')).status, 204);
    const late = await rig.listen();
    assert.deepEqual(late.said, [], 'not before it was looked at');
    release();
    await rig.clock.advance(1_000);
    assert.deepEqual(gist(late.said), ['connections strava:unavailable']);
    assert.deepEqual(gist(first.said).slice(-1), ['connections strava:unavailable']);
    first.leave();
    late.leave();
  });

  it('is not told to who comes when nobody has looked for a while, before somebody has', async () => {
    const rig = connected();
    const first = await rig.listen();
    await rig.clock.advance(1_000);
    first.leave();
    await rig.clock.advance(30_000);
    // Another instance was told of it, this one was not.
    rig.rows['kari'] = [row('strava', rig.clock.now())];
    rig.state.events = [];
    const late = await rig.listen();
    await rig.clock.advance(1_000);
    assert.deepEqual(gist(late.said).filter((line) => line.startsWith('complete')), []);
    late.leave();
  });

  it('costs no look more for who comes back while the last one still holds', async () => {
    const rig = connected();
    const first = await rig.listen();
    await rig.clock.advance(1_000);
    first.leave();
    const before = rig.polls();
    for (let count = 0; count < 10; count += 1) {
      const again = await rig.listen();
      assert.deepEqual(stale(again.said), ['progress strava done 1', 'complete success']);
      await rig.clock.advance(1_000);
      again.leave();
    }
    assert.equal(rig.polls(), before);
  });
});

describe('a failure that nobody tells of', () => {
  const pendings = ['pending', 'pending', 'pending', 'pending', 'pending'];
  type Rig = ReturnType<typeof createUpdates>;
  const historyOfGarmin = (rig: Rig, at = rig.clock.now()) => event('garmin', 'started', 'in_progress', at, { message: 'Starting Garmin 30-day historical backfill', metadata: { trace_id: 'canary-trace', total_types: 5, total_windows: 1, target_days: 30 } });
  const live = (rig: Rig, provider: string, stage: string, status: string) => event(provider, stage, status, rig.clock.now(), { source: 'pull', run_id: 'pull_517a51826d8940f0', metadata: { is_historical: false } });
  /** Every half minute more data, which comes all day and is none of the history. */
  const dataAllDay = async (rig: Rig, provider: string, minutes: number): Promise<void> => {
    for (let count = 1; count <= minutes * 2; count += 1) {
      rig.state.counts = [{ provider, data_points: count, workout_count: 0, sleep_count: 0 }];
      await rig.clock.advance(30_000);
    }
  };

  const silent: Record<string, [set: (rig: Rig) => void, outcome: string, history: string, during?: (rig: Rig) => Promise<void>]> = {
    'Garmin refuses the backfill (401, 403, 412): one event for ever, and a table that says pending': [
      (rig) => {
        rig.rows['kari'] = [row('garmin', rig.clock.now())];
        rig.state.events = [historyOfGarmin(rig)];
        rig.state.garmin = matrix('pending', pendings.map(() => 'failed'), { retry_type: null, attempt_count: 0, max_attempts: 3, permanently_failed: false });
      },
      'partial', 'garmin:unknown',
    ],
    'Garmin refuses the backfill, and the server has no table': [
      (rig) => {
        rig.rows['kari'] = [row('garmin', rig.clock.now())];
        rig.state.events = [historyOfGarmin(rig)];
        delete rig.platforms.answers[`GET /api/v1/providers/garmin/users/${rig.base.split('/').at(-1)}/backfill/status`];
      },
      'unknown', 'garmin:unknown',
    ],
    'Garmin was connected without HISTORICAL_DATA_EXPORT': [(rig) => (rig.rows['kari'] = [row('garmin', rig.clock.now(), { scope: 'ACTIVITY_EXPORT HEALTH_EXPORT' })]), 'partial', 'garmin:action_required'],
    'Garmin was connected with permissions that nobody knows, and nothing begins': [(rig) => (rig.rows['kari'] = [row('garmin', rig.clock.now(), { scope: null })]), 'unknown', 'garmin:unknown'],
    'a request for the history was dropped, while an update of the day was under way': [
      (rig) => {
        rig.rows['kari'] = [row('strava', rig.clock.now())];
        rig.state.events = [live(rig, 'strava', 'fetching', 'in_progress')];
      },
      'unknown', 'strava:unknown',
    ],
    'a request for the history was dropped, and data comes all day': [
      (rig) => {
        rig.rows['kari'] = [row('whoop', rig.clock.now())];
        rig.state.events = [live(rig, 'whoop', 'completed', 'success')];
      },
      'unknown', 'whoop:unknown', (rig) => dataAllDay(rig, 'whoop', 10.5),
    ],
    'Garmin’s backfill stands still in the middle, and its worker is gone': [
      (rig) => {
        rig.rows['kari'] = [row('garmin', rig.clock.now())];
        rig.state.events = [historyOfGarmin(rig)];
        rig.state.garmin = matrix('in_progress', ['done', 'done', 'pending', 'pending', 'pending']);
      },
      'unknown', 'garmin:unknown',
    ],
  };
  for (const [what, [set, outcome, history, during]] of Object.entries(silent))
    it(`ends as ${outcome} within ten minutes: ${what}`, async () => {
      const rig = createUpdates();
      set(rig);
      // A stream ends after ten minutes; who reads it comes back.
      const first = await rig.listen();
      await (during ?? (({ clock }) => clock.advance(9.5 * minute)))(rig);
      const second = await rig.listen(first.said.at(-1)?.id);
      await rig.clock.advance(minute);
      const said = [...first.said, ...second.said];
      assert.deepEqual(gist(said).filter((line) => line.startsWith('complete')), [`complete ${outcome}`]);
      assert.equal(gist(said).findLast((line) => line.startsWith('connections')), `connections ${history}`);
      first.leave();
      second.leave();
    });

  it('ends for a pull that began and stands still, however much data the day brings, after an hour and ten minutes', async () => {
    const rig = createUpdates();
    rig.rows['kari'] = [row('strava', rig.clock.now())];
    rig.state.events = [event('strava', 'fetching', 'in_progress', rig.clock.now())];
    const heard = async (minutes: number): Promise<string[]> => {
      const listener = await rig.listen();
      await dataAllDay(rig, 'strava', minutes);
      listener.leave();
      return gist(listener.said).filter((line) => line.startsWith('complete'));
    };
    for (let minutes = 0; minutes < 63; minutes += 9) assert.deepEqual(await heard(9), [], `${minutes} minutes`);
    assert.deepEqual(await heard(9), ['complete unknown']);
  });

  it('ends where Open Wearables is gone, for one who polls and so comes anew each time', async () => {
    const rig = createUpdates();
    rig.platforms.answers[`GET ${rig.base}/connections`] = () => reply('canary', 500);
    const list = async (): Promise<string[]> => {
      const { updates } = (await (await rig.inTime(rig.ask('GET', '/wearables/updates', undefined, { accept: 'application/json' }), rig.clock)).json()) as { updates: { event: string }[] };
      return updates.map(({ event: name }) => name);
    };
    const began = rig.clock.now();
    for (;;) {
      const events = await list();
      const minutes = (rig.clock.now() - began) / minute;
      // Signing takes turns of its own, and the clock runs on meanwhile.
      assert.ok(minutes < 60, 'it does not end');
      if (!events.length) continue;
      assert.ok(minutes >= 10, `after ${minutes} minutes`);
      assert.deepEqual(events, ['complete']);
      break;
    }
  });
});

describe('GET /updates by polling', () => {
  const poll = async (rig: ReturnType<typeof createUpdates>, lastId: string | null = null, accept = 'application/json', signal?: AbortSignal) =>
    rig.ask('GET', '/wearables/updates', undefined, { accept, 'last-event-id': lastId }, signal);
  const updatesOf = async (response: Response) => ((await response.json()) as { updates: Parameters<typeof gist>[0] }).updates;

  it('answers what there is at once, under the ids that a stream has', async () => {
    const rig = createUpdates();
    rig.rows['kari'] = [row('strava', rig.clock.now())];
    const heard = await rig.listen();
    const response = await poll(rig);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'application/json');
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const updates = await updatesOf(response);
    assert.deepEqual(updates, heard.said);
    assert.deepEqual(gist(updates), ['progress strava waiting null', 'connections strava:syncing']);
    rig.state.events = [event('strava', 'completed', 'success', rig.clock.now() + 1)];
    await rig.clock.advance(4_000);
    assert.deepEqual(gist(await updatesOf(await poll(rig, updates.at(-1)?.id))), ['progress strava done 1', 'connections strava:ready', 'complete success']);
    heard.leave();
  });

  it('waits ten seconds for the first, and leaves', async () => {
    const rig = createUpdates();
    rig.rows['kari'] = [row('strava', rig.clock.now())];
    const first = await rig.inTime(poll(rig), rig.clock);
    const [, last] = await updatesOf(first);
    const began = rig.clock.now();
    let over = false;
    const empty = poll(rig, last?.id).finally(() => (over = true));
    await rig.clock.advance(9_900);
    assert.equal(over, false);
    await rig.clock.advance(100);
    assert.deepEqual(await updatesOf(await empty), []);
    assert.equal(rig.clock.now() - began, 10_000);
    const waiting = poll(rig, last?.id);
    await rig.clock.advance(1_000);
    rig.state.events = [event('strava', 'fetching', 'in_progress', rig.clock.now())];
    await rig.clock.advance(3_000);
    assert.deepEqual(gist(await updatesOf(await waiting)), ['progress strava fetching null']);
    const before = rig.polls();
    await rig.clock.advance(10 * minute);
    assert.equal(rig.polls(), before, 'nobody listens');
    assert.equal(rig.clock.pending, 0);
  });

  it('leaves with the one who asked', async () => {
    const rig = createUpdates();
    const [, last] = await updatesOf(await rig.inTime(poll(rig), rig.clock));
    const leaving = new AbortController();
    void poll(rig, last?.id ?? 'none', 'application/json', leaving.signal);
    await rig.clock.advance(1_000);
    leaving.abort();
    await rig.clock.advance(minute + 1);
    assert.equal(rig.clock.pending, 0);
  });

  it('is for who asks for it alone', async () => {
    for (const [accept, type] of [['application/json', 'application/json'], ['application/json, text/plain', 'application/json'], ['text/event-stream, application/json', 'text/event-stream; charset=utf-8'], ['*/*', 'text/event-stream; charset=utf-8'], ['text/event-stream', 'text/event-stream; charset=utf-8']] as const) {
      const rig = createUpdates();
      const response = await rig.inTime(poll(rig, null, accept), rig.clock);
      assert.equal(response.headers.get('content-type'), type, accept);
      await response.body?.cancel();
    }
  });
});
