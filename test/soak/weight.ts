/** What a document keeps from one attempt to the next, by the browser’s own count: nothing is what it should be. */
import { sessionAt } from './driven.js';
import type { PageWithLedger } from './ledger.js';
import type { Scene } from './scene.js';

export interface Weight {
  readonly heapBytes: number;
  readonly nodes: number;
  readonly listeners: number;
}

/** Above its own first attempt, in which everything has been loaded and drawn once. Healthy runs had at most 0.4 MB, 290 nodes and 24 listeners. */
export const limits: Weight = { heapBytes: 1e6, nodes: 500, listeners: 60 };

export const grown = (from: Weight, to: Weight): Weight => ({ heapBytes: to.heapBytes - from.heapBytes, nodes: to.nodes - from.nodes, listeners: to.listeners - from.listeners });

export function tooMuch({ heapBytes, nodes, listeners }: Weight): string[] {
  return [
    ...(heapBytes > limits.heapBytes ? [`${(heapBytes / 1e6).toFixed(1)} MB of heap`] : []),
    ...(nodes > limits.nodes ? [`${nodes} nodes`] : []),
    ...(listeners > limits.listeners ? [`${listeners} listeners`] : []),
  ].map((what) => `kept since the first attempt of this document: ${what}`);
}

export interface Scales {
  /** After an attempt, with everything that belonged to it closed: what the document has kept more than after its first one. */
  weigh(scene: Scene): Promise<Weight | null>;
}

export function createScales(): Scales {
  const first = new Map<string, Weight>();
  return {
    async weigh(scene) {
      const weight = await weightOf(scene);
      if (!weight) return null;
      const document = await scene.run(() => (globalThis as PageWithLedger).ledger.page);
      const before = first.get(document);
      if (!before) first.set(document, weight);
      return before ? grown(before, weight) : null;
    },
  };
}

/** Null where the driver cannot tell. */
async function weightOf(scene: Scene): Promise<Weight | null> {
  if (scene.world.browser.engine !== 'Chromium' || !(await scene.isHere())) return null;
  const session = await sessionAt(scene.hostPage);
  if (!session) return null;
  await session.send('HeapProfiler.enable');
  // What a finalizer or a promise lets go of is only found by the next one.
  for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  return { heapBytes: usedSize, nodes: nodes - (await nodesOfInspectors(scene)), listeners: jsEventListeners };
}

/** The inspector tells every request there was: what it shows it is there to keep. */
const nodesOfInspectors = (scene: Scene): Promise<number> =>
  scene.run(() => {
    let count = 0;
    for (const widget of document.querySelectorAll('wearable-connect')) {
      const inspector = widget.shadowRoot?.querySelector('[part=inspector]');
      const nodes = inspector && document.createTreeWalker(inspector);
      while (nodes?.nextNode()) count += 1;
    }
    return count;
  });
