/** One page and what is held against it: before its attempts, after each of them, and when nobody needs it any more. */
import type { Tab } from '../browsers/engine.js';
import { until } from '../browsers/waiting.js';
import { patienceMs } from './attempt.js';
import { interrupted } from './fault.js';
import type { PageWithLedger, Sight } from './ledger.js';
import type { AttemptPlan, Farewell, PagePlan } from './plan.js';
import { createRandom } from './random.js';
import { Scene } from './scene.js';
import type { World } from './world.js';

const goButton = (source: string): string => `document.getElementById('go').onclick = () => {
  window.controller = new AbortController();
  document.querySelector('wearable-connect').connect('${source}', { signal: controller.signal }).then((ending) => (window.endings ??= []).push(ending));
};`;

export async function openPage(world: World, tab: Tab, { fault, attributes, number }: PagePlan, seed: string): Promise<Scene> {
  const { sites, ledgerSite } = world;
  const random = createRandom(seed, 'scene', number);
  if (fault.isClub) {
    const tag = `<wearable-connect ${Object.entries(attributes).map(([name, value]) => `${name}="${value}"`).join(' ')}></wearable-connect>`;
    const address = world.club.page(documentAtTheClub(ledgerSite.tag(), tag));
    await world.club.enters(tab);
    await tab.goto(address);
    return new Scene(world, tab, fault, { address, hostPage: address }, random);
  }
  const own = fault.page?.({ platform: sites.sandbox.sweatstack, ledger: ledgerSite.origin, nonce: 'once' }) ?? {};
  const hostPage = sites.page({
    ...own,
    attributes: { ...attributes, ...own.attributes },
    // As the handbook has it for a landing page; here the page may be one itself.
    headers: { 'referrer-policy': 'no-referrer', ...own.headers },
    head: ledgerSite.tag(own.nonce) + (own.head ?? ''),
    landingHead: ledgerSite.tag() + (own.landingHead ?? ''),
    body: `<button id="go">Go</button>${own.body ?? 'TAG'}<script nonce="${own.nonce ?? ''}">ledger.hear(); ${goButton('garmin_connect')}</script>`,
  });
  const address = fault.frame ? sites.framing(hostPage, fault.frame) : hostPage;
  await tab.goto(address);
  return new Scene(world, tab, fault, { address, hostPage }, random);
}

