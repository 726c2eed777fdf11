/** What a visitor sees of a tag that a server has rendered, from the first frame until there is something to choose: nothing moves, nothing blinks. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { headless } from '../browsers/headless.js';
import { serving, type Serving } from '../browsers/serving.js';
import { page as pageOf, sent, watch } from './pages.js';

type Watched = typeof globalThis & { settle(): void; moved: number[]; seen: { readonly frame: string | null; readonly below: string; readonly phase: string | null }[] };

const types: Readonly<Record<string, string>> = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };
/** The card is taller in narrower places. */
const widths = [900, 400, 300] as const;
const inEveryWidth = ['as declarative shadow DOM', 'bare, in a page that keeps room', 'as a button, bare'];
const sources = ['garmin', 'polar', 'suunto'].map((id) => ({ id, name: id, icon: '', kind: 'web' }));

describe('a tag that a server has rendered', { timeout: 120_000 }, () => {
  let browser: Browser;
  let server: Serving;
  let content = '';
  let policy: string | undefined;
  /** What is asked for and not answered yet. */
  let held = new Map<string, ServerResponse>();

  before(async () => {
    server = await serving('localhost', (_request, response, { pathname: path }) => {
      const type = types[path.split('.').at(-1) ?? ''];
      if (path === '/') return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...(policy && { 'content-security-policy': policy }) }).end(content);
      if (path === '/watch.js') return void response.writeHead(200, { 'content-type': types['js'] }).end(watch);
      if (path === '/host.css') return void response.writeHead(200, { 'content-type': types['css'] }).end('body { margin: 20px; font: 16px/1.5 sans-serif }');
      if (path === '/wearable-connect.js' || path === '/wearables/sources') return void held.set(path, response);
      const file = type && existsSync(`dist${path}`) ? readFileSync(`dist${path}`) : null;
      response.writeHead(file ? 200 : 204, file && type ? { 'content-type': type } : {}).end(file);
    });
    browser = await headless();
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  const asked = async (path: string): Promise<ServerResponse> => {
    const end = Date.now() + 10_000;
    for (;;) {
      const response = held.get(path);
      if (response) return response;
      assert.ok(Date.now() < end, `nobody asked for ${path}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  /** Two frames later whatever was to be painted has been. */
  const painted = (page: Page): Promise<unknown> => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

  /** From the first frame on: gives the picture before the element is defined, the picture after, and what was seen in between. */
  async function visit(width: number, isDrawn: boolean): Promise<{ before: Buffer; after: Buffer; moved: number[]; seen: Watched['seen']; said: string[] }> {
    held = new Map();
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    try {
      await page.setViewport({ width, height: 1200 });
      await page.goto(server.origin, { waitUntil: 'domcontentloaded' });
      const script = await asked('/wearable-connect.js');
      await page.waitForFunction(() => document.querySelector('wearable-connect + #below') && (globalThis as Watched).seen.length > 2);
      if (isDrawn) await page.waitForFunction(() => (globalThis as Watched).seen.at(-1)?.frame);
      await painted(page);
      const before = Buffer.from(await page.screenshot());
      script.writeHead(200, { 'content-type': types['js'] }).end(readFileSync('dist/wearable-connect.js'));
      const list = await asked('/wearables/sources');
      await painted(page);
      const after = Buffer.from(await page.screenshot());
      list.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ sources, connections: [] }));
      await page.waitForFunction(() => (globalThis as Watched).seen.at(-1)?.phase === 'choosing');
      await painted(page);
      await page.evaluate(() => (globalThis as Watched).settle());
      return { before, after, said, ...(await page.evaluate(() => ({ moved: (globalThis as Watched).moved, seen: (globalThis as Watched).seen }))) };
    } finally {
      await page.close();
    }
  }

  for (const [how, make] of Object.entries(sent))
    for (const width of inEveryWidth.includes(how) ? widths : widths.slice(0, 1))
      it(`${how}, ${width} px wide`, async () => {
        const { isDrawn, ...made } = await make();
        [content, policy] = [pageOf({ ...made, isDrawn }), made.policy];
        const { before, after, moved, seen, said } = await visit(width, isDrawn);
        assert.deepEqual(moved, [], 'nothing moved');
        assert.equal(new Set(seen.map(({ below }) => below)).size, 1, `what is below stood at ${[...new Set(seen.map(({ below }) => below))].join(' | ')}`);
        const frames = seen.map(({ frame }) => frame);
        assert.deepEqual([...new Set(frames)].filter((frame) => frame !== null).length, 1, `it was at ${[...new Set(frames)].join(' | ')}`);
        if (isDrawn) {
          assert.ok(!frames.slice(made.isLate ? frames.findIndex(Boolean) : 0).includes(null), 'once drawn, it is in every frame');
          // Words of another language come after it is defined.
          if (!made.lang) assert.ok(before.equals(after), 'it looks the same before it is defined and after');
        }
        assert.deepEqual(said, []);
      });

  it('is what these tests can tell from one that jumps', async () => {
    [content, policy] = [pageOf({ head: '', body: '<wearable-connect platform="open-wearables" base-url="/wearables"></wearable-connect>', isDrawn: false }), undefined];
    const { moved, seen } = await visit(900, false);
    assert.notDeepEqual(moved, []);
    assert.equal(new Set(seen.map(({ below }) => below)).size, 2);
  });
});
