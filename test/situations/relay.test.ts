/**
 * A frame of another site whose platform sends COOP: nothing crosses. What is left is a window of the host's own, which no
 * header cuts and no partition holds, with a click of its own.
 */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { exchanges, inEveryEngine, watchRequests } from './rig.js';
import type { Ground } from './rig.js';
import { goes, says, Visit } from './visit.js';

const cut = { coop: { express: 'same-origin', consent: 'same-origin' } } as const;
const apart = 'can’t hear from that window';
const again = 'Open it again';
const onward = 'Go on to Garmin Connect';

inEveryEngine('a frame that the platform cuts off', (ground: Ground) => {
  async function cutOff(): Promise<Visit> {
    const { sites, profile } = ground;
    sites.sandbox.setFaults(cut);
    const inner = sites.page();
    return Visit.to(profile, sites.framing(inner), inner);
  }

  it('goes on through a window of our own, by a click in there [S14, F7, T15, T16]', async () => {
    const visit = await cutOff();
    const deaf = await visit.picks('Garmin Connect', '/consent');
    await visit.reads(apart);
    await deaf.close();
    const relay = await visit.opens(() => visit.tab.click(again));
    const window = await visit.opens(() => relay.click(onward));
    await visit.allowsIn(window);
    await visit.isConnected();
    await goes(relay);
  });

  it('takes the answer that the window it could not hear has left behind, and redeems it once [S14, F7, F18, T16]', async () => {
    const since = watchRequests(ground.sites);
    const visit = await cutOff();
    const deaf = await visit.picks('Garmin Connect', '/consent');
    await deaf.click('Allow');
    await says(deaf, 'Go back to the page where you started');
    await visit.reads(apart);
    await visit.tab.front();
    // It may be gone before anybody has looked into it.
    await visit.tab.click(again);
    await visit.isConnected();
    assert.equal(exchanges(since()).length, 1);
    await goes(deaf);
  });

  it('is cancelled where that window of ours is closed [S14, F2, F7]', async () => {
    const visit = await cutOff();
    const deaf = await visit.picks('Garmin Connect', '/consent');
    await visit.reads(apart);
    await deaf.close();
    const relay = await visit.opens(() => visit.tab.click(again));
    await says(relay, 'One more step');
    await relay.close();
    await visit.hears('cancelled', { reason: 'closed' });
  });
});
