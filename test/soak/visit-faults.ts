/** What the visitor does, and what somebody else does, while they connect. */
import { answerTo, signInPageOf } from '../situations/elsewhere.js';
import { until } from '../browsers/waiting.js';
import { interrupted, type VisitFault } from './fault.js';
import type { PageWithLedger, Windows } from './ledger.js';
import type { Scene } from './scene.js';

const minutes = 60_000;
/** A token that has run out is refused. */
const later = [/status of 40[01]/];

const closesWindows = async (scene: Scene): Promise<boolean> => {
  const windows = (await scene.windows()).filter((window) => window !== scene.tab);
  for (const window of windows) await window.close().catch(() => {});
  return windows.length > 0;
};

/** A window that the browser does not give. It is given again when the visitor tries again. */
const withWindows = (how: Windows): VisitFault => ({
  part: 6,
  name: `window.open: ${how}`,
  at: ['before'],
  act: (scene) => scene.run((how) => (globalThis as PageWithLedger).ledger.windows(how), how),
});

const landing = (scene: Scene): string => new URL('wearable-callback.html', scene.hostPage).href;

const forged: Readonly<Record<string, string>> = {
  'no state': '?code=evil',
  'unknown state': '?code=evil&state=wc1.somebody-elses',
  'two states': '?code=evil&state=wc1.a&state=wc1.b',
  'two codes': '?code=evil&code=worse&state=wc1.a',
  'empty code': '?code=&state=wc1.a',
  'too long': `?state=wc1.a&code=${'x'.repeat(8193)}`,
  'a token': '?access_token=evil&state=wc1.a&code=evil',
  'percent garbage': '?code=%E0%A4%A&state=wc1.%ZZ',
  'NUL and a lone surrogate': '?code=%00&state=wc1.%ED%A0%80',
  fragment: '#code=evil&state=wc1.a',
  'query and fragment': '?code=evil&state=wc1.a#code=evil&state=wc1.b',
  'an error without state': '?error=access_denied&error_description=%3Cimg%20src%3Dx%3E',
};

const visits = ([name, query]: readonly [string, string]): VisitFault => ({
  part: 10,
  name: `landing page with ${name}`,
  at: ['platform'],
  async act(scene) {
    const tab = await scene.opensOther(landing(scene) + query);
    await until(() => tab.evaluate(() => location.search === '' || document.readyState === 'complete'), () => 'the landing page never loaded');
    await scene.closes(tab);
  },
});

/** Away is on another page of another site, from which the browser may or may not bring the first one back as it was. */
async function goesAway(scene: Scene, back: (scene: Scene) => Promise<void>): Promise<void> {
  await scene.collect();
  await scene.tab.goto(scene.world.elsewhere);
  await back(scene);
  await until(() => scene.isHere(), () => 'the visitor never came back');
}

