import { checkFaults, createFaultBox, faultsOfQuery, type FaultBox } from './fault-box.js';
import { sweatstackFaults, type Faults } from './faults.js';
import { openWearablesFaults, type OpenWearablesFaults } from './open-wearables/faults.js';
import type { SandboxFaultChanges } from './options.js';

/** What holds: SweatStack's, and under a name of their own those of Open Wearables. */
export interface SandboxFaults extends Faults {
  openWearables: OpenWearablesFaults;
}

export interface AllFaults {
  readonly sweatstack: FaultBox<Faults>;
  readonly openWearables: FaultBox<OpenWearablesFaults>;
  readonly current: SandboxFaults;
  set(changes: SandboxFaultChanges): void;
  clear(): void;
}

/** Both platforms' faults behind one door: each platform asks its own, the developer sets them in one object. */
export function createAllFaults({ openWearables: own, ...rest }: SandboxFaultChanges = {}): AllFaults {
  const sweatstack = createFaultBox(sweatstackFaults, rest);
  const openWearables = createFaultBox(openWearablesFaults, own ?? {});
  return {
    sweatstack, openWearables,
    get current() { return { ...sweatstack.current, openWearables: openWearables.current }; },
    set(input) {
      // What is no object is told by the check.
      const { openWearables: changes, ...others } = typeof input === 'object' && !Array.isArray(input) ? input : { openWearables: undefined };
      // Looked at before anything is set, so that a wrong name sets nothing at all.
      const checked = changes === undefined || changes === null ? changes : checkFaults(openWearablesFaults, changes);
      sweatstack.set(typeof input === 'object' && !Array.isArray(input) ? others : input);
      if (checked === null) openWearables.clear();
      else if (checked !== undefined) openWearables.set(checked);
    },
    clear() {
      sweatstack.clear();
      openWearables.clear();
    },
  };
}

const prefix = 'openWearables.';

/** The faults of a command line, where those of Open Wearables are written `openWearables.name:value`. */
export function faultsOfWords(words: readonly string[]): SandboxFaultChanges | undefined {
  const query = (of: readonly string[]): URLSearchParams => new URLSearchParams(of.map((word) => ['fault', word]));
  const mine = words.filter((word) => word.startsWith(prefix)).map((word) => word.slice(prefix.length));
  const changes = faultsOfQuery(sweatstackFaults, query(words.filter((word) => !word.startsWith(prefix))));
  const openWearables = faultsOfQuery(openWearablesFaults, query(mine));
  return openWearables === undefined ? changes : { ...changes, openWearables };
}
