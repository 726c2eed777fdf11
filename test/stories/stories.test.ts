/** Every story and every page of the static Storybook, each opened by itself below a folder of somebody's web space. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { accessibility } from '../../stories/accessibility.js';
import { violationsIn } from './audit.js';
import { builtStories } from './built.js';
import { violationsEverywhere } from './matrix.js';
import { openPages, type Pages } from './pages.js';
import { serve, type Served } from './served.js';
import { entriesOf, show } from './shown.js';

const folder = await builtStories();
const atOnce = 4;
let pages: Pages;
let served: Served;

before(async () => {
  served = await serve({ '/some/folder/stories/': folder });
  pages = await openPages(atOnce);
});
after(async () => {
  await pages.close();
  await served.close();
});

describe('stories', { concurrency: atOnce }, () => {
  for (const entry of entriesOf(folder)) {
    it(`${entry.title}: ${entry.name}`, () =>
      pages.lend(async (sheet) => {
        await show(served.url, entry, sheet);
        if (entry.type === 'docs') return;
        assert.deepEqual(entry.tags.includes('state') ? await violationsEverywhere(sheet) : await violationsIn(sheet.page, accessibility), []);
      }));
  }
});

describe('the static Storybook', () => {
  it('asks for nothing that is not in its folder', () => assert.deepEqual(served.missing, []));
});
