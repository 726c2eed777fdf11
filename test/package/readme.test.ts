/** What the README says of the source is read from the source. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { findingCodes, found } from '../../src/oauth/doctor/findings.js';
import { scenarioNames } from '../../src/platforms/demo/scenarios.js';

const readme = readFileSync('README.md', 'utf8');

describe('the README', () => {
  it('has every finding of the doctor, with its fix', () => {
    const [, section = ''] = readme.split('\n## When it does not work\n');
    const rows = section.split('\n## ')[0]?.split('\n').filter((line) => line.startsWith('| `')) ?? [];
    assert.deepEqual(rows, findingCodes.map((code) => `| \`${code}\` | ${found(code, '').severity} | ${found(code, '').fix} |`));
  });

  it('has every scenario of the demo, in order', () => {
    const [, section = ''] = readme.split('\n## The demo\n');
    assert.deepEqual([...(section.split('\n## ')[0] ?? '').matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name), scenarioNames);
  });
});
