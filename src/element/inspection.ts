/** What an element keeps for the inspector, and how that comes: only to a page that asks for it, so that no other pays for it. */
import type { Step } from '../core/platform.js';
import type { Inspected } from './inspector.js';
import { html, nothing } from './lit.js';
import { tellMissing } from './missing-part.js';
import { parts } from './parts.js';
import type { Drawn } from './views/scene.js';

interface Inspection {
  add(step: Step): void;
  /** Nothing as long as the part is on its way. */
  draw(): Drawn;
}

/** Short, however long the stream, and whether or not anybody ever looks. */
const kept = 100;

export function createInspection(element: Inspected): Inspection {
  const steps: Step[] = [];
  let draw: ((steps: readonly Step[]) => Drawn) | undefined;
  return {
    add(step) {
      // The oldest line of the stream goes first: there are many, and each is like the next.
      if (steps.push(step) > kept) steps.splice(Math.max(0, steps.findIndex(({ kind }) => kind === 'line')), 1);
    },
    draw() {
      if (!draw) {
        draw = () => nothing;
        parts
          .inspector()
          .then(({ createInspector }) => {
            draw = createInspector(html, element);
            element.requestUpdate();
          })
          .catch(tellMissing('inspector'));
      }
      return draw(steps);
    },
  };
}
