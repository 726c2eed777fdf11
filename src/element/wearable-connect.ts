import type { ConnectError } from '../core/errors.js';
import type { WearableEventMap } from '../core/events.js';
import type { Connection, Phase, Progress, User } from '../core/nouns.js';
import type { Platform } from '../core/platform.js';
import { connectionsOf, errorOf } from '../core/state.js';
import type { Ending } from '../core/endings.js';
import { configurationOf } from './configured.js';
import { createCustomState } from './custom-state.js';
import { createDrawing } from './drawing.js';
import { createInspection } from './inspection.js';
import { onLanguage } from './language.js';
import { createLate } from './late.js';
import { createLife } from './life.js';
import { nothing } from './lit.js';
import type { TemplateResult } from './lit.js';
import { whenParsed } from './parsed.js';
import { Reactive } from './reactive.js';
import type { Property } from './reactive.js';
import { styles } from './styles.js';
import { wiring } from './wiring.js';
import type { Connector } from './wiring.js';
import type { OwnStrings } from './words.js';

declare const __VERSION__: string | undefined;

/**
 * Connects a visitor's wearable: they pick it, sign in in a window, and come back connected; then their history arrives.
 * Tells the page everything by events, and never throws into it: what is wrong shows in the element, and in the console.
 *
 * @tag wearable-connect
 *
 * @attr {'sweatstack' | 'open-wearables' | 'demo'} [platform=sweatstack] - `sweatstack`, `open-wearables` or `demo`. The property also takes a `Platform`.
 * @attr {string} client-id - Your application's id; required for `sweatstack`.
 * @attr {string} redirect-uri - Where the window lands, on this page's origin. Without it: this page, without query and fragment.
 * @attr {string} [scope=openid profile data:read] - OAuth scopes, separated by spaces.
 * @attr {string} [base-url=https://app.sweatstack.no] - The platform's origin; for `open-wearables` where your handler is mounted, `/wearables` if nothing is said.
 * @attr {'express' | 'standard'} [sign-in=express] - Which sign-in page: `express`, the wearables first; `standard`, the platform's usual one.
 * @attr {string} sources - Ids of the wearables to offer, in order, separated by spaces or commas, as `garmin_connect intervals_icu wahoo`. Without it: all that the platform offers.
 * @attr {'auto' | 'popup' | 'redirect'} [mode=auto] - `auto`: a window where that works, else the whole page; `popup`: a window; `redirect`: the whole page goes, and comes back to where it was.
 * @attr {'inline' | 'popover' | 'dialog'} [layout=inline] - `inline`: a card; `popover`: a button with the card beside it, a sheet from below on narrow screens; `dialog`: a button, and the card above the page.
 * @attr {'memory' | 'session' | 'local'} [persist=memory] - Where tokens outlive a reload: nowhere, in this tab, in this browser.
 * @attr {'event' | 'none' | 'backend'} [token-delivery=event] - `event`: `wearable-tokens` brings them; `none`: call `getAccessToken()`; `backend`: your server redeems the code, and no token reaches the page.
 * @attr {string} [backend-url=/wearables] - Where `token-delivery="backend"` finds the handler on your server.
 * @attr {number} history-days - For `open-wearables`: how many days back to ask for. Without it: as many as the platform gives.
 * @attr {string} [scenario=happy] - What happens, for `platform="demo"`.
 * @attr {string} lang - BCP 47: of words, dates and units. Without it: the nearest `lang` above, else the browser's. Does not set a direction: that follows the page.
 * @attr {boolean} no-preview - Do not ask for the latest activity.
 * @attr {boolean} inspector - For developers: shows what happened on the wire, without its secrets, and checks your set-up. Loaded only where it stands.
 * @attr {boolean} defer-hydration - Written by a server for a framework that sets properties later: nothing begins until it is taken away.
 *
 * @fires {WearableChangeEvent} wearable-change - The phase changed.
 * @fires {WearableTokensEvent} wearable-tokens - Tokens arrived, were restored or were refreshed. Does not bubble: listen on the element itself.
 * @fires {WearableConnectedEvent} wearable-connected - An attempt ended well.
 * @fires {WearableConnectionsEvent} wearable-connections - The list of connections was learnt or changed.
 * @fires {WearablePreviewEvent} wearable-preview - The latest activity is known.
 * @fires {WearableProgressEvent} wearable-progress - The history moved on; at most four times a second.
 * @fires {WearableCompleteEvent} wearable-complete - The history is in, or nothing more is coming.
 * @fires {WearableCancelledEvent} wearable-cancelled - An attempt ended without a decision.
 * @fires {WearableErrorEvent} wearable-error - Something failed.
 * @fires {WearableDisconnectedEvent} wearable-disconnected - A source, or the whole session, was let go.
 * @fires {WearableWireEvent} wearable-wire - One request ended (only with `inspector`).
 *
 * @csspart frame - The card.
 * @csspart header - Its head, with the heading.
 * @csspart list - The wearables to choose from, or the connections.
 * @csspart source - One wearable to choose.
 * @csspart button - Every other button.
 * @csspart progress - The bar of the history.
 * @csspart status - The sentence that says how things stand.
 * @csspart error - The sentence that says what is wrong.
 * @csspart footer - Its foot.
 * @csspart preview - The latest activity.
 * @csspart connection - One connection.
 * @csspart inspector - What happened on the wire.
 *
 * @slot header - Replaces the heading.
 * @slot trigger - The page's own button, for the layouts `popover` and `dialog`.
 * @slot footer - Replaces the platform's name at the foot.
 * @slot icon-<source> - A picture for one wearable, by its id, as `icon-garmin_connect`.
 *
 * @cssprop [--wearable-accent=light-dark(#2f4fd0, #a9bcff)] - The main button, the bar, the focus ring; there darkened or lightened until it can be read.
 * @cssprop [--wearable-on-accent=white] - Text on it. Default: white or black, whichever can be read.
 * @cssprop [--wearable-surface=light-dark(#fff, #17191e)] - The card.
 * @cssprop [--wearable-text=light-dark(#16181d, #eef0f4)] - Text.
 * @cssprop [--wearable-muted=color-mix(in srgb, var(--wearable-text) 72%, transparent)] - Small print.
 * @cssprop [--wearable-line=color-mix(in srgb, var(--wearable-text) 15%, transparent)] - Borders.
 * @cssprop [--wearable-danger=light-dark(#b3261e, #ffb0a8)] - What went wrong, and what takes something away.
 * @cssprop [--wearable-success=light-dark(#1a7048, #7fd6a8)] - What went well.
 * @cssprop [--wearable-radius=12px] - Corners.
 * @cssprop [--wearable-space=8px] - The step that every distance is a multiple of.
 * @cssprop [--wearable-font=system-ui, sans-serif] - The typeface.
 *
 * @cssstate loading - Finding out what can be connected.
 * @cssstate choosing - The visitor chooses.
 * @cssstate authorizing - The sign-in window is open.
 * @cssstate confirming - Back from it; the answer is being checked.
 * @cssstate syncing - Connected; the history is arriving.
 * @cssstate connected - Connected; nothing more to wait for.
 * @cssstate failed - Something failed.
 */
