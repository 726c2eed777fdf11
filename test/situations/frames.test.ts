/**
 * The host's page stands in somebody else's page. In a frame of another site, channels and storage are that frame's own
 * (HTML 7.1.4, storage keys): of all roads home only the opener's message is left, and a COOP header cuts that one, too.
 */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { FrameOptions, PageOptions } from './documents.js';
import { inEveryEngine } from './rig.js';
import type { Ground } from './rig.js';
import { blocked, eventually, lost, says, Visit } from './visit.js';

const coop = (policy: string): Readonly<Record<string, string>> => ({ 'cross-origin-opener-policy': policy });
const cut = { coop: { express: 'same-origin', consent: 'same-origin' } } as const;
/** Without the last one the platform's page would inherit the frame's sandbox. */
const enough = 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox';

inEveryEngine('the host’s page in a frame', (ground: Ground) => {
  async function framed(frame: FrameOptions = {}, page: PageOptions = {}): Promise<Visit> {
    const { sites, profile } = ground;
    const inner = sites.page(page);
    return Visit.to(profile, sites.framing(inner, frame), inner);
  }

  const connects = async (visit: Visit): Promise<void> => {
    await visit.allowsIn(await visit.picks('Garmin Connect', '/consent'));
    await visit.isConnected();
  };

  it('of another site: connected by the opener’s message alone [S13, F7, T16]', async () => connects(await framed()));

  it('of another site, sandboxed with what it needs: connected [S13, F7]', async () => connects(await framed({ sandbox: enough })));

  it('of another site, whose own page is same-origin-allow-popups: connected [S15, F7]', async () => {
    await connects(await framed({ headers: coop('same-origin-allow-popups') }));
  });

  it('of the same site, and the platform is same-origin: connected [S17, F7, T15]', async () => {
    ground.sites.sandbox.setFaults(cut);
    const visit = await framed({ site: 'host' });
    const window = await visit.picks('Garmin Connect', '/consent');
    await visit.reads(lost);
    await visit.allowsIn(window);
    await visit.isConnected();
  });

  it('of another site, and its page is same-origin: windows have no opener, and that is called blocked, never cancelled [S16, F7, T15, T16]', async () => {
    const visit = await framed({ headers: coop('same-origin') });
    // `open()` gives null for a window that is there (HTML 7.2.2.1, “rules for choosing a navigable”): nothing can come back from it.
    const window = await visit.picks('Garmin Connect', '/consent');
    await visit.reads(blocked);
    await window.click('Allow');
    await says(window, 'Go back to the page where you started');
    await visit.stays(1500);
    await visit.isWaiting();
  });

  it('of another site, sandboxed without windows: blocked, and that is said [S18, F7]', async () => {
    const { profile } = ground;
    const visit = await framed({ sandbox: 'allow-scripts allow-same-origin allow-forms' });
    const before = (await profile.tabs()).length;
    await visit.tab.click('Garmin Connect');
    await visit.reads(blocked);
    await visit.isWaiting();
    assert.equal((await profile.tabs()).length, before);
  });

  it('of another site, sandboxed without an origin: nothing is thrown at the page, the visitor reads why [F7, T16]', async () => {
    const { profile, sites } = ground;
    const inner = sites.page({ headers: { 'access-control-allow-origin': '*' } });
    const visit = new Visit(profile, await profile.open(sites.framing(inner, { sandbox: 'allow-scripts allow-popups' })), inner);
    // An opaque origin has no storage at all and can receive no answer (HTML 7.1.1): touching the one throws, and that is not ours to let through.
    await eventually('nothing to read', async () => ['choosing', 'failed'].includes((await visit.looks()).phase));
    assert.deepEqual((await visit.heard()).filter(({ name }) => name === 'uncaught'), []);
  });

  it('of another site, and the window is closed: cancelled as closed, as anywhere [S13, F7, F2]', async () => {
    const visit = await framed();
    const window = await visit.picks('Garmin Connect', '/consent');
    await visit.stays(500);
    await window.close();
    await visit.hears('cancelled', { reason: 'closed' });
  });

  it('of another site, and the platform is same-origin: the window can tell nothing, and that is never called cancelled [S14, F7, T15, T16]', async () => {
    ground.sites.sandbox.setFaults(cut);
    const visit = await framed();
    const window = await visit.picks('Garmin Connect', '/consent');
    await window.click('Allow');
    await says(window, 'Go back to the page where you started');
    await window.close();
    await visit.tab.front();
    // A false “closed” would have come by then: window gone, focus back.
    await visit.stays(3000);
    await visit.isWaiting();
  });
});
