import { expect } from '@open-wc/testing';
import { followStream } from '../../src/sync/follow.js';
import { createLineSplitter } from '../../src/sync/lines.js';
import { createWake } from '../../src/sync/wakeful.js';
import { createFakeClock } from './fake-clock.js';
import { createFakePage } from './fake-page.js';
import { createFakeStream, createRandom } from './fake-stream.js';
import type { FakeStream } from './fake-stream.js';

const visitors = 200;

/** Two hundred visitors of one server: every connect is noted, and each lasts until the server says otherwise. */
function crowd(answer: (seconds: number) => Response | null) {
  const clock = createFakeClock();
  const began = clock.now();
  const life = new AbortController();
  const connects: number[] = [];
  const open: FakeStream[] = [];
  for (let visitor = 0; visitor < visitors; visitor++) {
    const random = createRandom(visitor + 1);
    const events = followStream({
      cutter: createLineSplitter,
      open: () => {
        const seconds = (clock.now() - began) / 1000;
        connects.push(seconds);
        const refused = answer(seconds);
        if (refused) return Promise.resolve(refused);
        const stream = createFakeStream();
        stream.send('null\n');
        open.push(stream);
        return Promise.resolve(new Response(stream.body));
      },
      ...{ signal: life.signal, clock, random, wake: createWake({ clock, page: createFakePage(), random }) },
    });
    void (async () => {
      for await (const event of events) expect(event).to.have.property('type');
    })();
  }
  /** How many came in the busiest second from here to there. */
  const busiest = (from: number, to: number): number => {
    const perSecond = new Map<number, number>();
    for (const at of connects) if (at >= from && at < to) perSecond.set(Math.floor(at), (perSecond.get(Math.floor(at)) ?? 0) + 1);
    return Math.max(0, ...perSecond.values());
  };
  return {
    ...{ clock, connects, busiest },
    between: (from: number, to: number): number => connects.filter((at) => at >= from && at < to).length,
    /** The server falls over: everybody loses the connection in the same moment. */
    drop: () => open.splice(0).forEach((stream) => stream.fail()),
    over: () => life.abort(),
  };
}

describe('sync, two hundred visitors of one server', () => {
  it('that falls over and returns five minutes later: they come back in drops, not as a wave [T21]', async () => {
    const down = [60, 360] as const;
    const run = crowd((seconds) => (seconds >= down[0] && seconds < down[1] ? new Response(null, { status: 502 }) : null));
    await run.clock.advance(59_999);
    expect(run.connects.length, 'connected once each').to.equal(visitors);
    await run.clock.advance(1);
    run.drop();
    await run.clock.advance(60_000);
    // At its worst the first tries come within a second or two; then the reach doubles, and the crowd thins out.
    expect(run.busiest(62, 70)).to.be.below(visitors / 2);
    expect(run.busiest(90, 120)).to.be.below(visitors / 6);
    await run.clock.advance(240_000);
    expect(run.between(120, 360) / 240, 'each of them every fifteen seconds, on average').to.be.within(visitors / 20, visitors / 12);
    await run.clock.advance(60_000);
    expect(run.between(360, 420), 'all are back').to.equal(visitors);
    expect(run.busiest(360, 420), 'and never a tenth of them in one second').to.be.below(visitors / 10);
    run.over();
  });

  it('that asks them all to wait as long: they do, and do not come back in the same instant [T21]', async () => {
    const run = crowd((seconds) => (seconds < 30 ? new Response(null, { status: 503, headers: { 'retry-after': '30' } }) : null));
    await run.clock.advance(29_999);
    expect(run.connects.length, 'nobody came sooner').to.equal(visitors);
    await run.clock.advance(60_000);
    const back = run.connects.slice(visitors);
    expect(back.length).to.equal(visitors);
    const moments = new Map<number, number>();
    for (const at of back) moments.set(Math.floor(at * 10), (moments.get(Math.floor(at * 10)) ?? 0) + 1);
    expect(Math.max(...moments.values()), 'in any tenth of a second').to.be.below(visitors / 4);
    run.over();
  });

  it('that restarts: the network of a whole office returns, and they do so over a second [F22, T21]', async () => {
    const clock = createFakeClock();
    const connects: number[] = [];
    const life = new AbortController();
    const pages = Array.from({ length: visitors }, (_, visitor) => {
      const [page, random] = [createFakePage(), createRandom(visitor + 1)];
      page.goOffline();
      const events = followStream({ cutter: createLineSplitter, open: () => (connects.push(clock.now()), Promise.resolve(new Response(createFakeStream().body))), signal: life.signal, clock, random, wake: createWake({ clock, page, random }) });
      void events.next().catch(() => {});
      return page;
    });
    await clock.advance(120_000);
    expect(connects.length).to.equal(0);
    const online = clock.now();
    pages.forEach((page) => page.goOnline());
    await clock.advance(1000);
    expect(connects.length).to.equal(visitors);
    for (let tenth = 0; tenth < 10; tenth++) expect(connects.filter((at) => Math.floor((at - online) / 100) === tenth).length, `tenth ${tenth}`).to.be.within(5, visitors / 4);
    life.abort();
  });
});
