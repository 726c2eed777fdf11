/** What somebody else sends, opens or leads to while a visitor signs in: no request leaves for it, and nothing of it is shown. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { postForm } from '../sandbox/visitor.js';
import { answerTo, signInPageOf } from './elsewhere.js';
import { exchanges, inEveryEngine, watchRequests } from './rig.js';
import type { Ground } from './rig.js';
import { arrivesAt, eventually, goes, says, Visit } from './visit.js';

const landed = 'You can close this window';
const goBack = 'Go back to the page where you started';

/** A page that writes down every message it gets. */
const listening = `<title>Other</title><script>window.messages = []; addEventListener('message', ({ data }) => messages.push(JSON.stringify(data)));</script>`;

inEveryEngine('while a visitor signs in', (ground: Ground) => {
  /** The attempt of this page that runs: an attacker who knows even its `state` is the worst one. */
  async function attemptOf(visit: Visit): Promise<{ state: string; url: string }> {
    const kept = await visit.run(() => sessionStorage.getItem(Object.keys(sessionStorage).find((key) => key.startsWith('wc1:p:')) ?? ''));
    assert.ok(kept, 'the attempt is kept in this tab');
    return JSON.parse(kept) as { state: string; url: string };
  }

  it('a forged landing page is visited: nothing is exchanged, and the attempt goes on [T1, F18]', async () => {
    const { sites, profile } = ground;
    const address = sites.page();
    const visit = await Visit.to(profile, address);
    const requests = watchRequests(sites);
    const window = await visit.picks('Garmin Connect', '/consent');
    for (const query of ['code=evil&state=wc1.somebody-elses', 'code=evil', 'code=evil&state=', 'code=evil&state=a&state=b']) {
      const forged = await profile.open(`${address}wearable-callback.html?${query}`);
      await says(forged, query.includes('wc1.') ? goBack : landed);
      assert.equal(await forged.evaluate(() => document.querySelector('button')?.checkVisibility()), false, 'no way onward for whoever did not begin here');
      await forged.close();
    }
    assert.deepEqual(exchanges(requests()), []);
    await visit.isWaiting();
    await window.front();
    await visit.allowsIn(window);
    await visit.isConnected();
    assert.equal(exchanges(requests()).length, 1);
  });

  it('the landing page has taken the code out of its address, and asks for nothing with it [T2]', async () => {
    const { sites, profile } = ground;
    const address = sites.page();
    const tab = await profile.open(`${address}wearable-callback.html?code=secret-code&state=wc1.unknown`);
    await says(tab, goBack);
    assert.deepEqual(await tab.evaluate(() => [location.search, location.hash, document.referrer]), ['', '', '']);
    const { pathname } = new URL(address);
    const script = sites.asked.find(({ url }) => url === `host${pathname}callback.js`);
    assert.ok(script);
    assert.equal(script.referrer, undefined);
    // Back and forward again: the entry in the history is the bare one.
    await tab.goto(sites.put('host', '<p>Next</p>'));
    const visits = (): number => sites.asked.filter(({ url }) => url.includes('secret-code')).length;
    const before = visits();
    await tab.traverse(-1);
    await says(tab, landed, goBack);
    assert.equal(visits(), before);
    assert.equal(new URL(await tab.url()).search, '');
  });

  it('the platform sends a code to another path below the registered one: it is no use to anybody there [T3]', async () => {
    const { sites, profile } = ground;
    const address = sites.page();
    const visit = await Visit.to(profile, address);
    const window = await visit.picks('Garmin Connect', '/consent');
    const { sweatstack } = sites.sandbox;
    // The attacker's own question, with everything of the visitor's in it that can be seen from outside.
    const asked = JSON.parse(atob(new URL((await attemptOf(visit)).url).searchParams.get('state') ?? '')) as Record<string, string>;
    const question = new URL('/express-login', sweatstack);
    question.searchParams.set('state', btoa(JSON.stringify({ ...asked, redirect_uri: `${address}other` })));
    const stolen = new URL(await answerTo(sites, question.href));
    assert.equal(stolen.pathname, `${new URL(address).pathname}other`);
    const code = stolen.searchParams.get('code') ?? '';
    assert.ok(code);
    for (const verifier of [undefined, 'a'.repeat(43)]) {
      const { status } = await postForm(`${sweatstack}/api/v1/oauth/token`, { grant_type: 'authorization_code', client_id: 'demo-client', code, ...(verifier && { code_verifier: verifier }) });
      assert.equal(status, 400);
    }
    await visit.isWaiting();
    await visit.allowsIn(window);
    await visit.isConnected();
  });

  it('the opener has become somebody else: the landing page does not tell them [T4]', async () => {
    const { sites, profile } = ground;
    const visit = await Visit.to(profile, sites.page());
    const window = await visit.picks('Garmin Connect', '/consent');
    // The page goes there by itself: where a visitor types an address, Chromium cuts the opener off anyway.
    const there = sites.put('other', listening);
    await visit.tab.evaluate((there) => void setTimeout(() => location.assign(there)), there);
    await arrivesAt(visit.tab, there);
    await window.click('Allow');
    // Two seconds of trying, to the very opener: it is another origin now.
    await says(window, goBack);
    assert.deepEqual(await visit.tab.evaluate(() => (globalThis as unknown as { messages: string[] }).messages), []);
  });

  it('messages flood in from other origins, with everything right but the origin [T5, F13]', async () => {
    const { sites, profile } = ground;
    const flood = sites.put('other', `<title>Flood</title><script>
      addEventListener('message', ({ data: state }) => {
        const query = 'code=evil&state=' + state;
        const all = [{ v: 1, query }, { v: 2, query }, query, null, [], { v: 1, query: 'x'.repeat(1e6) + query }, { v: 1 }, 'wc1:heard', 'wc1:heard!'];
        for (let round = 0; round < 50; round++) for (const one of all) parent.postMessage(one, '*');
        parent.postMessage('flooded', '*');
      });
    </script>`);
    const frames = `<iframe src="${flood}" title="another origin"></iframe><iframe src="${flood}" sandbox="allow-scripts" title="no origin at all"></iframe>TAG<script>
      window.floods = 0; addEventListener('message', ({ data }) => data === 'flooded' && window.floods++);
    </script>`;
    const visit = await Visit.to(profile, sites.page({ body: frames }));
    const requests = watchRequests(sites);
    const window = await visit.picks('Garmin Connect', '/consent');
    const { state } = await attemptOf(visit);
    await visit.run((state) => {
      for (const frame of document.querySelectorAll('iframe')) frame.contentWindow?.postMessage(state, '*');
    }, state);
    await eventually('the flood never ended', async () => (await visit.run(() => (globalThis as unknown as { floods: number }).floods)) === 2);
    await visit.isWaiting();
    assert.deepEqual(exchanges(requests()), []);
    await visit.allowsIn(window);
    await visit.isConnected();
  });

  it('messages from the page’s own origin with a wrong state, a wrong shape, or twice: one exchange at most [T5, F13, F18]', async () => {
    const { sites, profile } = ground;
    const visit = await Visit.to(profile, sites.page());
    const requests = watchRequests(sites);
    const window = await visit.picks('Garmin Connect', '/consent');
    const { state } = await attemptOf(visit);
    const landing = new URL(await answerTo(sites, await signInPageOf(sites, window)));
    assert.equal(landing.searchParams.get('state'), state);
    await visit.run((query) => {
      const wrong = query.replace('wc1.', 'wc1.not-');
      for (const data of [{ v: 1, query: wrong }, { v: 2, query }, { v: 1, query: [query] }, { v: 1, query: `${query}&access_token=x` }, { v: 1, query: `${query}&x=${'y'.repeat(8192)}` }])
        postMessage(data, location.origin);
    }, landing.search);
    await visit.stays(500);
    await visit.isWaiting();
    assert.deepEqual(exchanges(requests()), []);
    // Then the right one, three times at once.
    await visit.run((query) => {
      for (let time = 0; time < 3; time++) postMessage({ v: 1, query }, location.origin);
    }, landing.search);
    await visit.isConnected();
    await goes(window);
    assert.equal(exchanges(requests()).length, 1);
  });

  it('the right message after Cancel is ignored [F13]', async () => {
    const { sites, profile } = ground;
    const visit = await Visit.to(profile, sites.page());
    const requests = watchRequests(sites);
    const window = await visit.picks('Garmin Connect', '/consent');
    const landing = new URL(await answerTo(sites, await signInPageOf(sites, window)));
    await visit.tab.click('Cancel');
    await visit.hears('cancelled', { reason: 'back' });
    await goes(window);
    await visit.run((query) => postMessage({ v: 1, query }, location.origin), landing.search);
    const tab = await profile.open(landing.href);
    await says(tab, goBack);
    assert.deepEqual(exchanges(requests()), []);
    assert.equal((await visit.looks()).phase, 'choosing');
  });

  it('the landing page neither goes where its address says nor says what it says [T12]', async () => {
    const { sites, profile } = ground;
    const address = `${sites.page()}wearable-callback.html`;
    const trap = sites.put('other', listening);
    const words = encodeURIComponent('<img src=x onerror=alert(1)>Call 555-0100');
    for (const query of [`returnTo=${encodeURIComponent(trap)}`, `error=access_denied&state=wc1.none&error_description=${words}&returnTo=${encodeURIComponent(trap)}`, `error=${words}`]) {
      const tab = await profile.open(`${address}?${query}`);
      await eventually('nothing was said', () => tab.evaluate(() => !document.body.innerText.includes('Finishing')));
      const shown = await tab.evaluate(() => document.documentElement.outerHTML);
      assert.ok(!shown.includes('555-0100') && !shown.includes('<img'));
      await arrivesAt(tab, address);
      await tab.close();
    }
    assert.equal(sites.asked.some(({ url }) => url.startsWith(`other${new URL(trap).pathname}`)), false);
  });
});
