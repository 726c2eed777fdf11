/** The inspector as a page without a bundler gets it: a part beside the script, under the policies that hosts have. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Browser, ElementHandle } from 'puppeteer-core';
import { headless } from '../browsers/headless.js';
import { serving, type Serving } from '../browsers/serving.js';

const part = 'wearable-connect.inspector.js';
const patienceMs = 10_000;

describe('the inspector beside the file for a script tag', { timeout: 60_000 }, () => {
  let browser: Browser;
  let server: Serving;
  let port: number;

  before(async () => {
    if (!existsSync(`dist/${part}`)) execFileSync(process.execPath, ['--import=tsx', 'test/run/build.ts']);
    server = await serving('localhost', ({ url = '/' }, response) => {
      const { pathname, searchParams } = new URL(url, 'http://host');
      if (pathname === '/') {
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.setHeader('content-security-policy', `default-src 'none'; style-src 'self'; connect-src 'self' https://app.sweatstack.no; script-src ${searchParams.get('from') ?? ''}`);
        response.end(`<!doctype html><title>Host</title>${searchParams.get('tag') ?? ''}<wearable-connect client-id="demo" inspector redirect-uri="${searchParams.get('redirect') ?? '/wearable-callback.html'}"></wearable-connect>`);
        return;
      }
      if (pathname === '/wearable-callback.html') return void response.writeHead(200, { 'content-type': 'text/html' }).end(readFileSync('src/wearable-callback.html'));
      const file = pathname.slice(1);
      const name = file.replace(/^lonely\//, '');
      if (!/^[\w.-]+\.js$/.test(name) || (name !== file && name === part)) return void response.writeHead(404).end();
      response.writeHead(200, { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' }).end(readFileSync(`dist/${name}`));
    });
    port = Number(new URL(server.origin).port);
    browser = await headless();
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  /** Opens a page with this tag; gives what the panel says, and what the console does. */
  const visit = async (tag: string, from: string, wanted: string): Promise<{ title: string; font: string; said: string[] }> => {
    const page = await browser.newPage();
    page.setDefaultTimeout(patienceMs);
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    try {
      await page.goto(`http://localhost:${port}/?${new URLSearchParams({ tag: tag.replaceAll('OTHER', `http://127.0.0.1:${port}`), from })}`);
      await page.waitForFunction((wanted) => document.querySelector('wearable-connect')?.shadowRoot?.querySelector(wanted), { polling: 50 }, wanted);
      await new Promise((resolve) => setTimeout(resolve, 200));
      const shown = await page.evaluate(() => {
        const panel = document.querySelector('wearable-connect')?.shadowRoot?.querySelector('[part=inspector]');
        return { title: panel?.querySelector('summary')?.textContent ?? '', font: panel ? getComputedStyle(panel).fontSize : '' };
      });
      return { ...shown, said: said.filter((line) => !line.includes('favicon')) };
    } finally {
      await page.close();
    }
  };

  for (const [way, [tag, from]] of Object.entries({
    'a classic deferred script': ['<script defer src="/wearable-connect.js"></script>', "'self'"],
    'a module': ['<script type="module" src="/wearable-connect.js"></script>', "'self'"],
    'a script by nonce alone': ['<script defer nonce="n1" src="/wearable-connect.js"></script>', "'nonce-n1' 'strict-dynamic'"],
    'a module by nonce alone': ['<script type="module" nonce="n1" src="/wearable-connect.js"></script>', "'nonce-n1' 'strict-dynamic'"],
    'a classic script of another origin': ['<script defer src="OTHER/wearable-connect.js"></script>', 'http://127.0.0.1:*'],
    'a module of another origin': ['<script type="module" src="OTHER/wearable-connect.js"></script>', 'http://127.0.0.1:*'],
  } as const)) {
    it(`comes to ${way}`, async () => {
      const { title, font, said } = await visit(tag, from, '[part=inspector]');
      assert.match(title, /^On the wire 0,/);
      assert.deepEqual({ font, said }, { font: '13px', said: [] });
    });
  }

  const checked = async (redirect: string): Promise<string> => {
    const page = await browser.newPage();
    page.setDefaultTimeout(patienceMs);
    try {
      await page.goto(`http://localhost:${port}/?${new URLSearchParams({ tag: '<script defer src="/wearable-connect.js"></script>', from: "'self'", redirect })}`);
      const opened = await page.waitForFunction(() => document.querySelector('wearable-connect')?.shadowRoot?.querySelector<HTMLElement>('.set-up summary'), { polling: 50 });
      await (opened as ElementHandle<HTMLElement>).click();
      const found = await page.waitForFunction(() => document.querySelector('wearable-connect')?.shadowRoot?.querySelector('.findings :is(ul, .good)')?.textContent, { polling: 50 });
      return String(await found.jsonValue());
    } finally {
      await page.close();
    }
  };

  it('checks the set-up: nothing to find where all is well', async () => {
    assert.equal(await checked('/wearable-callback.html'), 'Nothing found.');
  });

  it('checks the set-up: a landing page that is not there', async () => {
    assert.match(await checked('/nowhere.html'), /^error: callback-missingGET http:\/\/localhost:\d+\/nowhere\.html answered 404\./);
  });

  it('says so once where it cannot be loaded, and the element works on', async () => {
    const { title, said } = await visit('<script defer src="/lonely/wearable-connect.js"></script>', "'self'", 'button');
    assert.equal(title, '');
    assert.equal(said.filter((line) => line.includes(`${part} could not be loaded`)).length, 1, said.join('\n'));
  });
});
