import { Refusal } from './answers.js';
import type { Listener } from './board.js';

/** More tabs and devices than anybody has, and few enough that one visitor's script does not fill the memory of all. */
const mostOpen = 1_000;
/** Streams of pages that are gone are found out by then, mostly. */
const retryAfterS = 30;

/** How many listen at once, each visitor for themselves, in this process. A place is free again when its listener is closed. */
export function createPlaces(): (id: string, listen: () => Listener) => Listener {
  const taken = new Map<string, number>();

  return (id, listen) => {
    const before = taken.get(id) ?? 0;
    if (before >= mostOpen) throw new Refusal(429, 'rate_limited', `${mostOpen} streams of updates of this visitor are open already: close one, or come back later.`, { 'retry-after': String(retryAfterS) });
    const listener = listen();
    taken.set(id, before + 1);
    let isOpen = true;
    return {
      ...listener,
      close() {
        listener.close();
        if (!isOpen) return;
        isOpen = false;
        const left = (taken.get(id) ?? 1) - 1;
        if (left) taken.set(id, left);
        else taken.delete(id);
      },
    };
  };
}
