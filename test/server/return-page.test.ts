/** The page that visitors come back to, as the handler serves it, in a browser: under its own policy, with its own script. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import type { Browser, BrowserContext, Page, Target } from 'puppeteer-core';
import { headless } from '../browsers/headless.js';
import { serving, type Serving } from '../browsers/serving.js';
import { attemptKey, channelOf, mailboxKey } from '../../src/oauth/protocol.js';
import { page as text } from '../../src/server/return-text.js';
import { createOpenWearables, ids, row } from './open-wearables-rig.js';
import { reply } from './rig.js';

/** The page that asked: opens a window by a click, hears by both roads, and acknowledges when it is told to. */
const asking = `<!doctype html><title>Club</title><button>Connect</button><script>
  var heard = [];
  var opened;
  const { go, channel } = Object.fromEntries(new URLSearchParams(location.search));
  const hear = (road) => ({ data, origin, source }) => {
    heard.push([road, data.query ?? data]);
    if (road === 'opener') source.postMessage('wc1:heard', origin);
    else radio.postMessage('wc1:heard!');
  };
  addEventListener('message', hear('opener'));
  const radio = channel ? new BroadcastChannel(channel) : null;
  if (radio) radio.onmessage = hear('channel');
  document.querySelector('button').onclick = () => { opened = open(go, '', 'popup'); };
</script>`;

