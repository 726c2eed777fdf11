/** What the pages show to begin with, run as it stands there: the README's first lines, and a user interface of a host's own. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type ServerResponse } from 'node:http';
import { it } from 'node:test';
import { build } from 'vite';
import type { Tab } from '../browsers/engine.js';
import { until } from '../browsers/waiting.js';
import { inEveryEngine, type Stage } from './rig.js';
import type { Visitor } from './visitor.js';

type Page = typeof globalThis & { told?: string[] };

/** What the page says and opens is kept where the visitor looks for it. */
const listening = `<script src="/listener.js"></script><script>{
  window.told = [];
  const log = console.log;
  console.log = (...words) => { window.told.push(words.map(String).join(' ')); log(...words); };
  window.opened = [];
  const open = window.open;
  window.open = (...wishes) => { const opened = open.apply(window, wishes); if (opened) window.opened.push(opened); return opened; };
}</script>`;

const answer = (response: ServerResponse, type: string, body: string): true => {
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' }).end(body);
  return true;
};

/** The host's own files, at their own addresses; whatever else is asked for, the host of all journeys has. */
const serve = (stage: Stage, files: Readonly<Record<string, readonly [type: string, body: string]>>): void =>
  stage.host.mount(({ url = '' }, response) => {
    const file = files[url];
    return file ? answer(response, ...file) : false;
  });

async function opens(stage: Stage, path: string): Promise<Visitor> {
  const visitor = await stage.enter();
  await visitor.page.goto(stage.host.origin + path);
  return visitor;
}

const told = (page: Tab): Promise<string[]> => page.evaluate(() => (globalThis as Page).told ?? []);

const tells = (page: Tab, words: RegExp): Promise<string> =>
  until(
    async () => (await told(page)).find((line) => words.test(line)),
    async () => `the page never said ${String(words)}, but ${(await told(page)).join('\n')}`,
  );

inEveryEngine('a stranger copies', (stage) => {
  it('the first lines of the README: signed in, connected, and the history comes', async () => {
    const [, lines = ''] = /^```html\n([^]*?)^```$/m.exec(readFileSync('README.md', 'utf8')) ?? [];
    const page = lines
      .replace(/"https:\/\/your-cdn\.example\/[^"]*"/, '"/wearable-connect.js"')
      .replace('client-id="YOUR_CLIENT_ID"', `client-id="demo-client" base-url="${stage.sandbox.sweatstack}"`)
      .replace('<meta charset="utf-8" />', `$&<title>Host</title>${listening}`);
    assert.ok(page.includes('/wearable-connect.js') && page.includes('demo-client') && page.includes(listening), 'the lines are as they were');
    serve(stage, { '/first': ['text/html', page] });
    const visitor = await opens(stage, '/first');
    await visitor.passesThroughAgreeing(() => visitor.click('Garmin Connect'));
    assert.match(await tells(visitor.page, /^signed in/), /^signed in until \w{3} \w{3} \d/);
    await tells(visitor.page, /^connected Alex Rivers/);
    await tells(visitor.page, /^history back to \d{4}-/);
  });

  it('the user interface without the element: chosen, connected, its history seen, and let go', async () => {
    const built = await build({
      ...{ configFile: false, logLevel: 'error', publicDir: false, resolve: { alias: { 'wearable-connect': `${process.cwd()}/dist/index.js` } } },
      build: { write: false, target: 'es2022', minify: false, lib: { entry: 'test/journeys/headless/headless.js', formats: ['es'], fileName: 'headless' }, rolldownOptions: { output: { codeSplitting: false } } },
    });
    const [chunk] = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
    assert.ok(chunk?.type === 'chunk');
    const body = `<main id="wearables" data-client-id="demo-client" data-base-url="${stage.sandbox.sweatstack}"></main><script type="module" src="/headless.js"></script>`;
    serve(stage, {
      '/own': ['text/html', `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title>${listening}</head><body>${body}</body></html>`],
      '/headless.js': ['text/javascript', chunk.code],
    });
    const visitor = await opens(stage, '/own');
    await visitor.sees('Connect Wahoo');

    const first = await visitor.opens(() => visitor.click('Connect Garmin Connect'));
    await visitor.sees('Finish in the window.');
    await visitor.click('Cancel');
    await visitor.sees('Connect Garmin Connect');
    await until(() => first.isClosed(), () => 'the window of an attempt that was given up stays open');

    await visitor.passesThroughAgreeing(() => visitor.click('Connect Garmin Connect'));
    await tells(visitor.page, /^signed in until \d+/);
    await visitor.sees('Connected: Garmin Connect, and all is here.');
    await visitor.click('Disconnect');
    await visitor.sees('Connect Garmin Connect');
  });
});
