/** Instances that share nothing: the page connects at one of them and is told by another, which has kept what it saw before. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HandlerOptions } from '../../src/server/settings.js';
import { ids, row } from './open-wearables-rig.js';
import { createInstances, createUpdates, event, gist } from './updates-rig.js';

const day = 86_400_000;
const before = ['progress whoop done null', 'connections whoop:ready', 'complete success'];
const after = ['progress strava fetching null', 'connections strava:syncing,whoop:ready'];

/** Whoop since long, its history in, as the second instance has told a page a moment ago; then Strava, at the first. */
async function connected() {
  const rig = createInstances([{}, {}]);
  const { clock, rows, state, looks } = rig;
  const [one, two] = rig.instances as [Instance, Instance];
  rows['kari'] = [row('whoop', clock.now() - 60 * day, { created_at: new Date(clock.now() - 60 * day).toISOString() })];
  state.counts = [{ provider: 'whoop', data_points: 9, workout_count: 9, sleep_count: 0 }];
  const first = await two.listen();
  await clock.advance(1_000);
  assert.deepEqual(gist(first.said), before);
  first.leave();
  const begun = await one.ask('POST', '/wearables/authorizations', { source: 'strava' });
  const nonce = begun.headers.get('x-wearable-connect-nonce') ?? '';
  await clock.advance(6_000);
  rows['kari'] = [row('strava', clock.now(), { created_at: new Date(clock.now()).toISOString() }), ...rows['kari']];
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
