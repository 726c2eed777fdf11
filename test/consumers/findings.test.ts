/** What is said of an app that is wrong: a table that is all good must mean something. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Heard } from '../journeys/heard.js';
import { wanted, wrongAnswers, wrongOrder } from './findings.js';
import { cellsOf, rowOf } from './table.js';

const names = 'change(choosing) change(authorizing) change(confirming) tokens(connected) connections connected change(syncing) progress progress connections progress complete change(connected)';

const heardAs = (told: string): Heard[] =>
  told.split(' ').map((one, at) => {
    const [, name = '', word] = /^(\w+)(?:\((\w+)\))?$/.exec(one) ?? [];
    return { name, seq: at + 1, ...(name === 'change' ? { phase: word } : {}), ...(name === 'tokens' ? { reason: word } : {}) };
  });

describe('an app is told apart from a good one', () => {
  const right = heardAs(names);
  const wrong: Record<string, readonly Heard[]> = {
    'that heard nothing': [],
    'that began to listen too late': right.slice(1),
    'that lost what it heard first': right.slice(1).map((event, at) => ({ ...event, seq: at + 1 })),
    'that hears everything twice': right.flatMap((event) => [event, event]),
    'that hears one of them twice': [...right.slice(0, 9), ...right.slice(8)],
    'that does not hear the tokens': right.filter(({ name }) => name !== 'tokens'),
    'that hears the end before the tokens': heardAs(names.replace('tokens(connected) connections connected', 'connections connected tokens(connected)')),
    'that heard restored tokens': heardAs(names.replace('tokens(connected)', 'tokens(restored)')),
    'that began anew': [...right, ...heardAs(names)],
  };
  it('where it is none: it is one', () => {
    assert.equal(wrongOrder(right), '');
    assert.equal(wrongAnswers(wanted), '');
  });
  for (const [what, heard] of Object.entries(wrong))
    it(what, () => {
      assert.match(wrongOrder(heard), /^The page heard other events, or in another order/);
    });
  for (const [question, answer] of Object.entries(wanted))
    it(`where this did not arrive: ${question}`, () => {
      assert.match(wrongAnswers({ ...wanted, [question]: typeof answer === 'boolean' ? !answer : null }), /^[^\n]* did not arrive: [^\n]*$/);
    });
});

describe('the table', () => {
  it('counts what was tried, and says what went wrong', () => {
    const row = { name: 'vue', version: 'vue 3', seconds: 1.25, findings: { types: '', build: 'It failed:\nno such file\n', connect: undefined } };
    assert.deepEqual(cellsOf(row).map(({ outcome }) => outcome), ['passed', 'failed', 'not reached', 'not reached', 'not reached', 'not reached']);
    const [line = '', ...told] = rowOf(row).split('\n');
    assert.match(line, /^ {2}vue +vue 3 +✓ +✗ +– +– +– +– +1\.3$/);
    assert.deepEqual(told, ['      build: It failed:', '      no such file']);
  });
});
