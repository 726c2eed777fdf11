/** What may be said of a window that is gone, or only seems to be: a wrong “you cancelled” is worse than none. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { exchanges, inEveryEngine, watchRequests } from './rig.js';
import type { Ground } from './rig.js';
import { arrivesAt, lost, Visit } from './visit.js';

const cut = { coop: { express: 'same-origin', consent: 'same-origin' } } as const;
/** The contract gives a real close three seconds to be noticed; a false “closed” would have come by then, too. */
const verdictMs = 3000;

inEveryEngine('the visitor and the window', (ground: Ground) => {
  const now = (visit: Visit): Promise<number> => visit.run(() => performance.now());

  it('closes it at the platform: cancelled as closed, within three seconds [S1, F2]', async () => {
    const visit = await Visit.to(ground.profile, ground.sites.page());
    const window = await visit.picks('Garmin Connect', '/consent');
    // As long as it takes to see a page: somebody who closes it sooner is the next test.
    await visit.stays(500);
    const closedAt = await now(visit);
    await window.close();
    const cancelled = await visit.hears('cancelled', { reason: 'closed', source: 'garmin_connect' });
    assert.ok(cancelled.at - closedAt < verdictMs, `after ${cancelled.at - closedAt} ms`);
    await visit.reaches('choosing');
    await visit.reads('The window was closed');
  });

  it('closes it while it is still blank: seen nowhere else, it is not called closed, and can be opened again [F2]', async () => {
    const { sites, profile } = ground;
    // Asked before its proof is made, the widget opens a blank window. One that waits for an answer Chromium closes only sometimes.
    const head = `<script>
      const digest = crypto.subtle.digest.bind(crypto.subtle);
      crypto.subtle.digest = async (...given) => { await new Promise((done) => setTimeout(done, 2000)); return digest(...given); };
    </script>`;
    const body = `<button id="go">Go</button>TAG<script>document.getElementById('go').onclick = () => document.querySelector('wearable-connect').connect('garmin_connect');</script>`;
    const visit = new Visit(profile, await profile.open(sites.page({ head, body })));
    const window = await visit.opens(() => visit.tab.click('Go'));
    await window.close();
    await visit.reads(lost);
    await visit.isWaiting();
    const again = await visit.opens(() => visit.tab.click('Open it again'));
    await visit.allowsIn(again);
    await visit.isConnected();
  });

  it('closes it after a COOP header has cut it off: still waiting, and no event of an end [S2, F1, F2, T15]', async () => {
    const { sites, profile } = ground;
    sites.sandbox.setFaults(cut);
    const visit = await Visit.to(profile, sites.page());
    const window = await visit.picks('Garmin Connect', '/consent');
    await visit.reads(lost);
    await window.close();
    await visit.stays(verdictMs);
    await visit.isWaiting();
    await visit.reads(lost);
    // Waiting for nothing, the visitor has the way out that was always there.
    await visit.tab.click('Cancel');
    await visit.hears('cancelled', { reason: 'back' });
  });

  it('closes it ten milliseconds after the answer was sent: connected all the same [F2]', async () => {
    const { sites, profile } = ground;
    const landingHead = '<script>addEventListener("load", () => setTimeout(() => close(), 10));</script>';
    const visit = await Visit.to(profile, sites.page({ landingHead }));
    await visit.allowsIn(await visit.picks('Garmin Connect', '/consent'));
    await visit.isConnected();
  });

  it('goes back to the page without closing it, lets ten seconds pass and then finishes, cut off or not [S1, S2, F3, T15]', async () => {
    const { sites, profile } = ground;
    const plain = await Visit.to(profile, sites.page());
    const first = await plain.picks('Garmin Connect', '/consent');
    sites.sandbox.setFaults(cut);
    const apart = await Visit.to(profile, sites.page());
    const second = await apart.picks('Garmin Connect', '/consent');
    await apart.reads(lost);
    await plain.tab.front();
    await plain.stays(500);
    await apart.tab.front();
    // Ten seconds are the situation itself: whoever counts them as a “no” does so by then.
    await apart.stays(10_000);
    await plain.isWaiting();
    await apart.isWaiting();
    await second.front();
    await apart.allowsIn(second);
    await apart.isConnected();
    await first.front();
    await plain.allowsIn(first);
    await plain.isConnected();
  });

  it('looks at the page in the very moment in which the window is cut off: a wrong verdict is put right by the answer [F2, F3, T15]', async () => {
    const { sites, profile } = ground;
    sites.sandbox.setFaults({ coop: { consent: 'same-origin' }, delays: { consent: 1500 } });
    const visit = await Visit.to(profile, sites.page({ attributes: { 'sign-in': 'standard' } }));
    const window = await visit.opens(() => visit.tab.click('Garmin Connect'));
    await visit.tab.front();
    await arrivesAt(window, '/consent');
    // Nothing tells this from a close; whatever is said by then, the answer still counts.
    await visit.stays(verdictMs);
    await window.front();
    await visit.allowsIn(window);
    await visit.hears('connected');
  });

  it('closes it, changes their mind, and finishes in the window of a second try: one exchange, one success [F2, F6]', async () => {
    const { sites, profile } = ground;
    const requests = watchRequests(sites);
    const visit = await Visit.to(profile, sites.page());
    const window = await visit.picks('Garmin Connect', '/consent');
    await visit.stays(500);
    await window.close();
    await visit.hears('cancelled', { reason: 'closed' });
    await visit.allowsIn(await visit.picks('Garmin Connect', '/consent'));
    await visit.hears('connected');
    assert.equal(exchanges(requests()).length, 1);
  });
});
