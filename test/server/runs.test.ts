import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runFrom } from '../../src/server/open-wearables/runs.js';

const event = (more: object) => ({ provider: 'strava', scope: 'historical', timestamp: '2026-11-21T04:05:09Z', ...more });

describe('a word that nobody knows yet', () => {
  for (const word of ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'unheard-of', 5, null, { toString: 1, valueOf: 1 }])
    it(`means still at it, though every object has it: ${JSON.stringify(word)}`, () => {
      assert.deepEqual(runFrom([event({ stage: word, status: word })], 'strava', 0), { stage: 'fetching', ratio: null, end: null, at: Date.UTC(2026, 10, 21, 4, 5, 9) });
    });
});

describe('a word that is known', () => {
  for (const [stage, status, end] of [['completed', 'success', 'success'], ['completed', 'skipped', 'partial'], ['failed', 'unheard-of', 'failed'], ['cancelled', 'cancelled', 'failed'], ['queued', 'queued', null]] as const)
    it(`${stage}, ${status}: ${String(end)}`, () => {
      assert.equal(runFrom([event({ stage, status })], 'strava', 0)?.end, end);
    });
});
