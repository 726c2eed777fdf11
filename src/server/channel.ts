import type { Clock } from '../sync/clock.js';
import type { Alarm } from './alarms.js';
import { createBoard } from './board.js';
import type { Board, Listener } from './board.js';
import { startRounds } from './rounds.js';
import type { Look, Rounds, Watch } from './rounds.js';

export interface Channel {
  /** After the update with this id where it is still known; else everything as it is now. */
  listen(lastId: string | null): Listener;
  /** Somebody knows that there is news, and of what: that is not told any more, and looked at now. */
  nudge(abouts: readonly string[]): Promise<void>;
}

/** However many listen, `watch` runs once; it runs while anybody does. `onEmpty`: nobody came back before `kept` rang. */
export function createChannel(clock: Clock, watch: Watch, kept: Alarm, onEmpty: () => void): Channel {
  const vigil = createVigil(clock, watch, () => board);
  const board = createBoard(createPresence(() => vigil.start(), () => vigil.stop(), kept, onEmpty));
  return {
    listen: (lastId) => board.listen(lastId),
    nudge: async (abouts) => vigil.nudge(abouts),
  };
}

/** Watches and posts in this process, under an epoch of its own. */
export interface Vigil {
  start(): void;
  stop(): void;
  nudge(abouts: readonly string[]): void;
  /** What a watch noted elsewhere. */
  note(notes: unknown): void;
  /** Whether its epoch has been used. A function: an object with a getter has a shape of its own, of which there would be thousands. */
  hasTold(): boolean;
  renew(): void;
}

export function createVigil(clock: Clock, watch: Watch, boardOf: () => Board): Vigil {
  let rounds: Rounds | null = null;
  // These two outlive a pause: a look that was not due yet still is not, whoever came and went.
  let notes: unknown;
  let dueAt = -Infinity;
  let nudged = false;
  let [epoch, count] = [newEpoch(), 0];

  function publish({ said: all, notes: latest, nextMs }: Look): true {
    const board = boardOf();
    for (const { about, said } of all) {
      if (said && board.dataOf(about) === said.data) continue;
      board.post({ about, update: said && { id: `${epoch}-${++count}`, ...said } });
    }
    notes = latest;
    nudged = false;
    dueAt = clock.now() + nextMs;
    board.show();
    return true;
  }

  return {
    start() {
      const afterMs = Math.min(dueAt - clock.now(), longestPauseMs);
      // A picture that nobody watched over for a while is not shown before the next look.
      if (afterMs > 0) boardOf().show();
      else boardOf().hide();
      rounds ??= startRounds({ clock, watch, notes, nudged, afterMs, publish });
    },
    stop() {
      rounds?.stop();
      rounds = null;
    },
    nudge(abouts) {
      const board = boardOf();
      for (const about of abouts) board.post({ about, update: null });
      board.hide();
      dueAt = -Infinity;
      nudged = true;
      rounds?.nudge();
    },
    note: (latest) => void (notes = latest),
    hasTold: () => count > 0,
    renew() {
      [epoch, count, dueAt] = [newEpoch(), 0, -Infinity];
    },
  };
}

/** A system clock that was set back must not make an hour of it. */
const longestPauseMs = 30_000;

export const newEpoch = (): string => crypto.randomUUID().slice(0, 8);

/** Told of who comes and goes, it begins with the first and ends with the last. */
export function createPresence(begin: () => void, end: () => void, kept: Alarm, onEmpty: () => void): (came: boolean) => void {
  let here = 0;
  let stay = (): void => {};
  return (came) => {
    here += came ? 1 : -1;
    if (came && here === 1) {
      stay();
      begin();
    } else if (!here) {
      end();
      stay = kept(onEmpty);
    }
  };
}
