/** What is drawn, what the views are given for it, and the parts that come later: those know no more of the element than this. */
import type { In, State } from '../core/state.js';
import type { Phase, Source } from '../core/nouns.js';
import type { OpenBetween, Step } from '../core/platform.js';
import type { nothing, TemplateResult } from './lit.js';
import type { Connector } from '../platforms/connector.js';
import type { Voice, Word } from './say.js';

/** As much of the element as a part may touch. */
export interface Hosting extends HTMLElement {
  readonly renderRoot: ShadowRoot;
  requestUpdate(): void;
}

export type Create<Made, Host = Hosting> = (element: Host, late: Late) => Made;

export interface Arrival {
  usable(state: In<'syncing' | 'connected'>, scene: Scene): View;
  /** Who is signed in and what they have connected, where something failed. */
  account(state: State, scene: Scene): Drawn;
  /** No history is arriving any more, or nobody is there to see it. */
  stop(): void;
}

export type Search = (sources: readonly Source[], list: (some: readonly Source[]) => TemplateResult, voice: Voice) => TemplateResult;

export interface Layouts {
  readonly isOpen: boolean;
  label(state: State, voice: Voice): unknown;
  over(card: TemplateResult, voice: Voice, isDialog: boolean): TemplateResult;
  /** For the slot that the trigger is in. */
  readonly pressed: { handleEvent(event: Event): void };
  close(): void;
  /** After each drawing. It opens where somebody asked for that: what had the focus then. */
  drawn(asker: Element | null): void;
  /** The element is gone, or wants to be a card again: nothing stays behind. */
  stop(): void;
}

/** Whatever acts wants a visitor's own click, not one that a script made up. */
type ByVisitor = (act: () => unknown) => (event: Event) => void;

export interface Elsewhere {
  inAnApp(voice: Voice, byVisitor: ByVisitor): TemplateResult;
  copyLink(voice: Voice, byVisitor: ByVisitor): TemplateResult;
  openInTab(voice: Voice): TemplateResult;
  /** How the platform’s window opens from a frame of another site. */
  between(voice: Voice, source: string): OpenBetween;
}

/** Keeps the card beside its button until the returned function is called. */
export type Anchor = (trigger: HTMLElement, card: HTMLElement, tip: HTMLElement) => () => void;

export interface LateParts {
  readonly inspector: (steps: readonly Step[]) => TemplateResult;
  readonly qr: (text: string) => TemplateResult;
  readonly arrival: Arrival;
  readonly search: Search;
  readonly layouts: Layouts;
  readonly anchored: Anchor;
  readonly elsewhere: Elsewhere;
}

/** `undefined` while it is on its way; when it has come, there is one more drawing. `null` where it cannot be had, until it is wanted `anew`. */
export type Late = <Name extends keyof LateParts>(name: Name, anew?: boolean) => LateParts[Name] | null | undefined;

/** What every view is given beside the state. */
export interface Scene extends Voice {
  /** The platform as a visitor knows it. */
  readonly platform: string;
  readonly act: Connector;
  readonly late: Late;
  /** The visitor pressed Disconnect, for one source or for all, and has not answered yet. */
  readonly asking: About | null;
  ask(about: Scene['asking']): void;
  /** The one that the visitor let go last. */
  readonly released: About | null;
  release(about: About): void;
  connect(source: string | null): void;
  /** Whether signing in opens a window; else the whole page goes. */
  readonly opens: boolean;
  /** An address for a phone to go on with; null until it is asked for. */
  readonly forPhone: string | null;
  usePhone: () => void;
  /** A frame that is not allowed to open windows at all, which no setting of the visitor's mends. */
  readonly isWindowless: boolean;
}

interface About {
  readonly source: string | null;
  readonly name?: string | undefined;
}

export type Drawn = TemplateResult | typeof nothing;

/** A phase as it is drawn: what it is called, what a screen reader is told, and what stands below. */
export interface View {
  readonly title: Word;
  readonly said: string;
  readonly body: Drawn;
}

export type Views = { readonly [P in Phase]: (state: In<P>, scene: Scene) => View };
