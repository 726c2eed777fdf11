/** The page that asks may be its own landing page: then the script that defines the element finishes the sign-in too. */
import { stateOf, takeAnswer } from './address.js';
import { land } from './land-later.js';
import type { Landed } from './landing.js';

let landed: Landed | 'finishing' | null = null;
let going: (() => void) | null | undefined;
const listeners = new Set<() => void>();

/** Looks at the address once, before anything else on the page can; leaves every address alone that is not an answer of ours. */
export function landHere(reload = (): void => location.reload()): void {
  if (landed || typeof location !== 'object' || typeof history !== 'object') return;
  if (!stateOf(location.search) && !stateOf(location.hash.slice(1))) return;
  landed = 'finishing';
  void land(takeAnswer(), (what, onward) => {
    // Goes on in this very document: what tells and hears in it would take the element for the page that asked, and close.
    if (what === 'idle' && going) return reload();
    landed = what;
    going = onward;
    for (const listener of listeners) listener();
  });
}

/** True while this very window is a sign-in window that came back here: the element stays quiet in it. */
export const isLanding = (): boolean => landed !== null && landed !== 'idle';

/** Where nobody heard the answer, as when a link in an e-mail opened this tab and the other one is gone: the sign-in may go on in this one. */
export const onward = (): (() => void) | null | undefined => going;

export function onLanding(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
