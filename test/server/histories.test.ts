/** When a history is asked for: Open Wearables drops what is asked while a pull of the same account runs, as the one it begins by itself. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isHeldUp, pullsFrom } from '../../src/server/open-wearables/pulls.js';
import { ids } from './open-wearables-rig.js';
import { inTime, membersOf, reply } from './rig.js';
import { createUpdates, event, gist, row } from './updates-rig.js';

const day = 86_400_000;
const sync = `/api/v1/providers/strava/users/${ids['kari']}/sync/historical`;

/** As it stands in `sync/recent`: what it reaches back to is said by its first event alone. */
const pull = (at: number, days: number, more: { run_id?: string; ended?: boolean; historical?: boolean; provider?: string } = {}): object[] => {
  const { run_id = 'pull_1', ended = false, historical = true, provider = 'strava' } = more;
  const run = { run_id, source: historical ? 'backfill' : 'pull' };
  return [
    ...(ended ? [event(provider, 'completed', 'success', at + 2, { ...run, metadata: { is_historical: historical, params: {} } })] : []),
    event(provider, 'fetching', 'in_progress', at + 1, { ...run, metadata: {} }),
    event(provider, 'started', 'in_progress', at, { ...run, metadata: { is_historical: historical, start_date: new Date(at - days * day).toISOString().replace('Z', '159+00:00') } }),
  ];
};

const asked = ({ platforms }: Pick<ReturnType<typeof createUpdates>, 'platforms'>): string[] => platforms.asked.filter(({ url }) => url.pathname === sync).map(({ url }) => url.search);

/** Strava, connected while that runs, at a server whose other answers are as ever. */
async function connected(runs: (now: number) => object[], historyDays: number | null, changed: Parameters<typeof createUpdates>[0] = {}) {
  const rig = createUpdates({ [`DELETE /api/v1/users/${ids['kari']}/connections/strava`]: () => reply(null, 204), ...changed });
  const nonce = await rig.nonceFor('strava');
  await rig.clock.advance(1_000);
  rig.rows['kari'] = [row('strava', rig.clock.now())];
  rig.state.events = runs(rig.clock.now());
  const again = async () => membersOf(await inTime(rig.connect('strava', nonce, 'kari', { historyDays }), rig.clock));
  const began = rig.clock.now();
  const { added } = await again();
  return { ...rig, again, began, history: (added as { history: string }[])[0]?.history };
}