export const visitFaults: readonly VisitFault[] = [
  { part: 2, name: 'window is closed', at: ['opened', 'platform', 'answered'], act: closesWindows },
  {
    part: 3,
    name: 'back at the page for ten seconds, the window open',
    at: ['platform'],
    async act(scene) {
      await scene.tab.front();
      await scene.skip(10_000);
    },
  },
  {
    part: 4,
    name: 'page is reloaded',
    says: [interrupted],
    at: ['opened', 'platform', 'answered', 'usable'],
    async act(scene) {
      await scene.collect();
      if (await scene.isHere()) await scene.tab.reload();
    },
  },
  {
    part: 4,
    name: 'element is taken out and put back',
    at: ['opened', 'platform', 'answered', 'usable'],
    act: (scene) =>
      scene.run(async () => {
        const widget = document.querySelector('wearable-connect');
        const place = widget?.parentElement;
        widget?.remove();
        await new Promise((resolve) => setTimeout(resolve));
        if (widget) place?.prepend(widget);
      }),
  },
  { part: 4, name: 'element is moved', at: ['opened', 'platform', 'usable'], act: (scene) => scene.run(() => document.body.prepend(...document.querySelectorAll('wearable-connect'))) },
  {
    part: 5,
    name: 'link of a mail is opened in a fresh tab',
    at: ['platform'],
    inTheOpen: true,
    async act(scene) {
      const [window] = await scene.windows();
      if (!window || window === scene.tab) return false;
      await scene.profile.open(await window.url());
      return true;
    },
  },
  {
    part: 5,
    name: 'answer lands in another profile',
    at: ['platform'],
    inTheOpen: true,
    async act(scene) {
      const [window] = await scene.windows();
      if (!window || !(await window.url()).includes('/consent')) return false;
      const answer = await answerTo(scene.world.sites, await signInPageOf(scene.world.sites, window));
      const stranger = await scene.world.browser.visitor();
      await (await stranger.open(answer)).heap();
      await stranger.close();
      return true;
    },
  },
  ...(['null', 'nothing', 'throw', 'close'] as const).map(withWindows),
  { part: 6, name: 'second click', at: ['opened', 'platform'], act: (scene) => scene.clicks('Go') },
  {
    part: 8,
    name: 'storage is emptied',
    at: ['opened', 'platform'],
    act: (scene) =>
      scene.run(() => {
        for (const shelf of ['localStorage', 'sessionStorage'] as const)
          try {
            window[shelf].clear();
          } catch {
            // Forbidden here.
          }
      }),
  },
  ...Object.entries(forged).map(visits),
  {
    part: 13,
    name: 'messages flood in',
    at: ['platform'],
    act: (scene) =>
      scene.run(() => {
        const key = Object.keys(sessionStorage).find((key) => key.startsWith('wc1:p:')) ?? '';
        const { state = 'wc1.unknown', channel = 'unknown' } = JSON.parse(sessionStorage.getItem(key) ?? '{}') as { state?: string; channel?: string };
        const query = `code=evil&state=${state.replace('wc1.', 'wc1.not-')}`;
        const wrong: unknown[] = [{ v: 1, query }, { v: 2, query: query.replace('not-', '') }, query, null, [], { v: 1 }, { v: 1, query: 'x'.repeat(1e6) + query }, 'wc1:heard', 'wc1:heard!'];
        const radio = new BroadcastChannel(channel);
        for (let round = 0; round < 20; round++)
          for (const one of wrong) {
            postMessage(one, location.origin);
            if (!String(one).startsWith('wc1:')) radio.postMessage(one);
          }
        radio.close();
      }).catch(() => false), // Where storage or channels are forbidden nothing floods.
  },
  {
    part: 13,
    name: 'messages flood in from another origin',
    at: ['platform'],
    inTheOpen: true,
    async act(scene) {
      await scene.run(async (flood) => {
        const frame = Object.assign(document.createElement('iframe'), { src: flood });
        const life = new AbortController();
        await new Promise<void>((resolve) => {
          addEventListener('message', ({ data }) => data === 'flooded' && resolve(), { signal: life.signal });
          document.body.append(frame);
        });
        life.abort();
        frame.remove();
      }, scene.world.flood);
    },
  },
  {
    part: 18,
    name: 'two windows finish the same attempt',
    at: ['platform'],
    inTheOpen: true,
    async act(scene) {
      const [window] = await scene.windows();
      if (!window || !(await window.url()).includes('/consent')) return false;
      const answer = await answerTo(scene.world.sites, await signInPageOf(scene.world.sites, window));
      await window.evaluate((answer) => void setTimeout(() => location.assign(answer)), answer);
      const other = await scene.opensOther(answer);
      await other.heap();
      return true;
    },
  },
  {
    part: 18,
    name: 'landing page was bookmarked and is opened again',
    at: ['usable'],
    inTheOpen: true,
    async act(scene) {
      const used = scene.world.sites.asked.map(({ url }) => url).filter((url) => url.includes('wearable-callback.html?code=')).at(-1);
      if (!used) return false;
      await scene.closes(await scene.opensOther(`${scene.world.sites.host}${used.replace(/^host/, '')}`));
      return true;
    },
  },
  { part: 19, name: 'token runs out', at: ['usable'], says: later, act: (scene) => scene.skip(14.9 * minutes) },
  {
    part: 19,
    name: 'renewal fails',
    at: ['usable'],
    says: [/status of 400/],
    async act(scene) {
      scene.world.sites.sandbox.setFaults({ answers: { token: { status: 400, error: 'invalid_grant' } } });
      await scene.run(() => void document.querySelector('wearable-connect')?.refresh().catch(() => {}));
    },
  },
  { part: 19, name: 'token is renewed', at: ['usable'], act: (scene) => scene.run(() => void document.querySelector('wearable-connect')?.refresh().catch(() => {})) },
  {
    part: 22,
    name: 'offline for two minutes',
    at: ['opened', 'platform', 'answered', 'usable'],
    says: later,
    async act(scene) {
      await scene.run(() => (globalThis as PageWithLedger).ledger.offline(true));
      await scene.skip(2 * minutes);
      if (await scene.isHere()) await scene.run(() => (globalThis as PageWithLedger).ledger.offline(false));
    },
  },
  {
    part: 22,
    name: 'hidden for ten minutes',
    at: ['usable'],
    says: later,
    async act(scene) {
      await scene.run(() => (globalThis as PageWithLedger).ledger.hidden(true));
      await scene.skip(10 * minutes);
      await scene.run(() => (globalThis as PageWithLedger).ledger.hidden(false));
    },
  },
  { part: 22, name: 'computer sleeps for an hour', at: ['platform', 'usable'], says: later, act: (scene) => scene.skip(60 * minutes) },
  ...[-60, 60].map((jump): VisitFault => ({
    part: 22,
    name: `clock on the wall is set by ${jump} minutes`,
    at: ['before', 'platform', 'usable'],
    says: later,
    act: (scene) => scene.run((ms) => (globalThis as PageWithLedger).ledger.set(ms), jump * minutes),
  })),
  { part: 22, name: 'away and back by the history', at: ['platform', 'usable'], inTheOpen: true, says: [interrupted], act: (scene) => goesAway(scene, ({ tab }) => tab.traverse(-1)) },
  { part: 22, name: 'away and back by the address', at: ['platform', 'usable'], inTheOpen: true, says: [interrupted], act: (scene) => goesAway(scene, ({ tab, address }) => tab.goto(address)) },
  {
    part: 25,
    name: 'second tab',
    at: ['platform', 'usable'],
    inTheOpen: true,
    async act(scene) {
      const other = await scene.opensOther(scene.address);
      await until(() => other.evaluate(() => document.querySelector('wearable-connect')?.phase !== 'loading'), () => 'the second tab never got beyond loading');
      await other.evaluate(() => void document.querySelector('wearable-connect')?.disconnect().catch(() => {}));
      await until(() => other.evaluate(() => !['syncing', 'connected'].includes(String(document.querySelector('wearable-connect')?.phase))), () => 'the second tab never let go');
      await scene.closes(other);
    },
  },
  { part: 25, name: 'another source at once', at: ['platform', 'usable'], act: (scene) => scene.run(() => void document.querySelector('wearable-connect')?.connect('wahoo')) },
  { part: 25, name: 'disconnected while history comes', at: ['usable'], act: (scene) => scene.run(() => void document.querySelector('wearable-connect')?.disconnect().catch(() => {})) },
];
