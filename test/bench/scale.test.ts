/** The page about very many says what the figures say, and reckons as it says. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { furtherTab, needed, rowName } from './handler-names.js';
import { readResults, type Results } from './results.js';
import { counted, row } from './row.js';
import { inputsFrom, isScaleUpToDate, missingFrom, scaleTable } from './scale.js';

const costs = { work: 40, asked: 200, heapKb: 27, processKb: 70, bytes: 1.5, pieces: 0.1, redisCommands: 13, redisWork: 8, redisKb: 5 };
const busy = { work: 80, asked: 1000, heapKb: 30, processKb: 90, bytes: 61.5, pieces: 0.5, redisCommands: 19, redisWork: 12, redisKb: 7 };
const figures: Readonly<Record<string, number>> = Object.fromEntries([
  ...Object.entries(costs).map(([quality, figure]) => [rowName('rest', true, quality as keyof typeof costs), figure] as const),
  ...Object.entries(busy).map(([quality, figure]) => [rowName('import', true, quality as keyof typeof busy), figure] as const),
  [furtherTab, 30],
  // What an instance without Redis costs is not what the page reckons with.
  [rowName('rest', false, 'work'), 1],
]);
const measured = (names = Object.keys(figures)): Results => ({
  handler: { date: '2026-11-21', node: '20.0.0', browser: 'Chromium 150', cores: 2, seconds: 1, rows: names.map((what) => row({ section: 'handler', what, unit: '' }, counted('ours', '1', figures[what] ?? NaN))) },
});

describe('the handler at a million users', () => {
  it('is what test/bench/results.json says: npm run bench:readme writes it', () => {
    assert.ok(isScaleUpToDate(readResults()));
  });

  it('is reckoned from what was measured of an instance with Redis, at rest and while a history comes in', () => {
    assert.deepEqual(inputsFrom(measured()), { rest: { ...costs, asked: 0.2 }, import: { ...busy, asked: 1 }, furtherTabKb: 30 });
    const lines = scaleTable(measured()).split('\n');
    for (const line of [
      '| memory of the process as it runs; its heap after collection, KB | 70; 27 | 90; 30 |',
      '| whose history comes in | 500 | 5,000 | 50,000 |',
      '| cores of the handler | 4.2 | 42 | 420 |',
      '| memory of its processes, GB | 0.68 | 6.8 | 68 |',
      '| instances of one core and 1 GB, half full | 9 | 84 | 840 |',
      '| requests to Open Wearables a second | 2,400 | 24,000 | 240,000 |',
      '| commands of Redis a second | 130,000 | 1,300,000 | 13,000,000 |',
      '| cores of Redis | 0.82 | 8.2 | 82 |',
      '| egress, Mbit/s | 1.1 | 11 | 108 |',
    ])
      assert.ok(lines.includes(line), `${line} is not in:\n${lines.join('\n')}`);
  });

  it('says what is assumed', () => {
    assert.match(scaleTable(measured()), /Assumed, not measured: one in 20 of those/);
  });

  for (const missing of [...needed('rest'), ...needed('import'), furtherTab])
    it(`says what to measure without “${missing}”`, () => {
      const results = measured(Object.keys(figures).filter((name) => name !== missing));
      assert.deepEqual(missingFrom(results), [missing]);
      assert.equal(scaleTable(results), `Not measured yet: \`npm run bench -- handler\`. What lacks is “${missing}”.\n`);
    });

  it('says what to measure where nothing was', () => {
    assert.match(scaleTable({}), /^Not measured yet: `npm run bench -- handler`\./);
  });
});
