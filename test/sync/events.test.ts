import { expect } from '@open-wc/testing';
import { createEventReader } from '../../src/sync/events.js';
import type { Message } from '../../src/sync/events.js';

describe('sync/events', () => {
  const table: Readonly<Record<string, readonly [lines: string, messages: readonly Message[]]>> = {
    'a message': ['id: 1|event: progress|data: {}|', [{ id: '1', event: 'progress', data: '{}' }]],
    'no space after the colon, and two': ['event:a|data:  b|', [{ id: null, event: 'a', data: ' b' }]],
    'data of several lines': ['event: a|data: 1|data|data: 2|', [{ id: null, event: 'a', data: '1\n\n2' }]],
    'a colon in what is said': ['event: a|data: b: c|', [{ id: null, event: 'a', data: 'b: c' }]],
    'an id that stays': ['id: 1|event: a||event: b|', [{ id: '1', event: 'a', data: '' }, { id: '1', event: 'b', data: '' }]],
    'comments, fields of nobody, and no name': [': beat|retry: 5|data: x||', []],
    'a message after one without a name': ['data: x||event: a|', [{ id: null, event: 'a', data: '' }]],
    'what is not ended': ['event: a|data: b', []],
  };
  for (const [what, [lines, messages]] of Object.entries(table))
    it(`reads ${what}`, () => {
      const { read } = createEventReader();
      expect(lines.split('|').flatMap((line) => read(line) ?? [])).to.deep.equal(messages);
    });

  it('goes on after the last whole message, where a connection was lost in the middle of one', () => {
    const events = createEventReader('1');
    events.read('id: 2');
    events.read('event: a');
    expect(events.lastId).to.equal('1');
    events.forget();
    expect([events.read('data: b'), events.read(''), events.lastId]).to.deep.equal([null, null, '1']);
    for (const line of ['id: 2', '']) events.read(line);
    expect(events.lastId, 'a message need have no name').to.equal('2');
  });
});