describe('the history of a new connection', () => {
  it('is asked for when the pull has ended that runs already and reaches less far; nobody waits for that, and it is asked for once', async () => {
    const rig = await connected((now) => pull(now, 90), 365);
    assert.deepEqual([rig.history, rig.clock.now() - rig.began < 500, asked(rig)], ['syncing', true, []]);
    await rig.again();
    await rig.clock.advance(60_000);
    assert.deepEqual(asked(rig), []);
    rig.state.events = pull(rig.began, 90, { ended: true });
    await rig.clock.advance(60_000);
    assert.deepEqual(asked(rig), ['?days=365']);
    assert.deepEqual([rig.clock.pending, rig.thrown], [0, []]);
  });

  it('is not in before that one is: whoever listens hears of no end between the two', async () => {
    const rig = await connected((now) => pull(now, 90), 365);
    const heard = await rig.listen();
    await rig.clock.advance(5_000);
    rig.state.events = pull(rig.began, 90, { ended: true });
    await rig.clock.advance(12_000);
    assert.deepEqual(asked(rig), ['?days=365']);
    rig.state.events = [...pull(rig.clock.now(), 365, { run_id: 'pull_2' }), ...rig.state.events];
    await rig.clock.advance(60_000);
    assert.deepEqual(gist(heard.said), ['progress strava fetching null', 'connections strava:syncing', 'progress strava waiting null', 'progress strava fetching null']);
    rig.state.events = [...pull(rig.clock.now(), 365, { run_id: 'pull_2', ended: true }), ...rig.state.events];
    await rig.clock.advance(5_000);
    assert.equal(gist(heard.said).at(-1), 'complete success');
    heard.leave();
  });

  it('is in with what was read, where what was asked for then does not begin', async () => {
    const rig = await connected((now) => pull(now, 90), 365);
    const heard = await rig.listen();
    rig.state.events = pull(rig.began, 90, { ended: true });
    await rig.clock.advance(60_000);
    assert.equal(gist(heard.said).at(-1), 'complete success');
    heard.leave();
  });

  it('is asked for after five minutes though the pull goes on, and whoever runs the site hears of that', async () => {
    const rig = await connected((now) => pull(now, 90), 365);
    await rig.clock.advance(295_000);
    assert.deepEqual([asked(rig), rig.thrown], [[], []]);
    await rig.clock.advance(30_000);
    assert.deepEqual(asked(rig), ['?days=365']);
    assert.match(rig.thrown.join(), /^ConnectError: Open Wearables still pulls strava after 5 minutes.*expected.*worker\.$/);
    assert.equal(rig.clock.pending, 0);
  });

  it('is not asked for any more once it was let go of, and no timer is left', async () => {
    const rig = await connected((now) => pull(now, 90), 365);
    assert.equal(rig.clock.pending, 1);
    assert.equal((await rig.ask('DELETE', '/wearables/connections/strava')).status, 204);
    assert.equal(rig.clock.pending, 0);
    rig.state.events = [];
    await rig.clock.advance(600_000);
    assert.deepEqual([asked(rig), rig.thrown], [[], []]);
  });

  for (const runsOn of [true, false])
    it(`is asked for by the latest attempt alone, ${runsOn ? 'which waits too' : 'which waits for nothing any more'}`, async () => {
      const rig = await connected((now) => pull(now, 90), 365);
      const nonce = await rig.nonceFor('strava');
      await rig.clock.advance(2_000);
      rig.rows['kari'] = [row('strava', rig.clock.now())];
      if (!runsOn) rig.state.events = [];
      await inTime(rig.connect('strava', nonce, 'kari', { historyDays: 200 }), rig.clock);
      rig.state.events = [];
      await rig.clock.advance(60_000);
      assert.deepEqual([asked(rig), rig.clock.pending], [['?days=200'], 0]);
    });

  it('is waited for through a look that fails', async () => {
    const rig = await connected((now) => pull(now, 90), 365);
    const route = `GET ${rig.base}/sync/recent`;
    const usual = rig.platforms.answers[route];
    rig.platforms.answers[route] = () => reply('canary', 500);
    await rig.clock.advance(30_000);
    assert.deepEqual(asked(rig), []);
    if (usual) rig.platforms.answers[route] = usual;
    rig.state.events = [];
    await rig.clock.advance(10_000);
    assert.deepEqual(asked(rig), ['?days=365']);
    assert.match(rig.thrown.join(), /^ConnectError: Open Wearables \(looking for a pull\) answered HTTP 500\.$/);
    await rig.clock.advance(30_000);
  });

  const atOnce: Record<string, [runs: (now: number) => object[], days: number | null]> = {
    'nothing runs': [() => [], 365],
    'what runs is what would be asked for': [(now) => pull(now, 90), null],
    'what runs reaches further': [(now) => pull(now, 90), 30],
    'what runs is another source’s': [(now) => pull(now, 90, { provider: 'whoop' }), 365],
    'what ran has ended': [(now) => pull(now - 5_000, 90, { ended: true }), 365],
  };
  for (const [what, [runs, days]] of Object.entries(atOnce))
    it(`is asked for at once where ${what}`, async () => {
      const rig = await connected(runs, days);
      assert.deepEqual([rig.history, asked(rig)], ['syncing', [days === null ? '' : `?days=${days}`]]);
      await rig.clock.advance(60_000);
      assert.deepEqual([asked(rig).length, rig.clock.pending, rig.thrown], [1, 0, []], 'and once');
    });

  for (const [what, recent] of Object.entries({ 'is an older one, without events': () => reply({ detail: 'Not Found' }, 404), 'does not tell': () => reply('canary', 500), 'tells what is no list': () => reply({}) }))
    it(`is asked for at once where the server ${what}`, async () => {
      const rig = await connected(() => [], 365, { [`GET /api/v1/users/${ids['kari']}/sync/recent`]: recent });
      assert.deepEqual([rig.history, asked(rig)], ['syncing', ['?days=365']]);
    });

  it('waits for an update of the day too, which would drop it all the same', async () => {
    const rig = await connected((now) => pull(now, 0, { historical: false }), null);
    assert.deepEqual(asked(rig), []);
    rig.state.events = pull(rig.began, 0, { historical: false, ended: true });
    await rig.clock.advance(30_000);
    assert.deepEqual(asked(rig), ['']);
  });
});

