import { expect, fixture, fixtureSync, html } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import type { State } from '../../src/core/state.js';
import { parts } from '../../src/element/parts.js';
import type { WearableConnect } from '../../src/element/wearable-connect.js';
import { account, connection, failure, states, user } from './fake.js';
import { around, part, prepare, press, settled, textOf, until } from './widget.js';
import type { Widget } from './widget.js';

type Layout = 'popover' | 'dialog';
const layouts: readonly Layout[] = ['popover', 'dialog'];

/** Beside a field of the page's own, which light dismissal must leave alone. */
async function folded(layout: Layout, state: State = states.choosing(), inside: unknown = ''): Promise<Widget> {
  const made = prepare(state);
  const outer = fixtureSync<HTMLElement>(html`
    <div><input id="before" aria-label="Before" /><wearable-connect client-id="app" layout=${layout}>${inside}</wearable-connect><input id="after" aria-label="After" /></div>
  `);
  const element = outer.querySelector('wearable-connect') as WearableConnect;
  await settled(element);
  return around(element, made);
}

const trigger = ({ root }: Widget): HTMLButtonElement => root.querySelector('slot[name=trigger] button') as HTMLButtonElement;
const box = ({ root }: Widget): HTMLElement => root.querySelector('#over') as HTMLElement;
const isShown = (of: Widget): boolean => box(of).checkVisibility();

/** As a mouse does it. Not with a real one: a page that is not in front, as of two that are tested at once one is not, never hears of it. */
function click(target: HTMLElement, between: () => void = () => {}): void {
  target.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
  between();
  target.click();
}

/** What a browser does with `popover="auto"` when something beside it is pressed (HTML 6.12.2, light dismiss). */
const dismissed = (of: Widget): void => box(of).hidePopover();

async function opened(layout: Layout, state?: State, inside?: unknown): Promise<Widget> {
  const of = await folded(layout, state, inside);
  trigger(of).focus();
  trigger(of).click();
  await settled(of.element);
  return of;
}

/** A page that is not in front has no frames, and so no animation that ends by itself. */
const comeToRest = (of: Widget): void => {
  for (const animation of box(of).getAnimations({ subtree: true })) if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
};

async function isPlaced(of: Widget): Promise<void> {
  await until(() => box(of).classList.contains('placed'));
  comeToRest(of);
}

async function isClosed(of: Widget): Promise<void> {
  await until(() => !isShown(of));
  // Chromium tells of it with the next frame, and there may be none.
  if (box(of) instanceof HTMLDialogElement) box(of).dispatchEvent(new Event('close'));
  await until(() => trigger(of).getAttribute('aria-expanded') === 'false');
}

