/** Each road home alone, and storage that is missing, full or emptied: what cannot be kept is not kept, and nothing is thrown. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Tab } from '../browsers/engine.js';
import { asksAgain, inEveryEngine } from './rig.js';
import type { Ground } from './rig.js';
import { lost, says, Visit } from './visit.js';

const cut = { coop: { express: 'same-origin', consent: 'same-origin' } } as const;

/** Touching it throws, as it does where the visitor blocks all cookies. */
const forbids = (...names: readonly string[]): string =>
  `<script>for (const name of ${JSON.stringify(names).replaceAll('"', "'")}) Object.defineProperty(name === 'locks' ? navigator : window, name, {
    get() { throw new DOMException('forbidden here', 'SecurityError'); },
  });</script>`;

inEveryEngine('storage and channels', (ground: Ground) => {
  async function begins(head: string, isCut: boolean): Promise<{ visit: Visit; window: Tab }> {
    const { sites, profile } = ground;
    if (isCut) sites.sandbox.setFaults(cut);
    const visit = await Visit.to(profile, sites.page({ head, landingHead: head }));
    const window = await visit.picks('Garmin Connect', '/consent');
    if (isCut) await visit.reads(lost);
    return { visit, window };
  }

  async function connects(head: string, isCut: boolean): Promise<Visit> {
    const { visit, window } = await begins(head, isCut);
    await visit.allowsIn(window);
    await visit.isConnected();
    return visit;
  }

  it('all of them are forbidden: the opener’s message brings it home [F8, T16]', async () => {
    await connects(forbids('localStorage', 'sessionStorage', 'BroadcastChannel', 'locks'), false);
  });

  it('storage is forbidden and the window is cut off: the channel brings it home [F8, F1, T15, T16]', async () => {
    await connects(forbids('localStorage', 'sessionStorage', 'locks'), true);
  });

  it('channels are forbidden and the window is cut off: the mailbox brings it home [F8, F1, T15, T16]', async () => {
    const { visit, window } = await begins(forbids('BroadcastChannel'), true);
    await window.click('Allow');
    await visit.isConnected();
    // Nothing brings word back to the window that it was heard.
    await says(window, 'Go back to the page where you started');
  });

  it('storage is full: connected all the same [F8]', async () => {
    await connects(`<script>Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };</script>`, false);
  });

  it('storage is emptied while the window is open: connected all the same, and cut off too [F8, T15]', async () => {
    for (const isCut of [false, true]) {
      asksAgain(ground.sites);
      const { visit, window } = await begins('', isCut);
      await visit.run(() => {
        localStorage.clear();
        sessionStorage.clear();
      });
      await visit.allowsIn(window);
      await visit.isConnected();
    }
  });

  it('nothing of an attempt is left when it has ended [F8]', async () => {
    const visit = await connects('', true);
    const left = await visit.run(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);
    assert.deepEqual(left, []);
  });
});