describe('a history that was asked for at once', () => {
  const looks = ({ platforms, base }: Pick<ReturnType<typeof createUpdates>, 'platforms' | 'base'>): number => platforms.times(`GET ${base}/sync/recent`);

  it('is asked for again where a pull that reaches less far was queued before it, so that it was dropped; whoever listens hears of no end before', async () => {
    const rig = await connected(() => [], 365);
    assert.deepEqual([rig.history, asked(rig)], ['syncing', ['?days=365']]);
    const heard = await rig.listen();
    await rig.clock.advance(2_000);
    rig.state.events = pull(rig.clock.now(), 90);
    await rig.clock.advance(30_000);
    assert.deepEqual(asked(rig).length, 1, 'not while that one runs');
    rig.state.events = pull(rig.began, 90, { ended: true });
    await rig.clock.advance(12_000);
    assert.deepEqual(asked(rig), ['?days=365', '?days=365']);
    rig.state.events = [...pull(rig.clock.now(), 365, { run_id: 'pull_2' }), ...rig.state.events];
    await rig.clock.advance(30_000);
    assert.equal(gist(heard.said).some((line) => line.startsWith('complete')), false);
    rig.state.events = [...pull(rig.clock.now(), 365, { run_id: 'pull_2', ended: true }), ...rig.state.events];
    await rig.clock.advance(5_000);
    assert.equal(gist(heard.said).at(-1), 'complete success');
    heard.leave();
    await rig.clock.advance(60_000);
    assert.deepEqual([asked(rig).length, rig.clock.pending, rig.thrown], [2, 0, []]);
  });

  it('is asked for again where such a pull came and went in between, were it an update of the day', async () => {
    for (const run of [{}, { historical: false }]) {
      const rig = await connected(() => [], 365);
      await rig.clock.advance(7_000);
      rig.state.events = pull(rig.began + 1_000, run.historical === false ? 0 : 90, { ...run, ended: true });
      await rig.clock.advance(40_000);
      assert.deepEqual([asked(rig).length, rig.clock.pending], [2, 0]);
    }
  });

  it('is not ended by the one that has just ended, which reaches less far', async () => {
    const rig = await connected((now) => pull(now, 90, { ended: true }), 365);
    const heard = await rig.listen();
    await rig.clock.advance(4_000);
    assert.deepEqual(gist(heard.said), ['progress strava waiting null', 'connections strava:syncing']);
    rig.state.events = [...pull(rig.clock.now(), 365, { run_id: 'pull_2' }), ...rig.state.events];
    await rig.clock.advance(30_000);
    assert.deepEqual(gist(heard.said).slice(2), ['progress strava fetching null']);
    rig.state.events = [...pull(rig.clock.now(), 365, { run_id: 'pull_2', ended: true }), ...rig.state.events];
    await rig.clock.advance(5_000);
    assert.deepEqual([gist(heard.said).at(-1), asked(rig).length], ['complete success', 1]);
    heard.leave();
  });

  it('is in with what was read, a quarter of a minute later, where it does not begin', async () => {
    const rig = await connected((now) => pull(now, 90, { ended: true }), 365);
    const heard = await rig.listen();
    await rig.clock.advance(14_000);
    assert.equal(gist(heard.said).some((line) => line.startsWith('complete')), false);
    await rig.clock.advance(5_000);
    assert.deepEqual([gist(heard.said).at(-1), asked(rig).length], ['complete success', 1]);
    heard.leave();
  });

  it('is looked for no more once it has begun, and is in when it ends', async () => {
    const rig = await connected(() => [], 365);
    rig.state.events = pull(rig.clock.now(), 365);
    await rig.clock.advance(5_000);
    const before = looks(rig);
    assert.equal(rig.clock.pending, 0);
    await rig.clock.advance(60_000);
    assert.deepEqual([looks(rig), asked(rig).length], [before, 1]);
  });

  it('is not asked for again where a server does not say how far it goes: that may be it', async () => {
    const rig = await connected(() => [], 365);
    rig.state.events = [event('strava', 'fetching', 'in_progress', rig.clock.now())];
    await rig.clock.advance(60_000);
    assert.deepEqual([asked(rig).length, rig.clock.pending], [1, 0]);
  });

  it('is not asked for again where it has begun after all, or somebody else has asked for as much', async () => {
    const rig = await connected(() => [], 365);
    rig.state.events = pull(rig.clock.now(), 90);
    await rig.clock.advance(6_000);
    rig.state.events = [...pull(rig.clock.now(), 365, { run_id: 'pull_2' }), ...pull(rig.began, 90, { ended: true })];
    await rig.clock.advance(60_000);
    assert.deepEqual([asked(rig).length, rig.clock.pending], [1, 0]);
  });

  it('is asked for after a reconnect too, though one from before reached as far', async () => {
    const rig = await connected((now) => pull(now - 60_000, 365, { ended: true, run_id: 'pull_0' }), 365);
    rig.state.events = [...pull(rig.clock.now(), 90), ...rig.state.events];
    await rig.clock.advance(10_000);
    rig.state.events = pull(rig.began, 90, { ended: true });
    await rig.clock.advance(30_000);
    assert.deepEqual([asked(rig).length, rig.clock.pending], [2, 0]);
  });

  it('is looked for through a look that fails', async () => {
    const rig = await connected(() => [], 365);
    const route = `GET ${rig.base}/sync/recent`;
    const usual = rig.platforms.answers[route];
    rig.platforms.answers[route] = () => reply('canary', 500);
    await rig.clock.advance(12_000);
    if (usual) rig.platforms.answers[route] = usual;
    rig.state.events = pull(rig.began, 90, { ended: true });
    await rig.clock.advance(60_000);
    assert.deepEqual([asked(rig).length, rig.clock.pending, rig.thrown.length], [2, 0, 1]);
  });

  it('is not looked for any more once it was let go of, or refused, and no timer is left', async () => {
    const rig = await connected(() => [], 365);
    assert.equal(rig.clock.pending, 1);
    assert.equal((await rig.ask('DELETE', '/wearables/connections/strava')).status, 204);
    assert.equal(rig.clock.pending, 0);
    rig.state.events = pull(rig.clock.now(), 90, { ended: true });
    await rig.clock.advance(600_000);
    assert.equal(asked(rig).length, 1);
    const refused = await connected(() => [], 365, { [`POST ${sync}`]: () => reply({ detail: 'canary' }, 400) });
    assert.deepEqual([refused.history, refused.clock.pending], ['unknown', 0]);
  });

  it('is looked for by the latest attempt alone', async () => {
    const rig = await connected(() => [], 365);
    const nonce = await rig.nonceFor('strava');
    await rig.clock.advance(2_000);
    rig.rows['kari'] = [row('strava', rig.clock.now())];
    await inTime(rig.connect('strava', nonce, 'kari', { historyDays: 200 }), rig.clock);
    assert.equal(rig.clock.pending, 1);
    rig.state.events = pull(rig.clock.now(), 90, { ended: true });
    await rig.clock.advance(60_000);
    assert.deepEqual([asked(rig), rig.clock.pending], [['?days=365', '?days=200', '?days=200'], 0]);
  });
});

