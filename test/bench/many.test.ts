/** What many elements leave behind does not depend on the machine: nothing. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { type Amounts, type Found, many, moreOf } from './many.js';

const amounts: Amounts = { elements: 100, mounts: 100, rounds: 20, attempts: 20 };

const what: Readonly<Record<keyof Amounts, string>> = {
  elements: 'a hundred elements on one page',
  mounts: 'a hundred times into a page and out of it, at whatever moment',
  rounds: 'twenty visitors who connect, see their history come in and disconnect',
  attempts: 'twenty sign-ins that are given up',
};

it('what there is less of hides nothing that there is more of', () => {
  const left = { heapBytes: 0, nodes: -5, jsEventListeners: 5, documents: 0, channels: -1, timers: 1 };
  assert.deepEqual(moreOf(left), { nodes: 0, jsEventListeners: 5, documents: 0, channels: 0, timers: 1 });
});

describe('nothing is left, by the browser’s own counters, of', () => {
  let found: Found;
  before(async () => {
    found = await many(amounts);
  });

  for (const name of Object.keys(what) as (keyof Amounts)[])
    it(what[name], () => {
      const { heapBytes } = found.left[name];
      assert.deepEqual(moreOf(found.left[name]), { nodes: 0, jsEventListeners: 0, documents: 0, channels: 0, timers: 0 });
      assert.ok(heapBytes < 500_000, `${heapBytes} bytes more than before`);
    });

  it('the page’s layouts: none for each element, since none asks for its size', () => {
    assert.ok(found.crowdLayouts < amounts.elements / 2, `${found.crowdLayouts} layouts`);
  });

  it('the channel that a sign-in listens on: one at a time', () => {
    assert.equal(found.mostChannels, 1);
  });
});
