import { within } from '../sync/clock.js';
import type { Clock } from '../sync/clock.js';

/** One server-sent event. Its id is of one channel of one process: of another it tells nothing, and the picture is sent whole. */
export interface Update {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

export interface Listener {
  /** The next update, or null when none came for so long. */
  next(ms: number): Promise<Update | null>;
  close(): void;
}

export interface Channel {
  /** After the update with this id where it is still known; else everything as it is now. */
  listen(lastId: string | null): Listener;
  /** Somebody knows that there is news: look now. */
  nudge(): void;
}

export interface Teller {
  /** `about` is what a later update of the same name replaces. The same again says nothing. */
  readonly tell: (about: string, event: string, data: unknown) => void;
  /** What was told of this does not hold any more. */
  readonly drop: (about: string) => void;
  /** Over sooner when nudged; rejects when nobody listens any more. */
  readonly wait: (ms: number) => Promise<void>;
}

/** Who was away for longer than this many updates gets the picture instead. */
const mostRemembered = 256;
/** A listener that reads slower than things change does not fill the memory. */
const mostPending = 64;
/** For a listener who comes back. */
const keptMs = 60_000;

/** However many listen, `watch` runs once; it runs while anybody does. `onEmpty`: nobody came back for a while. */
export function createChannel(clock: Clock, watch: (teller: Teller, signal: AbortSignal) => Promise<void>, onEmpty: () => void): Channel {
  const epoch = crypto.randomUUID().slice(0, 8);
  const remembered: Update[] = [];
  const picture = new Map<string, Update>();
  const listeners = new Set<{ pending: Update[]; wake: () => void }>();
  let count = 0;
  let life: AbortController | null = null;
  let empty: AbortController | null = null;
  let sleep: AbortController | null = null;
  let nudged = false;

  const teller = (signal: AbortSignal): Teller => ({
    tell(about, event, value) {
      const data = JSON.stringify(value);
      if (signal.aborted || picture.get(about)?.data === data) return;
      const update = { id: `${epoch}-${++count}`, event, data };
      // In the order of what was told last.
      picture.delete(about);
      picture.set(about, update);
      remembered.push(update);
      if (remembered.length > mostRemembered) remembered.shift();
      for (const listener of listeners) {
        listener.pending.push(update);
        if (listener.pending.length > mostPending) listener.pending = [...picture.values()];
        listener.wake();
      }
    },
    drop: (about) => void picture.delete(about),
    async wait(ms) {
      const rest = (sleep = within(signal));
      if (nudged) rest.abort();
      nudged = false;
      await clock.wait(ms, rest.signal).catch(() => {});
      rest.abort();
      signal.throwIfAborted();
    },
  });

  function begin(): void {
    empty?.abort();
    if (life) return;
    const mine = (life = new AbortController());
    // It tells of its own failures; what ends it is that nobody listens.
    watch(teller(mine.signal), mine.signal).catch(() => {});
  }

  function end(): void {
    life?.abort();
    life = null;
    const leaving = (empty = new AbortController());
    clock.wait(keptMs, leaving.signal).then(onEmpty, () => {});
  }

  return {
    listen(lastId) {
      const known = remembered.findIndex(({ id }) => id === lastId);
      const listener = { pending: known < 0 ? [...picture.values()] : remembered.slice(known + 1), wake: (): void => {} };
      listeners.add(listener);
      begin();
      return {
        async next(ms) {
          if (!listener.pending.length && listeners.has(listener)) {
            const quiet = new AbortController();
            listener.wake = () => quiet.abort();
            await clock.wait(ms, quiet.signal).catch(() => {});
          }
          return listener.pending.shift() ?? null;
        },
        close() {
          if (!listeners.delete(listener)) return;
          listener.pending = [];
          listener.wake();
          if (!listeners.size) end();
        },
      };
    },
    nudge() {
      nudged = life !== null && !sleep;
      sleep?.abort();
    },
  };
}
