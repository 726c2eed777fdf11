/** What an element keeps for the inspector, and how that is drawn: only for a page that asks for it, so that no other pays for it. */
import type { Step } from '../core/platform.js';
import type { Late } from './late-parts.js';
import { nothing } from './lit.js';
import type { Drawn } from './views/scene.js';
import { wiring } from './wiring.js';

interface Inspection {
  add(step: Step): void;
  /** Nothing as long as the part is on its way. */
  draw(): Drawn;
}

/** Short, however long the stream, and whether or not anybody ever looks. */
const kept = 100;

export function createInspection(late: Late): Inspection {
  const steps: Step[] = [];
  return {
    add(step) {
      // The oldest line of the stream goes first: there are many, and each is like the next.
      if (steps.push(step) > kept) steps.splice(Math.max(0, steps.findIndex(({ kind }) => kind === 'line')), 1);
    },
    // A window that is about to close fetches nothing that nobody will see.
    draw: () => (wiring.isLanding() ? nothing : (late('inspector')?.(steps) ?? nothing)),
  };
}
