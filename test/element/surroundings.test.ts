import { expect } from '@open-wc/testing';
import type { OpenBetween } from '../../src/core/platform.js';
import { parts } from '../../src/element/parts.js';
import { trust } from '../../src/element/trust.js';
import type { Place } from '../../src/oauth/surroundings.js';
import { states } from './fake.js';
import { said, textOf, widget } from './widget.js';
import type { Widget } from './widget.js';

/** A whole turn of the event loop: everything that was ready by now has run. */
const aTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

async function at(place: Place, state = states.choosing()): Promise<Widget> {
  const of = await widget(states.loading());
  Object.assign(of.connector, { place });
  await of.become(state);
  // The part that knows what to do there has come.
  await parts.elsewhere();
  await aTurn();
  await of.element.updateComplete;
  return of;
}

const named = ({ root }: Widget, name: string): HTMLElement => {
  const found = [...root.querySelectorAll<HTMLElement>('button, a')].find((one) => textOf(one).startsWith(name));
  if (!found) throw new Error(`nothing called ${name}: ${textOf(root.querySelector('.frame'))}`);
  return found;
};

describe('element, where the page stands', () => {
  describe('inside another app', () => {
    it('says that a sign-in may refuse, and how to get out, above the list', async () => {
      const of = await at('app');
      expect(textOf(of.root.querySelector('.notice'))).to.contain('open this page in your browser');
      expect(named(of, 'Open in your browser').getAttribute('href')).to.match(/^(x-safari-http|intent:\/\/)/);
      expect(of.root.querySelector('[part=source]'), 'and nothing is in the way').not.to.equal(null);
    });

    it('copies the address, and says so', async () => {
      const of = await at('app');
      const copied: string[] = [];
      Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: async (text: string) => void copied.push(text) } });
      named(of, 'Copy the link').click();
      await Promise.resolve();
      await of.element.updateComplete;
      await of.element.updateComplete;
      Reflect.deleteProperty(navigator, 'clipboard');
      expect(copied).to.deep.equal([location.href]);
      expect(textOf(named(of, 'Link copied'))).to.equal('Link copied');
    });

    it('shows the address where it may not be copied', async () => {
      const of = await at('app');
      Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });
      named(of, 'Copy the link').click();
      await Promise.resolve();
      await Promise.resolve();
      await of.element.updateComplete;
      Reflect.deleteProperty(navigator, 'clipboard');
      expect(textOf(of.root.querySelector('.notice code'))).to.equal(location.href);
    });
  });

  describe('in a frame of another site', () => {
    it('never offers to go on in the frame, where sign-in pages refuse to be', async () => {
      const of = await at('frame', states.authorizing({ sight: 'blocked' }));
      const link = named(of, 'Open in a tab');
      expect([link.getAttribute('href'), link.getAttribute('target')]).to.deep.equal([location.href, '_blank']);
      expect(textOf(link), 'as of whatever opens a window').to.equal('Open in a tab, opens a new window');
      expect(textOf(of.root.querySelector('.actions'))).not.to.contain('Continue in this tab');
    });

    it('promises no way on right here, where there is none', async () => {
      const of = await at('frame', states.authorizing({ sight: 'blocked' }));
      expect([textOf(of.root.querySelector('h2')), said(of)]).to.deep.equal(['That did not work', 'That did not work. Your browser blocked the window.']);
      await expect(of.element).to.be.accessible();
    });

    it('says what to do when nothing can be heard from the window, and goes on in one of ours', async () => {
      const of = await at('frame', states.authorizing({ sight: 'apart' }));
      expect(said(of)).to.contain('can’t hear from that window');
      const relay = document.body.appendChild(document.createElement('iframe'));
      Object.assign(of.connector, { show: (between: OpenBetween) => between('https://platform.example/', 'wc-1', () => relay.contentWindow) });
      named(of, 'Open it again').click();
      const shown = relay.contentDocument?.body;
      expect([shown?.querySelector('p'), shown?.querySelector('button')].map(textOf)).to.deep.equal(['One more step: sign in to Garmin here.', 'Go on to Garmin']);
      relay.remove();
    });
  });

  describe('in a frame that may not open windows [S18]', () => {
    /** `open()` gave nothing: a blocker lets a click through, and an opened window uses it up. Here it was neither. */
    async function refused(isActive: boolean, state = states.authorizing({ sight: 'blocked' })): Promise<Widget> {
      Object.defineProperty(navigator, 'userActivation', { configurable: true, value: { isActive } });
      const of = await at('frame', state);
      Reflect.deleteProperty(navigator, 'userActivation');
      return of;
    }

    it('offers the page’s address, and nothing that cannot work there', async () => {
      const of = await refused(true);
      expect(textOf(of.root.querySelector('[part=status]'))).to.contain('may not open windows here');
      expect(said(of)).to.contain('Copy its link');
      expect([...of.root.querySelectorAll('.actions > *')].map(textOf)).to.deep.equal(['Copy the link', 'Cancel']);
      await expect(of.element).to.be.accessible();
      of.element.requestUpdate();
      await of.element.updateComplete;
      expect(textOf(of.root.querySelector('.actions')), 'though the click is long over').to.contain('Copy the link');
    });

    it('is told from a blocker', async () => expect(textOf((await refused(false)).root.querySelector('.actions'))).to.contain('Open in a tab'));

    it('is forgotten with its attempt', async () => {
      const of = await refused(true);
      await of.become(states.choosing());
      await of.become(states.authorizing({ sight: 'blocked' }));
      expect(textOf(of.root.querySelector('.actions'))).to.contain('Open in a tab');
    });
  });

  describe('on a phone instead', () => {
    const { qr } = parts;
    afterEach(() => {
      parts.qr = qr;
    });

    /** Presses it and waits for the part to have come. */
    async function scanned(link: string | null): Promise<{ of: Widget; texts: string[] }> {
      const of = await at('page', states.authorizing());
      Object.assign(of.connector, { link });
      const texts: string[] = [];
      const part = await qr();
      parts.qr = async () => ({ ...part, create: (element) => (text) => (texts.push(text), part.create(element)(text)) });
      named(of, 'Use your phone').click();
      await aTurn();
      await of.element.updateComplete;
      return { of, texts };
    }

    it('shows this page as a QR code, large, dark on light', async () => {
      const { of, texts } = await scanned(null);
      expect(texts).to.deep.equal([location.href]);
      const code = of.root.querySelector<SVGElement>('svg.code');
      expect(code?.querySelector('path')?.getAttribute('d')).to.match(/^M\d/);
      expect(code?.getBoundingClientRect().width).to.be.greaterThan(160);
      expect([said(of), textOf(of.root.querySelector('[part=status]'))], 'in sight, and heard').to.deep.equal(Array(2).fill('Scan this with your phone to go on.'));
      const { backgroundColor, fill } = getComputedStyle(code as Element);
      expect([backgroundColor, fill]).to.deep.equal(['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
      await of.become(states.choosing());
      expect(of.root.querySelector('svg.code'), 'gone with its phase').to.equal(null);
    });

    it('says beside the code that the window is out of sight', async () => {
      const { of } = await scanned(null);
      await of.become(states.authorizing({ sight: 'lost' }));
      expect(of.root.querySelector('svg.code')).not.to.equal(null);
      expect([said(of), textOf(of.root.querySelector('[part=status]'))]).to.deep.equal(Array(2).fill('We can’t see the window any more. If you are still signing in, carry on there.'));
      await expect(of.element).to.be.accessible();
    });

    it('is not offered to a finger, which has a phone already', async () => {
      const { matchMedia } = window;
      window.matchMedia = (query) => (query === '(pointer: coarse)' ? ({ matches: true } as MediaQueryList) : matchMedia.call(window, query));
      const of = await at('page', states.authorizing());
      window.matchMedia = matchMedia;
      expect([...of.root.querySelectorAll('.actions > *')].map(textOf)).to.deep.equal(['Show the window', 'Cancel']);
      expect(of.root.textContent).to.include('Look among your tabs.');
    });

    it('shows the address that finishes this attempt, where the platform has one', async () => {
      expect((await scanned('https://platform.example/pair/1')).texts).to.deep.equal(['https://platform.example/pair/1']);
    });

    it('says in the console where the part is missing, and goes on as before', async () => {
      const of = await at('page', states.authorizing());
      parts.qr = () => Promise.reject(new Error('404'));
      const { warn } = console;
      const lines: unknown[] = [];
      console.warn = (line: unknown) => lines.push(line);
      named(of, 'Use your phone').click();
      const sentence = 'Finish signing in to Garmin in the window we opened.';
      expect(textOf(of.root.querySelector('[part=status]')), 'while it is on its way').to.equal(sentence);
      await aTurn();
      await of.element.updateComplete;
      console.warn = warn;
      expect(String(lines)).to.contain('wearable-connect.qr.js could not be loaded');
      expect(of.root.querySelector('svg.code')).to.equal(null);
      expect(textOf(of.root.querySelector('[part=status]'))).to.equal(sentence);
      expect(of.root.querySelector('.moment .glyph')).not.to.equal(null);
    });
  });

  describe('a click that no visitor made [T17]', () => {
    const { isByVisitor } = trust;
    beforeEach(() => {
      trust.isByVisitor = ({ isTrusted }) => isTrusted;
    });
    afterEach(() => {
      trust.isByVisitor = isByVisitor;
    });

    for (const [what, state] of Object.entries({ 'opens nothing': states.choosing(), 'lets nothing go': states.connected() }))
      it(what, async () => {
        const of = await widget(state);
        const before = [...of.connector.calls];
        for (const button of of.root.querySelectorAll('button')) button.click();
        await of.element.updateComplete;
        expect(of.connector.calls).to.deep.equal(before);
        expect(of.root.querySelector('#question'), 'and nothing is even asked').to.equal(null);
      });
  });
});
