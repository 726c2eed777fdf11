/** The page about very many says what the figures say, and reckons as it says. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readResults, type Results } from './results.js';
import { counted, row } from './row.js';
import { inputsFrom, isScaleUpToDate, scaleTable } from './scale.js';

const figures: Readonly<Record<string, number>> = {
  '1,000 listeners, 50 a user: heap for each': 16,
  '1,000 users with one tab each: heap for each': 25,
  '1,000 users whose histories come in: work': 60,
  '4 instances, with Redis: commands for a user on an instance': 1,
  '4 instances, with Redis: memory there for a user': 2,
};
const measured = (names = Object.keys(figures)): Results => ({
  handler: { date: '2026-11-21', node: '20.0.0', browser: 'Chromium 150', cores: 2, seconds: 1, rows: names.map((what) => row({ section: 'handler', what, unit: '' }, counted('ours', '1', figures[what] ?? NaN))) },
});

describe('the handler at a million users', () => {
  it('is what test/bench/results.json says: npm run bench:readme writes it', () => {
    assert.ok(isScaleUpToDate(readResults()));
  });

  it('is reckoned from five figures', () => {
    assert.deepEqual(inputsFrom(measured()), { listenerKb: 16, userKb: 25, coreOfThousand: 0.6, commands: 1, hubKb: 2 });
    const lines = scaleTable(measured()).split('\n');
    assert.ok(lines.includes('| memory of the handler, GB | 0.24 | 2.4 | 24 |'), lines.join('\n'));
    assert.ok(lines.includes('| requests to Open Wearables a second | 1,100 | 11,000 | 110,000 |'), lines.join('\n'));
    assert.ok(lines.includes('| commands of Redis a second | 10,000 | 100,000 | 1,000,000 |'), lines.join('\n'));
  });

  for (const missing of Object.keys(figures))
    it(`says that nothing is known without “${missing}”`, () => {
      assert.match(scaleTable(measured(Object.keys(figures).filter((name) => name !== missing))), /^Nothing has been measured yet/);
    });
});
