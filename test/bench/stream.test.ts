/** What of a history at full speed does not depend on the machine. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { type Streamed, streamed } from './stream.js';

describe('twenty thousand lines at full speed', () => {
  let seen: Streamed;
  before(async () => {
    seen = await streamed(20_000);
  });

  it('are drawn once a frame at most, and seldom', () => {
    assert.equal(seen.lines, 20_000);
    assert.equal(seen.mostRenders, 1);
    assert.ok(seen.renders > 0 && seen.renders <= 100, `${seen.renders} renders`);
  });

  it('let the page have its turn every five hundred', () => {
    assert.ok(seen.mostLinesInATask <= 500, `${seen.mostLinesInATask} lines in one task`);
  });

  it('leave nothing behind: no node, no listener, less than a megabyte', () => {
    const [middle, last] = seen.heap;
    assert.ok(last.heapBytes - middle.heapBytes < 1_000_000, `${last.heapBytes - middle.heapBytes} bytes`);
    assert.deepEqual([last.nodes - middle.nodes, last.jsEventListeners - middle.jsEventListeners, last.documents - middle.documents], [0, 0, 0]);
  });
});
