import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import { followStream } from '../../src/sync/follow.js';
import { createLineSplitter, readPieces } from '../../src/sync/lines.js';
import { createWake } from '../../src/sync/wakeful.js';
import { createFakeClock, settled } from './fake-clock.js';
import { createFakePage } from './fake-page.js';
import { createFakeStream } from './fake-stream.js';
import { answer, follow, lines, lives } from './follow-rig.js';

const chunk = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const { signal } = new AbortController();

/** A body that is made only as fast as it is read, and knows how much of it was. */
function pulled(make: (turn: number) => Uint8Array<ArrayBuffer> | null) {
  const seen = { bytes: 0, chunks: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const next = make(seen.chunks++);
      if (!next) return controller.close();
      seen.bytes += next.length;
      controller.enqueue(next);
    },
    cancel: () => void (seen.cancelled = true),
  });
  return { body, seen };
}

describe('sync, in the long run', () => {
  it('a line of a hundred megabytes is given up at 64 KiB, and its body cancelled [T22]', async () => {
    const part = chunk('x'.repeat(16_384));
    const { body, seen } = pulled((turn) => (turn < 6400 ? part : null));
    let error: unknown = null;
    try {
      for await (const none of readPieces(body, signal, createLineSplitter())) expect(none).to.deep.equal([]);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).to.be.instanceOf(ConnectError).with.property('code', 'platform_error');
    expect([seen.cancelled, seen.bytes <= 7 * 16_384], `${seen.bytes} bytes were read`).to.deep.equal([true, true]);
  });

  it('a million events are read as fast as they are taken, and none of them is kept [T22]', async () => {
    const thousand = chunk('{"backfill_loaded_until":null}\n'.repeat(1000));
    const { body, seen } = pulled((turn) => (turn < 1000 ? thousand : null));
    const clock = createFakeClock();
    const life = new AbortController();
    const heap = (): number => (performance as unknown as { readonly memory: { readonly usedJSHeapSize: number } }).memory.usedJSHeapSize;
    let events = 0;
    let ahead = 0;
    const before = heap();
    for await (const event of followStream({ cutter: createLineSplitter, open: () => Promise.resolve(new Response(body)), signal: life.signal, clock, wake: createWake({ clock, page: createFakePage() }) })) {
      if (event.type !== 'piece') break;
      if (++events % 1000 === 1) ahead = Math.max(ahead, seen.chunks - events / 1000);
    }
    life.abort();
    expect(events).to.equal(1_000_000);
    expect(ahead, 'chunks that were made but not yet read').to.be.below(4);
    // Thirty megabytes went through; kept, each line costs more than its text.
    expect((heap() - before) / 1e6, 'megabytes').to.be.below(20);
  }).timeout(20_000);

  it('a hundred thousand lines that are there at once: the page has its turn every five hundred', async () => {
    const { body } = pulled((turn) => (turn < 100 ? chunk('{"backfill_loaded_until":null}\n'.repeat(1000)) : null));
    const life = new AbortController();
    const { port1, port2 } = new MessageChannel();
    let [count, inTask, most] = [0, 0, 0];
    port1.onmessage = () => (inTask = 0);
    for await (const event of followStream({ cutter: createLineSplitter, open: () => Promise.resolve(new Response(body)), signal: life.signal, wake: createWake({ page: createFakePage() }) })) {
      if (event.type !== 'piece') break;
      count += 1;
      if (!inTask) port2.postMessage(null);
      most = Math.max(most, (inTask += 1));
    }
    life.abort();
    port1.close();
    expect(count).to.equal(100_000);
    expect(most, 'lines in one task').to.be.within(1, 500);
  }).timeout(20_000);

  it('a server that ends its stream every minute for an hour is never gone, and leaves nothing behind [F21]', async () => {
    const streams = Array.from({ length: 61 }, createFakeStream);
    const run = follow(streams);
    for (const [minute, stream] of streams.slice(0, 60).entries()) {
      await settled();
      stream.send(`minute ${minute}\n`);
      await run.clock.advance(60_000);
      stream.close();
      await settled();
    }
    expect(run.connects).to.deep.equal(Array.from({ length: 61 }, (_, minute) => minute * 60_000));
    expect([lines(run.events).length, lives(run.events)]).to.deep.equal([60, []]);
    expect([run.listeners, run.clock.pending], 'listeners and timers').to.satisfy(([listeners, timers]: number[]) => (listeners ?? 9) < 5 && (timers ?? 9) < 3);
    await run.over();
  });

  describe('when the system clock jumps [F22]', () => {
    /** A clock that somebody sets while its timers go on. */
    function jumpy() {
      const clock = createFakeClock();
      let by = 0;
      return { clock: { now: () => clock.now() + by, wait: clock.wait }, real: clock, jump: (ms: number) => (by += ms) };
    }
    const hour = 3_600_000;

    for (const [what, ms] of [['back', -hour], ['ahead', hour]] as const) {
      it(`${what}, the next connect does not wait for the old time to return`, async () => {
        const { clock, real, jump } = jumpy();
        const stream = createFakeStream();
        const run = follow([stream, 'silence'], { clock, wake: createWake({ clock, page: createFakePage() }) });
        await settled();
        stream.send('x\n');
        await settled();
        jump(ms);
        stream.close();
        await real.advance(1500);
        expect(run.connects.length).to.equal(2);
        run.controller.abort();
        expect(await run.done).to.equal('ended');
        expect(real.pending).to.equal(0);
      });

      it(`${what}, a dead connection is still found out`, async () => {
        const { clock, real, jump } = jumpy();
        const stream = createFakeStream();
        const run = follow([stream, 'silence'], { clock, random: () => 0, wake: createWake({ clock, page: createFakePage() }) });
        await settled();
        stream.send('x\n');
        await settled();
        jump(ms);
        await real.advance(152_000);
        expect([stream.cancelled, run.connects.length > 1]).to.deep.equal([true, true]);
        run.controller.abort();
        expect(await run.done).to.equal('ended');
        expect(real.pending).to.equal(0);
      });
    }
  });

  it('offline for two minutes, it knocks at no door, and is back within a second of the network [F22]', async () => {
    const run = follow([createFakeStream(), createFakeStream()]);
    await settled();
    run.page.goOffline();
    await run.clock.advance(120_000);
    expect(run.connects).to.deep.equal([0]);
    run.page.goOnline();
    await run.clock.advance(1000);
    expect(run.connects).to.deep.equal([0, 120_500]);
    await run.over();
  });

  it('hidden for ten minutes, and then away in the bfcache: it sleeps, and comes back with the page [F22]', async () => {
    const streams = [createFakeStream(), createFakeStream(), createFakeStream()];
    const run = follow(streams);
    await settled();
    run.page.hide();
    await run.clock.advance(600_000);
    expect([run.connects.length, streams[0]?.cancelled]).to.deep.equal([1, true]);
    run.page.show();
    await settled();
    run.page.putAway();
    await run.clock.advance(600_000);
    expect([run.connects.length, streams[1]?.cancelled]).to.deep.equal([2, true]);
    run.page.bringBack();
    await run.clock.advance(1000);
    expect(run.connects).to.deep.equal([0, 600_000, 1_200_000]);
    await run.over();
  });

  it('one whose answers are never more than headers is asked less and less [F21]', async () => {
    const run = follow(Array.from({ length: 200 }, () => answer(200)));
    await run.clock.advance(3_600_000);
    // Half of thirty seconds, for an hour.
    expect(run.connects.length).to.be.within(200, 260);
    await run.over();
  });
});
