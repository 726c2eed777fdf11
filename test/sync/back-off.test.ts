import { expect } from '@open-wc/testing';
import { backOffMs, pause, retryAfterMs } from '../../src/sync/back-off.js';
import { realClock } from '../../src/sync/clock.js';
import { countListeners } from './count-listeners.js';
import { createFakeClock, settled } from './fake-clock.js';

describe('sync/back-off', () => {
  it('doubles its reach up to half a minute', () => {
    const reach = [0, 1, 2, 3, 4, 5, 6, 5000].map((failures) => backOffMs(failures, () => 1));
    expect(reach).to.deep.equal([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('is jittered in full [T21]', () => {
    expect(backOffMs(3, () => 0)).to.equal(0);
    expect(backOffMs(3, () => 0.25)).to.equal(2000);
    for (let round = 0; round < 100; round++) expect(backOffMs(0)).to.be.within(0, 1000);
  });

  describe('Retry-After [F21]', () => {
    const now = Date.UTC(1994, 10, 6, 8, 49, 7);
    const table: readonly (readonly [header: string | null, ms: number | null])[] = [
      [null, null],
      ['', null],
      ['soon', null],
      ['-5', null],
      ['1.5', null],
      ['1994', 300_000],
      ['0', 0],
      ['7', 7000],
      [' 120 ', 120_000],
      ['86400', 300_000],
      ['9'.repeat(400), 300_000],
      ['Sun, 06 Nov 1994 08:49:37 GMT', 30_000],
      ['Sunday, 06-Nov-94 08:49:37 GMT', 30_000],
      ['Sun Nov  6 08:49:37 1994', 30_000],
      ['Sun, 06 Nov 1994 08:49:00 GMT', 0],
      ['Mon, 07 Nov 1994 08:49:37 GMT', 300_000],
    ];
    for (const [header, ms] of table)
      it(JSON.stringify(header)?.slice(0, 40), () => expect(retryAfterMs(header, now)).to.equal(ms));
  });

  describe('the pause', () => {
    const both = [
      ['the fake clock', createFakeClock()],
      ['the real clock', realClock],
    ] as const;
    for (const [name, clock] of both)
      it(`ends with the signal's reason: ${name}`, async () => {
        const controller = new AbortController();
        const waiting = pause(60_000, controller.signal, clock).catch((error: unknown) => error);
        controller.abort('paused');
        expect(await waiting).to.equal('paused');
        expect(await pause(0, controller.signal, clock).catch((error: unknown) => error)).to.equal('paused');
        expect(await clock.wait(5, controller.signal).catch((error: unknown) => error)).to.equal('paused');
      });

    it('is over at once when there is nothing to wait for', async () => {
      const clock = createFakeClock();
      for (const ms of [0, -5, -Infinity]) await pause(ms, new AbortController().signal, clock);
      expect(clock.waits).to.deep.equal([]);
    });

    it('leaves no timer and no listener: neither the one that rang nor the one that was aborted', async () => {
      const { setTimeout: set, clearTimeout: clear } = globalThis;
      const timers = new Set<unknown>();
      globalThis.setTimeout = ((ring: () => void, ms: number) => {
        const timer = set(() => {
          timers.delete(timer);
          ring();
        }, ms);
        timers.add(timer);
        return timer;
      }) as typeof setTimeout;
      globalThis.clearTimeout = ((timer: number) => {
        timers.delete(timer);
        clear(timer);
      }) as typeof clearTimeout;
      try {
        const controller = new AbortController();
        const waiting = realClock.wait(60_000, controller.signal).catch(() => 'aborted');
        expect(timers.size).to.equal(1);
        controller.abort();
        expect(await waiting).to.equal('aborted');
        const { signal } = new AbortController();
        const listeners = countListeners(signal);
        await realClock.wait(0, signal);
        expect(listeners.count).to.equal(0);
        expect(timers.size).to.equal(0);
      } finally {
        Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
      }
    });

    it('takes the time it was told', async () => {
      const clock = createFakeClock();
      let over = false;
      void pause(500, new AbortController().signal, clock).then(() => (over = true));
      await clock.advance(499);
      expect(over).to.equal(false);
      await clock.advance(1);
      expect(over).to.equal(true);
      await settled();
      expect(clock.pending).to.equal(0);
    });
  });
});
