import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import { createLineSplitter, readPieces } from '../../src/sync/lines.js';
import { countListeners } from './count-listeners.js';
import { settled } from './fake-clock.js';
import { bodyOf, createFakeStream, createRandom } from './fake-stream.js';

const live = (): AbortSignal => new AbortController().signal;
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

async function linesOf(chunks: readonly Uint8Array<ArrayBuffer>[]): Promise<string[]> {
  const all: string[] = [];
  for await (const lines of readPieces(bodyOf(chunks), live(), createLineSplitter())) for (const line of lines) all.push(line);
  return all;
}

async function thrownBy(job: () => Promise<unknown>): Promise<unknown> {
  try {
    await job();
  } catch (error) {
    return error;
  }
  throw new Error('Expected it to throw.');
}

describe('sync/lines', () => {
  describe('the splitter [F20]', () => {
    const table: readonly (readonly [what: string, chunks: readonly string[], lines: readonly string[], rest?: readonly string[]])[] = [
      ['nothing', [], []],
      ['an empty chunk', [''], []],
      ['LF', ['a\nb\n'], ['a', 'b']],
      ['CRLF', ['a\r\nb\r\n'], ['a', 'b']],
      ['CR', ['a\rb\r'], ['a', 'b']],
      ['all three', ['a\nb\r\nc\rd\n'], ['a', 'b', 'c', 'd']],
      ['no break at the end', ['a\nb'], ['a'], ['b']],
      ['a line in three chunks', ['a', 'b', 'c\n'], ['abc']],
      ['CRLF cut in two', ['a\r', '\nb\n'], ['a', 'b']],
      ['CRLF cut in two, an empty chunk between', ['a\r', '', '\nb\n'], ['a', 'b']],
      ['CR, then a line of its own', ['a\r', 'b\n'], ['a', 'b']],
      ['blank lines, which may mean something', ['\n\na\n\r\n  \nb\n'], ['', '', 'a', '', '  ', 'b']],
      ['a break alone', ['a', '\n', '\n', 'b'], ['a', ''], ['b']],
    ];
    for (const [what, chunks, lines, rest = []] of table)
      it(what, () => {
        const { push, end } = createLineSplitter();
        expect(chunks.flatMap(push)).to.deep.equal(lines);
        expect(end()).to.deep.equal(rest);
        expect(end(), 'once').to.deep.equal([]);
      });

    it('ends a line at its CR, without waiting for the next chunk', () => {
      expect(createLineSplitter().push('a\r')).to.deep.equal(['a']);
    });

    it('counts a cut CRLF once', () => {
      const { push } = createLineSplitter();
      expect(['a\r', '', '\n\r', '\nb\n\n'].flatMap(push)).to.deep.equal(['a', '', 'b', '']);
    });

    it('refuses a line that is too long, finished or not', () => {
      for (const text of ['12345\n', '12345', 'ok\n12345', '12345\nok\n']) {
        const { push } = createLineSplitter(4);
        expect(() => push(text), text).to.throw(ConnectError).with.property('code', 'platform_error');
      }
      const { push } = createLineSplitter(4);
      expect(push('1234\n1234\n12')).to.deep.equal(['1234', '1234']);
      expect(() => push('345')).to.throw(ConnectError);
    });
  });

  describe('the reader [F20]', () => {
    const text = '{"name":"Bjørn 🚴"}\r\n\r\n{"läst":"日本語"}\n{"a":1}\r{"b":2}';
    const expected = ['{"name":"Bjørn 🚴"}', '', '{"läst":"日本語"}', '{"a":1}', '{"b":2}'];

    it('reads one chunk', async () => expect(await linesOf([bytes(text)])).to.deep.equal(expected));

    it('reads one byte at a time', async () => {
      expect(await linesOf([...bytes(text)].map((byte) => Uint8Array.of(byte)))).to.deep.equal(expected);
    });

    it('reads however it is cut', async () => {
      const random = createRandom(20_261_114);
      const whole = bytes(text.repeat(3));
      const [repeated] = [await linesOf([whole])];
      for (let round = 0; round < 200; round++) {
        const chunks: Uint8Array<ArrayBuffer>[] = [];
        for (let at = 0; at < whole.length; ) {
          const next = at + Math.floor(random() * 9);
          chunks.push(whole.slice(at, next));
          at = next;
        }
        expect(await linesOf(chunks), `round ${round}`).to.deep.equal(repeated);
      }
    });

    it('drops a byte order mark, even a cut one', async () => {
      expect(await linesOf([bytes('\u{FEFF}a\n')])).to.deep.equal(['a']);
      expect(await linesOf([Uint8Array.of(0xef), Uint8Array.of(0xbb, 0xbf, 0x61)])).to.deep.equal(['a']);
    });

    it('replaces bytes that are not UTF-8, also at the very end', async () => {
      expect(await linesOf([Uint8Array.of(0x61, 0xff, 0x0a, 0x62, 0xe6)])).to.deep.equal(['a\u{FFFD}', 'b\u{FFFD}']);
    });

    // Linear work takes the smallest part of its time; quadratic work does not end within it.
    it('reads a hundred thousand lines, and one line of sixty thousand single bytes, with work that grows no faster than they [T22]', async () => {
      expect(await linesOf([bytes('{"backfill_loaded_until":null}\n'.repeat(100_000))])).to.have.length(100_000);
      expect(await linesOf(Array.from({ length: 60_000 }, () => Uint8Array.of(0x61)))).to.deep.equal(['a'.repeat(60_000)]);
    });

    it('tells of bytes that make no line yet', async () => {
      const told: string[][] = [];
      for await (const lines of readPieces(bodyOf([bytes('a'), bytes('b'), bytes('\nc')]), live(), createLineSplitter())) told.push(lines);
      expect(told).to.deep.equal([[], [], ['ab'], ['c']]);
    });

    it('cancels the body when the loop is left', async () => {
      const stream = createFakeStream();
      stream.send('a\nb\n');
      for await (const lines of readPieces(stream.body, live(), createLineSplitter())) {
        expect(lines).to.deep.equal(['a', 'b']);
        break;
      }
      expect(stream.cancelled).to.equal(true);
    });

    it('leaves no listener on the signal', async () => {
      const signal = live();
      const listeners = countListeners(signal);
      const lines = readPieces(bodyOf([bytes('a\n')]), signal, createLineSplitter());
      await lines.next();
      expect(listeners.count).to.equal(1);
      while (!(await lines.next()).done);
      expect(listeners.count).to.equal(0);
    });

    it('cancels the body and throws the reason when aborted while it waits', async () => {
      const stream = createFakeStream();
      const controller = new AbortController();
      const reason = new Error('enough');
      const reading = thrownBy(() => readPieces(stream.body, controller.signal, createLineSplitter()).next());
      await settled();
      controller.abort(reason);
      expect(await reading).to.equal(reason);
      expect(stream.cancelled).to.equal(true);
    });

    it('gives no line after an abort, not even one it already has', async () => {
      const stream = createFakeStream();
      const controller = new AbortController();
      stream.send('a\n', 'b\n');
      const lines = readPieces(stream.body, controller.signal, createLineSplitter());
      expect((await lines.next()).value).to.deep.equal(['a']);
      controller.abort(new Error('enough'));
      expect(await thrownBy(() => lines.next())).to.have.property('message', 'enough');
    });

    it('cancels a body it was too late for', async () => {
      const stream = createFakeStream();
      const error = await thrownBy(() => readPieces(stream.body, AbortSignal.abort(new Error('late')), createLineSplitter()).next());
      expect(error).to.have.property('message', 'late');
      expect(stream.cancelled).to.equal(true);
    });

    it('cancels a body whose line is too long, and passes on what broke the stream [T22]', async () => {
      const flood = createFakeStream();
      flood.send('x'.repeat(65_537));
      expect(await thrownBy(() => readPieces(flood.body, live(), createLineSplitter()).next())).to.have.property('code', 'platform_error');
      expect(flood.cancelled).to.equal(true);
      const broken = createFakeStream();
      const error = new TypeError('network error');
      broken.fail(error);
      expect(await thrownBy(() => readPieces(broken.body, live(), createLineSplitter()).next())).to.equal(error);
    });
  });
});
