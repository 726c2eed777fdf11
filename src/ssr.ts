/**
 * For servers that render pages: the first look of the element as text, so that it is on the page before any script. The tag itself
 * needs nothing of this. Runs wherever JavaScript does, and registers nothing in a browser.
 */
import { declarativeShadowRoot, firstLook } from './element/first-look.js';
import type { Look } from './element/first-look.js';
import { escaped } from './element/markup.js';
import { attributeOf } from './element/reactive.js';
import { WearableConnect } from './element/wearable-connect.js';

export { declarativeShadowRoot };
export type { Look };

/** What `@lit-labs/ssr` asks of one that renders elements. Its own class is not needed for it, so neither is its package. */
export interface ServerElement {
  readonly tagName: string;
  connectedCallback(): void;
  attributeChangedCallback(name: string, old: string | null, value: string | null): void;
  setProperty(name: string, value: unknown): void;
  setAttribute(name: string, value: string): void;
  readonly shadowRootOptions: { readonly mode: 'open' };
  renderShadow(): string[];
  renderLight(): undefined;
  renderAttributes(): string[];
}

export interface ServerElementClass {
  new (tagName: string): ServerElement;
  matchesClass(elementClass: unknown, tagName: string): boolean;
}

const attributeFor = (property: string): string | false => WearableConnect.properties[property]?.attribute ?? attributeOf(property);

/** What the page has not said by an attribute, where it is a word of the element's own. */
const written = (value: unknown): string | null => (value === true ? '' : typeof value === 'string' || typeof value === 'number' ? String(value) : null);

/**
 * For `@lit-labs/ssr`: `render(page, { elementRenderers: [elementRenderer({ lang: 'en' })] })`. What a template sets as a property is
 * written as its attribute where there is one, so that the tag is whole before anybody hydrates it.
 */
export function elementRenderer(look: Look = {}, tag = 'wearable-connect'): ServerElementClass {
  standIn(tag);
  return class implements ServerElement {
    readonly shadowRootOptions = { mode: 'open' } as const;
    readonly #attributes = new Map<string, string>();
    #strings = look.strings;

    static matchesClass(_class: unknown, tagName: string): boolean {
      return tagName === tag;
    }

    constructor(readonly tagName: string) {}

    connectedCallback(): void {}

    attributeChangedCallback(): void {}

    setProperty(name: string, value: unknown): void {
      if (name === 'strings') this.#strings = value as Look['strings'];
      const [attribute, text] = [attributeFor(name), written(value)];
      if (attribute && text !== null) this.#attributes.set(attribute, text);
    }

    setAttribute(name: string, value: string): void {
      this.#attributes.set(name.toLowerCase(), value);
    }

    renderShadow(): string[] {
      const [lang, layout, platform] = ['lang', 'layout', 'platform'].map((name) => this.#attributes.get(name));
      return [firstLook({ ...look, lang: lang ?? look.lang, layout: layout ?? look.layout, platform: platform ?? look.platform, strings: this.#strings })];
    }

    renderLight(): undefined {}

    renderAttributes(): string[] {
      return [...this.#attributes].map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${escaped(value)}"`));
    }
  };
}

/** It renders only what is registered, in a registry of its own for servers. A browser's is left alone. */
function standIn(tag: string): void {
  if (typeof document === 'undefined' && globalThis.customElements && !customElements.get(tag)) customElements.define(tag, class {} as typeof HTMLElement);
}
