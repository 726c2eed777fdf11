import { expect } from '@open-wc/testing';
import { settled } from './fake-clock.js';
import { createFakeStream } from './fake-stream.js';
import { follow, lines, lives } from './follow-rig.js';

const minute = 60_000;
const hour = 60 * minute;

type Manner = 'well' | 'busy' | 'unreachable' | 'silent';

/** A platform for a day: each stream says something every twenty seconds and is ended after a minute, as theirs are. */
function openAll() {
  const connects: { readonly at: number; readonly manner: Manner | 'renewing' }[] = [];
  const open = new Set<AbortSignal>();
  let manner: Manner = 'well';
  let expired = false;
  let mostOpen = 0;
  let renewals = 0;
  const run: ReturnType<typeof follow> = follow([], {
    renew: async () => {
      renewals += 1;
      expired = false;
    },
    async open(signal) {
      connects.push({ at: now(), manner: expired ? 'renewing' : manner });
      open.add(signal);
      signal.addEventListener('abort', () => open.delete(signal));
      mostOpen = Math.max(mostOpen, open.size);
      if (expired) return new Response(null, { status: 401 });
      if (manner === 'busy') return new Response(null, { status: 503, headers: { 'retry-after': '30' } });
      if (manner === 'unreachable') throw new TypeError('Failed to fetch');
      const stream = createFakeStream();
      signal.addEventListener('abort', () => !stream.cancelled && stream.fail());
      if (manner === 'well') void speak(stream, signal).catch(() => {});
      return new Response(stream.body);
    },
  });
  const began = run.clock.now();
  const now = (): number => run.clock.now() - began;

  async function speak(stream: ReturnType<typeof createFakeStream>, signal: AbortSignal): Promise<void> {
    for (let at = 0; at < minute; at += 20_000) {
      stream.send('{"backfill_loaded_until":null}\n');
      await run.clock.wait(20_000, signal);
    }
    stream.close();
  }

  return {
    run, connects,
    be: (next: Manner) => void (manner = next),
    expire: () => void (expired = true),
    get mostOpen() {
      return mostOpen;
    },
    get renewals() {
      return renewals;
    },
    /** How often it was asked within the last `ms`. */
    asked: (ms: number) => connects.filter(({ at }) => at > now() - ms).length,
  };
}

describe('sync, an eight-hour day', () => {
  it('of a server that ends every stream, is busy, away and silent, of a page that is hidden and offline: as few requests as it takes, and nothing grows [F21]', async () => {
    const day = openAll();
    const { clock, page } = day.run;
    const standing: unknown[] = [];
    /** What there is in the middle of a stream; the same all day. */
    const stand = async (): Promise<void> => {
      await clock.advance(30_000);
      await settled();
      standing.push([day.run.listeners, clock.pending, page.listeners]);
    };
    const well = async (ms: number): Promise<void> => {
      day.be('well');
      // Whoever was away longest is back within half a minute and a back-off.
      await clock.advance(2 * minute);
      await clock.advance(ms - 2.5 * minute);
      await stand();
    };

    await well(hour);
    expect(day.asked(hour), 'one a minute').to.be.within(59, 61);
    expect(lives(day.run.events), 'a close that belongs to the day is no news').to.deep.equal([]);

    day.be('busy');
    await clock.advance(10 * minute);
    expect(day.asked(9 * minute), 'as told, and its own back-off besides').to.be.within(9, 18);
    await well(50 * minute);

    day.be('unreachable');
    await clock.advance(20 * minute);
    expect(day.asked(18 * minute), 'half of thirty seconds apart').to.be.within(60, 80);
    await well(40 * minute);

    page.hide();
    await clock.advance(45 * minute);
    expect(day.asked(43 * minute), 'nobody looks').to.equal(0);
    page.show();
    await well(15 * minute);

    page.goOffline();
    await clock.advance(20 * minute);
    expect(day.asked(19 * minute), 'there is nobody to ask').to.equal(0);
    page.goOnline();
    await well(40 * minute);

    day.be('silent');
    await clock.advance(30 * minute);
    expect(day.asked(28 * minute), 'given up after 75 seconds each').to.be.within(17, 23);
    await well(30 * minute);

    for (let quarter = 0; quarter < 8; quarter += 1) {
      day.expire();
      await well(15 * minute);
    }
    expect(day.renewals, 'one for each time it ran out').to.equal(8);

    const gaps = day.connects.slice(1).map(({ at }, index) => at - (day.connects[index]?.at ?? 0));
    expect(Math.min(...gaps), 'milliseconds between two requests').to.be.at.least(1000);
    expect(day.connects.length, 'requests in eight hours').to.be.within(420, 640);
    expect(day.mostOpen, 'streams at once').to.equal(1);
    expect(lines(day.run.events).length).to.be.above(1000);
    expect(new Set(standing.map((one) => JSON.stringify(one))).size, `listeners and timers ${JSON.stringify(standing)}`).to.equal(1);
    await day.run.over();
  }).timeout(20_000);
});
