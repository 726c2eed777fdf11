/** What the toolbar sets on the page around a story, and that the element takes it from there. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { presets } from '../../stories/presets.js';
import type { Strings } from '../../src/locales/en.js';
import { builtStories } from './built.js';
import { openPages, type Pages } from './pages.js';
import { serve, type Served } from './served.js';
import { entriesOf, show } from './shown.js';

const folder = await builtStories();
const choosing = entriesOf(folder).find(({ id }) => id === 'states--choosing') ?? assert.fail('There is no story of choosing.');
const locales = readdirSync('src/locales').map((file) => file.replace(/\.ts$/, ''));
let pages: Pages;
let served: Served;

before(async () => {
  served = await serve({ '/stories/': folder });
  pages = await openPages(4);
});
after(async () => {
  await pages.close();
  await served.close();
});

/** As the element and the page around it look to whoever reads them. */
const seen = () => {
  const { lang, dir } = document.documentElement;
  const element = document.querySelector('wearable-connect');
  const heading = element?.shadowRoot?.querySelector('h2');
  const { backgroundColor = '', direction = '', fontSize = '' } = element ? getComputedStyle(element.shadowRoot?.querySelector('[part=frame]') ?? element) : {};
  return { lang, dir, title: heading?.textContent.trim(), direction, dark: /rgb\(([0-9]|[1-5][0-9]), /.test(backgroundColor), size: parseFloat(fontSize) };
};

const withGlobals = (globals: Record<string, string>): Promise<ReturnType<typeof seen>> =>
  pages.lend(async (sheet) => {
    await show(served.url, choosing, sheet, globals);
    return sheet.page.evaluate(seen);
  });

describe('the toolbar', { concurrency: 4 }, () => {
  for (const locale of locales) {
    it(`speaks ${locale}, in its direction`, async () => {
      const { lang, dir, direction, title } = await withGlobals({ locale });
      const words = (await import(`../../src/locales/${locale}.js`)) as { default?: Strings; en?: Strings };
      assert.deepEqual({ lang, title }, { lang: locale, title: (words.default ?? words.en)?.title });
      const expected = ['ar', 'he'].includes(locale) ? 'rtl' : 'ltr';
      assert.deepEqual([dir, direction], [expected, expected]);
    });
  }
  it('turns the page around, whatever it speaks', async () => assert.equal((await withGlobals({ direction: 'rtl' })).direction, 'rtl'));
  it('makes it dark, and light', async () => {
    assert.equal((await withGlobals({ scheme: 'dark' })).dark, true);
    assert.equal((await withGlobals({ scheme: 'light' })).dark, false);
  });
  it('makes text twice as large', async () => {
    const [usual, large] = [await withGlobals({}), await withGlobals({ text: '200' })];
    assert.equal(large.size, usual.size * 2);
  });
  for (const { id, scheme } of presets) if (scheme) it(`is dark in ${id}, on a light page`, async () => assert.equal((await withGlobals({ preset: id, scheme: 'light' })).dark, true));
});
