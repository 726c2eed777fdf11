import { settled } from '../sync/fake-clock.js';

/** The page's timers and clocks, owned by a test until they are given back. */
export interface FakeTime {
  /** Moves on, stopping at every timer on the way. */
  advance(ms: number): Promise<void>;
  /** How many timers wait: whatever was aborted must leave none. */
  readonly pending: number;
  restore(): void;
}

interface Timer {
  at: number;
  readonly every: number | null;
  readonly ring: () => void;
}

const names = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const;

export function installFakeTime(start = Date.UTC(2026, 10, 14)): FakeTime {
  const real = Object.fromEntries(names.map((name) => [name, globalThis[name]]));
  const realDate = Date.now;
  const realPerformance = performance.now;
  const timers = new Map<number, Timer>();
  let now = start;
  let last = 0;

  const set = (ring: (...args: unknown[]) => void, ms: number | undefined, args: unknown[], every: boolean): number => {
    const wait = Math.max(every ? 1 : 0, ms ?? 0);
    timers.set(++last, { at: now + wait, every: every ? wait : null, ring: () => ring(...args) });
    return last;
  };
  const clear = (id?: number): void => void timers.delete(id ?? 0);

  Object.assign(globalThis, {
    setTimeout: (ring: () => void, ms?: number, ...args: unknown[]) => set(ring, ms, args, false),
    setInterval: (ring: () => void, ms?: number, ...args: unknown[]) => set(ring, ms, args, true),
    clearTimeout: clear,
    clearInterval: clear,
  });
  Date.now = () => now;
  performance.now = () => now - start;

  return {
    async advance(ms) {
      const until = now + ms;
      await settled();
      for (;;) {
        const [next] = [...timers].filter(([, { at }]) => at <= until).sort(([a, one], [b, other]) => one.at - other.at || a - b);
        if (!next) break;
        const [id, timer] = next;
        now = Math.max(now, timer.at);
        if (timer.every === null) timers.delete(id);
        else timer.at += timer.every;
        timer.ring();
        await settled();
      }
      now = until;
      await settled();
    },
    get pending() {
      return timers.size;
    },
    restore() {
      Object.assign(globalThis, real);
      Date.now = realDate;
      performance.now = realPerformance;
    },
  };
}
