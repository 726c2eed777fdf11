/**
 * A host's own page opens a window, and any page on the way may have a `Cross-Origin-Opener-Policy`, which cuts the window off
 * from its opener (HTML 7.1.3). However it is cut, the visitor ends up connected, and nobody says that they cancelled.
 */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { FaultChanges } from '../../src/sandbox/index.js';
import type { PageOptions } from './documents.js';
import { inEveryEngine, unconnects } from './rig.js';
import type { Ground } from './rig.js';
import { arrivesAt, blocked, goes, lost, Visit } from './visit.js';

const coop = (policy: string): Readonly<Record<string, string>> => ({ 'cross-origin-opener-policy': policy });
const isolated = { ...coop('same-origin'), 'cross-origin-embedder-policy': 'require-corp' };

interface Situation {
  readonly title: string;
  readonly page?: PageOptions;
  readonly platform?: FaultChanges['coop'];
  /** Whether the window is cut off while the visitor is still signing in. */
  readonly isCut: boolean;
}

/** In the order of the rows: the host's page, the platform's, the landing page. */
const situations: readonly Situation[] = [
  { title: 'no page has a policy [S1, T15]', isCut: false },
  { title: 'the platform is same-origin [S2, F1, T15]', platform: { express: 'same-origin', consent: 'same-origin' }, isCut: true },
  { title: 'the platform is same-origin-allow-popups [S3, F1, T15]', platform: { express: 'same-origin-allow-popups', consent: 'same-origin-allow-popups' }, isCut: true },
  { title: 'the platform is noopener-allow-popups [S4, F1, T15]', platform: { express: 'noopener-allow-popups', consent: 'noopener-allow-popups' }, isCut: true },
  { title: 'the host is same-origin-allow-popups [S5, F1, T15]', page: { headers: coop('same-origin-allow-popups') }, isCut: false },
  { title: 'the host is same-origin [S6, F1, T15]', page: { headers: coop('same-origin') }, isCut: true },
  { title: 'the host is isolated from all others [S7, F1, T15]', page: { headers: isolated }, isCut: true },
  { title: 'the landing page alone is same-origin [S8, F1, T15]', page: { landing: coop('same-origin') }, isCut: false },
  { title: 'host and landing page are same-origin-allow-popups [S9, F1, T15]', page: { headers: coop('same-origin-allow-popups'), landing: coop('same-origin-allow-popups') }, isCut: false },
  {
    title: 'every page is same-origin [S10, F1, T15]',
    page: { headers: coop('same-origin'), landing: coop('same-origin') },
    platform: { express: 'same-origin', consent: 'same-origin' },
    isCut: true,
  },
];

inEveryEngine('a window of the host’s page', (ground: Ground) => {
  for (const { title, page, platform, isCut } of situations)
    it(title, async () => {
      const { sites, profile, engine } = ground;
      if (platform) sites.sandbox.setFaults({ coop: platform });
      const visit = await Visit.to(profile, sites.page(page));
      const window = await visit.picks('Garmin Connect', '/consent');
      // Firefox ESR 153 does not know this value, and a value that is not known is none (HTML 7.1.3.1).
      const isUnknown = engine === 'Firefox' && platform?.express === 'noopener-allow-popups';
      if (isCut && !isUnknown) await visit.reads(lost);
      await visit.isWaiting();
      assert.equal((await visit.looks()).text.includes(lost), isCut && !isUnknown, 'it says that it cannot see the window where it cannot');
      await visit.allowsIn(window);
      await visit.isConnected();
    });

  it('whatever opens windows here makes them noopener [S11, T15]', async () => {
    const { sites, profile } = ground;
    // As some frameworks do to every window: `open()` then gives null though the window is there (HTML 7.2.2.1).
    const head = '<script>const open = window.open; window.open = (url, name, features) => open.call(window, url, name, features + ",noopener");</script>';
    const visit = await Visit.to(profile, sites.page({ head }));
    const window = await visit.picks('Garmin Connect', '/consent');
    await visit.reads(blocked);
    await visit.isWaiting();
    await window.click('Allow');
    await visit.isConnected();
    // Nobody has a handle to it, and it does not know that it was opened: it is told, and goes.
    await goes(window);
  });

  it('the wearable’s own page is same-origin: the cut comes on the third hop [S12, F1, T15]', async () => {
    const { sites, profile } = ground;
    unconnects(sites);
    sites.sandbox.setFaults({ coop: { wearable: 'same-origin' } });
    const visit = await Visit.to(profile, sites.page());
    const window = await visit.picks('Garmin Connect', '//garmin.');
    await visit.reads(lost);
    await visit.isWaiting();
    await window.click('Allow');
    await visit.allowsIn(window);
    await visit.isConnected();
  });

  it('the platform takes four seconds to answer [S1, F2]', async () => {
    const { sites, profile } = ground;
    sites.sandbox.setFaults({ delays: { consent: 4000 } });
    const visit = await Visit.to(profile, sites.page());
    const window = await visit.opens(() => visit.tab.click('Garmin Connect'));
    await arrivesAt(window, '/consent');
    await visit.isWaiting();
    await visit.allowsIn(window);
    await visit.isConnected();
  });
});
