import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { createMessageReader } from '../../src/sync/events.js';
import type { Message } from '../../src/sync/events.js';

const named = (messages: readonly Message[]): readonly Message[] => messages.filter(({ event }) => event);

/** What these chunks come to, all of them from one connection. */
function read(chunks: readonly string[], lastId: string | null = null): { readonly messages: readonly Message[]; readonly lastId: string | null } {
  const reader = createMessageReader(lastId);
  const { push, end } = reader.anew();
  return { messages: named([...chunks.flatMap((chunk) => push(chunk)), ...end()]), lastId: reader.lastId };
}

/** The specification (HTML 9.2.6) as it is written, line after line, of a text that is all there. */
function bySpecification(text: string): readonly Message[] {
  const messages: Message[] = [];
  let [id, event, data]: [string | null, string, string | null] = [null, '', null];
  const lines = text.split(/\r\n|\r|\n/);
  for (const line of lines.slice(0, -1)) {
    if (line === '') {
      if (event) messages.push({ id, event, data: data ?? '' });
      [event, data] = ['', null];
      continue;
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?([^]*))?$/.exec(line) ?? [];
    if (field === 'data') data = data === null ? value : `${data}\n${value}`;
    if (field === 'id') id = value;
    if (field === 'event') event = value;
  }
  return messages;
}

describe('sync/events', () => {
  const table: Readonly<Record<string, readonly [lines: string, messages: readonly Message[]]>> = {
    'a message': ['id: 1|event: progress|data: {}||', [{ id: '1', event: 'progress', data: '{}' }]],
    'no space after the colon, and two': ['event:a|data:  b||', [{ id: null, event: 'a', data: ' b' }]],
    'data of several lines': ['event: a|data: 1|data|data: 2||', [{ id: null, event: 'a', data: '1\n\n2' }]],
    'a colon in what is said': ['event: a|data: b: c||', [{ id: null, event: 'a', data: 'b: c' }]],
    'an id that stays': ['id: 1|event: a|||event: b||', [{ id: '1', event: 'a', data: '' }, { id: '1', event: 'b', data: '' }]],
    'an id that is taken back': ['id: 1|event: a||id|event: b||', [{ id: '1', event: 'a', data: '' }, { id: '', event: 'b', data: '' }]],
    'comments, fields of nobody, and no name': [': beat|retry: 5|data: x|||', []],
    'fields that begin like ours': ['ids: 1|idea|events: a|eventual|dat: b|date: c|database|i|e|d|event: a||', [{ id: null, event: 'a', data: '' }]],
    'fields that are ours but for a space or a capital': ['event : x| data: y|Data: z|event: a||', [{ id: null, event: 'a', data: '' }]],
    'a name that is taken back': ['event: a|event|data: x||', []],
    'a message after one without a name': ['data: x||event: a||', [{ id: null, event: 'a', data: '' }]],
    'what is not ended': ['event: a|data: b', []],
    'what is not ended by an empty line': ['event: a|data: b|', []],
  };
  for (const [what, [lines, messages]] of Object.entries(table))
    for (const [by, lineBreak] of [['LF', '\n'], ['CR', '\r'], ['CRLF', '\r\n']] as const)
      it(`reads ${what}, by ${by}, wherever it is cut`, () => {
        const text = lines.replaceAll('|', lineBreak);
        expect(bySpecification(text), 'as it is written').to.deep.equal(messages);
        expect(read([text]).messages, 'whole').to.deep.equal(messages);
        expect(read([...text]).messages, 'letter by letter').to.deep.equal(messages);
        for (let at = 1; at < text.length; at++) expect(read([text.slice(0, at), text.slice(at)]).messages, `cut at ${at}`).to.deep.equal(messages);
      });

  it('reads whatever comes as the specification says, in whatever pieces', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('id', 'event', 'data', 'd', 'e', ':', ': ', ' ', 'x', '7', '\n', '\n\n', '\r', '\r\n', 'retry', '😀', '\u0000'), { maxLength: 60 }),
        fc.array(fc.nat(100), { maxLength: 8 }),
        (pieces, cuts) => {
          // What begins with an LF after a CR is one break, also in the reading of the whole.
          const text = pieces.join('');
          const places = [...new Set(cuts)].sort((one, other) => one - other);
          const chunks = [0, ...places].map((from, index) => text.slice(from, places[index] ?? text.length));
          expect(read(chunks).messages).to.deep.equal(bySpecification(text));
        },
      ),
      { numRuns: 500 },
    ));

  it('tells of a chunk that ends no message that somebody is there, and of an empty one nothing', () => {
    const { push, end } = createMessageReader().anew();
    expect([push(': beat\n\n'), push('event: a'), push('\n\n'), push(''), end()].map((found) => found.map(({ event }) => event))).to.deep.equal([[''], [''], ['a'], [], []]);
  });

  it('takes a chunk of nothing for nothing, also between a CR and its LF', () => {
    expect(read(['event: a\r', '', '\ndata: b\r', '', '\n\r', '', '\n']).messages).to.deep.equal([{ id: null, event: 'a', data: 'b' }]);
  });

  it('goes on after the last whole message, where a connection was lost in the middle of one', () => {
    const reader = createMessageReader('1');
    reader.anew().push('id: 2\nevent: a\ndata: half');
    expect(reader.lastId).to.equal('1');
    const { push } = reader.anew();
    expect([named(push('data: b\n\n')), reader.lastId]).to.deep.equal([[], '1']);
    push('id: 2\n\n');
    expect(reader.lastId, 'a message need have no name').to.equal('2');
    reader.anew().push('event: a\r');
    expect(named(reader.anew().push('\nevent: b\n\n')), 'a break is not finished by another connection').to.deep.equal([{ id: '2', event: 'b', data: '' }]);
  });

  describe('a line that is too long', () => {
    const most = 10;
    const refusal = { code: 'platform_error', message: 'The stream has a line of more than 10 characters.' };
    const pushing = (...chunks: readonly string[]): unknown => {
      const { push } = createMessageReader(null, most).anew();
      try {
        return named(chunks.flatMap((chunk) => push(chunk)));
      } catch (thrown) {
        return thrown;
      }
    };
    it('is one letter more, in one chunk or in several, ended or not', () => {
      expect(pushing('event: abc\n\n')).to.deep.equal([{ id: null, event: 'abc', data: '' }]);
      expect(pushing('event: abcd\n')).to.include(refusal);
      expect(pushing('event: abcd')).to.include(refusal);
      expect(pushing(...'event: abcd')).to.include(refusal);
      expect(pushing('event: ab', 'cd\n')).to.include(refusal);
      expect(pushing('id: 1\n', ': a comment')).to.include(refusal);
    });
    it('is not what several short ones make', () => expect(pushing('id: 1\nid: 2\nid: 3\nid: 4\nevent: a\n\n')).to.deep.equal([{ id: '4', event: 'a', data: '' }]));
  });
});
