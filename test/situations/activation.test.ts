/**
 * Whether a window opens is decided by what happened between the click and `window.open` (HTML 6.4), and each engine decides
 * differently. The element opens in the click itself; a page that calls `connect()` later gets a window or an honest “blocked”.
 */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { asksAgain, exchanges, inEveryEngine, watchRequests } from './rig.js';
import type { Ground } from './rig.js';
import { arrivesAt, blocked, eventually, Visit } from './visit.js';

/** A button of the host's own, and what it does before it calls `connect()`. */
const hostButton = (before: string): string => `<button id="go">Go</button>TAG<script>
document.getElementById('go').onclick = ${before.includes('await') ? 'async ' : ''}() => { ${before}; document.querySelector('wearable-connect').connect('garmin_connect'); };
</script>`;

interface Row {
  readonly title: string;
  /** One after the other, each with a click of its own. */
  readonly before: readonly string[];
  /** What every engine has to do; without it they differ, and only honesty is asked for. */
  readonly opens?: boolean;
}

const later = (milliseconds: number): string => `await new Promise((done) => setTimeout(done, ${milliseconds}))`;

const rows: readonly Row[] = [
  { title: 'nothing, or a promise, or a timer of 0 ms [A1]', before: ['', 'await Promise.resolve()', later(0)], opens: true },
  { title: 'a digest [A2]', before: [`await crypto.subtle.digest('SHA-256', new Uint8Array(32))`] },
  { title: 'a lock [A3]', before: [`await navigator.locks.request('any', () => {})`] },
  {
    title: 'a turn of a MessageChannel [A4]',
    before: ['await new Promise((done) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); })'],
  },
  { title: 'a fetch [A5]', before: [`await fetch('/recorder.js')`] },
  { title: 'a fetch and its text [A6]', before: [`await (await fetch('/recorder.js')).text()`] },
  { title: 'a timer of 900 ms [A7]', before: [later(900)] },
  { title: 'a timer of a second and a half [A8]', before: [later(1500)] },
];

