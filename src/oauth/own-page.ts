/** The page that asks may be its own landing page: then the script that defines the element finishes the sign-in too. */
import { land, takeAnswer } from './landing.js';
import type { Landed } from './landing.js';
import { stateOf } from './protocol.js';

let landed: Landed | 'finishing' | null = null;
const listeners = new Set<() => void>();

/** Looks at the address once, before anything else on the page can; leaves every address alone that is not an answer of ours. */
export function landHere(): void {
  if (landed || typeof location !== 'object' || typeof history !== 'object') return;
  if (!stateOf(location.search) && !stateOf(location.hash.slice(1))) return;
  landed = 'finishing';
  void land(takeAnswer(), (what) => {
    landed = what;
    for (const listener of listeners) listener();
  });
}

/** True while this very window is a sign-in window that came back here: the element stays quiet in it. */
export const isLanding = (): boolean => landed !== null && landed !== 'idle';

export function onLanding(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
