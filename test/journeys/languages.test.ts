/** Languages come to a page in every browser, and go when the page changes its own. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser } from '../browsers/engine.js';
import { engines } from '../browsers/engines.js';
import { sharedBrowser } from '../browsers/shared.js';
import { until } from '../browsers/waiting.js';

const page = (lang: string): string =>
  `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>Host</title><script src="/wearable-connect.js" defer></script><wearable-connect platform="demo"></wearable-connect></html>`;

for (const engine of engines)
  describe(`a page in twenty languages, in ${engine.name}`, { timeout: 120_000 }, () => {
    let browser: Browser;
    let server: Server;
    let origin: string;

    before(async () => {
      server = createServer(({ url = '/' }, response) => {
        const { pathname, searchParams } = new URL(url, 'http://host');
        const isFile = existsSync(`dist${pathname}`) && pathname.endsWith('.js');
        response.setHeader('content-type', isFile ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
        response.end(isFile ? readFileSync(`dist${pathname}`) : page(searchParams.get('lang') ?? ''));
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      origin = `http://localhost:${(server.address() as AddressInfo).port}`;
      browser = await sharedBrowser(engine);
    });
    after(() => {
      server.closeAllConnections();
      server.close();
    });

    it('reads the page’s language, and the next one when the page changes it', async () => {
      const visitor = await browser.visitor();
      const tab = await visitor.open(`${origin}/?lang=uk`);
      const heading = (): Promise<string> => tab.evaluate(() => document.querySelector('wearable-connect')?.shadowRoot?.querySelector('h2')?.textContent.trim() ?? '');
      const reads = async (title: string): Promise<void> => void (await until(async () => (await heading()) === title, async () => `The heading is ${JSON.stringify(await heading())}, not ${title}.`));
      await reads('Підключіть свій пристрій');
      for (const [lang, title] of [['nn', 'Koble til enheten din'], ['zh-CN', '连接您的设备'], ['zh-TW', 'Connect your wearable'], ['iw', 'חיבור המכשיר שלך'], ['en-GB', 'Connect your wearable']] as const) {
        await tab.evaluate((lang) => {
          document.documentElement.lang = lang;
        }, lang);
        await reads(title);
      }
      assert.deepEqual(visitor.console, []);
      await visitor.close();
    });
  });
