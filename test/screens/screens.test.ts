/** Every state as it looks, against what somebody has looked at and approved. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { builtStories } from '../stories/built.js';
import { openPages, type Pages } from '../stories/pages.js';
import { serve, type Served } from '../stories/served.js';
import { entriesOf } from '../stories/shown.js';
import { anyApproved, held, orphans } from './approved.js';
import { shoot } from './camera.js';

const howTo = 'look at them (npm run screens), then npm run screens -- --approve';
const folder = await builtStories();
const states = entriesOf(folder).filter(({ tags, type }) => type === 'story' && tags.includes('pictured'));
const atOnce = 4;
let pages: Pages;
let served: Served;

describe('pictures of the states', { concurrency: atOnce }, () => {
  if (!anyApproved()) {
    it('are not compared with anything: none has been approved yet', () => console.log(`  No picture has been approved yet, so none is compared: ${howTo}.`));
    return;
  }
  before(async () => {
    served = await serve({ '/stories/': folder });
    pages = await openPages(atOnce);
  });
  after(async () => {
    await pages.close();
    await served.close();
  });
  for (const entry of states) {
    it(entry.name, () =>
      pages.lend(async (sheet) => {
        const { different, never } = held(entry.id, await shoot(served.url, entry, sheet));
        assert.deepEqual(different, [], `Where that is as it should be: ${howTo}.`);
        // Whoever adds a state sees it first; where tests decide over a change, somebody must have.
        if (never.length > 0 && process.env['CI'] !== 'true') console.log(`  ${entry.name} has pictures that were never approved: ${howTo}.`);
        else assert.deepEqual(never, [], `Never approved: ${howTo}.`);
      }));
  }
  it('are of states that there are', () => assert.deepEqual(orphans(states.map(({ id }) => id)), []));
});
