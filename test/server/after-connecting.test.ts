/** What is told after connecting, and after connecting anew: also by an instance that had no part in it and has kept what it saw before. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HandlerOptions } from '../../src/server/settings.js';
import { createFakeClock } from '../sync/fake-clock.js';
import { createFakeHub } from './fake-hub.js';
import { ids } from './open-wearables-rig.js';
import { reply } from './rig.js';
import { createInstances, createUpdates, event, gist, row } from './updates-rig.js';

const day = 86_400_000;
const before = ['progress whoop done null', 'connections whoop:ready', 'complete success'];
const after = ['progress strava fetching null', 'connections strava:syncing,whoop:ready'];

/** Whoop since long, its history in, as the second instance has told a page a moment ago; then Strava, at the first. */
async function connected() {
  const rig = createInstances([{}, {}]);
  const { clock, rows, state, looks } = rig;
  const [one, two] = rig.instances as [Instance, Instance];
  rows['kari'] = [row('whoop', clock.now() - 60 * day)];
  state.counts = [{ provider: 'whoop', data_points: 9, workout_count: 9, sleep_count: 0 }];
  const first = await two.listen();
  await clock.advance(1_000);
  assert.deepEqual(gist(first.said), before);
  first.leave();
  const begun = await one.ask('POST', '/wearables/authorizations', { source: 'strava' });
  const nonce = begun.headers.get('x-wearable-connect-nonce') ?? '';
  await clock.advance(6_000);
  rows['kari'] = [row('strava', clock.now()), ...rows['kari']];
  state.events = [event('strava', 'fetching', 'in_progress', clock.now())];
  assert.equal((await one.ask('POST', '/wearables/connections', { source: 'strava', nonce })).status, 200);
  return { ...rig, one, two, nonce, looksOfTwo: () => looks[1] ?? 0 };
}
type Instance = ReturnType<typeof createInstances>['instances'][number];

describe('an instance that has heard nothing of a new connection', () => {
  it('looks before it tells the page that connected, and tells nothing of what was before', async () => {
    const { two, nonce, clock } = await connected();
    const heard = await two.listen(nonce);
    await clock.advance(100);
    assert.deepEqual(gist(heard.said).filter((line) => !line.includes('whoop done')), after);
    heard.leave();
  });

  it('tells whoever polls the same', async () => {
    const { two, nonce, clock, inTime } = await connected();
    const { updates } = (await (await inTime(two.ask('GET', '/wearables/updates', undefined, { accept: 'application/json', 'last-event-id': nonce }), clock)).json()) as { updates: Parameters<typeof gist>[0] };
    assert.deepEqual(gist(updates).filter((line) => !line.includes('whoop done')), after);
  });

  it('tells other tabs, which listen already, at once too', async () => {
    const { two, nonce, clock } = await connected();
    const other = await two.listen();
    await clock.advance(0);
    assert.deepEqual(gist(other.said), before, 'as ever, to a page that does not say so');
    const heard = await two.listen(nonce);
    await clock.advance(100);
    assert.deepEqual(gist(other.said).slice(3), after);
    for (const one of [heard, other]) one.leave();
  });

  it('looks once for it, however many tabs ask and however often; for words that no sign-in was begun with, not at all', async () => {
    const { two, nonce, clock, looksOfTwo } = await connected();
    const looked = looksOfTwo();
    const tabs = [await two.listen(nonce), await two.listen(nonce)];
    await clock.advance(100);
    const nonceOf = async (options: Partial<HandlerOptions>): Promise<string> =>
      (await createUpdates({}, options).ask('POST', '/wearables/authorizations', { source: 'strava' })).headers.get('x-wearable-connect-nonce') ?? '';
    const olas = await nonceOf({ authenticate: () => ({ userId: 'ola', openWearablesUserId: ids['ola'] ?? '' }) });
    const others = await nonceOf({ secret: 'another secret of the tests' });
    for (const word of [nonce, `${nonce.slice(0, 20)}${nonce[20] === 'A' ? 'B' : 'A'}${nonce.slice(21)}`, olas, others, 'A'.repeat(200), 'strava', 'epoch-7', '../x'])
      for (let times = 0; times < 3; times += 1) {
        tabs.push(await two.listen(word));
        await clock.advance(10);
      }
    assert.equal(looksOfTwo() - looked, 1);
    for (const tab of tabs) {
      assert.equal(gist(tab.said).some((line) => line.startsWith('complete')), false);
      tab.leave();
    }
  });

  it('takes it no longer than the sign-in could have lasted', async () => {
    const { two, nonce, clock, looksOfTwo } = await connected();
    await clock.advance(20 * 60_000);
    const tab = await two.listen();
    await clock.advance(100);
    const looked = looksOfTwo();
    const again = await two.listen(nonce);
    await clock.advance(100);
    assert.equal(looksOfTwo(), looked);
    for (const one of [tab, again]) one.leave();
  });
});

