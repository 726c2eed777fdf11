import { createConnector } from '../../../src/platforms/connector.js';
import type { ConnectorOptions } from '../../../src/platforms/connector.js';
import { manualClock } from '../../../src/platforms/demo/manual-clock.js';
import { demo } from '../../../src/platforms/demo/platform.js';
import type { DemoOptions } from '../../../src/platforms/demo/platform.js';
import { shortOf } from '../../core/run.js';
import { createRig } from './rig.js';

/** Longer than anything takes that happens by itself. */
export const aWhile = 400_000;

/** Connectors on the demo, and its clock, in a test's hand. */
export function createDemo() {
  const rig = createRig();
  const clock = manualClock();

  /** The page's own time first, which spaces out what it tells of a history. */
  async function pass(ms: number): Promise<void> {
    await rig.time.advance(1_000);
    await clock.advance(ms);
  }

  function create(options: DemoOptions, more: ConnectorOptions = {}) {
    const events: Event[] = [];
    const sights: string[] = [];
    const connector = createConnector({ ...more, platform: demo({ clock, ...options }), dispatch: (event) => void events.push(event) });
    connector.subscribe((state) => state.phase === 'authorizing' && sights.at(-1) !== state.sight && sights.push(state.sight));
    const told = {
      ...{ connector, events, sights },
      /** What was told since it was last asked, phases by their names; however many lines a history has, it is news once. */
      news: (): string[] => {
        const names = events.splice(0).map(shortOf).map((name) => name.replace(/^change\((\w+)\)$/, (_, phase: string) => (phase === 'connected' ? 'is connected' : phase)));
        return names.filter((name, at) => name !== 'progress' || names[at - 1] !== name);
      },
      /** Started, and loaded. */
      toList: async (): Promise<void> => {
        connector.start();
        await pass(1_000);
        told.news();
      },
    };
    return told;
  }

  return { ...rig, clock, pass, create };
}

export type Demo = ReturnType<typeof createDemo>;
