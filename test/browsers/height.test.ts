/** A card that grows, on a page that observes what is around it: where sizes change between layout and paint, each browser has its own ways. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { engines } from './engines.js';
import { sharedBrowser } from './shared.js';
import { until } from './waiting.js';

/** What each frame was about to paint: whether the card has its new words by then, and how high it is. */
const page = `<!doctype html><title>Host</title><body style="margin: 0">
  <wearable-connect client-id="app" redirect-uri="/landing" sources="garmin_connect"></wearable-connect><p>below</p><i style="position: absolute; height: 1px"></i>
  <script>
    const card = document.querySelector('wearable-connect'), mark = document.querySelector('i');
    const frames = [], problems = [];
    addEventListener('error', ({ message }) => problems.push(message));
    for (const around of [document.body, card]) new ResizeObserver(() => {}).observe(around);
    const watch = () => {
      new ResizeObserver(() => {
        const frame = card.shadowRoot.querySelector('.frame');
        frames.push([frame.textContent.includes('words and'), frame.offsetHeight]);
      }).observe(mark);
      let width = 0;
      const next = () => {
        width = (width % 9) + 1;
        mark.style.width = width + 'px';
        requestAnimationFrame(next);
      };
      next();
    };
  </script><script src="/wearable-connect.js"></script>`;

type Frame = readonly [isNew: boolean, height: number];
declare const card: HTMLElement & { strings: object };
declare const frames: readonly Frame[];
declare const problems: readonly string[];
declare const watch: () => void;

for (const engine of engines)
  describe(`a card that grows, in ${engine.name}`, () => {
    let server: Server;
    before(async () => {
      const script = readFileSync('dist/wearable-connect.js');
      server = createServer(({ url }, response) => void (url === '/' ? response.setHeader('content-type', 'text/html').end(page) : url === '/wearable-connect.js' ? response.setHeader('content-type', 'text/javascript').end(script) : response.writeHead(404).end()));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    after(() => {
      server.closeAllConnections();
      server.close();
    });

    it('begins in the very frame that has its new words, and is no error of the page’s', async () => {
      const browser = await sharedBrowser(engine);
      const profile = await browser.visitor();
      try {
        const tab = await profile.open(`http://host.localhost:${(server.address() as AddressInfo).port}/`);
        await until(() => tab.evaluate(() => !!card.shadowRoot?.querySelector('[part=list]')), () => 'it offers no choice');
        await tab.evaluate(() => watch());
        const seen = (): Promise<readonly Frame[]> => tab.evaluate(() => frames);
        await until(async () => (await seen()).length > 2, () => 'there are no frames');
        await tab.evaluate(() => void (card.strings = { trust: 'words and '.repeat(400) }));
        const all = await until(
          async () => {
            const told = await seen();
            const [former, last] = told.slice(-2);
            return last?.[0] && last[1] > (told[0]?.[1] ?? 0) && last[1] === former?.[1] ? told : null;
          },
          async () => `it does not grow: ${JSON.stringify(await seen())}`,
        );
        assert.equal(all.find(([isNew]) => isNew)?.[1], all[0]?.[1], JSON.stringify(all));
        assert.deepEqual(await tab.evaluate(() => problems), []);
      } finally {
        await profile.close();
      }
    });
  });