describe('the page that visitors come back to', { timeout: 60_000 }, () => {
  const disconnecting = `DELETE /api/v1/users/${ids['kari']}/connections/strava`;
  const cookieUser = (request: Request) => {
    const [, userId] = /\buser=(\w+)/.exec(request.headers.get('cookie') ?? '') ?? [];
    return userId ? { userId } : null;
  };
  let origin: string;
  let rig: ReturnType<typeof createOpenWearables>;
  let server: Serving;
  let browser: Browser;
  let context: BrowserContext;
  const complaints: string[] = [];

  before(async () => {
    server = await serving('localhost', (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
      if (pathname.startsWith('/wearables/')) return void getRequestListener(rig.handler)(request, response);
      response.setHeader('content-type', 'text/html');
      // As a provider may: cut off from its opener, then sent back.
      if (pathname === '/cut') return void response.setHeader('cross-origin-opener-policy', 'same-origin').end(`<script>location.replace(${JSON.stringify(searchParams.get('to'))})</script>`);
      response.end(asking);
    });
    ({ origin } = server);
    rig = createOpenWearables({ origin, authenticate: (request) => (request.method === 'POST' ? { userId: 'kari' } : cookieUser(request)) }, { [disconnecting]: () => reply(null, 204) });
    browser = await headless();
    context = await browser.createBrowserContext();
    context.on('targetcreated', (target) => {
      void target.page().then((page) => page?.on('console', (line) => void complaints.push(line.text())).on('pageerror', (error) => void complaints.push(String(error))), () => {});
    });
  });
  after(async () => {
    await browser.close();
    await server.close();
    assert.deepEqual(complaints, [], 'the browser found nothing to complain about');
  });

  async function begin() {
    const state = `wc1.${crypto.randomUUID()}`;
    const { headers } = await rig.ask('POST', '/wearables/authorizations', { source: 'strava', state }, { origin });
    const nonce = headers.get('x-wearable-connect-nonce') ?? '';
    return { state, nonce, channel: await channelOf(state), home: `${origin}/wearables/return?nonce=${nonce}&state=${state}` };
  }

  const heardBy = (page: Page) => page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard);
  const visible = (page: Page) => page.$$eval('p, button', (lines) => lines.filter((line) => line.checkVisibility()).map(({ textContent }) => textContent));
  const shown = (page: Page) => page.waitForFunction(() => [...document.querySelectorAll('p')].some((line) => line.checkVisibility()));

  /** The page that asked, after the click, and the window that it opened, gone or not. */
  async function opened(query: Record<string, string>): Promise<{ page: Page; window: Promise<Target>; gone: Promise<unknown> }> {
    const page = await context.newPage();
    await page.goto(`${origin}/?${String(new URLSearchParams(query))}`);
    const window = new Promise<Target>((resolve) => context.once('targetcreated', resolve));
    const gone = new Promise((resolve) => context.once('targetdestroyed', resolve));
    await page.click('button');
    return { page, window, gone };
  }

  it('tells its opener, and closes when it was heard [T2]', async () => {
    const { nonce, state, home } = await begin();
    const { page, gone } = await opened({ go: home });
    await gone;
    assert.deepEqual((await heardBy(page))[0], ['opener', `code=${nonce}&state=${state}`]);
    await page.close();
  });

  it('tells the page from which it was cut off, and closes when it was heard [S2]', async () => {
    const { nonce, state, home, channel } = await begin();
    const { page, gone } = await opened({ go: `/cut?to=${encodeURIComponent(home)}`, channel });
    await gone;
    assert.deepEqual((await heardBy(page))[0], ['channel', `code=${nonce}&state=${state}`]);
    await page.close();
  });

  it('leaves a letter for a page that is away, and a way on, in the visitor’s language; nothing of it is in the address [T2, F4]', async () => {
    const { nonce, state, home, channel } = await begin();
    const page = await context.newPage();
    await page.evaluateOnNewDocument(() => Object.defineProperty(navigator, 'languages', { value: ['rm-CH', 'de-AT'] }));
    await page.goto(`${origin}/`);
    await page.evaluate((key) => localStorage.setItem(key, JSON.stringify({ mode: 'popup', returnTo: '/?back' })), attemptKey(channel));
    await page.goto(home);
    await shown(page);
    assert.deepEqual(await visible(page), ['Gehen Sie zurück zu der Seite, auf der Sie begonnen haben.', 'Hier fortfahren']);
    assert.equal(page.url(), `${origin}/wearables/return`);
    const letter = await page.evaluate((key) => localStorage.getItem(key), mailboxKey(channel));
    assert.equal((JSON.parse(letter ?? '') as { query: string }).query, `code=${nonce}&state=${state}`);
    await page.close();
  });

  it('goes back to where the whole page had left, with the answer', async () => {
    const { nonce, state, home, channel } = await begin();
    const page = await context.newPage();
    await page.goto(`${origin}/`);
    await page.evaluate((key) => sessionStorage.setItem(key, JSON.stringify({ mode: 'redirect', returnTo: '/?back#here' })), attemptKey(channel));
    await page.goto(home);
    await page.waitForFunction(() => location.search === '?back');
    assert.equal(page.url(), `${origin}/?back#here`);
    const letter = await page.evaluate((key) => sessionStorage.getItem(key), mailboxKey(channel));
    assert.equal((JSON.parse(letter ?? '') as { query: string }).query, `code=${nonce}&state=${state}`);
    await page.close();
  });

  it('says that it can be closed, and no more, where there is no answer in its address, or one that is none [T12]', async () => {
    const { nonce, state } = await begin();
    const page = await context.newPage();
    await page.goto(`${origin}/`);
    await page.evaluate(() => localStorage.clear());
    for (const query of ['', `?nonce=${nonce}`, `?state=${state}`, '?nonce=a%26error%3Db&state=%3Cb%3Eboo', `?nonce=${nonce}&state=wc2.x&returnTo=https://evil.example/`]) {
      await page.goto(`${origin}/wearables/return${query}`);
      await shown(page);
      assert.deepEqual(await visible(page), ['You can close this window.']);
      assert.equal(page.url(), `${origin}/wearables/return`);
      assert.equal(await page.evaluate(() => localStorage.length), 0);
    }
    await page.close();
  });

  it('hands nothing on, and says the same, where somebody else began [T13]', async () => {
    const { home, channel } = await begin();
    rig.rows['kari'] = [row('strava', rig.clock.now() + 1)];
    await context.setCookie({ name: 'user', value: 'ola', domain: 'localhost', path: '/', httpOnly: true, sameSite: 'Lax' });
    const { page, window: target } = await opened({ go: home, channel });
    const window = (await (await target).page()) ?? assert.fail('no window');
    await shown(window);
    assert.deepEqual(await visible(window), ['You can close this window.']);
    assert.equal(window.url(), `${origin}/wearables/return`);
    assert.deepEqual(await heardBy(page), []);
    assert.equal(rig.platforms.times(disconnecting), 1);
    await page.close();
  });

  it('has the sentences of the landing page, in twenty languages', () => {
    assert.equal([...text.matchAll(/<div lang="/g)].length, 20);
  });
});