export class WearableConnect extends Reactive {
  static readonly version: string = typeof __VERSION__ === 'undefined' ? 'dev' : __VERSION__;

  static override readonly styles = styles;
  static override readonly properties: Readonly<Record<string, Property>> = {
    platform: { initial: 'sweatstack' },
    clientId: { attribute: 'client-id' },
    redirectUri: { attribute: 'redirect-uri' },
    scope: { initial: 'openid profile data:read' },
    baseUrl: { attribute: 'base-url' },
    signIn: { attribute: 'sign-in', initial: 'express' },
    sources: {},
    mode: { initial: 'auto' },
    layout: { initial: 'inline' },
    persist: { initial: 'memory' },
    tokenDelivery: { attribute: 'token-delivery', initial: 'event' },
    backendUrl: { attribute: 'backend-url', initial: '/wearables' },
    historyDays: { attribute: 'history-days', type: 'number' },
    scenario: { initial: 'happy' },
    noPreview: { attribute: 'no-preview', type: 'boolean', initial: false },
    inspector: { type: 'boolean', initial: false },
    strings: { attribute: false },
    fetchSession: { attribute: false },
  };

  declare platform: 'sweatstack' | 'open-wearables' | 'demo' | Platform;
  declare clientId: string | null;
  declare redirectUri: string | null;
  declare scope: string | null;
  declare baseUrl: string | null;
  declare signIn: 'express' | 'standard';
  declare sources: string | readonly string[] | null;
  declare mode: 'auto' | 'popup' | 'redirect';
  declare layout: 'inline' | 'popover' | 'dialog';
  declare persist: 'memory' | 'session' | 'local';
  declare tokenDelivery: 'event' | 'none' | 'backend';
  declare backendUrl: string | null;
  declare historyDays: number | null;
  declare scenario: string | null;
  declare noPreview: boolean;
  declare inspector: boolean;
  /** Replaces any sentence a visitor reads. */
  declare strings: OwnStrings | null;
  /** Its value goes to the host's handler as `Authorization: Bearer`; asked for anew at each request. */
  declare fetchSession: (() => Promise<string>) | null;

