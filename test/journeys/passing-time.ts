import { realClock, type Clock } from '../../src/sync/clock.js';

export interface PassingTime extends Clock {
  /** So much time passes at once. */
  skip(ms: number): void;
}

/**
 * One clock for the host's server and the platform behind it, several times faster than the visitor's, and able to leap: ten
 * minutes without news need not be waited for.
 */
export function createPassingTime(pace: number): PassingTime {
  const began = Date.now();
  let skipped = 0;
  const leaps = new Set<() => void>();
  const now = (): number => Math.round(began + (Date.now() - began) * pace + skipped);
  return {
    now,
    skip(ms) {
      skipped += ms;
      for (const leap of leaps) leap();
    },
    async wait(ms, signal) {
      for (const end = now() + ms; now() < end; ) {
        signal.throwIfAborted();
        const nap = new AbortController();
        const wake = (): void => nap.abort();
        leaps.add(wake);
        signal.addEventListener('abort', wake);
        await realClock.wait((end - now()) / pace, nap.signal).catch(() => {});
        leaps.delete(wake);
        signal.removeEventListener('abort', wake);
      }
      signal.throwIfAborted();
    },
  };
}
