import type { Clock } from '../../sync/clock.js';

/** A clock that stands still until it is told to go on: for stories that hold a phase, and for tests. */
export interface ManualClock extends Clock {
  /** Goes on, stopping at every wait on the way; resolves when all that followed from them has happened. */
  advance(ms: number): Promise<void>;
  /** How many waits there are. */
  readonly pending: number;
}

interface Wait {
  readonly at: number;
  readonly ring: () => void;
}

/** A day that stays the same, so that pictures do: 21 November 2026, 09:00 UTC. */
const someMorning = Date.UTC(2026, 10, 21, 9);

export function manualClock(start = someMorning): ManualClock {
  const waits = new Set<Wait>();
  let now = start;
  let moving = Promise.resolve();

  async function move(ms: number): Promise<void> {
    const until = now + ms;
    await settled();
    for (;;) {
      const [next] = [...waits].filter(({ at }) => at <= until).sort((one, other) => one.at - other.at);
      if (!next) break;
      now = Math.max(now, next.at);
      next.ring();
      await settled();
    }
    now = until;
  }

  return {
    now: () => now,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const over = (): void => {
          waits.delete(wait);
          signal.removeEventListener('abort', over);
          if (signal.aborted) reject(signal.reason as Error);
          else resolve();
        };
        const wait: Wait = { at: now + ms, ring: over };
        waits.add(wait);
        signal.addEventListener('abort', over);
      }),
    // One after the other, also where nobody awaits the first.
    advance: (ms) => (moving = moving.then(() => move(ms))),
    get pending() {
      return waits.size;
    },
  };
}

/** A turn of the event loop without a timer: whatever a promise had to say has been said. */
const settled = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