  #deaf = (): void => {};
  #mark = createCustomState(this);
  #late = createLate(this);
  #inspection = createInspection(this.#late);
  /** One function for ever, whatever the page sets: it asks for the page's own when called. */
  #session = (): Promise<string> => this.fetchSession?.() ?? Promise.resolve('');
  #life = createLife({
    configuration: () => configurationOf(this, Object.keys(WearableConnect.properties), this.#session),
    dispatch: (event) => {
      this.#mark(this.phase);
      this.dispatchEvent(event);
    },
    onState: () => this.requestUpdate(),
    onStep: (step) => {
      this.#inspection.add(step);
      this.requestUpdate();
    },
    isWatched: () => this.inspector,
  });
  #drawing = createDrawing(this, this.#life, this.#late);

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang', 'defer-hydration'];
  }

  connectedCallback(): void {
    // As tall as the card before that is drawn: nothing below it moves.
    if (this.layout === 'inline' && !this.renderRoot.firstChild) this.renderRoot.append(Object.assign(document.createElement('section'), { className: 'frame' }));
    const endLanding = wiring.onLanding(() => this.arrive());
    const endLanguage = onLanguage(() => this.requestUpdate());
    this.#deaf = () => {
      endLanding();
      endLanguage();
    };
    this.arrive();
  }

  disconnectedCallback(): void {
    this.#deaf();
    this.#drawing.stop();
    // A move in the DOM is a removal and an insertion in one task.
    queueMicrotask(() => {
      if (!this.isConnected) this.#life.stop();
    });
  }

  /** How far the visitor has come; also as `:state(…)`. */
  get phase(): Phase {
    return this.#life.state.phase;
  }

  /** Who has signed in, once that is known. */
  get user(): User | null {
    return this.#life.state.account?.user ?? null;
  }

  /** What is connected. */
  get connections(): readonly Connection[] {
    return connectionsOf(this.#life.state);
  }

  /** How far the history is, while it comes in. */
  get progress(): Progress | null {
    return this.#life.state.progress;
  }

  /** What went wrong, while the visitor can read of it. */
  get error(): ConnectError | null {
    return errorOf(this.#life.state);
  }

  /** Opens the sign-in window at once: call it inside a click. Settles when the attempt ends; need not be awaited. */
  connect(source?: string | null, options?: { readonly signal?: AbortSignal }): Promise<Ending> {
    // The window first: it wants the very task of the click.
    this.#life.anew();
    const ending = this.#ready().connect(source, options);
    this.#drawing.open();
    return ending;
  }

  /** Tries what failed once more: call it inside a click. */
  retry(): void {
    this.#ready().retry();
  }

  /** Back to the wearables; ends an attempt that runs as `wearable-cancelled`, `back`. One whose tokens have been told is connected instead. */
  back(): void {
    this.#ready().back();
  }

  /** Opens the platform's own page for managing connections: call it inside a click. */
  manage(): Promise<void> {
    return this.#ready().manage();
  }

  /** Lets one connection go, or, without a source, the whole session. */
  disconnect(source?: string | null): Promise<void> {
    return this.#ready().disconnect(source);
  }

  /** Renews the tokens where there is a refresh token, and reads the connections anew. */
  refresh(): Promise<void> {
    return this.#ready().refresh();
  }

  /** A token that is fresh for a while: one refresh at a time, across tabs too. */
  getAccessToken(): Promise<string> {
    return this.#ready().getAccessToken();
  }

  /** Drops tokens and whatever runs, without a word to the platform, and begins anew. */
  reset(): void {
    this.#ready().reset();
  }

  protected override arrive(): void {
    this.requestUpdate();
    whenParsed((isLate) => {
      if (!this.isDue || wiring.isLanding()) return;
      this.requestUpdate();
      this.#life.begun(isLate);
    });
  }

  /** For methods: they may be called before the first drawing, and right after an attribute was set. */
  #ready(): Connector {
    // What was set before the upgrade is taken over by the first drawing.
    if (!this.hasUpdated) this.performUpdate();
    return this.isConnected && !wiring.isLanding() ? this.#life.begun(true) : this.#life.connector();
  }

  protected override willUpdate(): void {
    if (!wiring.isLanding()) this.#life.connector();
    this.#mark(this.phase);
    this.#drawing.before(this.renderRoot);
  }

  protected override render(): TemplateResult {
    return this.#drawing.draw(this.inspector ? this.#inspection.draw() : nothing);
  }

  protected override updated(): void {
    this.#drawing.after(this.renderRoot);
  }
}

/* eslint-disable @typescript-eslint/no-empty-object-type -- names for what lib.dom looks up */
declare global {
  interface HTMLElementTagNameMap { 'wearable-connect': WearableConnect }
  interface HTMLElementEventMap extends WearableEventMap {}
  // What bubbles is heard above as well: of the document and the window, and of a shadow root that the tag stands in.
  interface GlobalEventHandlersEventMap extends Omit<WearableEventMap, 'wearable-tokens'> {}
  interface ShadowRootEventMap extends Omit<WearableEventMap, 'wearable-tokens'> {}
}
