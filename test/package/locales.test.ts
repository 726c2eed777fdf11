/** The languages as they are published: what their modules give and weigh, and how they come to a page without a bundler. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Browser } from 'puppeteer-core';
import { headless } from '../browsers/headless.js';
import { serving, type Serving } from '../browsers/serving.js';

const tags = readdirSync('src/locales').map((file) => file.replace(/\.ts$/, ''));
const most = (JSON.parse(readFileSync('package.json', 'utf8')) as { budgets: Record<string, number> }).budgets['dist/locales/*.js'] ?? 0;
const patienceMs = 10_000;

before(() => {
  if (!existsSync('dist/wearable-connect.words.js')) execFileSync(process.execPath, ['--import=tsx', 'test/run/build.ts']);
});

const wordsIn = async (file: string): Promise<Record<string, unknown>> =>
  ((await import(new URL(`../../${file}`, import.meta.url).href)) as { default: Record<string, unknown> }).default;

describe('a published language', () => {
  for (const tag of tags) {
    it(`${tag} says what its source says`, async () => {
      const [built, source] = await Promise.all([wordsIn(`dist/locales/${tag}.js`), wordsIn(`src/locales/${tag}.ts`)]);
      assert.deepEqual(built, source);
    });

    it(`${tag} weighs no more than ${most} bytes`, () => {
      const content = readFileSync(`dist/locales/${tag}.js`);
      const weight = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }).length;
      assert.ok(weight <= most, `${weight} bytes (brotli)`);
    });
  }

  it('is English by name too', async () => {
    const { en, default: words } = (await import(new URL('../../dist/locales/en.js', import.meta.url).href)) as { en: unknown; default: unknown };
    assert.equal(en, words);
  });
});

interface Shown {
  readonly heading: string;
  readonly said: readonly string[];
  /** Files of ours that the page asked for. */
  readonly asked: readonly string[];
}

describe('the languages beside the file for a script tag', { timeout: 120_000 }, () => {
  let browser: Browser;
  let server: Serving;
  let port: number;
  let asked: string[] = [];

  before(async () => {
    server = await serving('localhost', ({ url = '/' }, response) => {
      const { pathname, searchParams } = new URL(url, 'http://host');
      if (pathname === '/') {
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.setHeader('content-security-policy', `default-src 'none'; style-src 'self'; connect-src 'self' https://app.sweatstack.no; script-src ${searchParams.get('from') ?? "'self'"}`);
        response.end(`<!doctype html><html lang="${searchParams.get('lang') ?? ''}"><title>Host</title>${searchParams.get('tag') ?? ''}<wearable-connect client-id="demo"></wearable-connect>`);
        return;
      }
      const [, where, name = ''] = /^\/(lonely\/|older\/)?((?:locales\/)?[\w.-]+\.js)$/.exec(pathname) ?? [];
      if (!existsSync(`dist/${name}`) || !name) return void response.writeHead(404).end();
      asked.push(name);
      if (where === 'lonely/' && name !== 'wearable-connect.js') return void response.writeHead(404).end();
      const text = readFileSync(`dist/${name}`, 'utf8');
      // As a cache keeps it: a language of a version whose sentences were others.
      const served = where === 'older/' && name.startsWith('locales/') ? text.replace(/read_\w+/, 'read_000000') : text;
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8', 'access-control-allow-origin': '*' }).end(served);
    });
    port = Number(new URL(server.origin).port);
    browser = await headless();
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  const visit = async (lang: string, tag = '<script defer src="/wearable-connect.js"></script>', from = "'self'"): Promise<Shown> => {
    const page = await browser.newPage();
    page.setDefaultTimeout(patienceMs);
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    asked = [];
    try {
      await page.goto(`http://localhost:${port}/?${new URLSearchParams({ lang, from, tag: tag.replaceAll('OTHER', `http://127.0.0.1:${port}`) })}`);
      const heading = await page.waitForFunction(() => document.querySelector('wearable-connect')?.shadowRoot?.querySelector('h2')?.textContent.trim(), { polling: 50 });
      return { heading: String(await heading.jsonValue()), said: said.filter((line) => !line.includes('Failed to load resource')), asked };
    } finally {
      await page.close();
    }
  };

  it('are not asked for where English is read', async () => {
    const { heading, said, asked } = await visit('en');
    assert.deepEqual({ heading, said }, { heading: 'Connect your wearable', said: [] });
    assert.deepEqual(asked.filter((file) => /locales|words/.test(file)), []);
  });

  for (const [way, [tag, from]] of Object.entries({
    'a classic deferred script': ['<script defer src="/wearable-connect.js"></script>', "'self'"],
    'a module': ['<script type="module" src="/wearable-connect.js"></script>', "'self'"],
    'a script by nonce alone': ['<script defer nonce="n1" src="/wearable-connect.js"></script>', "'nonce-n1' 'strict-dynamic'"],
    'a classic script of another origin': ['<script defer src="OTHER/wearable-connect.js"></script>', 'http://127.0.0.1:*'],
    'a module of another origin': ['<script type="module" src="OTHER/wearable-connect.js"></script>', 'http://127.0.0.1:*'],
  } as const))
    it(`come to ${way}, the one that is read alone`, async () => {
      const { heading, said, asked } = await visit('nn-NO', tag, from);
      assert.deepEqual({ heading, said }, { heading: 'Koble til enheten din', said: [] });
      assert.deepEqual(asked.filter((file) => /locales|words/.test(file)), ['wearable-connect.words.js', 'locales/nb.js']);
    });

  it('are English where they are missing, and the console says so once', async () => {
    const { heading, said } = await visit('de', '<script defer src="/lonely/wearable-connect.js"></script>');
    assert.equal(heading, 'Connect your wearable');
    assert.equal(said.filter((line) => line.includes('wearable-connect.words.js could not be loaded')).length, 1, said.join('\n'));
  });

  it('are English rather than wrong where one is of another version', async () => {
    const { heading, said } = await visit('de', '<script defer src="/older/wearable-connect.js"></script>');
    assert.equal(heading, 'Connect your wearable');
    assert.equal(said.filter((line) => line.includes('locales/de.js could not be loaded')).length, 1, said.join('\n'));
  });
});
