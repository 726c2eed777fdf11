/** From the click to the platform's page, and from its answer to the tokens: ours beside three peers, against one server on this computer. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'puppeteer-core';
import { until } from '../browsers/waiting.js';
import { chromium } from './browser.js';
import { asScript } from './bundle.js';
import { peers, type Peer, versionOf } from './compared.js';
import { firebaseLoader } from './gapi.js';
import { type Moment, type StubPlatform, stubPlatform } from './platform.js';
import { inTurn, type Row, row, sampled } from './row.js';
import { now, type Serving, serving } from './serving.js';

const own = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
const clientId = 'bench';
const samples = 20;
/** Whoever is known at the platform, and only agrees, needs longer still: what a page does meanwhile is in nobody's way to the answer. */
const signingInMs = 500;
/** As from a server that is not on this computer. It is taken off again, but a page may draw in it, as it does in life. */
const exchangingMs = 50;
/** On a machine that has much else to do fewer are taken, and the section still ends. */
const enoughMs = 75_000;

interface Contender {
  readonly name: string;
  readonly version: string;
  /** The page, and where its window lands. */
  readonly page: string;
  readonly landing?: string;
  /** Whether its stub can see it through to tokens. */
  readonly ends: boolean;
  readonly script: string;
}

/** What each page has of its own; the rest is the same. */
const watched = `
  const clock = () => performance.timeOrigin + performance.now();
  addEventListener('click', () => { window.clickedAt = clock(); }, { capture: true, once: true });
  window.opened = [];
  const { open } = window;
  window.open = (...wishes) => { window.opened.push(String(wishes[0])); return open.apply(window, wishes); };`;

const ours = (platform: string): Contender => ({
  name: 'wearable-connect',
  version: own,
  ends: true,
  script: readFileSync('dist/wearable-connect.js', 'utf8'),
  page: `<wearable-connect client-id="${clientId}" base-url="${platform}" sign-in="standard" redirect-uri="/landing" sources="garmin_connect" no-preview></wearable-connect>
    <script>document.querySelector('wearable-connect').addEventListener('wearable-tokens', () => { window.tokensAt = clock(); });</script>`,
  landing: readFileSync('dist/wearable-callback.html', 'utf8'),
});

async function contender({ name, ...peer }: Peer, platform: string, host: string, ends: boolean, landing?: string): Promise<Contender> {
  const options = JSON.stringify({ platform, clientId, landing: `${host}/landing`, scope: 'openid profile' });
  return {
    name,
    version: versionOf({ name, ...peer }),
    ends,
    script: await asScript(peer.entry),
    page: `<button id="go">Sign in</button><script type="module">const start = globalThis.peer(${options}); document.querySelector('#go').addEventListener('click', () => void start().then(() => { window.tokensAt = clock(); }, (error) => { window.failed = String(error); })); window.ready = true;</script>`,
    ...(landing !== undefined && { landing: landing.replace('OPTIONS', options) }),
  };
}

/** The host's site: the same pages for everybody, of whoever's turn it is. */
interface Host extends Serving {
  turn: Contender | undefined;
  /** When the first byte of the landing page left. */
  landedAt: number;
}

async function hosting(): Promise<Host> {
  const host: { turn: Contender | undefined; landedAt: number } = { turn: undefined, landedAt: NaN };
  const site = await serving('host', (_request, response, { pathname }) => {
    const send = (type: string, body: string): void => void response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
    if (pathname === '/') return send('text/html', `<!doctype html><title>Host</title><script>${watched}</script><script type="module" src="/script.js"></script><body>${host.turn?.page}`);
    if (pathname === '/script.js') return send('text/javascript', host.turn?.script ?? '');
    if (/^\/(callback|wearable-connect\.[\w-]+)\.js$/.test(pathname)) return send('text/javascript', readFileSync(`dist${pathname}`, 'utf8'));
    if (pathname === '/clock') return send('text/plain', String(now()));
    if (pathname === '/landing') {
      host.landedAt = now();
      return send('text/html', host.turn?.landing ?? '<!doctype html><title>Landing</title>');
    }
    response.writeHead(204).end();
  });
  return Object.assign(host, site);
}

/** How much the page's clock lags behind ours: the best of several questions. */
const skewOf = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    let best = { took: Infinity, skew: 0 };
    for (let turn = 0; turn < 5; turn += 1) {
      const asked = performance.timeOrigin + performance.now();
      const there = Number(await (await fetch('/clock')).text());
      const took = performance.timeOrigin + performance.now() - asked;
      if (took < best.took) best = { took, skew: there - (asked + took / 2) };
    }
    return best.skew;
  });

/** In the middle of what a visitor would press. */
const targetOf = (page: Page): Promise<{ x: number; y: number } | null> =>
  page.evaluate(() => {
    const button = document.querySelector('#go') ?? document.querySelector('wearable-connect')?.shadowRoot?.querySelector('[part~=source]');
    const box = button?.getBoundingClientRect();
    return box && box.width > 0 ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
  });

interface Attempt {
  readonly toPage: number;
  readonly toTokens: number | null;
  /** What the window was opened with. */
  readonly opened: string;
  /** Asked of the platform between its answer and the tokens, each of which had to wait for the one before. */
  readonly series: number | null;
}

type Given = typeof globalThis & { clickedAt?: number; tokensAt?: number; failed?: string; ready?: boolean; opened: string[] };

