/**
 * As much of an element base as this widget needs: attributes become properties, a changed property means one drawing, in the
 * turn that follows, styles are adopted (nothing inline, so a strict style-src holds). LitElement does this and much more, for
 * 2 KB of the script-tag file; drawing itself is Lit's.
 */
import { render } from './lit.js';
import type { TemplateResult } from './lit.js';

export interface Property {
  /** Where there is none. Else its name is the property's, with a dash before each capital. */
  readonly attribute?: false;
  readonly type?: 'boolean' | 'number';
  /** Also what the property is again when its attribute goes. */
  readonly initial?: unknown;
}

/** Node has no HTMLElement, and importing the class there must do nothing. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

export const attributeOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** One for all of them. */
let sheet: CSSStyleSheet | undefined;

export abstract class Reactive extends Base {
  static readonly properties: Readonly<Record<string, Property>> = {};
  static readonly styles: string = '';

  /** Asked for once, when the element is defined: the moment to give its properties their accessors. */
  static get observedAttributes(): string[] {
    for (const name of Object.keys(this.properties))
      Object.defineProperty(this.prototype, name, {
        configurable: true,
        enumerable: true,
        get(this: Reactive) {
          return (name in this.#early ? this.#early : this.#values)[name];
        },
        set(this: Reactive, value: unknown) {
          delete this.#early[name];
          if (Object.is(this.#values[name], value)) return;
          this.#values[name] = value;
          this.requestUpdate();
        },
      });
    return Object.entries(this.properties).flatMap(([name, { attribute }]) => (attribute === false ? [] : attributeOf(name)));
  }

  readonly renderRoot: ShadowRoot;
  hasUpdated = false;
  updateComplete: Promise<void> = Promise.resolve();
  readonly #values: Record<string, unknown> = {};
  /** What a framework had set before the element was defined. It wins over the attributes that are read right after, as it would have afterwards. */
  readonly #early: Record<string, unknown> = {};
  #isWanted = false;

  constructor() {
    super();
    for (const [name, { initial = null }] of Object.entries(this.#properties)) {
      this.#values[name] = initial;
      if (!Object.hasOwn(this, name)) continue;
      this.#early[name] = this[name as keyof this];
      delete (this as Record<string, unknown>)[name];
    }
    queueMicrotask(() => Object.assign(this, this.#early));
    // A server may have drawn into it already: that is seen until the first drawing takes its place.
    this.renderRoot = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    if (!sheet) (sheet = new CSSStyleSheet()).replaceSync((this.constructor as typeof Reactive).styles);
    this.renderRoot.adoptedStyleSheets = [sheet];
  }

  get #properties(): Readonly<Record<string, Property>> {
    return (this.constructor as typeof Reactive).properties;
  }

  /** On the page, and not put off: whoever writes `defer-hydration` takes it away once everything has been set (as Lit does). */
  protected get isDue(): boolean {
    return this.isConnected && !this.hasAttribute('defer-hydration');
  }

  attributeChangedCallback(changed: string, _old: string | null, value: string | null): void {
    const found = Object.entries(this.#properties).find(([name]) => attributeOf(name) === changed);
    if (!found) return this.arrive();
    const [name, { type, initial = null }] = found;
    const said = type === 'boolean' ? value !== null : type === 'number' && value !== null ? Number(value) : (value ?? initial);
    if (!(name in this.#early)) Object.assign(this, { [name]: said });
  }

  /**
   * Whatever else changes until then becomes part of the same drawing. Where a browser gives turns, drawing has one of its own: it makes
   * no long task of the one in which a script or an answer has just arrived, and what is to be asked next has left before it.
   */
  requestUpdate(): void {
    if (this.#isWanted || !this.isDue) return;
    this.#isWanted = true;
    this.updateComplete = Promise.resolve(self.scheduler?.yield?.())
      // In a task of the page's that is called off a turn is refused, with the reason of its signal; then it takes none.
      .catch(() => {})
      .then(() => {
        if (this.#isWanted) this.performUpdate();
      });
  }

  performUpdate(): void {
    try {
      this.willUpdate();
      if (!this.hasUpdated) this.renderRoot.replaceChildren();
      this.hasUpdated = true;
      // What is set up to here is in this drawing; what comes later wants another one.
      this.#isWanted = false;
      render(this.render(), this.renderRoot);
    } catch (thrown) {
      // A policy of the page that forbids templates, or a platform of its own that throws, is told where a developer looks; nothing is thrown at the page.
      this.#isWanted = false;
      console.error(thrown);
    }
    this.updated();
  }

  /** It is on the page, or something besides its properties has changed. */
  protected abstract arrive(): void;
  protected abstract willUpdate(): void;
  protected abstract render(): TemplateResult;
  protected abstract updated(): void;
}
