import { expect } from '@open-wc/testing';
import type { WearableConnect } from '../../src/element/wearable-connect.js';
import { states } from './fake.js';
import { prepare, textOf, until } from './widget.js';

/** An element that knows what it offers as soon as it begins, in a browser that gives turns like this. */
async function begun(turns: { readonly yield?: () => Promise<void> } | undefined): Promise<{ element: WearableConnect; shown: () => string }> {
  const { scheduler } = globalThis;
  Object.defineProperty(globalThis, 'scheduler', { configurable: true, value: turns });
  try {
    const made = prepare(states.loading());
    const element = document.createElement('wearable-connect');
    element.clientId = 'app';
    document.body.append(element);
    await element.updateComplete;
    const [connector] = made;
    if (!connector) throw new Error('No connector was made.');
    const { start } = connector;
    let isBegun = false;
    connector.start = () => {
      start.call(connector);
      void Promise.resolve().then(() => connector.become(states.choosing()));
      isBegun = true;
    };
    await until(() => isBegun);
    return { element, shown: () => textOf(element.renderRoot.querySelector('[part=list]')) };
  } finally {
    Object.defineProperty(globalThis, 'scheduler', { configurable: true, value: scheduler });
  }
}

describe('element: what is found as soon as it begins', () => {
  it('is drawn in a turn of its own, and once', async () => {
    let take = (): void => {};
    const { element, shown } = await begun({ yield: () => new Promise((resolve) => (take = resolve)) });
    let drawings = 0;
    new MutationObserver(() => (drawings += 1)).observe(element.renderRoot, { childList: true, subtree: true });
    expect(element.phase).to.equal('choosing');
    expect(shown()).to.equal('');
    take();
    await element.updateComplete;
    expect(shown()).to.include('Garmin');
    expect(drawings).to.equal(1);
    element.remove();
  });

  for (const [where, turns] of [['which can do nothing of the kind', undefined], ['which has another scheduler', {}]] as const)
    it(`is drawn at once in a browser ${where}`, async () => {
      const { element, shown } = await begun(turns);
      await element.updateComplete;
      expect(shown()).to.include('Garmin');
      element.remove();
    });
});
