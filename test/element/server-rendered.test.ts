/** A tag that a server has rendered: it may stand there long before a framework has told it anything, and drawn already. */
import { expect } from '@open-wc/testing';
import { WearableConnect } from '../../src/element/wearable-connect.js';
import { fakePlatform } from './fake.js';
import { prepare, textOf, until } from './widget.js';

/** What begins once the page could listen has begun: tasks of no delay keep their order. */
const begun = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

let tags = 0;

/** As the parser leaves it: on the page, with what a server has drawn into it, and nobody knows the element yet. */
function parsed(attributes: string, inside = '<p>drawn by a server</p>'): { readonly element: WearableConnect; readonly root: ShadowRoot; define(): void } {
  const tag = `wearable-from-server-${++tags}`;
  const place = document.body.appendChild(document.createElement('div'));
  place.setHTMLUnsafe(`<${tag} ${attributes}><template shadowrootmode="open">${inside}</template></${tag}>`);
  const element = place.firstElementChild as WearableConnect;
  return { element, root: element.shadowRoot as ShadowRoot, define: () => customElements.define(tag, class extends WearableConnect {}) };
}

const calls = (made: readonly { readonly calls: readonly string[] }[]): string[] => made.flatMap((one) => one.calls);

describe('element: a bare tag that a framework tells something later', () => {
  const later: Readonly<Record<string, (element: WearableConnect) => void>> = {
    'the app’s id, as a property': (element) => (element.clientId = 'app'),
    'the app’s id, as an attribute': (element) => element.setAttribute('client-id', 'app'),
    'a platform of its own': (element) => (element.platform = fakePlatform()),
    'that it is the demo': (element) => element.setAttribute('platform', 'demo'),
  };
  for (const [what, tell] of Object.entries(later))
    it(`${what}: nothing begins before, and then it does`, async () => {
      const made = prepare();
      const { element, define } = parsed('');
      define();
      await element.updateComplete;
      await begun();
      expect(calls(made)).to.not.include('start');
      tell(element);
      await element.updateComplete;
      expect(made.at(-1)?.calls).to.deep.equal(['start']);
      expect(calls(made).filter((call) => call === 'start')).to.have.length(1);
      element.remove();
    });

  it('nothing, for a second: what is missing is told then', async () => {
    const made = prepare();
    const { element, define } = parsed('');
    const began = performance.now();
    define();
    await until(() => calls(made).includes('start'));
    expect(performance.now() - began).to.be.at.least(990);
    element.remove();
  });

  it('a click, which waits for nothing', () => {
    const made = prepare();
    const { element, define } = parsed('');
    define();
    void element.connect('wahoo');
    expect(calls(made)).to.deep.equal(['start', 'connect wahoo']);
    element.remove();
  });
});

describe('element: drawn by a server', () => {
  it('is seen until the first drawing takes its place, in one task', async () => {
    prepare();
    const { element, root, define } = parsed('client-id="app"');
    define();
    expect(element.renderRoot).to.equal(root);
    expect(textOf(root.querySelector('p'))).to.equal('drawn by a server');
    await element.updateComplete;
    expect(root.textContent).to.not.include('drawn by a server');
    expect(root.querySelectorAll('[part=frame]')).to.have.length(1);
    element.remove();
  });
});

describe('element: drawn by a server, with the focus in it', () => {
  const places: Readonly<Record<string, readonly [attributes: string, inside: string, focus: string | null]>> = {
    'a card: its heading has it': ['', '<a href="#here">Powered by</a>', 'h2'],
    'a button: that has it': ['layout="popover"', '<button>Connect</button>', '.trigger'],
    'nowhere in it: nothing has': ['', '<p>Nothing</p>', null],
  };
  for (const [what, [attributes, inside, focus]] of Object.entries(places))
    it(what, async () => {
      prepare();
      const { element, root, define } = parsed(`client-id="app" ${attributes}`, inside);
      root.querySelector<HTMLElement>('a, button')?.focus();
      define();
      await element.updateComplete;
      await until(() => root.querySelector('h2'));
      expect(root.activeElement === (focus && root.querySelector(focus))).to.equal(true);
      element.remove();
    });
});

describe('element: defer-hydration', () => {
  it('leaves alone what a server has drawn, and begins nothing, until it goes', async () => {
    const made = prepare();
    const { element, root, define } = parsed('client-id="app" defer-hydration');
    define();
    element.strings = { title: 'Set meanwhile' };
    element.lang = 'en';
    await element.updateComplete;
    await begun();
    expect(textOf(root.querySelector('p'))).to.equal('drawn by a server');
    expect(made).to.have.length(0);
    element.removeAttribute('defer-hydration');
    await element.updateComplete;
    expect(textOf(root.querySelector('h2'))).to.equal('Set meanwhile');
    expect(root.textContent).to.not.include('drawn by a server');
    await begun();
    expect(calls(made)).to.deep.equal(['start']);
    element.remove();
  });
});