const documentAtTheClub = (ledger: string, tag: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Club</title>${ledger}<script src="/wearable-connect.js" defer></script></head>
<body><h1>Club</h1><button id="go">Go</button>${tag}<script>ledger.hear(); ${goButton('strava')}</script></body></html>`;

/** Everything in the page that others can read. */
export async function looksRound(scene: Scene): Promise<void> {
  if (!(await scene.isHere())) return;
  const found = await scene.run(() => {
    const sights: Sight[] = [];
    const trees: (Document | ShadowRoot)[] = [document];
    for (const tree of trees) {
      for (const element of tree.querySelectorAll('*')) if (element.shadowRoot) trees.push(element.shadowRoot);
      sights.push({ where: 'tree', what: tree instanceof Document ? tree.documentElement.outerHTML : tree.innerHTML });
    }
    for (const shelf of ['localStorage', 'sessionStorage'] as const)
      try {
        for (const [key, value] of Object.entries(window[shelf])) sights.push({ where: `left ${key.slice(0, 6)} in ${shelf}`, what: `${key} ${String(value)}` });
      } catch {
        // Forbidden here.
      }
    const widget = document.querySelector('wearable-connect') as unknown as Record<string, unknown> | null;
    for (const name of ['phase', 'user', 'connections', 'progress', 'error']) sights.push({ where: `property ${name}`, what: JSON.stringify(widget?.[name]) ?? '' });
    sights.push({ where: 'address', what: location.href }, { where: 'history', what: JSON.stringify(history.state) ?? '' }, { where: 'referrer', what: document.referrer }, { where: 'name', what: window.name });
    try {
      sights.push({ where: 'cookie', what: document.cookie });
    } catch {
      // Nor this.
    }
    return [...sights, ...performance.getEntriesByType('resource').map(({ name }) => ({ where: 'loaded', what: name }))];
  });
  scene.sights.push(...found);
}

const phases = async (scene: Scene): Promise<readonly string[]> => (await scene.look())?.phases ?? ['nowhere'];
const rests = async (scene: Scene): Promise<boolean> => (await phases(scene)).every((phase) => ['choosing', 'syncing', 'connected', 'failed'].includes(phase));

/** Lets go of what was connected, in one of the ways there are, until there is something to choose again. */
export async function saysFarewell(scene: Scene, how: Farewell): Promise<void> {
  const { sandbox } = scene.world.sites;
  await mends(scene);
  const isConnected = (await phases(scene)).some((phase) => phase === 'syncing' || phase === 'connected');
  scene.note(isConnected ? `farewell: ${how}` : `farewell: ${(await phases(scene)).join()}`);
  if (how === 'run out') await scene.skip(11 * 60_000);
  if (isConnected && (how === 'disconnect' || how === 'run out'))
    await scene.run(
      (isClub) =>
        Promise.all(
          [...document.querySelectorAll('wearable-connect')].flatMap((widget) =>
            (isClub ? widget.connections.map(({ source }) => source) : [null]).map((source) => widget.disconnect(source).catch(() => {})),
          ),
        ),
      scene.page.isClub === true,
    );
  // Two clicks, if nothing has changed in between.
  if (isConnected && how === 'button') for (let time = 0; time < 2; time++) if ((await scene.look())?.buttons.includes('Disconnect')) await scene.clicks('Disconnect');
  if (how === 'reload') await scene.tab.goto(scene.address);
  sandbox.clearFaults();
  await until(() => rests(scene), async () => `never came to rest: ${(await phases(scene)).join()}`, patienceMs);
  if (scene.page.isClub && !(await phases(scene)).every((phase) => phase === 'choosing')) {
    // Its server knows who is connected, whatever the page forgets.
    sandbox.reset();
    await scene.collect();
    await scene.tab.goto(scene.address);
  } else await scene.run(() => document.querySelectorAll('wearable-connect').forEach((widget) => widget.phase === 'choosing' || widget.reset()));
  await until(async () => (await phases(scene)).every((phase) => phase === 'choosing' || (phase === 'failed' && scene.page.isUnable)), async () => `nothing to choose from after the farewell: ${(await phases(scene)).join()}`, patienceMs);
  for (const window of await scene.profile.tabs()) if (window !== scene.tab) await scene.closes(window);
  await scene.collect();
}

/** Whatever was taken from the page is given back. */
async function mends(scene: Scene): Promise<void> {
  if (!(await scene.isHere())) await scene.tab.goto(scene.address);
  await scene.run(() => {
    const { ledger } = globalThis as PageWithLedger;
    ledger.windows('open');
    ledger.set(0);
    if (document.visibilityState === 'hidden') ledger.hidden(false);
    if (!navigator.onLine) ledger.offline(false);
  });
}

/** What is left of the page’s life once its elements are gone: nothing, or a violation for each thing. */
export async function leftovers(scene: Scene): Promise<string[]> {
  await scene.run(() => document.querySelectorAll('wearable-connect').forEach((widget) => widget.remove()));
  let left: Record<string, number> = { 'a page that cannot be asked': 1 };
  let open: readonly string[] = [];
  const isClean = async (): Promise<boolean> => {
    left = await scene.run(() => (globalThis as PageWithLedger).ledger.counts());
    open = scene.world.openAnswers();
    return Object.keys(left).length + open.length === 0;
  };
  let trouble = '';
  await until(isClean, (problem) => (trouble = problem instanceof Error ? problem.message : '')).catch(() => {});
  return [...Object.entries(left).map(([name, count]) => `left on the page: ${count} × ${name} ${trouble}`.trim()), ...open.map((name) => `still being answered: ${name}`)];
}

/** A quarter of an hour later nothing of any attempt waits in storage. */
export async function keptTooLong(scene: Scene): Promise<string[]> {
  await scene.skip(16 * 60_000);
  await scene.tab.goto(scene.address);
  await until(() => rests(scene), async () => `never came to rest again: ${(await phases(scene)).join()}`, patienceMs);
  if (!scene.page.isUnable) await scene.run(() => document.querySelectorAll('wearable-connect').forEach((widget) => widget.reset()));
  const keys = await scene.run(() =>
    (['localStorage', 'sessionStorage'] as const).flatMap((shelf) => {
      try {
        return Object.keys(window[shelf]).map((key) => `${key.slice(0, 6)}… in ${shelf}`);
      } catch {
        return [];
      }
    }),
  );
  return keys.map((key) => `kept for more than fifteen minutes: ${key}`);
}

export const saysOf = ({ page, platform, visits, farewell }: AttemptPlan): RegExp[] => [
  ...[page.fault, ...platform, ...visits.map(({ fault }) => fault)].flatMap(({ says = [] }) => says),
  ...(farewell === 'reload' ? [interrupted] : []),
];
