import { turn } from '../../src/sync/clock.js';
import type { Clock } from '../../src/sync/clock.js';

/** A turn of the event loop without a timer: every promise that can settle has settled. */
export const settled = turn;

export interface FakeClock extends Clock {
  /** Moves on, stopping at every timer on the way. */
  advance(ms: number): Promise<void>;
  /** How many timers wait. */
  readonly pending: number;
  /** Every wait that was asked for, in order. */
  readonly waits: readonly number[];
}

export function createFakeClock(start = Date.UTC(2026, 10, 14)): FakeClock {
  let now = start;
  const timers = new Set<{ at: number; ring: () => void }>();
  const waits: number[] = [];

  return {
    now: () => now,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        waits.push(ms);
        const over = new AbortController();
        const timer = {
          at: now + ms,
          ring: () => {
            over.abort();
            timers.delete(timer);
            resolve();
          },
        };
        timers.add(timer);
        const abort = (): void => {
          timers.delete(timer);
          reject(signal.reason as Error);
        };
        signal.addEventListener('abort', abort, { once: true, signal: over.signal });
      }),
    advance: async (ms) => {
      const until = now + ms;
      await settled();
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (!next) break;
        now = Math.max(now, next.at);
        next.ring();
        await settled();
      }
      now = until;
      await settled();
    },
    get pending() {
      return timers.size;
    },
    waits,
  };
}
