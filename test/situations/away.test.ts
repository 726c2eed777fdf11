/** The page that asked is not there when the answer comes, or the answer comes where nobody asked: nothing is lost, nothing is used twice. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Tab } from '../browsers/engine.js';
import { answerTo, signInPageOf } from './elsewhere.js';
import { exchanges, inEveryEngine, watchRequests } from './rig.js';
import type { Ground } from './rig.js';
import { arrivesAt, eventually, goes, lost, says, Visit } from './visit.js';

const landed = 'You can close this window';
const goBack = 'Go back to the page where you started';
const cut = { coop: { express: 'same-origin', consent: 'same-origin' } } as const;

inEveryEngine('away when the answer comes', (ground: Ground) => {
  interface Begun {
    readonly visit: Visit;
    readonly window: Tab;
    readonly address: string;
    /** How often a code was redeemed since. */
    readonly redeemed: () => number;
  }

  async function begins(): Promise<Begun> {
    const { sites, profile } = ground;
    const requests = watchRequests(sites);
    const address = sites.page();
    const visit = await Visit.to(profile, address);
    const window = await visit.picks('Garmin Connect', '/consent');
    return { visit, window, address, redeemed: () => exchanges(requests()).length };
  }

  for (const isCut of [false, true])
    it(`the page is reloaded while the window is at the platform${isCut ? ', cut off' : ''}: it goes on listening [F4${isCut ? ', T15' : ''}]`, async () => {
      if (isCut) ground.sites.sandbox.setFaults(cut);
      const { visit, window, redeemed } = await begins();
      await visit.tab.reload();
      await visit.reads(lost);
      await window.front();
      await window.click('Allow');
      await visit.isConnected();
      await goes(window);
      assert.equal(redeemed(), 1);
    });

  it('the page is discarded with its tab and restored: what storage kept is enough [F4]', async () => {
    // A discarded tab comes back as a load with the tab's own storage; drivers cannot discard, so it leaves without being kept.
    const { visit, window, address, redeemed } = await begins();
    await visit.tab.goto('about:blank');
    await window.click('Allow');
    await says(window, goBack);
    await visit.tab.goto(address);
    await visit.isConnected();
    assert.equal(redeemed(), 1);
  });

  it('a page that was away takes the letter that waits: the window that wrote it offers no way to use the code again [F18, F4]', async () => {
    const { visit, window, address, redeemed } = await begins();
    await visit.tab.goto('about:blank');
    await window.click('Allow');
    await says(window, goBack);
    await visit.tab.goto(address);
    await visit.isConnected();
    // A code used twice may cost the tokens that came of it (RFC 6749 4.1.2): the window goes, or at least has no button any more.
    const isDone = async (): Promise<boolean> => (await window.isClosed()) || !(await window.evaluate(() => document.querySelector('button')?.checkVisibility()));
    await eventually('the window still offers to continue with a code that was used', isDone);
    assert.equal(redeemed(), 1);
  });

  it('the element is taken out of the page and put back [F4]', async () => {
    const { visit, window, redeemed } = await begins();
    await visit.run(() => {
      const widget = document.querySelector('wearable-connect');
      Object.assign(globalThis, { widget });
      widget?.remove();
    });
    // Answered while it is nowhere: the landing page goes on trying.
    await window.click('Allow');
    await says(window, goBack);
    assert.equal(redeemed(), 0);
    await visit.run(() => document.body.append((globalThis as unknown as { widget: Element }).widget));
    await visit.isConnected();
    await goes(window);
    assert.equal(redeemed(), 1);
  });

  it('the page is in the back/forward cache, or was unloaded: back again, it has the answer [F22, F4]', async () => {
    const { visit, window, redeemed } = await begins();
    await visit.tab.goto(ground.sites.put('other', '<title>Other</title><p>Elsewhere'));
    await window.click('Allow');
    // Messages to a page that is kept aside are dropped (HTML 9.5): they are said again, and a letter waits.
    await says(window, goBack);
    assert.equal(redeemed(), 0);
    await visit.tab.traverse(-1);
    await visit.hears('connected');
    assert.equal(redeemed(), 1);
  });

  it('out of the back/forward cache before the answer: it goes on waiting, and is connected [F22]', async () => {
    const { visit, window, redeemed } = await begins();
    await visit.tab.goto(ground.sites.put('other', '<title>Other</title><p>Elsewhere'));
    await visit.tab.traverse(-1);
    await visit.reaches('authorizing');
    await window.front();
    await window.click('Allow');
    await visit.hears('connected');
    assert.equal(redeemed(), 1);
  });

  it('the answer lands in a fresh tab, as from a link in a mail: no opener, nothing of the tab’s own [F5]', async () => {
    const { visit, window, redeemed } = await begins();
    const tab = await ground.profile.open(await window.url());
    await tab.click('Allow');
    await visit.isConnected();
    await goes(window);
    await says(tab, landed);
    assert.equal(redeemed(), 1);
    // Back to the platform and forward again: the landing page has nothing any more.
    await tab.traverse(-1);
    await tab.traverse(1);
    await says(tab, landed);
    assert.equal(redeemed(), 1);
  });

  it('the answer lands in a fresh tab, and the page that asked is closed: it goes on right there [F5, F4]', async () => {
    const { visit, window, address, redeemed } = await begins();
    const tab = await ground.profile.open(await window.url());
    await visit.tab.close();
    await tab.click('Allow');
    await tab.click('Continue here');
    const there = new Visit(ground.profile, tab);
    await there.isConnected();
    assert.equal(await tab.url(), address);
    assert.equal(redeemed(), 1);
  });

  it('the answer lands in another browser: it says where to go, and nothing is exchanged [F5, T1]', async () => {
    const { visit, window, redeemed } = await begins();
    const landing = await answerTo(ground.sites, await signInPageOf(ground.sites, window));
    const stranger = await ground.browser.visitor();
    try {
      const tab = await stranger.open(landing);
      await says(tab, goBack);
      assert.equal(await tab.evaluate(() => document.querySelector('button')?.checkVisibility()), false);
      await visit.isWaiting();
      assert.equal(redeemed(), 0);
    } finally {
      await stranger.close();
    }
  });

  it('two windows finish the same attempt: one exchange, one success, and both may go [F18]', async () => {
    const { visit, window, redeemed } = await begins();
    const landing = await answerTo(ground.sites, await signInPageOf(ground.sites, window));
    const second = await ground.profile.open(ground.sites.put('host', '<p>A second tab</p>'));
    // Whichever is first, both are on their way: the window may have gone before the other one has arrived.
    await window.evaluate((landing) => void setTimeout(() => location.assign(landing)), landing);
    await second.goto(landing);
    await visit.isConnected();
    await goes(window);
    await says(second, landed, goBack);
    await visit.stays(500);
    await visit.isConnected();
    assert.equal(redeemed(), 1);
  });

  it('the landing page was bookmarked, and is opened again next day: nothing is asked, nothing offered [F18]', async () => {
    const { visit, window, redeemed } = await begins();
    const landing = await answerTo(ground.sites, await signInPageOf(ground.sites, window));
    await window.evaluate((landing) => void setTimeout(() => location.assign(landing)), landing);
    await visit.isConnected();
    await goes(window);
    const tab = await ground.profile.open(landing);
    await says(tab, goBack);
    assert.equal(await tab.evaluate(() => document.querySelector('button')?.checkVisibility()), false);
    assert.equal(new URL(await tab.url()).search, '');
    assert.equal(redeemed(), 1);
  });

  it('by the whole page, and then the back button: the code is not used again, the page says nothing wrong [F18]', async () => {
    const { sites, profile } = ground;
    const requests = watchRequests(sites);
    const address = sites.page({ attributes: { mode: 'redirect' } });
    const visit = await Visit.to(profile, address);
    await visit.tab.click('Garmin Connect');
    await arrivesAt(visit.tab, '/consent');
    await visit.tab.click('Allow');
    await visit.isConnected();
    await visit.tab.traverse(-1);
    await eventually('still on the page', async () => (await visit.tab.url()) !== address || (await visit.looks()).phase === 'choosing');
    await visit.tab.traverse(1);
    await arrivesAt(visit.tab, address);
    await eventually('no widget', async () => ['choosing', 'connected', 'syncing'].includes((await visit.looks()).phase));
    assert.deepEqual((await visit.heard()).filter(({ name }) => name === 'error' || name === 'uncaught'), []);
    assert.equal(exchanges(requests()).length, 1);
  });
});