describe('element: layouts', () => {
  before(() => setViewport({ width: 1000, height: 900 }));
  after(() => setViewport({ width: 800, height: 600 }));

  for (const layout of layouts)
    describe(layout, () => {
      it('is a button, and nothing of the card is in the way', async () => {
        const of = await folded(layout);
        expect(textOf(trigger(of))).to.equal('Connect a wearable');
        expect(['aria-haspopup', 'aria-expanded', 'aria-controls'].map((name) => trigger(of).getAttribute(name))).to.deep.equal(['dialog', 'false', 'over']);
        expect(isShown(of)).to.equal(false);
        expect(of.element.getBoundingClientRect().width).to.be.below(400);
        await expect(of.element).to.be.accessible();
      });

      for (const [phase, state] of Object.entries(states))
        it(`passes the accessibility audit, open, ${phase}`, async () => {
          const of = await opened(layout, state());
          expect(isShown(of)).to.equal(true);
          await expect(of.element).to.be.accessible();
        });

      it('opens by key with the focus on its heading, and Escape gives it back', async () => {
        const of = await folded(layout);
        trigger(of).focus();
        await sendKeys({ press: 'Enter' });
        await settled(of.element);
        expect(textOf(of.root.activeElement)).to.equal('Connect your wearable');
        expect(trigger(of).getAttribute('aria-expanded')).to.equal('true');
        await sendKeys({ press: 'Tab' });
        expect(of.root.activeElement?.getAttribute('data-source')).to.equal('garmin_connect');
        await sendKeys({ press: 'Escape' });
        await isClosed(of);
        expect(of.root.activeElement === trigger(of), 'the focus is on its button').to.equal(true);
      });

      it('opens by mouse, and closes by its button', async () => {
        const of = await folded(layout);
        click(trigger(of));
        await settled(of.element);
        expect(isShown(of)).to.equal(true);
        click(of.root.querySelector('.close') as HTMLElement);
        await isClosed(of);
        expect(of.root.activeElement === trigger(of), 'the focus is on its button').to.equal(true);
      });

      it('closes by a press beside it', async () => {
        const of = await opened(layout);
        if (layout === 'popover') dismissed(of);
        else click(box(of));
        await isClosed(of);
      });

      it('opens where the page asks to connect, and the window comes first', async () => {
        const of = await folded(layout);
        void of.element.connect('wahoo');
        expect(of.connector.calls.at(-1), 'in the very task of the click').to.equal('connect wahoo');
        await settled(of.element);
        expect(isShown(of)).to.equal(true);
      });

      it('opens as soon as its part has come, where it was asked for sooner', async () => {
        const made = prepare();
        const real = parts.layouts;
        let come = (): void => {};
        parts.layouts = () => new Promise((resolve) => (come = () => void real().then(resolve)));
        const element = await fixture<WearableConnect>(html`<wearable-connect client-id="app" layout=${layout}></wearable-connect>`);
        parts.layouts = real;
        const of = around(element, made);
        trigger(of).click();
        come();
        await until(() => box(of)?.checkVisibility());
      });

      for (const [where, id, opens] of [['elsewhere', 'after', false], ['where it was', 'before', true]] as const)
        it(`${opens ? 'opens' : 'stays closed'} where its part came late, and the focus is ${where}`, async () => {
          const real = parts.layouts;
          let come = (): void => {};
          parts.layouts = () => new Promise((resolve) => (come = () => void real().then(resolve)));
          const made = prepare();
          const outer = fixtureSync<HTMLElement>(html`<div><button id="before">Connect</button><wearable-connect client-id="app" layout=${layout}></wearable-connect><input id="after" aria-label="After" /></div>`);
          const of = around(outer.querySelector('wearable-connect') as WearableConnect, made);
          await of.element.updateComplete;
          parts.layouts = real;
          outer.querySelector('button')?.focus();
          void of.element.connect('wahoo');
          await of.element.updateComplete;
          outer.querySelector<HTMLElement>(`#${id}`)?.focus();
          come();
          await until(() => box(of));
          await settled(of.element);
          expect(isShown(of)).to.equal(opens);
          trigger(of).click();
          await settled(of.element);
          expect(isShown(of), 'and it can be pressed').to.equal(!opens);
        });

      it('is a card where its part never comes', async () => {
        const made = prepare();
        const { layouts: real } = parts;
        const { warn } = console;
        const { setTimeout: later } = globalThis;
        const limits: (() => void)[] = [];
        parts.layouts = () => new Promise(() => {});
        globalThis.setTimeout = ((act: () => void, ms?: number) => (ms === 20_000 ? limits.push(act) : later(act, ms))) as typeof setTimeout;
        console.warn = () => {};
        try {
          const of = around(await fixture<WearableConnect>(html`<wearable-connect client-id="app" layout=${layout}></wearable-connect>`), made);
          parts.layouts = real;
          await settled(of.element);
          expect(part(of, 'frame'), 'not yet').to.equal(null);
          for (const over of limits) over();
          await settled(of.element);
          expect(part(of, 'frame')?.checkVisibility()).to.equal(true);
        } finally {
          globalThis.setTimeout = later;
          console.warn = warn;
          parts.layouts = real;
        }
      });

      it('is a card where its part is missing', async () => {
        const made = prepare();
        const real = parts.layouts;
        const { warn } = console;
        console.warn = () => {};
        parts.layouts = () => Promise.reject(new Error('404'));
        const element = await fixture<WearableConnect>(html`<wearable-connect client-id="app" layout=${layout}></wearable-connect>`);
        parts.layouts = real;
        await settled(element);
        console.warn = warn;
        expect(part(around(element, made), 'frame')?.checkVisibility()).to.equal(true);
        expect(element.renderRoot.querySelector('slot[name=trigger]')).to.equal(null);
      });

      it('keeps going, and the focus inside, from phase to phase', async () => {
        const of = await opened(layout);
        press(of, 'Wahoo');
        for (const phase of ['authorizing', 'confirming', 'syncing', 'connected'] as const) {
          await of.become(states[phase]());
          expect(of.root.activeElement?.localName, phase).to.equal('h2');
          expect(isShown(of), phase).to.equal(true);
        }
      });

      it('closed, changes nothing but the words on its button, and takes no focus', async () => {
        const of = await folded(layout);
        document.querySelector<HTMLElement>('#after')?.focus();
        const words: string[] = [];
        for (const state of [states.authorizing(), states.syncing(), states.failed({ error: failure('network') })]) {
          await of.become(state);
          words.push(textOf(trigger(of)));
        }
        expect(words).to.deep.equal(['Finish signing in', 'Connected · Garmin', 'Connect a wearable']);
        expect(document.activeElement?.id).to.equal('after');
        expect(isShown(of)).to.equal(false);
      });

      it('says on its button what needs attention, and how many there are', async () => {
        const several = [connection(), connection({ id: 'c2', source: 'oura', name: 'Oura' })];
        const of = await folded(layout, states.connected({ account: { user, connections: several } }));
        expect(textOf(trigger(of))).to.equal('Connected · Garmin +1');
        await of.become(states.connected({ account: { user, connections: [connection(), connection({ id: 'c2', name: 'Oura', status: 'expired' })] } }));
        expect(textOf(trigger(of))).to.equal('Expired · Oura');
      });

      it('says on its button that one has to sign in again', async () => {
        const of = await folded(layout, states.failed({ error: failure('session_expired'), account }));
        expect(textOf(trigger(of))).to.equal('Sign in again');
        expect(of.root.querySelector('.dot.amiss')).not.to.equal(null);
        await expect(of.element).to.be.accessible();
        await of.become(states.failed({ account }));
        expect(textOf(trigger(of)), 'another attempt that failed changes nothing').to.equal('Connected · Garmin');
      });

      it('takes the button that a wrapper passes on', async () => {
        const made = prepare();
        const wrapper = fixtureSync<HTMLElement>(html`<div><button>Passed on</button></div>`);
        wrapper.attachShadow({ mode: 'open' }).innerHTML = `<wearable-connect client-id="app" layout="${layout}"><slot slot="trigger"></slot></wearable-connect>`;
        const of = around(wrapper.shadowRoot?.firstElementChild as WearableConnect, made);
        const button = wrapper.firstElementChild as HTMLElement;
        await settled(of.element);
        expect(button.getAttribute('aria-expanded')).to.equal('false');
        button.click();
        await settled(of.element);
        expect([isShown(of), button.getAttribute('aria-expanded')]).to.deep.equal([true, 'true']);
      });

      it('takes the page’s own button, and tells a screen reader of it', async () => {
        const of = await folded(layout, undefined, html`<button slot="trigger" id="own">Mine</button>`);
        const own = of.element.querySelector('#own') as HTMLButtonElement;
        expect([own.getAttribute('aria-haspopup'), own.getAttribute('aria-expanded')]).to.deep.equal(['dialog', 'false']);
        own.focus();
        await sendKeys({ press: 'Enter' });
        await settled(of.element);
        expect(isShown(of)).to.equal(true);
        expect(own.getAttribute('aria-expanded')).to.equal('true');
        await expect(of.element).to.be.accessible();
        await sendKeys({ press: 'Escape' });
        await isClosed(of);
        expect(own.getAttribute('aria-expanded')).to.equal('false');
        expect(document.activeElement?.id).to.equal('own');
      });

      it('is closed when the page asks for the other one, and opens again', async () => {
        const of = await opened(layout);
        of.element.layout = layout === 'dialog' ? 'popover' : 'dialog';
        await settled(of.element);
        expect([isShown(of), trigger(of).getAttribute('aria-expanded')]).to.deep.equal([false, 'false']);
        trigger(of).click();
        await settled(of.element);
        expect([isShown(of), trigger(of).getAttribute('aria-expanded')]).to.deep.equal([true, 'true']);
      });

      it('is not closed by what is told late of the one that stood there before', async () => {
        const of = await opened(layout);
        const former = box(of);
        of.element.layout = 'inline';
        await settled(of.element);
        of.element.layout = layout;
        await settled(of.element);
        trigger(of).click();
        await settled(of.element);
        former.dispatchEvent(layout === 'dialog' ? new Event('close') : new ToggleEvent('toggle', { oldState: 'open', newState: 'closed' }));
        box(of).dispatchEvent(new Event('close'));
        await settled(of.element);
        expect([isShown(of), trigger(of).getAttribute('aria-expanded')]).to.deep.equal([true, 'true']);
        of.element.layout = 'inline';
        await settled(of.element);
        of.element.layout = layout;
        await settled(of.element);
        expect(isShown(of)).to.equal(false);
      });

      it('leaves nothing behind when it becomes a card, or goes', async () => {
        const of = await opened(layout, undefined, html`<button slot="trigger" id="own">Mine</button>`);
        const own = of.element.querySelector('#own') as HTMLElement;
        const sheets = of.root.adoptedStyleSheets.length;
        of.element.layout = 'inline';
        await settled(of.element);
        expect(own.hasAttribute('aria-expanded')).to.equal(false);
        expect(of.root.adoptedStyleSheets).to.have.length(sheets - 1);
        expect(part(of, 'frame')?.checkVisibility()).to.equal(true);
        of.element.layout = layout;
        await settled(of.element);
        expect(isShown(of), 'and is closed when it comes back').to.equal(false);

        own.click();
        await settled(of.element);
        const parent = of.element.parentElement;
        of.element.remove();
        parent?.append(of.element);
        await settled(of.element);
        expect(isShown(of)).to.equal(false);
        expect(own.getAttribute('aria-expanded')).to.equal('false');
      });
    });

  describe('popover', () => {
    it('stands beside its button, inside the window, with a tip that points to it', async () => {
      const of = await opened('popover');
      await isPlaced(of);
      const [card, button] = [box(of).getBoundingClientRect(), trigger(of).getBoundingClientRect()];
      expect(card.top).to.be.closeTo(button.bottom + 10, 1.5);
      expect(card.right).to.be.at.most(innerWidth);
      const tip = (of.root.querySelector('.tip') as Element).getBoundingClientRect();
      expect(tip.left).to.be.within(button.left - 2, button.right);
    });

    it('goes above a button at the foot of the window', async () => {
      const of = await folded('popover');
      of.element.style.cssText = 'position: fixed; inset-block-end: 4px; inset-inline-start: 40px';
      trigger(of).click();
      await settled(of.element);
      await isPlaced(of);
      const [card, button] = [box(of).getBoundingClientRect(), trigger(of).getBoundingClientRect()];
      expect(card.bottom).to.be.closeTo(button.top - 10, 1.5);
      const tip = of.root.querySelector('.tip') as Element;
      expect(tip.getBoundingClientRect().bottom).to.be.within(card.bottom, button.top + 2);
      expect(getComputedStyle(tip).rotate, 'its half that looks out').to.equal('225deg');
    });

    it('begins at the other end where the page reads the other way', async () => {
      document.documentElement.dir = 'rtl';
      const of = await opened('popover');
      await isPlaced(of);
      expect(box(of).getBoundingClientRect().right).to.be.closeTo(trigger(of).getBoundingClientRect().right, 1.5);
      document.documentElement.dir = '';
    });

    it('closes by its button without opening again', async () => {
      const of = await opened('popover');
      click(trigger(of), () => dismissed(of));
      await isClosed(of);
      await settled(of.element);
      expect(isShown(of)).to.equal(false);
      click(trigger(of));
      await settled(of.element);
      expect(isShown(of), 'but by the next press').to.equal(true);
    });

    it('closes when the focus goes on to the page, and not when it goes nowhere', async () => {
      const of = await opened('popover');
      of.root.querySelector<HTMLElement>('h2')?.blur();
      await settled(of.element);
      expect(isShown(of), 'another window has it').to.equal(true);
      of.root.querySelector<HTMLElement>('#over button')?.focus();
      document.querySelector<HTMLElement>('#after')?.focus();
      await isClosed(of);
      expect(document.activeElement?.id).to.equal('after');
    });

    it('leaves the focus where a press beside it has put it', async () => {
      const of = await opened('popover');
      document.querySelector<HTMLElement>('#before')?.focus();
      dismissed(of);
      await isClosed(of);
      await settled(of.element);
      expect(document.activeElement?.id).to.equal('before');
    });

    it('follows nothing any more once it is closed', async () => {
      const real = parts.anchored;
      const { create } = await real();
      let stopped = 0;
      parts.anchored = async () => ({
        create: () => (...given) => {
          const stop = create()(...given);
          return () => {
            stopped += 1;
            stop();
          };
        },
      });
      const of = await opened('popover');
      parts.anchored = real;
      await isPlaced(of);
      await sendKeys({ press: 'Escape' });
      await isClosed(of);
      expect(stopped).to.equal(1);
      expect(box(of).classList.contains('placed')).to.equal(false);
      expect(box(of).style).to.have.length(0);
      trigger(of).click();
      await settled(of.element);
      of.element.remove();
      expect(stopped, 'nor when it is gone').to.equal(2);
    });

    it('opens without the part that places it', async () => {
      const real = parts.anchored;
      const { warn } = console;
      console.warn = () => {};
      parts.anchored = () => Promise.reject(new Error('404'));
      const made = prepare();
      const element = await fixture<WearableConnect>(html`<wearable-connect client-id="app" layout="popover"></wearable-connect>`);
      await until(() => !!element.renderRoot.querySelector('#over'));
      const of = around(element, made);
      trigger(of).click();
      await element.updateComplete;
      parts.anchored = real;
      await settled(element);
      console.warn = warn;
      const card = box(of).getBoundingClientRect();
      expect([card.top >= 0, card.left >= 0, card.right <= innerWidth, card.bottom <= innerHeight]).to.deep.equal([true, true, true, true]);
    });

    it('is a sheet from below on a narrow screen', async () => {
      await setViewport({ width: 360, height: 640 });
      const of = await opened('popover', states.syncing());
      comeToRest(of);
      const card = box(of).getBoundingClientRect();
      expect([card.left, card.right, card.bottom]).to.deep.equal([0, 360, 640]);
      expect(card.top).to.be.at.least(640 * 0.11);
      await setViewport({ width: 1000, height: 900 });
    });
  });

  describe('dialog', () => {
    it('is modal: the page behind it is out of reach', async () => {
      const of = await opened('dialog');
      expect(box(of).matches('dialog:modal')).to.equal(true);
      document.querySelector<HTMLElement>('#before')?.focus();
      expect(document.activeElement?.id).not.to.equal('before');
    });

    for (const [where, hide] of Object.entries({
      hidden: (of: Widget): void => void (of.element.hidden = true),
      'in something hidden': (of: Widget): void => void ((of.element.parentElement as HTMLElement).hidden = true),
      'in something folded away': (of: Widget): void => void ((of.element.parentElement as HTMLElement).style.contentVisibility = 'hidden'),
    }))
      it(`leaves the page in reach, ${where}, and opens when it is seen again`, async () => {
        const of = await folded('dialog');
        hide(of);
        void of.element.connect('wahoo');
        await settled(of.element);
        expect([box(of).matches('dialog:modal'), trigger(of).getAttribute('aria-expanded')]).to.deep.equal([false, 'false']);
        of.element.hidden = false;
        Object.assign(of.element.parentElement as HTMLElement, { hidden: false, style: '' });
        trigger(of).click();
        await settled(of.element);
        expect([isShown(of), trigger(of).getAttribute('aria-expanded')]).to.deep.equal([true, 'true']);
      });

    it('stays for a press that only ends beside it, as a selection does', async () => {
      const of = await opened('dialog');
      of.root.querySelector('h2')?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
      // Where they are not the same, a click is of what both stand in (UI Events 3.4.4).
      box(of).click();
      await settled(of.element);
      expect(isShown(of)).to.equal(true);
    });

    it('opens above a dialog of the page’s own, and leaves that open', async () => {
      const of = await folded('dialog');
      const outer = document.createElement('dialog');
      of.element.parentElement?.append(outer);
      outer.append(of.element);
      outer.showModal();
      await settled(of.element);
      trigger(of).focus();
      trigger(of).click();
      await settled(of.element);
      expect(isShown(of)).to.equal(true);
      await sendKeys({ press: 'Escape' });
      await isClosed(of);
      expect([outer.open, of.root.activeElement === trigger(of)]).to.deep.equal([true, true]);
      outer.close();
    });
  });

  it('is told of by the account it is for', async () => {
    const of = await folded('popover', states.connected({ account }));
    expect(trigger(of).classList.contains('main'), 'no longer what to press first').to.equal(false);
  });
});
