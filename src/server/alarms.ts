import type { Clock } from '../sync/clock.js';

/** Calls back after a while that is always the same, unless it is called off before. */
export type Alarm = (ring: () => void) => () => void;

const togetherMs = 1_000;

/**
 * Thousands of listeners wait for the same: those that begin within a second share one timer, and the later ones of them are called
 * up to a second early.
 */
export function createAlarm(clock: Clock, ms: number): Alarm {
  let latest: { readonly at: number; readonly rings: Set<() => void>; readonly over: AbortController } | null = null;

  function begin(at: number) {
    const mine = { at, rings: new Set<() => void>(), over: new AbortController() };
    clock.wait(ms, mine.over.signal).then(() => {
      if (latest === mine) latest = null;
      for (const ring of mine.rings) ring();
    }, () => {});
    return mine;
  }

  return (ring) => {
    const now = clock.now();
    // Whichever way the system clock was set meanwhile.
    if (latest && Math.abs(now - latest.at) >= togetherMs) latest = null;
    const mine = (latest ??= begin(now));
    mine.rings.add(ring);
    return () => {
      mine.rings.delete(ring);
      if (mine.rings.size) return;
      mine.over.abort();
      if (latest === mine) latest = null;
    };
  };
}

/**
 * For what may be left undone when a process ends: of Node its timers hold nobody back. A number, as in browsers and workers,
 * holds nobody back either.
 */
export const idleClock: Clock = {
  now: () => Date.now(),
  wait: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer: number | { unref?(): void } = setTimeout(() => {
        signal.removeEventListener('abort', stop);
        resolve();
      }, ms);
      if (typeof timer === 'object') timer.unref?.();
      function stop(): void {
        clearTimeout(timer as number);
        reject(signal.reason as Error);
      }
      signal.addEventListener('abort', stop, { once: true });
    }),
};