inEveryEngine('between click and window', (ground: Ground) => {
  const count = async (): Promise<number> => (await ground.profile.tabs()).length;

  it('nothing at all: the element opens in the click itself [A1, T17]', async () => {
    const visit = await Visit.to(ground.profile, ground.sites.page({ attributes: { mode: 'popup' } }));
    await visit.allowsIn(await visit.picks('Garmin Connect', '/consent'));
    await visit.isConnected();
  });

  /** Presses the host's own button; true where that opened a window. Whatever it is, the widget has to say so. */
  async function presses(before: string): Promise<boolean> {
    const visit = await Visit.to(ground.profile, ground.sites.page({ attributes: { mode: 'popup' }, body: hostButton(before) }));
    const windows = await count();
    await visit.tab.click('Go');
    await eventually('neither a window nor an error', async () => (await visit.looks()).phase !== 'choosing');
    if ((await visit.looks()).phase === 'authorizing') {
      await eventually('a window that is said to be open is not there', async () => (await count()) === windows + 1);
      return true;
    }
    const { retryable } = await visit.hears('error', { code: 'popup_blocked' });
    assert.equal(retryable, true);
    // Chromium needs a moment to show a window that it lets through: one that is there now was not blocked.
    await visit.stays(300);
    assert.equal(await count(), windows, 'a window that is said to be blocked is there');
    return false;
  }

  for (const { title, before, opens } of rows)
    it(`${title}: the widget says what is so`, async () => {
      for (const what of before) {
        const isOpen = await presses(what);
        if (opens !== undefined) assert.equal(isOpen, opens, what);
      }
    });

  it('five and a half seconds are too long for any engine; six between a blank window and its address are not [A9, A10]', async () => {
    // The proof takes its time: then the click opens a blank window at once, which is sent on when there is something to send it to.
    const head = `<script>
      const digest = crypto.subtle.digest.bind(crypto.subtle);
      crypto.subtle.digest = async (...given) => { await new Promise((done) => setTimeout(done, 6000)); return digest(...given); };
    </script>`;
    const { profile, sites } = ground;
    const visit = new Visit(profile, await profile.open(sites.page({ head, body: hostButton('') })));
    const window = await visit.opens(() => visit.tab.click('Go'));
    // Meanwhile, on a page of its own. Chromium's five seconds of transient activation are the longest.
    assert.equal(await presses(later(5500)), false);
    await arrivesAt(window, '/consent');
    await window.front();
    await visit.allowsIn(window);
    await visit.isConnected();
  });

  it('a script presses our button, nobody clicked, or on something else: nothing opens [T17, F6]', async () => {
    const { profile, sites } = ground;
    // The second is the worse one: a click is there, and no pop-up blocker stands in the way of what rides on it.
    const body = `<button id="bait">Win a prize</button>TAG<script>
      const press = () => document.querySelector('wearable-connect').shadowRoot.querySelector('[data-source=garmin_connect]').click();
      document.getElementById('bait').onclick = press;
    </script>`;
    const visit = await Visit.to(profile, sites.page({ body }));
    const windows = await count();
    const requests = watchRequests(sites);
    await visit.run(() => document.getElementById('bait')?.click());
    await visit.tab.click('Win a prize');
    await visit.stays(1000);
    assert.equal(await count(), windows);
    assert.deepEqual(requests().map(({ path }) => path), []);
    assert.equal((await visit.looks()).phase, 'choosing');
    // The visitor's own click goes through as ever.
    await visit.allowsIn(await visit.picks('Garmin Connect', '/consent'));
    await visit.isConnected();
  });

  it('a program calls connect() without any click: this tab is offered, and leads there and back [F6]', async () => {
    const { profile, sites } = ground;
    const visit = await Visit.to(profile, sites.page());
    const windows = await count();
    await visit.run(() => void document.querySelector('wearable-connect')?.connect('garmin_connect'));
    await visit.reads(blocked);
    assert.equal(await count(), windows);
    await visit.tab.click('Continue in this tab');
    await arrivesAt(visit.tab, '/consent');
    await visit.tab.click('Allow');
    await visit.isConnected();
  });

  it('window.open is taken away: null, nothing or a throw is “blocked”, and trying again mends it [F6]', async () => {
    const { profile, sites } = ground;
    for (const broken of ['() => null', '() => undefined', '() => { throw new Error("no windows here"); }']) {
      const head = `<script>window.whole = window.open; window.open = ${broken};</script>`;
      asksAgain(sites);
      const visit = await Visit.to(profile, sites.page({ head }));
      await visit.tab.click('Garmin Connect');
      await visit.reads(blocked);
      await visit.isWaiting();
      await visit.run(() => {
        window.open = (window as unknown as { whole: typeof open }).whole;
      });
      await visit.allowsIn(await visit.picks('Try again', '/consent'));
      await visit.isConnected();
    }
  });

  it('the window closes at once, by itself: no end is claimed, and it can be opened again [F6]', async () => {
    const { profile, sites } = ground;
    const head = `<script>window.whole = window.open; window.open = (...given) => { const opened = window.whole(...given); opened.close(); return opened; };</script>`;
    const visit = await Visit.to(profile, sites.page({ head }));
    await visit.tab.click('Garmin Connect');
    await visit.reads('Open it again');
    await visit.isWaiting();
    await visit.run(() => {
      window.open = (window as unknown as { whole: typeof open }).whole;
    });
    await visit.allowsIn(await visit.picks('Open it again', '/consent'));
    await visit.isConnected();
  });

  it('a second click while the attempt runs: the same window, the same attempt [F6]', async () => {
    const { profile, sites } = ground;
    const requests = watchRequests(sites);
    const visit = await Visit.to(profile, sites.page({ body: hostButton('') }));
    const window = await visit.opens(() => visit.tab.click('Go'));
    await arrivesAt(window, '/consent');
    const windows = await count();
    await visit.tab.click('Go');
    await visit.tab.click('Show the window');
    await visit.stays(500);
    assert.equal(await count(), windows);
    await visit.allowsIn(window);
    await visit.isConnected();
    assert.equal(exchanges(requests()).length, 1);
  });
});
