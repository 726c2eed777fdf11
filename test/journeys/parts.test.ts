/** What is fetched during a sign-in may not come: on a bad network, or on a site that left a file out. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { orderOf } from './heard.js';
import { inEveryEngine } from './rig.js';

const persist = 'session';

inEveryEngine('a visitor connects where a file beside the script does not come', (stage) => {
  it('and is signed in; that the history could not be fetched is said, and the next page fetches it', async () => {
    let refused = 0;
    let isServed = false;
    stage.host.mount(({ url }, outgoing) => {
      if (isServed || url !== '/wearable-connect.afterwards.js') return false;
      refused += 1;
      outgoing.destroy();
      return true;
    });
    const visitor = await stage.arrive({ persist });
    await visitor.connects('Garmin Connect');
    await visitor.hears('error', { code: 'sync_failed', retryable: true });
    await visitor.sees('Your history could not be fetched. You are still connected.');
    await visitor.sees('Try again');
    assert.ok(refused > 0);
    assert.deepEqual(orderOf(await visitor.heard()).slice(0, 6), ['change(choosing)', 'change(authorizing)', 'change(confirming)', 'tokens(connected)', 'connections', 'connected']);
    isServed = true;
    // In this one, too, except in Firefox, which remembers for as long as a page is there what could not be imported (HTML 8.1.3.8.1, the module map).
    await visitor.visit({ persist });
    await visitor.hears('complete', { outcome: 'success' });
    await visitor.sees('Your history is here');
    visitor.forgives(/afterwards\.js/);
  });
});
