/** A thousand elements, a thousand times one, two hundred visits: what is left of them when they have gone. */
import type { Page } from 'puppeteer-core';
import { chromium } from './browser.js';
import { type Counters, countersOf, layoutsOf, ownScript, sessionOf, version } from './own-page.js';
import { counted, type Row, row, sampled } from './row.js';
import { serving } from './serving.js';

declare const bench: typeof import('./pages/many.js');

export interface Amounts {
  readonly elements: number;
  readonly mounts: number;
  readonly rounds: number;
  readonly attempts: number;
}

export interface Left extends Counters {
  readonly channels: number;
  readonly timers: number;
}

export interface Found {
  /** How many there are beside before: fewer are below zero. */
  readonly left: Readonly<Record<keyof Amounts, Left>>;
  readonly crowdMs: readonly number[];
  /** How often the page was laid out until they all were drawn. */
  readonly crowdLayouts: number;
  readonly mostChannels: number;
}

/** What there is more of than before, each kind for itself: five nodes that are gone make good for no listener that stays. */
export const moreOf = ({ nodes, jsEventListeners, documents, channels, timers }: Left) => ({
  nodes: Math.max(0, nodes),
  jsEventListeners: Math.max(0, jsEventListeners),
  documents: Math.max(0, documents),
  channels: Math.max(0, channels),
  timers: Math.max(0, timers),
});

const things = ['nodes', 'jsEventListeners', 'documents'] as const;
const mostLooks = 30;

/** A few of each, so that what the engine makes once is there before anything is counted. */
const warm: Amounts = { elements: 60, mounts: 60, rounds: 12, attempts: 12 };

export async function many(amounts: Amounts): Promise<Found> {
  const script = (await ownScript('test/bench/pages/many.ts')).replaceAll('</script', '<\\/script');
  // Whatever is asked of the platform is answered with nothing.
  const site = await serving('host', ({ url }, response) => void response.writeHead(200, { 'content-type': url === '/' ? 'text/html' : 'application/json' }).end(url === '/' ? `<!doctype html><meta charset="utf-8"><title>Many</title><body><script>${script}</script>` : '{}'));
  const browser = await chromium();
  try {
    const page = await browser.newPage();
    const cdp = await sessionOf(page);
    await page.goto(`${site.origin}/`);
    const now = async (): Promise<Left> => {
      await page.evaluate(() => bench.quiet());
      return { ...(await countersOf(cdp)), ...(await page.evaluate(() => bench.holding())) };
    };
    const crowdMs: number[] = [];
    let crowdLayouts = 0;
    let mostChannels = 0;
    const runs: Readonly<Record<keyof Amounts, (count: number) => Promise<void>>> = {
      async elements(count) {
        const before = await layoutsOf(cdp);
        const took = await page.evaluate((all) => bench.crowd(all), count);
        if (count !== amounts.elements) return;
        crowdMs.push(took);
        crowdLayouts = (await layoutsOf(cdp)) - before;
      },
      mounts: (count) => page.evaluate((all) => bench.mounts(all), count),
      rounds: (count) => page.evaluate((all) => bench.rounds(all), count),
      attempts: async (count) => void (mostChannels = await attempted(page, count)),
    };
    const left: Partial<Record<keyof Amounts, Left>> = {};
    for (const name of Object.keys(runs) as (keyof Amounts)[]) {
      for (let round = 0; round < 2; round += 1) await runs[name](Math.min(warm[name], amounts[name]));
      const before = await now();
      await runs[name](amounts[name]);
      let after = await now();
      // A collector may look twice before it lets go; of what is held it never lets go.
      for (let look = 1; look < mostLooks && things.some((what) => after[what] > before[what]); look += 1) after = await now();
      left[name] = Object.fromEntries(Object.entries(after).map(([what, count]) => [what, (count as number) - before[what as keyof Left]])) as unknown as Left;
    }
    return { left: left as Found['left'], crowdMs, crowdLayouts, mostChannels };
  } finally {
    await browser.close();
    await site.close();
  }
}

const attempted = (page: Page, count: number): Promise<number> => page.evaluate((all) => bench.attempts(all), count);

const amounts: Amounts = { elements: 1000, mounts: 1000, rounds: 200, attempts: 100 };

const said: Readonly<Record<keyof Amounts, string>> = {
  elements: `${amounts.elements} elements on one page, gone again`,
  mounts: `${amounts.mounts} times put into a page and taken out`,
  rounds: `${amounts.rounds} times connected and disconnected (demo)`,
  attempts: `${amounts.attempts} sign-ins begun and left`,
};

async function measured(): Promise<readonly Row[]> {
  const { left, crowdMs, crowdLayouts } = await many(amounts);
  return [
    row({ section: 'many', what: `${amounts.elements} elements on one page: all drawn`, unit: 'ms' }, sampled('wearable-connect', version, crowdMs)),
    row({ section: 'many', what: `${amounts.elements} elements on one page: how often it is laid out until then`, unit: 'layouts', detail: true, note: 'once a frame, and not once an element' }, counted('wearable-connect', version, crowdLayouts)),
    ...(Object.keys(said) as (keyof Amounts)[]).flatMap((name) => {
      const { heapBytes } = left[name];
      const more = Object.values(moreOf(left[name])).reduce((sum, count) => sum + count, 0);
      return [
        row({ section: 'many', what: `${said[name]}: nodes, listeners, documents, channels, timers left`, unit: 'things', note: 'by the browser’s own counters, after collection' }, counted('wearable-connect', version, more)),
        row({ section: 'many', what: `${said[name]}: what the heap has grown by`, unit: 'KB', detail: true }, counted('wearable-connect', version, Math.round(heapBytes / 1024))),
      ];
    }),
  ];
}

export const section = { name: 'many', run: measured };
