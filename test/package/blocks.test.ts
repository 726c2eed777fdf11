/**
 * Every block of HTML on the pages, opened in a browser: as a host would serve it, with the built files, and where a policy stands above it, under that very policy.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { headless } from '../browsers/headless.js';
import { serving, type Serving } from '../browsers/serving.js';
import { allBlocks, type Block, isOfAnApp } from '../papers/blocks.js';
import { digestOf, pinnedFiles } from '../papers/digests.js';

interface Opened {
  readonly block: Block;
  /** The policy that stands right above it. */
  readonly policy?: string;
}

/** Those that are pages or parts of one, each with its policy. */
const opened = (): readonly Opened[] =>
  allBlocks().flatMap((block, index, all) => {
    const above = all[index - 1];
    if (block.language !== 'html' || isOfAnApp(block)) return [];
    const policy = above?.language === 'http' && above.file === block.file ? above.code.replace(/^Content-Security-Policy: /, '') : undefined;
    return [{ block, ...(policy !== undefined && { policy }) }];
  });

const cdn = 'https://your-cdn.example/';
/** As it stands there; where it shows the tag alone, the script is what the text around it has told. */
const pageOf = ({ code }: Block): string => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Host</title>${/<script[^>]+src=|createElement\('script'\)/.test(code) ? '' : '<script src="/wearable-connect.js" defer></script>'}${code}`;

interface Found {
  readonly tag: string;
  readonly phase: string;
  readonly isStyled: boolean;
  readonly violations: readonly string[];
}

describe('every block of HTML on the pages', { timeout: 120_000 }, () => {
  let browser: Browser;
  let server: Serving;
  let origin: string;
  let served: { html: string; policy: string | undefined; broken?: string };

  before(async () => {
    assert.ok(existsSync('dist/wearable-connect.js'), 'npm run build');
    server = await serving('localhost', ({ url = '/' }, response) => {
      const { pathname } = new URL(url, 'http://host');
      if (pathname === '/wearables/sources') return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"sources":[{"id":"garmin","name":"Garmin","icon":null,"kind":"web"}],"connections":[]}');
      if (pathname === '/') {
        if (served.policy !== undefined) response.setHeader('content-security-policy', served.policy);
        return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(served.html);
      }
      if (pathname.endsWith('.svg')) return void response.writeHead(200, { 'content-type': 'image/svg+xml' }).end('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>');
      const file = `dist${pathname}`;
      if (!/^\/[\w./-]+\.js$/.test(pathname) || !existsSync(file)) return void response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
      const code = readFileSync(file, 'utf8');
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(pathname === served.broken ? `${code} ` : code);
    });
    ({ origin } = server);
    browser = await headless(30_000);
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  /** The file of the build that an address on the imagined CDN stands for. */
  async function imagine(page: Page): Promise<void> {
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(cdn)) return void request.continue();
      const body = readFileSync(`dist/${url.split('/').at(-1) ?? ''}`);
      void request.respond({ status: 200, contentType: 'text/javascript; charset=utf-8', headers: { 'access-control-allow-origin': '*' }, body });
    });
  }

  /** Else the browser would refuse the script without a word of why. */
  const isPinnedAsBuilt = ({ code, file }: Block): void => {
    const built = pinnedFiles().map((name) => digestOf(readFileSync(`dist/${name}`)));
    for (const [digest] of code.matchAll(/sha384-[\w+/=]+/g)) assert.ok(built.includes(digest), `${file} shows digests of another build: “npm run papers” writes them anew`);
  };

  async function visit<T>(page: typeof served, look: (page: Page, said: string[]) => Promise<T>): Promise<T> {
    served = page;
    const tab = await browser.newPage();
    try {
      const said: string[] = [];
      tab.on('console', (message) => void (/^(error|warn)$/.test(message.type()) && said.push(message.text())));
      tab.on('pageerror', (error) => said.push(String(error)));
      await imagine(tab);
      await tab.evaluateOnNewDocument(() => {
        const page = globalThis as typeof globalThis & { violations?: string[] };
        page.violations = [];
        document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => page.violations?.push(`${violatedDirective} ${blockedURI}`));
      });
      await tab.goto(origin, { waitUntil: 'load' });
      return await look(tab, said);
    } finally {
      await tab.close();
    }
  }

  /** What has become of the tag: drawn, by its own rules, out of `loading`. */
  const drawn = async (page: Page): Promise<Found> => {
    const found = await page.waitForFunction(
      () => {
        const element = document.querySelector<HTMLElement & { phase?: string }>('wearable-connect, my-connect');
        const { violations = [] } = globalThis as { violations?: string[] };
        if (!element?.shadowRoot?.querySelector('button') || element.phase === 'loading') return null;
        return { tag: element.localName, phase: element.phase ?? '', isStyled: getComputedStyle(element).display !== 'inline', violations };
      },
      { timeout: 20_000 },
    );
    return (await found.jsonValue()) as Found;
  };

  /** A part is a module that the script imports: the policy has to let it through. */
  async function fetchesParts(page: Page): Promise<void> {
    await page.evaluate(() => document.querySelector('wearable-connect')?.setAttribute('layout', 'dialog'));
    await page.waitForFunction(() => document.querySelector('wearable-connect')?.shadowRoot?.querySelector('slot[name=trigger] button'), { timeout: 20_000 });
    await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/wearable-connect.layouts.js')), { timeout: 20_000 });
    assert.deepEqual(await page.evaluate(() => (globalThis as { violations?: string[] }).violations), []);
  }

  const blocks = opened();

  it('is found', () => {
    assert.ok(blocks.length >= 10, `${blocks.length} blocks`);
    assert.ok(blocks.filter(({ policy }) => policy !== undefined).length >= 4, 'with their policies');
  });

  for (const { block, policy } of blocks) {
    const name = `${block.file}:${block.line}`;
    if (!/<(wearable|my)-connect\b/.test(block.code)) {
      it(`${name} defines the element`, async () => {
        isPinnedAsBuilt(block);
        await visit({ html: pageOf(block), policy }, async (page, said) => {
          await page.waitForFunction(() => customElements.get('wearable-connect') !== undefined, { timeout: 20_000 });
          assert.deepEqual(said, []);
        });
      });
      continue;
    }
    it(`${name} shows the element${policy === undefined ? '' : ', and lets it fetch its parts, under its policy'}, and nobody complains [F23, T18]`, async () => {
      isPinnedAsBuilt(block);
      await visit({ html: pageOf(block), policy }, async (page, said) => {
        const found = await drawn(page);
        assert.deepEqual({ ...found, tag: '' }, { tag: '', phase: 'choosing', isStyled: true, violations: [] });
        if (policy !== undefined) await fetchesParts(page);
        assert.deepEqual(said, []);
      });
    });
  }

  it('with an import map of digests runs the parts as they were published, and none with one byte more [T19]', async () => {
    const pinned = blocks.find(({ block }) => block.code.includes('"integrity"'))?.block;
    assert.ok(pinned);
    const html = pageOf(pinned).replace('<wearable-connect ', '<wearable-connect platform="demo" ');
    const phaseWith = (broken: string): Promise<string> =>
      visit({ html, policy: undefined, broken }, async (page) => {
        const phase = await page.waitForFunction(
          () => {
            const element = document.querySelector('wearable-connect');
            return element && element.phase !== 'loading' ? element.phase : null;
          },
          { timeout: 20_000 },
        );
        return (await phase.jsonValue()) ?? '';
      });
    assert.equal(await phaseWith(''), 'choosing');
    assert.equal(await phaseWith('/wearable-connect.demo.js'), 'failed');
  });
});
