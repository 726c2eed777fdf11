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
  let begin!: () => void;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });

  async function move(ms: number): Promise<void> {
    await Promise.race([begun, patience(begun)]);
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
    begin,
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
        begin();
        signal.addEventListener('abort', over);
      }),
    // One after the other, also where nobody awaits the first.
    advance: (ms) => (moving = moving.then(() => move(ms))),
    get pending() {
      return waits.size;
    },
  };
}

/** The element may be on the page, and what moves it still on its way: time goes on for who waits for it. Not for ever: perhaps nobody does. */
const patienceMs = 5_000;

const patience = (begun: Promise<void>): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, patienceMs);
    void begun.then(() => clearTimeout(timer));
  });

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