describe('a pull', () => {
  const now = Date.UTC(2026, 10, 14);
  const table: Record<string, [events: unknown, isPulled: boolean]> = {
    'of a server that says how far it goes by another name': [[event('strava', 'queued', 'in_progress', now, { requested_start: new Date(now - 400 * day).toISOString() })], false],
    'that does not say how far it goes': [[event('strava', 'queued', 'in_progress', now)], true],
    'of an account that another user has too': [[event('strava', 'fetching', 'in_progress', now, { source: 'linked_account' })], true],
    'in a word that nobody knows yet': [[event('strava', 'untangling', 'pondering', now)], true],
    'that has failed': [[event('strava', 'failed', 'failed', now), ...pull(now - 5, 90, { run_id: 'canary-run' })], false],
    'that was cut short': [[event('strava', 'cancelled', 'cancelled', now)], false],
    'beside one that has ended': [[...pull(now, 90, { ended: true }), ...pull(now - 9, 90, { run_id: 'pull_0' })], true],
    'of a phone is none': [[event('strava', 'processing', 'in_progress', now, { source: 'sdk' })], false],
    'pushed by the provider is none': [[event('strava', 'processing', 'in_progress', now, { source: 'webhook' })], false],
    'in what is no list of events': ['canary', false],
    'in what are no events': [[null, 5, 'canary', { provider: 'strava' }], false],
  };
  for (const [what, [events, expected]] of Object.entries(table))
    it(`${what}: ${expected ? 'runs' : 'holds up nothing'}`, () => assert.equal(isHeldUp(pullsFrom(events, 'strava') ?? [], now - 364 * day), expected));
});
