import { expect } from '@open-wc/testing';
import { states } from './fake.js';
import { widget } from './widget.js';

/** What was put into the page's head, whether or not it is still there. */
function hints(): { readonly all: readonly string[]; stop(): void } {
  const all: string[] = [];
  const { append } = document.head;
  document.head.append = (...nodes) => {
    append.apply(document.head, nodes);
    for (const node of nodes) if (node instanceof HTMLLinkElement) all.push(`${node.rel} ${node.href}`);
  };
  return { all, stop: () => Reflect.deleteProperty(document.head, 'append') };
}

describe('element: who points at it is about to choose', () => {
  let head: ReturnType<typeof hints>;
  beforeEach(() => {
    head = hints();
  });
  afterEach(() => head.stop());

  for (const [sign, event] of Object.entries({ 'a pointer comes': new PointerEvent('pointerenter'), 'the focus comes': new FocusEvent('focusin') })) {
    it(`the road to the platform is opened when ${sign}, once, and nothing stays in the page`, async () => {
      const { element } = await widget(states.choosing());
      const before = document.head.childElementCount;
      expect(head.all, 'not before').to.deep.equal([]);
      element.dispatchEvent(event);
      element.dispatchEvent(event);
      expect(head.all).to.deep.equal(['preconnect https://app.sweatstack.no/']);
      expect(document.head.childElementCount).to.equal(before);
    });
  }

  it('to where the page says that the platform is', async () => {
    const { element } = await widget(states.choosing());
    element.baseUrl = 'https://sweatstack.example/under/a/path';
    element.dispatchEvent(new PointerEvent('pointerenter'));
    expect(head.all).to.deep.equal(['preconnect https://sweatstack.example/under/a/path']);
  });

  it('and nowhere while there is nothing to choose, or where the window goes elsewhere', async () => {
    for (const state of [states.loading(), states.connected(), states.failed()]) {
      const { element } = await widget(state);
      element.dispatchEvent(new PointerEvent('pointerenter'));
    }
    const { element } = await widget(states.choosing());
    element.platform = 'open-wearables';
    element.dispatchEvent(new PointerEvent('pointerenter'));
    expect(head.all).to.deep.equal([]);
  });
});
