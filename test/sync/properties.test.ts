import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { ConnectError } from '../../src/core/errors.js';
import { retryAfterMs } from '../../src/sync/back-off.js';
import { createLineSplitter, readPieces } from '../../src/sync/lines.js';
import { holds } from '../core/property.js';
import { bodyOf } from './fake-stream.js';
import { follow, lives } from './follow-rig.js';
import type { Answer } from './follow-rig.js';

const longest = 65_536;
const bytes = (text: string): number[] => [...new TextEncoder().encode(text)];

/** A stream is text, breaks and rubbish; and where it is cut is nobody's choice. */
const pieces = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('\n', '\r', '\r\n', '\n\n', '\r\r\n').map(bytes) },
  { weight: 4, arbitrary: fc.constantFrom('{"a":1}', 'data: null', 'Bjørn 🚴', '日本', ' ', ': beat', '\u0000').map(bytes) },
  { weight: 1, arbitrary: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom([0xef, 0xbb, 0xbf], [0xf0, 0x9f], [0xff], [0xc3]) },
  { weight: 1, arbitrary: fc.constantFrom(longest - 1, longest, longest + 1).map((length) => Array<number>(length).fill(0x61)) },
);
const streams = fc.tuple(fc.array(pieces, { maxLength: 12 }), fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 20 }), fc.boolean());

/** The cuts go round: after the last comes the first again; a long stream is cut coarsely. */
function cutUp(whole: readonly number[], cuts: readonly number[]): Uint8Array<ArrayBuffer>[] {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const scale = whole.length > 1000 ? 5000 : 1;
  for (let at = 0, turn = 0; at < whole.length; turn++) {
    const next = at + Math.max(turn % cuts.length === 0 ? 1 : 0, (cuts[turn % cuts.length] ?? 1) * scale);
    chunks.push(Uint8Array.from(whole.slice(at, next)));
    at = next;
  }
  return chunks;
}

describe('sync, whatever the stream says', () => {
  it('is the same lines however it is cut, and one that is too long is an error, not a wait [F20, T22]', () => {
    let floods = 0;
    return holds(streams, async ([parts, cuts, whole]) => {
      const all = parts.flat();
      const expected = new TextDecoder().decode(Uint8Array.from(all)).split(/\r\n|\r|\n/);
      if (expected.at(-1) === '') expected.pop();
      const flood = expected.findIndex((line) => line.length > longest);
      const read: string[] = [];
      let error: unknown = null;
      try {
        for await (const lines of readPieces(bodyOf(whole ? [Uint8Array.from(all)] : cutUp(all, cuts)), new AbortController().signal, createLineSplitter())) read.push(...lines);
      } catch (thrown) {
        error = thrown;
      }
      if (flood < 0) return expect([read, error]).to.deep.equal([expected, null]);
      floods++;
      expect(error).to.be.instanceOf(ConnectError).with.property('code', 'platform_error');
      expect(read, 'what came before it is as it was').to.deep.equal(expected.slice(0, read.length));
      return expect(read.length).to.be.at.most(flood);
    }).then(() => expect(floods, 'there were floods').to.be.above(3));
  });

  it('reads any Retry-After as a wait of at most five minutes, or not at all [F21]', () =>
    holds(fc.tuple(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.integer().map(String), fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()), fc.date({ noInvalidDate: true }).map(String)), fc.integer({ min: 0, max: 4e12 })), ([header, now]) => {
      const ms = retryAfterMs(header, now);
      expect(ms === null || (ms >= 0 && ms <= 300_000)).to.equal(true);
    }, 1000));

  it('and whatever the server answers, it is asked once a second at most, and left alone in the end [F14, F21, T21]', () => {
    const headers = fc.record({ 'retry-after': fc.oneof(fc.constantFrom('0', '-1', '99999999999', 'soon', 'Sun, 06 Nov 1994 08:49:37 GMT'), fc.nat({ max: 400 }).map(String)), 'content-type': fc.constantFrom('text/html', 'application/x-ndjson', 'text/event-stream', '') }, { requiredKeys: [], noNullPrototype: true });
    const body = fc.constantFrom('', '\n', 'null\n', '{"error":"x"}\n', 'retry: 0\n\n', 'x'.repeat(70_000), '<!doctype html>');
    const status = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(200, 500, 502, 503, 429, 408) }, { weight: 1, arbitrary: fc.constantFrom(204, 301, 400, 401, 403, 404, 410) });
    const answers = fc.oneof(
      { weight: 6, arbitrary: fc.tuple(status, headers, body).map(([how, head, text]) => () => new Response(how === 204 ? null : text, { status: how, headers: head as Record<string, string> })) },
      { weight: 1, arbitrary: fc.constantFrom<() => Answer>(() => new TypeError('Failed to fetch'), () => new ConnectError('network', 'Gone.'), () => new Error('Odd.'), () => 'silence') },
    );
    return holds(fc.array(answers, { minLength: 1, maxLength: 20 }), async (script) => {
      const run = follow(script.map((make) => make()), { renew: () => Promise.resolve() });
      let end: unknown = 'open';
      void run.done.then((ended) => (end = ended));
      await run.clock.advance(900_000);
      for (const [turn, at] of run.connects.entries()) expect(at - (run.connects[turn - 1] ?? -1000), 'between two').to.be.at.least(1000);
      expect(end === 'open' || end === 'ended' || (end instanceof ConnectError && ['sync_failed', 'session_expired'].includes(end.code)), String(end)).to.equal(true);
      expect(lives(run.events).every((live, turn) => live === (turn % 2 === 1)), 'gone and back in turn').to.equal(true);
      await run.over(end === 'open' ? 'ended' : end);
    }, 100);
  });
});
