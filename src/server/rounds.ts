/** A watch goes round: it looks, tells what it saw, waits. This is what it goes round in. */
import type { Clock } from '../sync/clock.js';

/** Said by a watch, on its way to a board. `said` null: it does not hold any more. */
export interface Said {
  readonly about: string;
  readonly said: { readonly event: string; readonly data: string } | null;
}

export interface Teller {
  /** What a watch of this user noted last, here or elsewhere. */
  readonly notes: unknown;
  /** What is looked at was changed by somebody who nudged, and nobody has looked since. */
  readonly nudged: boolean;
  /** `about` is what a later update of the same name replaces. The same again says nothing. */
  readonly tell: (about: string, event: string, data: unknown) => void;
  /** What was told of this does not hold any more. */
  readonly drop: (about: string) => void;
  /** One look is over: what was told goes out, with the notes. Over sooner when nudged, and then true; rejects when nobody listens any more. */
  readonly wait: (ms: number, notes: unknown) => Promise<boolean>;
}

export type Watch = (teller: Teller, signal: AbortSignal) => Promise<void>;

export interface Look {
  readonly said: readonly Said[];
  readonly notes: unknown;
  /** When the next one is due. */
  readonly nextMs: number;
}

export interface Rounds {
  /** What is being looked at has changed: what this look tells does not count, and the next one begins at once. */
  nudge(): void;
  stop(): void;
}

export interface RoundsOptions {
  readonly clock: Clock;
  readonly watch: Watch;
  readonly notes: unknown;
  /** Before it began. */
  readonly nudged: boolean;
  /** The first look is not due yet: somebody has just looked. */
  readonly afterMs: number;
  /** False: it came too late, somebody has nudged meanwhile. */
  readonly publish: (look: Look) => boolean | Promise<boolean>;
  /** Before each look. */
  readonly begin?: () => void;
}

export function startRounds({ clock, watch, notes, nudged: before, afterMs, publish, begin = () => {} }: RoundsOptions): Rounds {
  const life = new AbortController();
  const { signal } = life;
  let said: Said[] = [];
  let nudged = false;
  let sleep: AbortController | null = null;

  async function rest(ms: number): Promise<boolean> {
    const mine = (sleep = new AbortController());
    if (nudged || signal.aborted) mine.abort();
    if (ms > 0) await clock.wait(ms, mine.signal).catch(() => {});
    sleep = null;
    signal.throwIfAborted();
    const wasNudged = nudged;
    nudged = false;
    begin();
    return wasNudged;
  }

  const teller: Teller = {
    notes,
    nudged: before,
    tell: (about, event, value) => void said.push({ about, said: { event, data: JSON.stringify(value) } }),
    drop: (about) => void said.push({ about, said: null }),
    async wait(ms, latest) {
      const look = { said, notes: latest, nextMs: ms };
      said = [];
      signal.throwIfAborted();
      const counts = !nudged && (await publish(look));
      return rest(counts ? ms : 0);
    },
  };

  rest(afterMs)
    .then(() => watch(teller, signal))
    // It tells of its own failures; what ends it is that nobody listens.
    .catch(() => {});

  return {
    nudge() {
      nudged = true;
      sleep?.abort();
    },
    stop() {
      life.abort();
      sleep?.abort();
    },
  };
}
