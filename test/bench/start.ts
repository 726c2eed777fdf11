/** From the script's arrival to an element that is defined, and to its first screen painted, on slow processors, beside two that draw as well. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'puppeteer-core';
import { until } from '../browsers/waiting.js';
import { chromium } from './browser.js';
import { asScript } from './bundle.js';
import { peers, versionOf } from './compared.js';
import { stubElements } from './drawn.js';
import { counted, inTurn, type Row, row, sampled } from './row.js';
import { type Serving, serving } from './serving.js';

const own = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
const rates = [4, 6];
const samples = 10;
/** On a machine that has much else to do fewer are taken, and the section still ends: so long for each speed. */
const enoughMs = 40_000;

interface Contender {
  readonly name: string;
  readonly version: string;
  readonly tag: string;
  readonly script: string;
  readonly body: string;
  /** What of it a visitor can use first. */
  readonly usable: string;
}

/** What one visit found, in milliseconds from the moment the script had arrived. */
interface Visit {
  readonly defined: number;
  readonly shown: number;
  /** Only what began when the script had arrived: until then it is the page’s own, which is nobody’s. */
  readonly longTasks: number;
  readonly longest: number;
  /** What it asked the network for by itself, besides its script. */
  readonly requests: readonly string[];
}

/** Runs first on every page. A frame after its drawing was seen it is on the screen: that is when the message comes. */
const watching = ({ tag, usable }: Contender): string => `
  window.seen = { longTasks: [] };
  new PerformanceObserver((list) => { seen.longTasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration }))); }).observe({ type: 'longtask', buffered: true });
  customElements.whenDefined('${tag}').then(() => { seen.defined = performance.now(); });
  const look = () => {
    const element = document.querySelector('${tag}');
    const found = (element?.shadowRoot ?? element)?.querySelector('${usable}');
    if (!found || found.getBoundingClientRect().height === 0) return requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { seen.shown = performance.now(); };
    port2.postMessage(null);
  };
  requestAnimationFrame(look);`;

type Given = typeof globalThis & { seen: { longTasks: { startTime: number; duration: number }[]; defined?: number; shown?: number } };

async function contenders(backend: string): Promise<readonly Contender[]> {
  const { hanko, descope } = peers;
  return [
    {
      name: 'wearable-connect', version: own, tag: 'wearable-connect', usable: '[part~=source]', script: readFileSync('dist/wearable-connect.js', 'utf8'),
      body: `<wearable-connect client-id="bench" base-url="${backend}" redirect-uri="/landing"></wearable-connect>`,
    },
    {
      name: hanko.name, version: versionOf(hanko), tag: 'hanko-auth', usable: 'input', script: `${await asScript(hanko.entry)};globalThis.peer({ platform: ${JSON.stringify(backend)} });`,
      body: '<hanko-auth></hanko-auth>',
    },
    {
      name: descope.name, version: versionOf(descope), tag: 'descope-wc', usable: '#first-screen', script: await asScript(descope.entry),
      body: `<descope-wc project-id="P2benchbenchbenchbenchbenchbe" flow-id="sign-in" base-url="${backend}" base-static-url="${backend}/pages" base-cdn-url="${backend}"></descope-wc>`,
    },
  ];
}

interface Host extends Serving {
  turn: Contender | undefined;
}

async function hosting(): Promise<Host> {
  const host: { turn: Contender | undefined } = { turn: undefined };
  const site = await serving('host', (_request, response, { pathname }) => {
    const send = (type: string, body: string): void => void response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
    if (pathname === '/' && host.turn) return send('text/html', `<!doctype html><html lang="en"><title>Host</title><link rel="icon" href="data:,"><script>${watching(host.turn)}</script><script type="module" src="/script.js"></script><body>${host.turn.body}`);
    if (pathname === '/script.js') return send('text/javascript', host.turn?.script ?? '');
    response.writeHead(404).end();
  });
  return Object.assign(host, site);
}

async function visit(browser: Browser, host: Host, turn: Contender, rate: number): Promise<Visit> {
  host.turn = turn;
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    const session = await page.createCDPSession();
    await session.send('Emulation.setCPUThrottlingRate', { rate });
    await page.goto(host.origin, { waitUntil: 'load' });
    await until(() => page.evaluate(() => (globalThis as Given).seen.shown), async () => `${turn.name} drew no first screen: ${await page.evaluate(() => document.body.innerHTML.slice(0, 300))}`);
    return await page.evaluate(() => {
      const [script, ...others] = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const { defined = NaN, shown = NaN, longTasks } = (globalThis as Given).seen;
      const from = script?.responseEnd ?? NaN;
      const later = longTasks.filter(({ startTime }) => startTime > from);
      return { defined: defined - from, shown: shown - from, longTasks: later.length, longest: Math.max(0, ...later.map(({ duration }) => duration)), requests: others.map(({ name }) => name) };
    });
  } finally {
    await context.close();
  }
}

async function measured(): Promise<readonly Row[]> {
  const [host, backend, browser] = await Promise.all([hosting(), stubElements(), chromium()]);
  try {
    const all = await contenders(backend.origin);
    const rows: Row[] = [];
    const requests = new Map<string, readonly string[]>();
    for (const rate of rates) {
      const found = new Map(all.map(({ name }) => [name, [] as Visit[]]));
      // In turns, so that whatever else the machine does falls on all of them alike. The first turn warms them up.
      const began = performance.now();
      for (let run = -1; run < samples && performance.now() - began < enoughMs; run += 1)
        for (const turn of inTurn(all, run)) {
          const one = await visit(browser, host, turn, rate);
          if (run >= 0) found.get(turn.name)?.push(one);
          requests.set(turn.name, one.requests);
        }
      const [first, ...others] = all.map(({ name, version }) => (of: (one: Visit) => number) => sampled(name, version, (found.get(name) ?? []).map(of)));
      if (!first) continue;
      const ask = (what: string, unit: string, of: (one: Visit) => number, note?: string): Row => row({ section: 'start', what: `${what}, processor ${rate}× slower`, unit, ...(note !== undefined && { note }) }, first(of), others.map((other) => other(of)));
      rows.push(
        ask('script to element defined', 'ms', ({ defined }) => defined, 'from the arrival of the whole script, compiling and running it included'),
        ask('script to first screen painted', 'ms', ({ shown }) => shown, 'the peers’ servers are answered at once on this computer; Descope’s screen is plain HTML here, its own components would be loaded besides'),
        ask('tasks over 50 ms', 'tasks', ({ longTasks }) => longTasks, 'begun after the script had arrived, until the first screen'),
        { ...ask('the longest task over 50 ms', 'ms', ({ longest }) => longest, '0: there was none'), detail: true },
      );
    }
    const [first, ...others] = all.map(({ name, version }) => {
      const asked = (requests.get(name) ?? []).map((url) => new URL(url).pathname);
      return counted(name, version, asked.length, asked.join(' ') || 'nothing');
    });
    if (first) rows.push(row({ section: 'start', what: 'requests before any click, besides the script', unit: 'requests', note: 'until the first screen is painted' }, first, others));
    return rows;
  } finally {
    await Promise.all([browser.close(), host.close(), backend.close()]);
  }
}

export const section = { name: 'start', run: measured };