describe('a wearable that was connected long ago', () => {
  const gistOf = async (rig: ReturnType<typeof createUpdates>, listen: () => ReturnType<ReturnType<typeof createUpdates>['listen']> = rig.listen, ms = 1_000): Promise<string[]> => {
    const heard = await listen();
    await rig.clock.advance(ms);
    heard.leave();
    return gist(heard.said);
  };
  const ago = (ms: number) => new Date(createFakeClock().now() - ms).toISOString();
  /** Sixty days ago; what is new of it is pulled each hour, for which its token was renewed that long ago. */
  const renewed = (ms: number) => {
    const rig = createUpdates();
    rig.rows['kari'] = [row('whoop', rig.clock.now() - ms, { created_at: ago(60 * day) })];
    rig.state.counts = [{ provider: 'whoop', data_points: 9, workout_count: 9, sleep_count: 0 }];
    rig.state.events = [event('whoop', 'completed', 'success', rig.clock.now() - ms, { source: 'pull', run_id: 'pull_1', scope: 'live' })];
    return rig;
  };
  const anew = (rig: Pick<ReturnType<typeof createUpdates>, 'rows' | 'clock'>) => (rig.rows['kari'] = [row('whoop', rig.clock.now(), { created_at: ago(60 * day) })]);

  for (const minutes of [0, 2, 30, 600])
    it(`is in, though its token was renewed ${minutes} minutes ago`, async () => {
      assert.deepEqual(await gistOf(renewed(minutes * 60_000)), before);
    });

  it('is in, though its token is renewed while somebody listens', async () => {
    const rig = renewed(day);
    rig.state.events = [event('whoop', 'completed', 'success', rig.clock.now() - 1_000, { run_id: 'pull_0' })];
    const heard = await rig.listen();
    await rig.clock.advance(1_000);
    anew(rig);
    await rig.clock.advance(120_000);
    assert.deepEqual(gist(heard.said), ['progress whoop done 1', 'connections whoop:ready', 'complete success']);
    heard.leave();
  });

  const waiting = ['progress whoop waiting null', 'connections whoop:syncing'];
  for (const first of [true, false])
    it(`and is connected anew here, begins anew: ${first ? 'somebody had listened before' : 'nobody had'}`, async () => {
      const rig = renewed(day);
      if (first) assert.deepEqual(await gistOf(rig), before);
      const nonce = await rig.nonceFor('whoop');
      await rig.clock.advance(2_000);
      anew(rig);
      assert.equal((await rig.connect('whoop', nonce)).status, 200);
      assert.deepEqual((await gistOf(rig)).sort(), waiting.slice().sort());
      await rig.clock.advance(20_000);
      assert.deepEqual((await gistOf(rig)).sort(), waiting.slice().sort(), 'after a while too');
      rig.state.events = [event('whoop', 'completed', 'success', rig.clock.now(), { run_id: 'pull_2' }), ...rig.state.events];
      await rig.clock.advance(20_000);
      assert.equal((await gistOf(rig)).at(-1), 'complete success');
    });

  for (const [what, hubs] of [['which share nothing', false], ['which share a hub', true]] as const)
    for (const others of [false, true])
      it(`and is connected anew at another instance, begins anew on all of those ${what}, ${others ? 'one of which was listened to' : 'to none of which anybody listened'}`, async () => {
        const clock = createFakeClock();
        const { hub } = createFakeHub(clock);
        const rig = createInstances([0, 1, 2].map(() => ({ clock, ...(hubs && { hub }) })));
        const [one, two, three] = rig.instances as [Instance, Instance, Instance];
        rig.rows['kari'] = [row('whoop', clock.now() - day, { created_at: ago(60 * day) })];
        rig.state.counts = [{ provider: 'whoop', data_points: 9, workout_count: 9, sleep_count: 0 }];
        const other = others ? await three.listen() : null;
        await clock.advance(1_000);
        const nonce = (await one.ask('POST', '/wearables/authorizations', { source: 'whoop' })).headers.get('x-wearable-connect-nonce') ?? '';
        await clock.advance(2_000);
        anew({ rows: rig.rows, clock });
        assert.equal((await one.ask('POST', '/wearables/connections', { source: 'whoop', nonce })).status, 200);
        const heard = await two.listen(nonce);
        await clock.advance(2_000);
        assert.deepEqual(gist(heard.said).sort(), waiting.slice().sort());
        if (other && hubs) assert.deepEqual(gist(other.said).slice(3).sort(), waiting.slice().sort());
        heard.leave();
        other?.leave();
      });
});

