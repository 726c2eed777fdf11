/** What listeners are told, in one order for all of them: each new one gets the picture, each that comes back what came since. */
import type { Alarm } from './alarms.js';

/** One server-sent event. Its id is `epoch-number`: of another epoch it tells nothing, and the picture is sent whole. */
export interface Update {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** `about` is what a later update of the same name replaces. Without an update, what was told of it does not hold any more. */
export interface Post {
  readonly about: string;
  readonly update: Update | null;
}

export interface Listener {
  /** The next update, or null where none came before it rang. */
  next(quiet: Alarm): Promise<Update | null>;
  /** Whatever else there is by now. */
  rest(): readonly Update[];
  close(): void;
}

export interface Board {
  /** `known`: whoever listens by now has had it. */
  post(post: Post, known?: boolean): void;
  /** A new epoch, or too much was missed: from here on, only what is posted now is known. */
  turn(): void;
  /** What is here may be shown: whoever waits gets it. */
  show(): void;
  /** Not before it was looked at anew. */
  hide(): void;
  dataOf(about: string): string | undefined;
  /** After the update with this id where it is still known; else everything as it is now. */
  listen(lastId: string | null): Listener;
}

/** Who was away for longer than this many updates gets the picture instead. */
export const mostRemembered = 256;
/** A listener that reads slower than things change does not fill the memory. */
const mostPending = 64;

interface Kept extends Update {
  readonly about: string;
  /** In the order of this board. */
  readonly at: number;
  withdrawn: boolean;
}

interface Reader {
  pending: Kept[];
  /** The last that was handed out. */
  readAt: number;
  readonly lastId: string | null;
  wake: () => void;
}

/** `changed`: somebody came, or went. */
export function createBoard(changed: (came: boolean) => void): Board {
  const remembered: Kept[] = [];
  const picture = new Map<string, Kept>();
  const readers = new Set<Reader>();
  const waiting = new Set<Reader>();
  let count = 0;
  let shown = false;

  function admit(reader: Reader): void {
    const { lastId } = reader;
    const known = remembered.findIndex(({ id }) => id === lastId);
    reader.pending = known < 0 ? [...picture.values()].filter(({ id }) => !isSeen(id, lastId)) : remembered.slice(known + 1).filter(({ withdrawn }) => !withdrawn);
    readers.add(reader);
    if (reader.pending.length) reader.wake();
  }

  return {
    post({ about, update }, known = false) {
      if (!update) {
        picture.delete(about);
        for (const kept of remembered) kept.withdrawn ||= kept.about === about;
        return;
      }
      const kept = { ...update, about, at: known ? 0 : ++count, withdrawn: false };
      // In the order of what was told last.
      picture.delete(about);
      picture.set(about, kept);
      remembered.push(kept);
      if (remembered.length > mostRemembered) remembered.shift();
      if (known) return;
      for (const reader of readers) {
        reader.pending.push(kept);
        if (reader.pending.length > mostPending) reader.pending = [...picture.values()].filter(({ at }) => at > reader.readAt);
        reader.wake();
      }
    },
    turn() {
      remembered.length = 0;
      picture.clear();
    },
    show() {
      shown = true;
      waiting.forEach(admit);
      waiting.clear();
    },
    hide: () => void (shown = false),
    dataOf: (about) => picture.get(about)?.data,
    listen(lastId) {
      const reader: Reader = { pending: [], readAt: 0, lastId, wake: asleep };
      // First: the first one to come may find that what is here is out of date.
      changed(true);
      if (shown) admit(reader);
      else waiting.add(reader);
      const isHere = (): boolean => readers.has(reader) || waiting.has(reader);
      return {
        // Not async: what waits for hours is one promise and two functions.
        next(quiet) {
          if (reader.pending.length || !isHere()) return Promise.resolve(nextOf(reader));
          return new Promise((resolve) => {
            const calm = quiet(() => reader.wake());
            reader.wake = () => {
              calm();
              reader.wake = asleep;
              resolve(nextOf(reader));
            };
          });
        },
        rest: () => reader.pending.splice(0),
        close() {
          if (!isHere()) return;
          readers.delete(reader);
          waiting.delete(reader);
          reader.pending = [];
          reader.wake();
          changed(false);
        },
      };
    },
  };
}

const asleep = (): void => {};

function nextOf(reader: Reader): Update | null {
  const next = reader.pending.shift() ?? null;
  reader.readAt = next?.at ?? reader.readAt;
  // One that has grown keeps its room.
  if (!reader.pending.length) reader.pending = [];
  return next;
}

/** Numbers of one epoch only grow: what is not above the last one was had, remembered here or not. */
function isSeen(id: string, lastId: string | null): boolean {
  const [epoch, number] = partsOf(id);
  const [lastEpoch, lastNumber] = partsOf(lastId ?? '');
  return epoch === lastEpoch && number <= lastNumber;
}

const partsOf = (id: string): readonly [epoch: string, number: number] => [id.slice(0, id.lastIndexOf('-')), Number(id.slice(id.lastIndexOf('-') + 1))];
