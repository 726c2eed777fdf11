import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { states } from './fake.js';
import { textOf, widget } from './widget.js';

/** With real keys, once through: what a visitor does who has no mouse. */
describe('element: keyboard', () => {
  it('connects, waits, and disconnects', async () => {
    const of = await widget();
    const at = (): string => textOf(of.root.activeElement).replace(' ,', ',');
    const tabTo = async (name: string): Promise<void> => {
      for (let presses = 0; presses < 10 && !at().startsWith(name); presses += 1) await sendKeys({ press: 'Tab' });
      expect(at()).to.match(new RegExp(`^${name}`));
    };

    await tabTo('Wahoo');
    await sendKeys({ press: 'Enter' });
    expect(of.connector.calls.at(-1)).to.equal('connect wahoo');

    await of.become(states.authorizing());
    expect(at()).to.equal('Finish signing in');
    await tabTo('Show the window');
    await sendKeys({ press: 'Space' });
    expect(of.connector.calls.at(-1)).to.equal('show');

    await of.become(states.confirming());
    await of.become(states.syncing());
    expect(at()).to.equal('You’re connected');
    await tabTo('Disconnect');
    await sendKeys({ press: 'Enter' });
    await of.element.updateComplete;
    expect(at()).to.equal('Disconnect? This site stops receiving your activities.');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    expect(of.connector.calls.at(-1)).to.equal('disconnect null');

    await of.become(states.choosing({ notice: 'disconnected' }));
    expect(of.root.activeElement?.getAttribute('data-source')).to.equal('wahoo');
  });

  it('draws a ring around what has the focus', async () => {
    const of = await widget();
    await sendKeys({ press: 'Tab' });
    const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(of.root.activeElement as Element);
    expect([outlineStyle, outlineWidth, outlineOffset]).to.deep.equal(['solid', '2px', '2px']);
  });

  it('leaves room for a finger', async () => {
    for (const state of [states.choosing(), states.authorizing(), states.connected()]) {
      const { root } = await widget(state);
      for (const button of root.querySelectorAll('button')) expect(button.getBoundingClientRect().height, textOf(button)).to.be.at.least(44);
      for (const link of root.querySelectorAll('a')) expect(link.getBoundingClientRect().height, textOf(link)).to.be.at.least(24);
    }
  });
});

describe('element: narrow places', () => {
  for (const width of [240, 320, 640])
    it(`stays inside ${width} pixels`, async () => {
      for (const state of Object.values(states)) {
        const { element, root } = await widget(state());
        const box = element.parentElement as HTMLElement;
        box.style.inlineSize = `${width}px`;
        expect(box.scrollWidth, element.phase).to.be.at.most(width);
        expect((root.querySelector('section') as Element).scrollWidth, element.phase).to.be.at.most(width);
      }
    });

  it('does not shrink to nothing where its parent shrinks to fit', async () => {
    const { element } = await widget();
    (element.parentElement as HTMLElement).style.display = 'inline-block';
    expect(element.getBoundingClientRect().width).to.be.greaterThan(200);
  });
});
