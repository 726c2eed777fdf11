/** Parts come when they are first asked for, one of each to an element. One that cannot be had costs only itself. */
import { inTime } from '../core/once.js';
import { early } from '../locales/en.js';
import type { Create, Hosting, Late, LateParts } from './late-parts.js';
import { parts } from './parts.js';

type Name = keyof LateParts;

export function createLate(element: Hosting): Late {
  const made: Partial<Record<Name, unknown>> = {};
  const late = (name: Name, anew = false): unknown => {
    if (!(name in made) || (anew && made[name] === null)) {
      made[name] = undefined;
      void inTime(parts[name] as () => Promise<{ create: Create<unknown>; words?: object }>)
        .then((part) => {
          Object.assign(early, part.words);
          made[name] = part.create(element, late as Late);
        })
        .catch((thrown: unknown) => {
          made[name] = null;
          console.warn(`wearable-connect.${name}.js could not be loaded.`, thrown);
        })
        .then(() => element.requestUpdate());
    }
    return made[name];
  };
  return late as Late;
}
