/** The component in Chromium, with both Reacts that it is for: what a page hears through it is what the element says. */
import assert from 'node:assert/strict';
import { after, before, describe, it, mock } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { headless } from '../browsers/headless.js';
import { serving, type Serving } from '../browsers/serving.js';
import { forPage, onServer, reacts } from './bundle.js';
import type { Acts } from './stage.js';

const wholeConnection = [
  ...['change(choosing)', 'change(authorizing)', 'change(confirming)', 'tokens', 'connections', 'connected', 'change(syncing)'],
  ...['connections', 'complete', 'change(connected)', 'preview', 'progress'],
];

for (const react of reacts)
  describe(`the component with ${react}`, { timeout: 120_000 }, () => {
    let browser: Browser;
    let server: Serving;
    const pages = new Map<string, string>();
    const saidOnServer: string[] = [];
    let renderedPopover = '';

    before(async () => {
      const script = await forPage(react);
      const { rendered } = await onServer(react);
      // React 18 complains on a server of what only a page can do.
      const complaints = mock.method(console, 'error', (...words: unknown[]) => void saidOnServer.push(words.join(' ')));
      renderedPopover = rendered(false, 'popover');
      pages.set('/', '').set('/rendered', rendered(false)).set('/rendered-strict', rendered(true));
      complaints.mock.restore();
      server = await serving('localhost', (_request, response, { pathname }) => {
        const content = pages.get(pathname);
        if (pathname === '/stage.js') return void response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(script);
        if (content === undefined) return void response.writeHead(204).end();
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html><title>Host</title><div id="root">${content}</div><script src="/stage.js"></script>`);
      });
      browser = await headless();
    });
    after(async () => {
      await browser.close();
      await server.close();
    });

    /** A fresh page for each; whatever its console says, beside what the act gave back. */
    async function act<Name extends keyof Acts>(name: Name, options: Parameters<Acts[Name]>[0] = {}, path = '/'): Promise<{ gave: Awaited<ReturnType<Acts[Name]>>; said: string[] }> {
      const page = await browser.newPage();
      const said: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      page.on('pageerror', (error) => said.push(String(error)));
      try {
        await page.goto(server.origin + path);
        const gave = await page.evaluate((which, how) => (globalThis as unknown as { acts: Record<string, (how: unknown) => Promise<unknown>> }).acts[which]?.(how), name, options);
        return { gave: gave as Awaited<ReturnType<Acts[Name]>>, said: said.filter((line) => !line.includes('React DevTools')) };
      } finally {
        await page.close();
      }
    }

    it('tells what the element tells, in the same order, with nothing before it missing', async () => {
      const [alone, through, strict] = [await act('connection', { bare: true }), await act('connection'), await act('connection', { strict: true })];
      assert.deepEqual(alone.gave.news, wholeConnection);
      for (const { gave, said } of [through, strict]) {
        assert.deepEqual(gave.news, alone.gave.news);
        assert.deepEqual(gave.seqs, gave.seqs.map((_, at) => at + 1), 'every event was heard, once');
        assert.equal(gave.attempts, 1);
        assert.deepEqual(said, []);
      }
    });

    it('registers the tag when the first is shown, not by being imported', async () => {
      assert.deepEqual((await act('importing')).gave, { before: true, after: true });
    });

    for (const [when, options] of Object.entries({ 'in the middle of a history': {}, 'under StrictMode': { strict: true }, 'before anything has begun': { early: true } }))
      it(`leaves nothing behind, unmounted ${when}`, async () => {
        const { gave, said } = await act('unmounting', options);
        assert.deepEqual(gave, { listened: 11, left: 0, later: 0, waits: 0, inPage: '', handle: null });
        assert.deepEqual(said, []);
      });

    it('sets what it is given, leaves the rest alone, and what is taken back is the default again', async () => {
      const { gave } = await act('settings');
      assert.deepEqual(gave, [
        { clientId: 'a', mode: 'auto', noPreview: false, sources: null, historyDays: 30, layout: 'inline' },
        { clientId: 'b', mode: 'popup', noPreview: true, sources: ['polar'], historyDays: null, layout: 'inline' },
        { clientId: null, mode: 'auto', noPreview: false, sources: null, historyDays: null, layout: 'dialog' },
      ]);
    });

    it('says the layout as an attribute too, for the style sheet that keeps the room, and takes it back', async () => {
      const { gave, said } = await act('layouts');
      assert.deepEqual(gave, [
        [['popover', 'popover']],
        [['dialog', 'dialog'], ['popover', 'popover'], [null, 'inline']],
        [[null, 'inline'], [null, 'inline'], ['dialog', 'dialog']],
      ]);
      assert.deepEqual(said, []);
    });

    it('gives the tag the words of every element, and its children', async () => {
      const words = { id: 'w', class: 'one two', title: 'T', lang: 'de', style: 'width: 300px;', 'data-x': '1', 'aria-label': 'L' };
      const { gave, said } = await act('words', { hidden: false });
      assert.deepEqual(gave, { attributes: words, slots: ['h2 header', 'img icon-polar'] });
      assert.deepEqual(said, []);
      assert.equal('hidden' in (await act('words', { hidden: true })).gave.attributes, true);
    });

    it('goes on with an attempt whatever is rendered anew, and tells the handlers of the last rendering', async () => {
      const { gave, said } = await act('rerendering');
      assert.deepEqual(gave, { same: true, since: ['connections', 'preview', 'progress'], late: ['complete'], attempts: 1 });
      assert.deepEqual(said, []);
    });

    for (const strict of [false, true])
      it(`has the element itself as its handle, at work from the first effect${strict ? ', under StrictMode' : ''}`, async () => {
        const { gave, said } = await act('handle', { strict });
        assert.deepEqual(gave, { isElement: true, seen: ['function', 'loading'], calls: ['wearable-connect'], let: null });
        assert.deepEqual(said, []);
      });

    it('hears while React hides it beside something that is still to come', async () => {
      const { gave, said } = await act('suspense');
      assert.equal(gave.hidden, 'none');
      assert.deepEqual(gave.news, wholeConnection);
      assert.deepEqual(gave.seqs, gave.seqs.map((_, at) => at + 1));
      assert.deepEqual(said, []);
    });

    if (react === 'react-19')
      it('hears while React hides it as a part of the page that nobody looks at (Activity)', async () => {
        const { gave, said } = await act('activity');
        assert.deepEqual([gave.same, gave.hidden, gave.news], [true, 'none', wholeConnection]);
        assert.deepEqual(gave.seqs, gave.seqs.map((_, at) => at + 1));
        assert.deepEqual(said, []);
      });

    it('is the bare tag on a server, with what is every element’s', () => {
      assert.equal(pages.get('/rendered'), '<wearable-connect class="one" defer-hydration=""><h2 slot="header">Hello</h2></wearable-connect>');
      assert.equal(pages.get('/rendered-strict'), pages.get('/rendered'));
      assert.match(renderedPopover, /^<wearable-connect class="one" layout="popover" defer-hydration="">/);
      assert.deepEqual(saidOnServer, []);
    });

    for (const strict of [false, true])
      it(`takes over what a server rendered, without a word${strict ? ', under StrictMode' : ''}`, async () => {
        const { gave, said } = await act('hydration', { strict }, strict ? '/rendered-strict' : '/rendered');
        assert.deepEqual({ same: gave.same, clientId: gave.clientId, news: gave.news }, { same: true, clientId: 'a', news: wholeConnection });
        assert.deepEqual(gave.seqs, gave.seqs.map((_, at) => at + 1));
        assert.deepEqual(said, []);
      });

    it('begins nothing where another script made the tag an element before React came, and loses nothing', async () => {
      const { gave, said } = await act('hydration', { defined: true }, '/rendered');
      assert.deepEqual({ same: gave.same, began: gave.began, news: gave.news }, { same: true, began: false, news: wholeConnection });
      assert.deepEqual(gave.seqs, gave.seqs.map((_, at) => at + 1));
      assert.deepEqual(said, []);
    });
  });
