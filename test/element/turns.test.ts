import { expect } from '@open-wc/testing';
import type { WearableConnect } from '../../src/element/wearable-connect.js';
import { states } from './fake.js';
import { prepare, textOf, until } from './widget.js';

/** An element that knows what it offers as soon as it begins, in a browser that gives turns like this. */
async function begun(turns: { readonly yield?: () => Promise<void> } | undefined, put = (_element: WearableConnect): void => {}, layout: WearableConnect['layout'] = 'inline'): Promise<{ element: WearableConnect; shown: () => string }> {
  const { scheduler } = globalThis;
  Object.defineProperty(globalThis, 'scheduler', { configurable: true, value: turns });
  try {
    const made = prepare(states.loading());
    const element = document.createElement('wearable-connect');
    Object.assign(element, { clientId: 'app', layout });
    document.body.append(element);
    put(element);
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

describe('element: the first drawing', () => {
  it('is none of the task that puts it on the page, and there is one', async () => {
    let [asked, wasDrawn] = [0, true];
    const turns = {
      yield() {
        asked += 1;
        return new Promise<void>((resolve) => setTimeout(resolve));
      },
    };
    const { element } = await begun(turns, (put) => {
      wasDrawn = put.hasUpdated;
      queueMicrotask(() => (wasDrawn ||= put.hasUpdated));
    });
    expect([wasDrawn, element.hasUpdated, asked > 0]).to.deep.equal([false, true, true]);
    element.remove();
  });

  it('finds its room kept: nothing below it moves, and a card in a layer of its own takes none', async () => {
    for (const layout of ['inline', 'popover'] as const) {
      let kept = { height: 0, nodes: 0 };
      const { element } = await begun(undefined, (put) => {
        kept = { height: put.offsetHeight, nodes: put.renderRoot.childNodes.length };
      }, layout);
      if (layout === 'inline') expect(kept).to.deep.equal({ height: element.offsetHeight, nodes: 1 });
      else expect(kept.nodes).to.equal(0);
      element.remove();
    }
  });
});

describe('element: what is found as soon as it begins', () => {
  it('is drawn in a turn of its own, and once', async () => {
    let take = (): void => {};
    const turns = { yield: () => new Promise<void>((resolve) => (take = resolve)) };
    const { element, shown } = await begun(turns, () => take());
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

  const refusing = { yield: () => Promise.reject(new DOMException('The task was called off.', 'AbortError')) };
  for (const [where, turns] of [['which can do nothing of the kind', undefined], ['which has another scheduler', {}], ['which refuses a turn', refusing]] as const)
    it(`is drawn at once in a browser ${where}`, async () => {
      const { element, shown } = await begun(turns);
      await element.updateComplete;
      expect(shown()).to.include('Garmin');
      element.remove();
    });
});
