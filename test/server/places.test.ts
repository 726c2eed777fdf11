import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPlaces } from '../../src/server/places.js';
import { createOpenWearables } from './open-wearables-rig.js';
import { reply, verdictOf } from './rig.js';
import { createUpdates, listenTo } from './updates-rig.js';

const most = 1_000;
const list = { accept: 'application/json' };

describe('as many streams of one visitor as anybody has open', () => {
  it('are open at once; one more is refused, until one has gone', async () => {
    const { ask, listen, clock } = createUpdates();
    const open = await Promise.all(Array.from({ length: most }, () => listen()));
    for (const headers of [{}, list]) {
      const refused = await ask('GET', '/wearables/updates', undefined, headers);
      assert.equal(await verdictOf(refused), '429 rate_limited');
      assert.match(refused.headers.get('retry-after') ?? '', /^\d+$/);
    }
    open[0]?.leave();
    await open[1]?.cancel();
    await clock.advance(0);
    // Each place once, however its stream ended.
    open[0]?.leave();
    for (const status of [200, 200, 429]) {
      const heard = await listen();
      assert.equal(heard.response.status, status);
      open.push(heard);
    }
    for (const one of open) one.leave();
    await clock.advance(61_000);
    assert.equal(clock.pending, 0);
  });

  it('come free when their ten minutes are over', async () => {
    const { listen, clock } = createUpdates();
    await Promise.all(Array.from({ length: 20 }, () => listen()));
    await clock.advance(600_001);
    const again = await Promise.all(Array.from({ length: most }, () => listen()));
    assert.equal(again.every(({ response }) => response.status === 200), true);
    for (const one of again) one.leave();
  });

  it('come free when a list is answered, or whoever asked has gone', async () => {
    const { ask, listen, clock } = createUpdates();
    const open = await Promise.all(Array.from({ length: most - 1 }, () => listen()));
    for (let count = 0; count < 3; count += 1) assert.equal((await ask('GET', '/wearables/updates', undefined, list)).status, 200);
    for (let count = 0; count < 3; count += 1) {
      const gone = new AbortController();
      gone.abort();
      assert.equal((await ask('GET', '/wearables/updates', undefined, {}, gone.signal)).status, 200);
    }
    for (const one of open) one.leave();
    await clock.advance(0);
  });

  it('are given back once each, however often one is closed', () => {
    const placed = createPlaces();
    const take = () => placed('kari', () => ({ next: () => Promise.resolve(null), rest: () => [], close: () => {} }));
    const [first] = Array.from({ length: most }, take);
    for (let count = 0; count < 3; count += 1) first?.close();
    take();
    assert.throws(take, /1000 streams/);
  });

  it('leave the others theirs', async () => {
    const { ask } = createOpenWearables({}, { 'GET /api/v1/users/2ae36b40-a14a-439e-a0ac-d6978d14edfb/connections': () => reply([]) });
    const open = await Promise.all(Array.from({ length: most + 1 }, () => listenTo(ask)));
    assert.equal(open.filter(({ response }) => response.status === 429).length, 1);
    const gone = new AbortController();
    assert.equal((await ask('GET', '/wearables/updates', undefined, { 'x-user': 'ola' }, gone.signal)).status, 200);
    gone.abort();
    for (const one of open) one.leave();
  });
});