async function attempt(browser: Browser, host: Host, platform: StubPlatform, turn: Contender): Promise<Attempt> {
  host.turn = turn;
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await firebaseLoader(page);
    await page.goto(host.origin, { waitUntil: 'load' });
    const skew = await skewOf(page);
    const target = await until(() => targetOf(page), () => `${turn.name} has nothing to press`);
    // Whatever anybody prepares ahead of a click has its time: a visitor needs longer to find the button.
    await page.evaluate(() => new Promise((resolve) => setTimeout(() => requestIdleCallback(resolve), 100)));
    platform.forget();
    host.landedAt = NaN;
    await page.mouse.click(target.x, target.y);
    const first = await until(() => platform.moments.find(({ path }) => /authorize$|auth\/handler$/.test(path)), async () => `${turn.name} opened no page of the platform: ${await page.evaluate(() => String((globalThis as Given).failed))}`);
    const clickedAt = await page.evaluate(() => (globalThis as Given).clickedAt ?? NaN);
    const [opened = ''] = await page.evaluate(() => (globalThis as Given).opened);
    const toPage = first.at - (clickedAt + skew);
    if (!turn.ends) return { toPage, toTokens: null, opened, series: null };
    const tokensAt = await until(() => page.evaluate(() => (globalThis as Given).tokensAt), async () => `${turn.name} got no tokens: ${await page.evaluate(() => String((globalThis as Given).failed))}`);
    const exchange = platform.moments.find(({ path, method }) => path.endsWith('/oauth/token') && method === 'POST');
    const answeredAt = turn.landing === undefined ? first.from : host.landedAt;
    const asked = platform.moments.filter(({ method, at }) => method !== 'OPTIONS' && at > answeredAt && at < tokensAt + skew);
    return { series: inSeries(asked), toPage, toTokens: tokensAt + skew - answeredAt - ((exchange?.until ?? NaN) - (exchange?.at ?? NaN)), opened };
  } finally {
    await context.close();
  }
}

/** The longest chain of requests, each of which came when the one before had been answered. */
const inSeries = (moments: readonly Moment[]): number => moments.reduce((longest, { at }) => Math.max(longest, 1 + inSeries(moments.filter(({ until: end }) => end <= at))), 0);

async function measured(): Promise<readonly Row[]> {
  const [host, platform, browser] = await Promise.all([hosting(), stubPlatform(clientId, undefined, { signingInMs, exchangingMs }), chromium()]);
  try {
    const oidcLanding = `<!doctype html><title>Landing</title><script type="module" src="/script.js"></script><script type="module">void globalThis.land(OPTIONS)</script>`;
    const contenders = [
      ours(platform.origin),
      await contender(peers.auth0, platform.origin, host.origin, true),
      await contender(peers.oidc, platform.origin, host.origin, true, oidcLanding),
      await contender({ ...peers.firebase, entry: peers.firebase.entry.replace('firebase.js', 'firebase-local.js') }, platform.origin, host.origin, false),
    ];
    const found = new Map(contenders.map(({ name }) => [name, [] as Attempt[]]));
    // In turns, so that whatever else the machine does falls on all of them alike. The first turn warms them up.
    const began = performance.now();
    for (let run = -1; run < samples && performance.now() - began < enoughMs; run += 1)
      for (const turn of inTurn(contenders, run)) {
        const one = await attempt(browser, host, platform, turn);
        if (run >= 0) found.get(turn.name)?.push(one);
      }
    const blank = (found.get('wearable-connect') ?? []).filter(({ opened }) => !opened.startsWith(`${platform.origin}/`));
    if (blank.length > 0) throw new Error(`Ours opened ${blank[0]?.opened || 'a blank page'}, not the final address.`);
    const side = (of: (one: Attempt) => number | null, { name, version }: Contender, note?: string) => sampled(name, version, (found.get(name) ?? []).flatMap((one) => of(one) ?? []), note);
    const [first, ...others] = contenders;
    if (!first) return [];
    const notes: Record<string, string> = { 'firebase/auth': 'its frame is answered at once here: in life it comes from elsewhere first' };
    const direct = (name: string): string => [...new Set((found.get(name) ?? []).map(({ opened }) => (/^https?:/.test(opened) ? 'opens the final address' : 'opens a blank window first')))].join();
    return [
      row(
        { section: 'click', what: 'click to the request for the platform’s page', unit: 'ms', note: 'the window has the final address from its first moment; of the peers each says for itself' },
        side(({ toPage }) => toPage, first, direct(first.name)),
        others.map((one) => side(({ toPage }) => toPage, one, [direct(one.name), notes[one.name]].filter(Boolean).join('; '))),
      ),
      row(
        { section: 'click', what: `answer to tokens, less the ${exchangingMs} ms of the exchange`, unit: 'ms', note: 'from the first byte of the page that answers; somebody needs half a second to sign in before it' },
        side(({ toTokens }) => toTokens, first),
        others.map((one) => side(({ toTokens }) => toTokens, one, one.ends ? (one.landing === undefined ? 'answered by a page of the platform’s own' : undefined) : 'its answer comes through pages of its own servers')),
      ),
      row(
        { section: 'click', what: 'requests in series from the answer to the tokens', unit: 'requests', note: 'one more turn, of requests made all at once, and ours is connected: test/bench/requests.test.ts', detail: true },
        side(({ series }) => series, first),
        others.map((one) => side(({ series }) => series, one)),
      ),
    ];
  } finally {
    await Promise.all([browser.close(), host.close(), platform.close()]);
  }
}

export const section = { name: 'click', run: measured };
