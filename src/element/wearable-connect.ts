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
 * Lets a visitor connect their wearable: they pick it, sign in in a popup window and come back connected; then their history is imported.
 * Reports everything as events. Errors show in the element; a wrong setup is also explained in the console.
 *
 * @tag wearable-connect
 *
 * @attr {'sweatstack' | 'open-wearables' | 'demo'} [platform=sweatstack] - `sweatstack`, `open-wearables` or `demo`. The property also takes a `Platform` object.
 * @attr {string} client-id - Your application's id. Required for `sweatstack`.
 * @attr {string} redirect-uri - For `sweatstack`: where the window lands, on this page's origin. Default: this page, without query and fragment.
 * @attr {string} [scope=openid profile data:read] - OAuth scopes, separated by spaces.
 * @attr {string} [base-url=https://app.sweatstack.no] - The platform's address. For `open-wearables`: where your handler is mounted, by default `/wearables`.
 * @attr {'express' | 'standard'} [sign-in=express] - Which SweatStack sign-in page opens: `express` shows the wearables first, `standard` is the usual one.
 * @attr {string} sources - Ids of the wearables to offer, in order, separated by spaces or commas, such as `garmin_connect intervals_icu wahoo`. Default: all that the platform offers.
 * @attr {'auto' | 'popup' | 'redirect'} [mode=auto] - `auto`: a popup window where it works, else the whole page; `popup`: always a window; `redirect`: the whole page leaves, and returns to where it was.
 * @attr {'inline' | 'popover' | 'dialog'} [layout=inline] - `inline`: a card; `popover`: a button that opens the card beside it, or as a bottom sheet on narrow screens; `dialog`: a button that opens the card in a modal dialog.
 * @attr {'memory' | 'session' | 'local'} [persist=memory] - Where the tokens are kept: `memory`, until a reload; `session`, in `sessionStorage`, for this tab; `local`, in `localStorage`, shared by all tabs. Only for `sweatstack`; ignored with `token-delivery="backend"`.
 * @attr {'event' | 'none' | 'backend'} [token-delivery=event] - `event`: `wearable-tokens` delivers them; `none`: no event, call `getAccessToken()`; `backend`: your server redeems the code, and no token reaches the page.
 * @attr {string} [backend-url=/wearables] - For `token-delivery="backend"`: where the handler is mounted on your server.
 * @attr {number} history-days - For `open-wearables`: how many days of history to ask for. Default: the server decides.
 * @attr {string} [scenario=happy] - For `platform="demo"`: which scenario plays.
 * @attr {string} lang - Language of words, dates and units (BCP 47). Default: the nearest `lang` above, else the browser's. Does not set the direction, which follows the page.
 * @attr {boolean} no-preview - Do not fetch the latest activity.
 * @attr {boolean} inspector - For developers: shows the requests, with secrets removed, and checks your setup. Its code is loaded only if the attribute is present.
 * @attr {boolean} defer-hydration - For server rendering: the element does nothing until the attribute is removed.
 *
 * @fires {WearableChangeEvent} wearable-change - The phase changed.
 * @fires {WearableTokensEvent} wearable-tokens - Tokens arrived, were restored or were refreshed. Does not bubble: listen on the element itself.
 * @fires {WearableConnectedEvent} wearable-connected - A sign-in attempt succeeded.
 * @fires {WearableConnectionsEvent} wearable-connections - The list of connections was read or has changed.
 * @fires {WearablePreviewEvent} wearable-preview - The latest activity is known; null if there is none.
 * @fires {WearableProgressEvent} wearable-progress - The import moved on. At most four times a second.
 * @fires {WearableCompleteEvent} wearable-complete - The history is imported, or nothing more is expected.
 * @fires {WearableCancelledEvent} wearable-cancelled - An attempt ended without a connection and without an error.
 * @fires {WearableErrorEvent} wearable-error - Something failed.
 * @fires {WearableDisconnectedEvent} wearable-disconnected - One source was disconnected or, with `source: null`, the whole session ended.
 * @fires {WearableWireEvent} wearable-wire - One request ended. Only with `inspector`.
 *
 * @csspart frame - The card.
 * @csspart header - The top of the card, with the heading.
 * @csspart list - The list of wearables to choose from, or of connections.
 * @csspart source - One wearable to choose.
 * @csspart button - Every other button.
 * @csspart progress - The progress bar of the import.
 * @csspart status - The sentence that describes the current state.
 * @csspart error - The sentence that describes an error.
 * @csspart footer - The bottom of the card.
 * @csspart preview - The latest activity.
 * @csspart connection - One connection.
 * @csspart inspector - The inspector.
 *
 * @slot header - Replaces the heading.
 * @slot trigger - Your own button, for the layouts `popover` and `dialog`.
 * @slot footer - Replaces “Powered by SweatStack”, where that is shown.
 * @slot icon-<source> - A picture for one wearable, by its id, such as `icon-garmin_connect`.
 *
 * @cssprop [--wearable-accent=light-dark(#2f4fd0, #a9bcff)] - The main button, the progress bar and the focus ring. On the surface it is darkened or lightened until it is readable.
 * @cssprop [--wearable-on-accent=white] - Text on the accent. Default: white or black, whichever is readable.
 * @cssprop [--wearable-surface=light-dark(#fff, #17191e)] - The background of the card.
 * @cssprop [--wearable-text=light-dark(#16181d, #eef0f4)] - Text.
 * @cssprop [--wearable-muted=color-mix(in srgb, var(--wearable-text) 72%, transparent)] - Small print.
 * @cssprop [--wearable-line=color-mix(in srgb, var(--wearable-text) 15%, transparent)] - Borders.
 * @cssprop [--wearable-danger=light-dark(#b3261e, #ffb0a8)] - Errors, and actions that remove something.
 * @cssprop [--wearable-success=light-dark(#1a7048, #7fd6a8)] - Success.
 * @cssprop [--wearable-radius=12px] - Corner radius.
 * @cssprop [--wearable-space=8px] - The unit that all distances are multiples of.
 * @cssprop [--wearable-font=system-ui, sans-serif] - The typeface.
 *
 * @cssstate loading - Finding out what can be connected.
 * @cssstate choosing - The visitor chooses.
 * @cssstate authorizing - The sign-in window is open.
 * @cssstate confirming - The visitor is back; the answer is being checked.
 * @cssstate syncing - Connected; the history is being imported.
 * @cssstate connected - Connected; nothing left to wait for.
 * @cssstate failed - Something failed.
 */
export class WearableConnect extends Reactive {
  static readonly version: string = typeof __VERSION__ === 'undefined' ? 'dev' : __VERSION__;

  static override readonly styles = styles;
  static override readonly properties: Readonly<Record<string, Property>> = {
    platform: { initial: 'sweatstack' },
    clientId: {},
    redirectUri: {},
    scope: { initial: 'openid profile data:read' },
    baseUrl: {},
    signIn: { initial: 'express' },
    sources: {},
    mode: { initial: 'auto' },
    layout: { initial: 'inline' },
    persist: { initial: 'memory' },
    tokenDelivery: { initial: 'event' },
    backendUrl: { initial: '/wearables' },
    historyDays: { type: 'number' },
    scenario: { initial: 'happy' },
    noPreview: { type: 'boolean', initial: false },
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
  /** Replaces any sentence shown to visitors. */
  declare strings: OwnStrings | null;
  /** Async function; its result is sent to your handler as `Authorization: Bearer …`. Called before each request. */
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

  /** The current phase; also as `:state(…)`. */
  get phase(): Phase {
    return this.#life.state.phase;
  }

  /** Who has signed in, or null while unknown. */
  get user(): User | null {
    return this.#life.state.account?.user ?? null;
  }

  /** What is connected. */
  get connections(): readonly Connection[] {
    return connectionsOf(this.#life.state);
  }

  /** The latest progress of the import, or null. */
  get progress(): Progress | null {
    return this.#life.state.progress;
  }

  /** The current error, or null. */
  get error(): ConnectError | null {
    return errorOf(this.#life.state);
  }

  /** Opens the sign-in window immediately: call it inside a click. Resolves when the attempt ends, never rejects. */
  connect(source?: string | null, options?: { readonly signal?: AbortSignal }): Promise<Ending> {
    // The window first: it wants the very task of the click.
    this.#life.anew();
    const ending = this.#ready().connect(source, options);
    this.#drawing.open();
    return ending;
  }

  /** Tries again after a failure: call it inside a click. */
  retry(): void {
    this.#ready().retry();
  }

  /** Returns to the list of wearables. A running attempt ends as `wearable-cancelled` with `back`; if `wearable-tokens` was already sent, as `wearable-connected`. */
  back(): void {
    this.#ready().back();
  }

  /** Opens the platform's own page for managing connections: call it inside a click. */
  manage(): Promise<void> {
    return this.#ready().manage();
  }

  /** Disconnects one source or, without an argument, ends the whole session. */
  disconnect(source?: string | null): Promise<void> {
    return this.#ready().disconnect(source);
  }

  /** Renews the tokens if there is a refresh token, and reads the connections again. */
  refresh(): Promise<void> {
    return this.#ready().refresh();
  }

  /** A valid access token, renewed first if needed: one renewal at a time, across tabs too. */
  getAccessToken(): Promise<string> {
    return this.#ready().getAccessToken();
  }

  /** Forgets the tokens and stops everything, without revoking at the platform; starts over. */
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

/* oxlint-disable typescript/no-empty-object-type -- names for what lib.dom looks up */
declare global {
  interface HTMLElementTagNameMap { 'wearable-connect': WearableConnect }
  interface HTMLElementEventMap extends WearableEventMap {}
  // What bubbles is heard above as well: of the document and the window, and of a shadow root that the tag stands in.
  interface GlobalEventHandlersEventMap extends Omit<WearableEventMap, 'wearable-tokens'> {}
  interface ShadowRootEventMap extends Omit<WearableEventMap, 'wearable-tokens'> {}
}
