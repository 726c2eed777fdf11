/** What the journeys rely on, seen in each browser: else they would be green for the wrong reason. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser, Profile } from './engine.js';
import { engines } from './engines.js';
import { until } from './waiting.js';

const page = `<!doctype html><title>page</title><body>
  <button onclick="globalThis.opened = window.open('/popup', 'popup', 'popup,width=400,height=300')">Open</button>
  <button onclick="document.title = 'closed'; window.close()">Leave</button>
  <label>E-mail <input></label>
  <script>for (const kind of ['focus', 'blur']) addEventListener(kind, () => (globalThis.seen ??= []).push(kind))</script>`;
const framing = (origin: string): string => `<!doctype html><p style="height: 40px">above</p><iframe src="${origin}/" style="width: 300px; height: 200px"></iframe>`;

for (const engine of engines)
  describe(`a browser is as a visitor has it, in ${engine.name}`, () => {
    let browser: Browser;
    let profile: Profile;
    let server: Server;
    let port: number;
    before(async () => {
      server = createServer(({ url }, response) => {
        response.setHeader('content-type', 'text/html').end(url === '/framing' ? framing(`http://embed.localhost:${port}`) : page);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      port = (server.address() as AddressInfo).port;
      browser = await engine.launch();
    });
    beforeEach(async () => {
      profile = await browser.visitor();
    });
    afterEach(() => profile.close());
    after(async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
    });

    it('reaches names under .localhost, each a secure context', async () => {
      const tab = await profile.open(`http://host.localhost:${port}/`);
      assert.deepEqual(await tab.evaluate(() => [location.hostname, isSecureContext, typeof crypto.subtle.digest]), ['host.localhost', true, 'function']);
    });

    it('opens a window for a click and for nothing else', async () => {
      const tab = await profile.open(`http://host.localhost:${port}/`);
      assert.equal(await tab.evaluate(() => window.open('/popup') === null), true, 'the pop-up blocker is on');
      const popup = await profile.opens(() => tab.click('Open'));
      await until(async () => (await popup.url()).endsWith('/popup'), () => 'the window stayed where it was');
      assert.equal((await profile.tabs()).length, 2);
    });

    it('gives the focus to a window that opens, and back when it closes', async () => {
      const tab = await profile.open(`http://host.localhost:${port}/`);
      const hasFocus = (): boolean => document.hasFocus();
      await until(() => tab.evaluate(hasFocus), () => 'the page never had the focus');
      const popup = await profile.opens(() => tab.click('Open'));
      await until(() => popup.evaluate(hasFocus), () => 'the window has no focus');
      await until(async () => !(await tab.evaluate(hasFocus)), () => 'the page still has the focus');
      await tab.front();
      await until(() => tab.evaluate(hasFocus), () => 'the page was not brought to the front');
      await popup.front();
      await until(() => popup.evaluate(hasFocus), () => 'the window was not brought to the front');
      await popup.close();
      await until(() => tab.evaluate(hasFocus), () => 'the page did not get the focus back');
      assert.equal(await popup.isClosed(), true);
      assert.equal(await tab.evaluate(() => (globalThis as unknown as { opened: Window }).opened.closed), true);
    });

    it('opens another window for the visitor, in front of the others and with no opener', async () => {
      const tab = await profile.open(`http://host.localhost:${port}/`);
      const popup = await profile.opens(() => tab.click('Open'));
      // One that is still on its way to the screen would come up in front of what is opened next.
      await until(() => popup.evaluate(() => document.hasFocus()), () => 'the window has no focus');
      const other = await profile.open(`http://host.localhost:${port}/other`);
      assert.deepEqual(await other.evaluate(() => [location.pathname, window.opener === null, sessionStorage.length]), ['/other', true, 0]);
      await until(() => other.evaluate(() => document.hasFocus()), () => 'the other window has no focus');
      assert.equal((await profile.tabs()).length, 3);
      await other.close();
      await tab.front();
    });

    it('types, and clicks what closes the window it is in', async () => {
      const tab = await profile.open(`http://host.localhost:${port}/`);
      const popup = await profile.opens(() => tab.click('Open'));
      await popup.fill('E-mail', 'first');
      await popup.fill('E-mail', 'robin@example.com');
      assert.equal(await popup.evaluate(() => document.querySelector('input')?.value), 'robin@example.com');
      await popup.click('Leave');
      await until(() => popup.isClosed(), () => 'the window is still there');
    });

    it('clicks inside a frame of another site', async () => {
      const tab = await profile.open(`http://host.localhost:${port}/framing`);
      const popup = await profile.opens(() => tab.click('Open'));
      await popup.close();
      const inside = await tab.evaluateInFrame(`http://embed.localhost:${port}/`, (word: string) => [location.hostname, word], 'heard');
      assert.deepEqual(inside, ['embed.localhost', 'heard']);
    });

    it('goes back and forth and reloads', async () => {
      const tab = await profile.open(`http://host.localhost:${port}/one`);
      await tab.goto(`http://host.localhost:${port}/two`);
      await tab.traverse(-1);
      await until(async () => (await tab.url()).endsWith('/one'), () => 'it did not go back');
      await tab.traverse(1);
      await until(async () => (await tab.url()).endsWith('/two'), () => 'it did not go forward');
      await tab.evaluate(() => (document.title = 'before'));
      await tab.reload();
      assert.equal(await tab.evaluate(() => document.title), 'page');
    });
  });
