/** The file for a script tag, pinned by its digest: what the README tells a host to do holds, and what was altered does not run. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { headless } from '../browsers/headless.js';
import { serving, type Serving } from '../browsers/serving.js';
import { digestOf, pinnedFiles } from '../papers/digests.js';

const file = 'wearable-connect.js';

describe('the file for a script tag, pinned by its digest [T19]', { timeout: 180_000 }, () => {
  let browser: Browser;
  let server: Serving;
  let served: Buffer;
  let asked: string[];

  before(async () => {
    if (!existsSync(`dist/${file}`)) execFileSync(process.execPath, ['--import=tsx', 'test/run/build.ts']);
    server = await serving('localhost', ({ url = '/' }, response) => {
      const { pathname, searchParams } = new URL(url, 'http://host');
      asked.push(pathname);
      response.setHeader('access-control-allow-origin', '*');
      if (pathname === `/${file}`) return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(served);
      if (pathname !== '/') return void response.writeHead(404).end();
      const tag = `<script src="/${file}" integrity="${searchParams.get('integrity') ?? ''}" crossorigin="anonymous" onload="ended = 'ran'" onerror="ended = 'refused'"></script>`;
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html><title>Host</title><script>var ended;</script>${tag}<wearable-connect client-id="demo"></wearable-connect>`);
    });
    browser = await headless();
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  async function visit(integrity: string): Promise<{ ended: unknown; defined: boolean }> {
    asked = [];
    const page = await browser.newPage();
    try {
      await page.goto(`${server.origin}/?${new URLSearchParams({ integrity }).toString()}`);
      return await page.evaluate(() => ({ ended: (globalThis as { ended?: unknown }).ended, defined: customElements.get('wearable-connect') !== undefined }));
    } finally {
      await page.close();
    }
  }

  it('runs as it was published, and fetches no other script', async () => {
    served = readFileSync(`dist/${file}`);
    assert.deepEqual(await visit(digestOf(served)), { ended: 'ran', defined: true });
    assert.deepEqual(asked.filter((path) => path.endsWith('.js')), [`/${file}`]);
  });

  it('does not run with one byte changed', async () => {
    const published = readFileSync(`dist/${file}`);
    served = Buffer.from(published);
    served[served.length - 2] = (served.at(-2) ?? 0) ^ 1;
    assert.deepEqual(await visit(digestOf(published)), { ended: 'refused', defined: false });
  });

  it('is the same, byte by byte, from another folder and in another time zone: its digest is that of anybody’s build', () => {
    const folder = mkdtempSync(join(tmpdir(), 'an other place-'));
    try {
      for (const name of ['src', 'test/run', 'vite.config.ts', 'tsconfig.json', 'package.json', 'LICENSE']) cpSync(name, join(folder, name), { recursive: true });
      symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
      const vite = join(folder, 'node_modules', 'vite', 'bin', 'vite.js');
      for (const mode of ['script-tag', 'callback', 'layouts']) execFileSync(process.execPath, [vite, 'build', '--mode', mode, '--logLevel', 'error'], { cwd: folder, env: { ...process.env, TZ: 'Asia/Tokyo' } });
      for (const name of [file, 'callback.js', 'wearable-connect.layouts.js']) {
        assert.ok(pinnedFiles().includes(name), `${name} is pinned`);
        assert.equal(digestOf(readFileSync(join(folder, 'dist', name))), digestOf(readFileSync(join('dist', name))), `${name} differs from dist: “npm run build” first, if the source has changed since`);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is made of packages that are pinned by a digest, each of them', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { version?: string; integrity?: string; link?: boolean; inBundle?: boolean }> };
    const loose = Object.entries(packages).filter(([path, { integrity, inBundle }]) => path !== '' && !inBundle && !integrity?.startsWith('sha512-'));
    assert.deepEqual(loose.map(([path]) => path), []);
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
    // What is built here is of the pinned one; a host's bundler shares its own with us where that is at least as new.
    for (const [name, range] of Object.entries(dependencies)) assert.equal(range, `^${packages[`node_modules/${name}`]?.version}`, `${name} begins with the one that is tested`);
  });
});
