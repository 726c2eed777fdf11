/** What the pages say of the source is read from the source. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { findingCodes, found } from '../../src/oauth/doctor/findings.js';
import { scenarioNames } from '../../src/platforms/demo/scenarios.js';

/** The lines of a table that begin with a word in code. */
const rowsOf = (page: string): string[] => page.split('\n').filter((line) => line.startsWith('| `'));

describe('the pages', () => {
  it('have every finding of the doctor, with its fix', () => {
    const rows = rowsOf(readFileSync('stories/docs/doctor.md', 'utf8'));
    assert.deepEqual(rows, findingCodes.map((code) => `| \`${code}\` | ${found(code, '').severity} | ${found(code, '').fix} |`));
  });

  it('have every scenario of the demo, in order', () => {
    const rows = rowsOf(readFileSync('stories/docs/demo.md', 'utf8'));
    assert.deepEqual(rows.map((row) => /^\| `([\w-]+)` \|/.exec(row)?.[1]), scenarioNames);
  });
});
