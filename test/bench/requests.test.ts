/** What one sign-in asks of the network, and when: counts that are the same on every machine. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { until } from '../browsers/waiting.js';
import { chromium } from './browser.js';
import { stubPlatform, type StubPlatform } from './platform.js';
import { type Serving, serving } from './serving.js';

/** All that is read of an account once there is a token: nothing of it needs to wait for anything else of it. */
const reads: Readonly<Record<string, string>> = {
  '/api/v1/oauth/userinfo': '{"sub":"visitor","name":"Alex Rivers"}',
  '/api/v1/profile/status': '{}',
  '/api/v1/activities/latest': 'null',
  '/api/v1/activities/backfill-status': '\n',
};

const body = (platform: string): string => `
  <wearable-connect client-id="bench" base-url="${platform}" sign-in="standard" redirect-uri="/landing" sources="garmin_connect"></wearable-connect>
  <script>
    window.heard = [];
    window.opened = [];
    const { open } = window;
    window.open = (...wishes) => { opened.push(String(wishes[0])); return open.apply(window, wishes); };
    for (const name of ['tokens', 'connected', 'error']) document.querySelector('wearable-connect').addEventListener('wearable-' + name, () => heard.push(name));
  </script>`;

type Given = typeof globalThis & { heard: string[]; opened: string[] };

describe('one sign-in', { timeout: 60_000 }, () => {
  /** Held until all of them are here: were one made to wait for another, none would ever be answered. */
  const held = new Map<string, ServerResponse>();
  const asked: string[] = [];
  let platform: StubPlatform;
  let host: Serving;
  let browser: Browser;
  let page: Page;

  const source = (): Promise<{ x: number; y: number } | null> =>
    page.evaluate(() => {
      const box = document.querySelector('wearable-connect')?.shadowRoot?.querySelector('[part~=source]')?.getBoundingClientRect();
      return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
    });
  const heard = (): Promise<string[]> => page.evaluate(() => (globalThis as Given).heard);
  const requests = (): string[] => platform.moments.filter(({ method }) => method !== 'OPTIONS').map(({ method, path }) => `${method} ${path}`);

  before(async () => {
    platform = await stubPlatform('bench', (path, response) => path in reads && !!held.set(path, response));
    host = await serving('host', (_request, response, { pathname }) => {
      asked.push(pathname);
      const send = (type: string, text: string): void => void response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(text);
      if (pathname === '/') return send('text/html', `<!doctype html><html lang="en"><title>Host</title><link rel="icon" href="data:,"><script type="module" src="/wearable-connect.js"></script><body>${body(platform.origin)}`);
      if (pathname === '/landing') return send('text/html', '<!doctype html><title>Landing</title><link rel="icon" href="data:,"><script src="/callback.js"></script>');
      send('text/javascript', readFileSync(`dist${pathname}`, 'utf8'));
    });
    browser = await chromium();
    page = await browser.newPage();
    await page.goto(host.origin);
    await until(source, () => 'there is nothing to choose');
  });
  after(() => Promise.all([browser.close(), host.close(), platform.close()]));

  it('asks for nothing before anybody is about to choose, but the page and its script', () => {
    assert.deepEqual(asked, ['/', '/wearable-connect.js']);
    assert.equal(platform.connections, 0);
  });

  it('opens the road to the platform when a pointer comes, and still asks for nothing', async () => {
    const point = await source();
    assert.ok(point);
    await page.mouse.move(point.x, point.y);
    await until(() => platform.connections > 0, () => 'no connection was opened');
    assert.deepEqual(requests(), []);
    assert.deepEqual(asked, ['/', '/wearable-connect.js']);
  });

  it('opens its window once, with the final address from the first', async () => {
    const point = await source();
    assert.ok(point);
    await page.mouse.click(point.x, point.y);
    await until(async () => (await heard()).includes('tokens') || held.size > 0, async () => `heard ${String(await heard())}; asked ${String(requests())}`);
    const opened = await page.evaluate(() => (globalThis as Given).opened);
    assert.equal(opened.length, 1);
    assert.match(opened[0] ?? '', new RegExp(`^${platform.origin}/oauth/authorize\\?.*code_challenge=`));
    assert.equal(requests()[0], 'GET /oauth/authorize');
  });

  it('has its tokens after one request, and is connected after one more turn: two in series', async () => {
    await until(() => held.size === Object.keys(reads).length, () => `something waits for something else: only ${[...held.keys()].join()} came`);
    assert.deepEqual(requests().slice(1), ['POST /api/v1/oauth/token', ...requests().slice(2)]);
    assert.deepEqual(requests().slice(2).sort(), Object.keys(reads).map((path) => `GET ${path}`).sort(), 'all that is read of the account, at once, each once');
    await until(async () => (await heard()).includes('tokens'), () => 'tokens wait for what is read of the account');
    assert.deepEqual(await heard(), ['tokens'], 'nothing of the account has been answered yet');
    for (const [path, response] of held) response.writeHead(200, { 'content-type': 'application/json' })[path.endsWith('backfill-status') ? 'write' : 'end'](reads[path]);
    await until(async () => (await heard()).includes('connected'), async () => `heard ${String(await heard())}`);
    assert.deepEqual(await heard(), ['tokens', 'connected']);
    assert.equal(requests().length, 2 + Object.keys(reads).length, requests().join());
  });
});
