import { realClock, turn } from '../../sync/clock.js';
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

const patienceMs = 5_000;

/** A day that stays the same, so that pictures do: 21 November 2026, 09:00 UTC. */
const someMorning = Date.UTC(2026, 10, 21, 9);

export function manualClock(start = someMorning): ManualClock {
  const waits = new Set<Wait>();
  let now = start;
  let moving = Promise.resolve();
  const untilBegun = new AbortController();
  const begin = (): void => untilBegun.abort();

  async function move(ms: number): Promise<void> {
    // The element may be on the page, and what moves it still on its way. Not for ever, and once: perhaps nobody goes by it.
    await realClock.wait(patienceMs, untilBegun.signal).catch(() => {});
    begin();
    const until = now + ms;
    await turn();
    for (;;) {
      const [next] = [...waits].filter(({ at }) => at <= until).sort((one, other) => one.at - other.at);
      if (!next) break;
      now = Math.max(now, next.at);
      next.ring();
      await turn();
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
