import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { grown, limits, tooMuch } from './weight.js';

describe('soak: what a document keeps', () => {
  const warm = { heapBytes: 2e6, nodes: 900, listeners: 80 };

  it('is nothing where it is as it was, or smaller', () => {
    assert.deepEqual(tooMuch(grown(warm, warm)), []);
    assert.deepEqual(tooMuch(grown(warm, { heapBytes: 1e6, nodes: 0, listeners: 0 })), []);
  });

  for (const name of ['heapBytes', 'nodes', 'listeners'] as const)
    it(`is too much of ${name} above its limit alone, and is said`, () => {
      assert.deepEqual(tooMuch(grown(warm, { ...warm, [name]: warm[name] + limits[name] })), []);
      assert.match(tooMuch(grown(warm, { ...warm, [name]: warm[name] + limits[name] + 1 })).join(), /^kept since the first attempt of this document: [\d.]+ \w/);
    });
});
