/** Keeps what a developer looks at, and fetches the panel only for whoever asked for it. */
import type { Step } from '../core/platform.js';
import { adoptStyles, nothing } from './lit.js';
import { styles } from './styles.js';
import type { Drawn } from './views/scene.js';

/** Short, however long the stream. */
const kept = 100;

export function createInspecting(changed: () => void): { add(step: Step): void; panel(root: ShadowRoot): Drawn } {
  let steps: readonly Step[] = [];
  let draw: ((steps: readonly Step[]) => Drawn) | null = null;
  let asked = false;

  return {
    add(step) {
      steps = [...steps, step];
      // The oldest line of the stream goes first: there are many, and each is like the next.
      const spare = Math.max(0, steps.findIndex(({ kind }) => kind === 'line'));
      if (steps.length > kept) steps = steps.filter((_, at) => at !== spare);
      changed();
    },
    panel(root) {
      if (draw) return draw(steps);
      if (!asked) {
        asked = true;
        import('./inspector.js').then(
          ({ inspectorPanel, inspectorStyles }) => {
            draw = inspectorPanel;
            adoptStyles(root, [...styles, inspectorStyles]);
            changed();
          },
          (thrown: unknown) => console.error('<wearable-connect> could not load its inspector', thrown),
        );
      }
      return nothing;
    },
  };
}
