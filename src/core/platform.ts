import type { Activity, Connection, Outcome, Progress, Source, Tokens, TokensReason, User } from './nouns.js';

/** What came back from the sign-in window. Only the platform that made it knows what is inside. */
export type Grant = object;

/**
 * What the widget can tell of the sign-in window. None of these is a verdict on the attempt but `closed`. `apart`: this page is
 * in a frame of another site, and from that window nothing can reach it any more.
 */
export type Sight = 'open' | 'lost' | 'apart' | 'closed' | 'blocked';

/** Opens a window, of this page's or of another one's. Null where the browser would not. */
export type OpenWindow = (url: string, name: string, from?: Window) => Window | null;

/** Opens a window of our own, which asks for a click before the platform's opens at this address. */
export type OpenBetween = (url: string, name: string, open: OpenWindow) => Window | null;

/** Brings the sign-in window back, or opens it again. Call it inside a click. */
export type Show = (between?: OpenBetween) => void;

export interface AuthorizeOptions {
  readonly attempt: string;
  /**
   * `popup`: open a window before the first await. `redirect`: the whole page goes.
   * `resume`: the window is already open (before a reload, before the element moved); only listen.
   */
  readonly way: 'popup' | 'redirect' | 'resume';
  readonly signal: AbortSignal;
  /**
   * Called whenever the window's fate looks different. `show` brings it back; call it inside a click. `link` is an address that
   * another device may open to finish the same attempt, where the platform hears of it.
   */
  readonly onSight: (sight: Sight, show: Show, link?: string) => void;
}

export interface Confirmed {
  readonly tokens: Tokens | null;
  /** May still be on their way: tokens are told to the page without waiting for these. */
  readonly user: User | null | Promise<User | null>;
  readonly connections: readonly Connection[] | Promise<readonly Connection[]>;
}

/** An attempt that began before this page, or this element, was here. */
export interface Pending {
  readonly attempt: string;
  readonly source: string | null;
  /** The answer, when it has already come (the whole page went and returned). */
  readonly grant: Grant | null;
}

export interface Restored {
  readonly account?: Confirmed;
  readonly pending?: Pending;
}

export type SyncUpdate =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'connections'; readonly connections: readonly Connection[] }
  | { readonly type: 'finished'; readonly outcome: Outcome };

/** One request that ended, with every secret already replaced; or the window that was opened. */
export interface WireEntry {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly request: unknown;
  readonly response: unknown;
}

/** What a developer who looks on learns, in order. Already without secrets. */
export type Step = { readonly at: number } & (
  | { readonly kind: 'opened'; readonly url: string }
  | { readonly kind: 'request'; readonly entry: WireEntry }
  | { readonly kind: 'line'; readonly text: string }
);

/** Where a platform tells what happens outside of a job: a renewal in mid-stream, another tab that signed out. */
export interface Outlet {
  tokens(tokens: Tokens, reason: TokensReason): void;
  forgotten(): void;
  /** Null while nobody looks: then nothing is worth preparing. */
  readonly step: ((step: Step) => void) | null;
}

export interface Disconnected {
  /** False where the platform offers no way to take tokens back: they die by age. */
  readonly revoked: boolean;
  readonly connections: readonly Connection[];
}

/**
 * What a wearable platform must do for the widget: four steps, one for each phase that works,
 * and what a returning visitor needs where the platform can.
 */
export interface Platform {
  readonly name: string;
  /** False where disconnecting a single source is not for an app to do. */
  readonly disconnectsSources?: boolean;
  /** Hears where to tell what happens between jobs. Called once, before anything else. */
  attach?(outlet: Outlet): void;
  /** Whatever must be ready so that a click opens the final URL with nothing awaited. */
  prepare(signal: AbortSignal): Promise<void>;
  sources(signal: AbortSignal): Promise<readonly Source[]>;
  /** Opens the window in the caller's task; resolves with what came back, however late. */
  authorize(source: string | null, options: AuthorizeOptions): Promise<Grant>;
  confirm(grant: Grant, signal: AbortSignal): Promise<Confirmed>;
  /** Ends when the history is in; what else there is to say of its end, a `finished` says. Throws where it failed. */
  follow(connections: readonly Connection[], signal: AbortSignal): AsyncIterable<SyncUpdate>;
  /** Once the history is in, until the signal: tells of each source that another tab of the visitor lets go of, and what is left. */
  attend?(signal: AbortSignal, tell: (source: string, connections: readonly Connection[]) => void): Promise<void>;
  restore?(signal: AbortSignal): Promise<Restored | null>;
  preview?(signal: AbortSignal): Promise<Activity | null>;
  /** A fresh access token; renews when needed or when `force`d. Throws `session_expired` where it cannot. */
  accessToken?(signal: AbortSignal, force?: boolean): Promise<string>;
  /** Reads the connections anew. */
  refresh?(signal: AbortSignal): Promise<readonly Connection[]>;
  disconnect?(source: string | null, signal: AbortSignal): Promise<Disconnected>;
  /** Opens the platform's own page for managing connections; called inside a click. Resolves when the visitor is back; calls `again` when they are back once more from a page that stayed open. */
  manage?(signal: AbortSignal, again?: () => void): Promise<void>;
  /** Drops everything held or stored, without a word to the platform. */
  forget?(): void;
}
