/** What the parts give that come later, and what they are given. They know no more of the element than this. */
import type { In, State } from '../core/state.js';
import type { Activity, Source } from '../core/nouns.js';
import type { Step } from '../core/platform.js';
import type { Html, TemplateResult } from './lit.js';
import type { Voice } from './say.js';

/** As much of the element as a part may touch. */
export interface Hosting extends HTMLElement {
  readonly renderRoot: ShadowRoot;
  requestUpdate(): void;
}

/** A part brings no Lit: a second copy would not understand the first one's templates. */
export type Create<Made, Host = Hosting> = (html: Html, element: Host, late: Late) => Made;

export interface Arrival {
  day(iso: string, voice: Voice): string;
  /** How things stand, for who hears it. */
  said(state: In<'syncing' | 'connected'>, voice: Voice): string;
  /** How far it is, in a sentence and a bar; the mark is for one that is in. */
  history(state: In<'syncing' | 'connected'>, voice: Voice, mark: TemplateResult): TemplateResult;
  /** `undefined`: not known yet, and there is room for it. */
  latest(activity: Activity | null | undefined, voice: Voice): TemplateResult | null;
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

/** `undefined` while it is on its way; when it has come, there is one more drawing. `null` where it cannot be had. */
export type Late = <Name extends keyof LateParts>(name: Name) => LateParts[Name] | null | undefined;
