/** How far connecting is, and all that is known by then. What leads from one state to the next is in machine.ts. */
import type { ConnectError } from './errors.js';
import type { Activity, Connection, Outcome, Phase, Progress, Source, User } from './nouns.js';
import type { AuthorizeOptions, Grant, Sight } from './platform.js';

export interface Account {
  readonly user: User | null;
  readonly connections: readonly Connection[];
}

/** What every phase keeps, so that Back never refetches and nothing flickers. */
export interface Known {
  readonly sources: readonly Source[] | null;
  readonly account: Account | null;
  /** `undefined` until it is known whether there is one. */
  readonly preview: Activity | null | undefined;
  readonly progress: Progress | null;
  readonly outcome: Outcome | null;
  /** What went wrong for the account as a whole; it costs only its own part of the picture. */
  readonly trouble: ConnectError | null;
}

export interface Aim {
  readonly attempt: string;
  readonly source: string | null;
}

export type Way = AuthorizeOptions['way'];

/** Why the visitor sees the list again: said kindly above it. */
export type Notice = 'closed' | 'denied' | 'disconnected' | 'forgotten';

export type State = Known &
  (
    | { readonly phase: 'loading' }
    | { readonly phase: 'choosing'; readonly notice: Notice | null }
    | (Aim & { readonly phase: 'authorizing'; readonly way: Way; readonly sight: Exclude<Sight, 'closed'> })
    | (Aim & { readonly phase: 'confirming'; readonly grant: Grant })
    | { readonly phase: 'syncing' }
    | { readonly phase: 'connected' }
    | { readonly phase: 'failed'; readonly error: ConnectError; readonly source: string | null; readonly resume: 'loading' | 'authorizing'; readonly lost?: true }
  );

export type In<P extends Phase> = Extract<State, { phase: P }>;

export const initial: State = { phase: 'loading', sources: null, account: null, preview: undefined, progress: null, outcome: null, trouble: null };

export const aimOf = (state: State): Aim | null => (state.phase === 'authorizing' || state.phase === 'confirming' ? state : null);

export const errorOf = (state: State): ConnectError | null => (state.phase === 'failed' ? state.error : state.trouble);

const none: readonly Connection[] = Object.freeze([]);

export const connectionsOf = (state: State): readonly Connection[] => state.account?.connections ?? none;
