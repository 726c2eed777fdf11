/** What the README says of the bare tag in frameworks, in Chromium. Solid and Angular need compilers of their own; they are in test/consumers. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { compile } from 'svelte/compiler';
import { build, type Plugin } from 'vite';
import { headless } from '../browsers/headless.js';

const svelte: Plugin = {
  name: 'svelte',
  load: (id) => (id.endsWith('.svelte') ? compile(readFileSync(id, 'utf8'), { filename: id, dev: true }).js.code : null),
};

describe('the bare tag', { timeout: 90_000 }, () => {
  let browser: Browser;
  let page: Page;
  const said: string[] = [];

  before(async () => {
    const made = await build({
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      plugins: [
        // The older React’s own requests for React must find the older one.
        { name: 'react-18', enforce: 'pre', resolveId(id, from) { return id === 'react' && from?.includes('react-dom-18') ? this.resolve('react-18', from) : null; } },
        svelte,
      ],
      define: { 'process.env.NODE_ENV': '"development"', __VERSION__: '"0.0.0"', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
      resolve: { alias: { vue: 'vue/dist/vue.esm-bundler.js' }, conditions: ['browser', 'import', 'default'] },
      build: { write: false, minify: false, target: 'es2022', lib: { entry: join(import.meta.dirname, 'stage.ts'), formats: ['iife'], name: 'unused' }, rolldownOptions: { output: { codeSplitting: false } } },
    });
    const chunk = [made].flat().flatMap((result) => ('output' in result ? result.output : [])).find(({ type }) => type === 'chunk');
    browser = await headless();
    page = await browser.newPage();
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    await page.setContent('<!doctype html><title>Host</title>');
    await page.addScriptTag({ content: chunk?.type === 'chunk' ? chunk.code : '' });
  });
  after(() => browser.close());

  for (const name of ['React 19', 'React 18', 'Preact', 'Vue', 'Svelte'])
    it(`takes attributes, switches, objects, events and children from ${name}`, async () => {
      said.length = 0;
      const found = await page.evaluate((which) => (globalThis as unknown as { show: (name: string) => Promise<unknown> }).show(which), name);
      assert.deepEqual(found, { type: 'wearable-change', clientId: 'app', noPreview: true, inspector: false, isOurs: true, slot: 'header' });
      assert.deepEqual(said.filter((line) => !/DevTools|devtools|development (build|version)/.test(line)), []);
    });
});
