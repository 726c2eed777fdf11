/** What a visitor does in a story, by what they read: every step shows in the Interactions panel. */
import { expect, userEvent, waitFor } from 'storybook/test';
import type { WearableConnect } from '../src/index.js';
import { trust } from '../src/element/trust.js';
import { en } from '../src/locales/en.js';

type Word = { [Key in keyof typeof en]: (typeof en)[Key] extends string ? Key : never }[keyof typeof en];

// A play function is the visitor here, and a browser marks what it does as done by a script.
trust.isByVisitor = () => true;

/** What an element draws with comes in parts: on a busy machine that takes a moment. */
export const patiently: typeof waitFor = (holds) => waitFor(holds, { timeout: 5_000 });

export interface Visitor {
  press(name: string | RegExp): Promise<void>;
  /** Presses what does this, whatever it is called in the language of the page. */
  acts(what: keyof typeof en, about?: string): Promise<void>;
  /** The button that stands in place of a card. */
  opens(): Promise<void>;
  /** What is folded away because few need it. */
  unfolds(): Promise<void>;
  sees(text: string | RegExp): Promise<void>;
  types(text: string): Promise<void>;
  /** Whether this is what has the focus, on the page or inside the element. */
  isAt(name: string | RegExp): Promise<void>;
}

/** A sentence as it stands in the card: what is filled in may be anything. */
export const words = (word: Word): RegExp => new RegExp(en[word].replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{\w+\}/g, '.*'));

export function visitorOf(element: WearableConnect): Visitor {
  const root = element.renderRoot;
  const matches = (text: string, wanted: string | RegExp): boolean => (typeof wanted === 'string' ? text === wanted : wanted.test(text));
  const nameOf = (one: Element): string => (one.getAttribute('aria-label') ?? one.textContent).replaceAll(/\s+/g, ' ').trim();
  const isShown = (one: Element): boolean => one.checkVisibility({ visibilityProperty: true });

  // By what they are called. Testing Library's own queries refuse to look into a shadow root.
  const button = (name: string | RegExp): Promise<HTMLElement> =>
    patiently(() => {
      const all = [...root.querySelectorAll<HTMLElement>('button, a[href]')].filter(isShown);
      const found = all.find((one) => matches(nameOf(one), name));
      if (!found) throw new Error(`There is no button called ${name}: there are ${all.map(nameOf).join(' | ')}.`);
      return found;
    });
  /** By its place, where its name depends on the language. */
  const at = (place: string): Promise<HTMLElement> =>
    patiently(() => {
      const found = [...root.querySelectorAll<HTMLElement>(place)].find(isShown);
      if (!found) throw new Error(`There is nothing at ${place}.`);
      return found;
    });
  return {
    async press(name) {
      await userEvent.click(await button(name));
    },
    async acts(what, about) {
      await userEvent.click(await at(`[data-act=${what}]${about === undefined ? '' : `[data-about="${about}"]`}`));
    },
    async opens() {
      await userEvent.click(await at('[aria-haspopup]'));
      await at('[part=frame]');
    },
    async unfolds() {
      await userEvent.click(await at('summary'));
    },
    async sees(text) {
      await patiently(() => expect(root.textContent.replaceAll(/\s+/g, ' ')).toMatch(text));
    },
    async types(text) {
      await userEvent.type(await at('input'), text);
    },
    async isAt(name) {
      const there = await button(name);
      await patiently(() => expect(element.shadowRoot?.activeElement).toBe(there));
    },
  };
}
