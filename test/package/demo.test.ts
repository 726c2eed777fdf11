/** The demo as a page without a bundler gets it: a part beside the script, and, where the page wants one, a window under the strictest policy. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { headless } from '../browsers/headless.js';
import { serving, type Serving } from '../browsers/serving.js';
import { until } from '../browsers/waiting.js';

const part = 'wearable-connect.demo.js';
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types wearable-connect";

describe('the demo beside the file for a script tag', { timeout: 60_000 }, () => {
  let browser: Browser;
  let server: Serving;
  let port: number;
  const asked: string[] = [];

  before(async () => {
    if (!existsSync(`dist/${part}`)) execFileSync(process.execPath, ['--import=tsx', 'test/run/build.ts']);
    server = await serving('localhost', ({ url = '/' }, response) => {
      const { pathname, searchParams } = new URL(url, 'http://host');
      asked.push(pathname);
      if (pathname === '/with-a-window.js') return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(`import { demo } from './${part}'; Object.assign(document.querySelector('wearable-connect'), { platform: demo({ popup: true }), id: 'shown' });`);
      if (/^\/[\w.-]+\.js$/.test(pathname)) return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(`dist${pathname}`));
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
      response.end(`<!doctype html><title>Host</title><wearable-connect platform="demo" scenario="${searchParams.get('scenario') ?? ''}"></wearable-connect><script defer src="/wearable-connect.js"></script>${searchParams.has('window') ? '<script type="module" src="/with-a-window.js"></script>' : ''}`);
    });
    port = Number(new URL(server.origin).port);
    browser = await headless();
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  const inPhase = (page: Page, phase: string): Promise<unknown> => page.waitForSelector(`wearable-connect:state(${phase})`, { timeout: 10_000 });

  /** What a page that asks for this comes to, and whatever its console has said by then. */
  async function visit(asked: Readonly<Record<string, string>>, act: (page: Page) => Promise<void>): Promise<readonly string[]> {
    const page = await browser.newPage();
    const said: string[] = [];
    const listen = (to: Page): void => {
      to.on('console', (message) => said.push(message.text()));
      to.on('pageerror', (error) => said.push(String(error)));
    };
    listen(page);
    page.on('popup', (popup) => popup && listen(popup));
    try {
      await page.goto(`http://localhost:${port}/?${new URLSearchParams(asked)}`);
      await act(page);
    } finally {
      await page.close();
    }
    return said;
  }

  it('signs in inside the page, by nobody’s click, and asks no network for anything but its own files', async () => {
    const said = await visit({ scenario: 'happy' }, async (page) => {
      let windows = 0;
      page.on('popup', () => windows++);
      await inPhase(page, 'choosing');
      const connected = page.evaluate(() => new Promise<string>((resolve) => document.querySelector('wearable-connect')?.addEventListener('wearable-connected', ({ type }) => resolve(type))));
      await (await page.waitForSelector('wearable-connect >>> [data-source=polar]'))?.click();
      assert.equal(await connected, 'wearable-connected');
      assert.equal(windows, 0);
    });
    assert.deepEqual(said.filter((line) => !line.includes('favicon')), []);
    assert.ok(asked.includes(`/${part}`));
    assert.deepEqual(asked.filter((path) => !/^\/((wearable-connect(\.[\w-]+)?\.js|favicon\.ico)?)$/.test(path)), [], 'nothing but its own files');
  });

  it('opens a window, asked for one, that has its looks and its buttons under the policy, and signs in by a click in it', async () => {
    const said = await visit({ window: '' }, async (page) => {
      await page.waitForSelector('#shown:state(choosing)', { timeout: 10_000 });
      const opened = new Promise<Page | null>((resolve) => page.once('popup', resolve));
      await (await page.waitForSelector('wearable-connect >>> [data-source=polar]'))?.click();
      const popup = (await opened) as Page;
      const looks = await (await popup.waitForSelector('button'))?.evaluate((button) => [button.textContent, getComputedStyle(button).minHeight]);
      assert.deepEqual(looks, ['Allow', '44px']);
      // The click closes the very window that it is made in, and the driver may hear that before it hears that the click is done.
      await popup.click('button').catch((error: unknown) => until(() => popup.isClosed(), () => `“Allow” was not clicked: ${String(error)}`));
      await inPhase(page, 'syncing');
      await until(() => popup.isClosed(), () => 'the window stayed open');
    });
    assert.deepEqual(said.filter((line) => !line.includes('favicon')), []);
  });

  it('knows a returning visitor', async () => {
    await visit({ scenario: 'returning' }, async (page) => {
      await inPhase(page, 'connected');
      const connections = await page.evaluate(() => (document.querySelector('wearable-connect') as HTMLElement & { readonly connections: readonly { readonly source: string }[] }).connections.map(({ source }) => source));
      assert.deepEqual(connections, ['garmin_connect', 'strava']);
    });
  });

  it('runs where there is no page, for a host’s own tests', () => {
    const code = `
      import { demo, manualClock } from './dist/platforms.js';
      import { createConnector } from './dist/index.js';
      const clock = manualClock();
      const connector = createConnector({ platform: demo({ clock }) });
      connector.start();
      await clock.advance(1_000);
      void connector.connect('polar');
      await clock.advance(20_000);
      console.log(connector.phase, connector.state.outcome);
    `;
    assert.equal(execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8', timeout: 20_000 }).trim(), 'connected success');
  });
});