describe('one of two wearables, whose history is in and whose token was renewed a minute ago,', () => {
  const isIn = 'progress whoop done null';
  const minuteAgo = (rig: ReturnType<typeof createUpdates>) => row('whoop', rig.clock.now() - 60_000, { created_at: new Date(rig.clock.now() - 60 * day).toISOString() });
  const progressOf = async (rig: ReturnType<typeof createUpdates>) => {
    const heard = await rig.listen();
    await rig.clock.advance(5_000);
    heard.leave();
    return gist(heard.said).filter((line) => !line.startsWith('complete')).sort();
  };
  /** Listened to before: both histories are in, and no run of them is remembered any more. */
  const visited = async () => {
    const rig = createUpdates({ [`DELETE /api/v1/users/${ids['kari']}/connections/strava`]: () => reply(null, 204) });
    rig.state.counts = [{ provider: 'whoop', data_points: 9, workout_count: 9, sleep_count: 0 }];
    rig.rows['kari'] = [minuteAgo(rig), row('strava', rig.clock.now() - 30 * day)];
    rig.state.events = [event('whoop', 'completed', 'success', rig.clock.now() - 60_000, { source: 'pull', scope: 'live' })];
    assert.equal((await progressOf(rig)).includes(isIn), true);
    return rig;
  };

  for (const isNew of [true, false])
    it(`is not taken for the other one, which is connected${isNew ? '' : ' anew'} here`, async () => {
      const rig = await visited();
      const [whoop] = rig.rows['kari'] ?? [];
      const nonce = await rig.nonceFor('strava');
      await rig.clock.advance(2_000);
      rig.rows['kari'] = [...(whoop ? [whoop] : []), row('strava', rig.clock.now(), isNew ? {} : { created_at: new Date(rig.clock.now() - 30 * day).toISOString() })];
      assert.equal((await rig.connect('strava', nonce)).status, 200);
      assert.deepEqual(await progressOf(rig), ['connections whoop:ready,strava:syncing', 'progress strava waiting null', isIn]);
    });

  it('is not taken for one that was connected anew, when the other is let go of', async () => {
    const rig = await visited();
    await rig.clock.advance(2_000);
    const [whoop] = rig.rows['kari'] ?? [];
    rig.rows['kari'] = [...(whoop ? [whoop] : []), row('strava', rig.clock.now(), { status: 'revoked', created_at: new Date(rig.clock.now() - 30 * day).toISOString() })];
    assert.equal((await rig.ask('DELETE', '/wearables/connections/strava')).status, 204);
    assert.deepEqual(await progressOf(rig), ['connections whoop:ready,strava:unavailable', isIn]);
  });
});
