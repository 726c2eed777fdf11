/**
 * What may be said to connecting, and where each word leads. Pure and total: a message that makes no sense in a phase returns the
 * same object. Knows no DOM, no network and no clock; tokens never enter it.
 */
import type { ConnectError } from './errors.js';
import type { Activity, CancelReason, Connection, Outcome, Progress, Source } from './nouns.js';
import type { Grant, Sight } from './platform.js';
import { aimOf, initial } from './state.js';
import type { Account, Aim, Known, Notice, State, Way } from './state.js';

export type Message =
  // wishes
  | (Aim & { readonly type: 'pick'; readonly way: Way })
  | { readonly type: 'again'; readonly way: Way }
  | { readonly type: 'browse' }
  | { readonly type: 'retry'; readonly attempt: string; readonly way: Way }
  | { readonly type: 'leave'; readonly reason: CancelReason }
  | { readonly type: 'restart' }
  // facts
  | { readonly type: 'loaded'; readonly sources: readonly Source[] }
  | { readonly type: 'restored'; readonly sources: readonly Source[]; readonly account: Account }
  | (Aim & { readonly type: 'resumed'; readonly sources: readonly Source[]; readonly account: Account | null; readonly grant: Grant | null })
  | { readonly type: 'sighted'; readonly sight: Exclude<Sight, 'closed'> }
  | { readonly type: 'authorized'; readonly grant: Grant }
  | (Aim & { readonly type: 'answeredLate'; readonly grant: Grant })
  | { readonly type: 'confirmed'; readonly account: Account }
  | { readonly type: 'learnt'; readonly connections: readonly Connection[] }
  | { readonly type: 'previewed'; readonly activity: Activity | null }
  | { readonly type: 'progressed'; readonly progress: Progress }
  | { readonly type: 'finished'; readonly outcome: Outcome }
  | { readonly type: 'failed'; readonly error: ConnectError }
  | { readonly type: 'troubled'; readonly error: ConnectError }
  | { readonly type: 'mended' }
  | { readonly type: 'expired'; readonly error: ConnectError }
  | { readonly type: 'released'; readonly source: string; readonly connections: readonly Connection[] }
  | { readonly type: 'forgotten'; readonly notice: Notice };

export function transition(state: State, message: Message): State {
  switch (message.type) {
    case 'restart':
      return { ...initial };
    case 'pick':
      return state.phase === 'confirming' ? state : authorizing(state, message, message.way);
    case 'leave':
      return left(state, message.reason);
    case 'failed':
      return failed(state, message.error);
    case 'troubled':
      return { ...state, trouble: message.error };
    case 'mended':
      // A history that could not be fetched is still missing: that only another look at it mends.
      return state.trouble && state.trouble.code !== 'sync_failed' ? { ...state, trouble: null } : state;
    case 'expired':
      // Without an account there is no session to lose; an attempt that runs will bring a new one; a loss is told once.
      return !state.account || aimOf(state) || 'lost' in state ? state : { ...known(state), phase: 'failed', error: message.error, source: asked(state), resume: 'authorizing', lost: true };
    case 'forgotten':
      return state.account ? { ...initial, sources: state.sources, phase: 'choosing', notice: message.notice } : state;
    case 'answeredLate':
      return state.phase === 'confirming' ? state : { ...known(state), phase: 'confirming', attempt: message.attempt, source: message.source, grant: message.grant };
    case 'learnt':
      return learnt(state, message.connections);
    case 'released':
      return state.account ? released(state, message.connections) : state;
    case 'previewed':
      return state.account && state.preview !== message.activity ? { ...state, preview: message.activity } : state;
    default:
      return inPhase(state, message);
  }
}

type Particular = Exclude<Message, { type: 'restart' | 'pick' | 'leave' | 'failed' | 'troubled' | 'mended' | 'expired' | 'forgotten' | 'answeredLate' | 'learnt' | 'released' | 'previewed' }>;

function inPhase(state: State, message: Particular): State {
  switch (state.phase) {
    case 'loading':
      if (message.type === 'loaded') return { ...known(state), sources: message.sources, phase: 'choosing', notice: null };
      if (message.type === 'restored') return syncing({ ...state, sources: message.sources }, message.account);
      return message.type === 'resumed' ? resumed({ ...state, sources: message.sources, account: message.account }, message) : state;
    case 'choosing':
      return state;
    case 'authorizing':
      if (message.type === 'sighted') return message.sight === state.sight ? state : { ...state, sight: message.sight };
      if (message.type === 'again') return authorizing(state, state, message.way);
      if (message.type === 'authorized')
        return { ...known(state), phase: 'confirming', attempt: state.attempt, source: state.source, grant: message.grant };
      return state;
    case 'confirming':
      return message.type === 'confirmed' ? syncing(state, message.account) : state;
    case 'syncing':
      if (message.type === 'browse') return browsing(state);
      if (message.type === 'progressed') return { ...state, progress: message.progress };
      if (message.type === 'finished') return { ...known(state), phase: 'connected', outcome: message.outcome };
      return state;
    case 'connected':
      if (message.type === 'browse') return browsing(state);
      if (message.type === 'retry' && state.trouble?.code === 'sync_failed') return { ...known(state), phase: 'syncing', outcome: null, trouble: null };
      return state;
    case 'failed':
      if (message.type !== 'retry' || !state.error.retryable) return state;
      // A code is good for one use: whatever failed after the window starts again at the window.
      return state.resume === 'loading' ? { ...known(state), phase: 'loading' } : authorizing(state, { attempt: message.attempt, source: state.source }, message.way);
    default:
      return state satisfies never;
  }
}

const known = ({ sources, account, preview, progress, outcome, trouble }: State): Known => ({ sources, account, preview, progress, outcome, trouble });

const authorizing = (state: State, { attempt, source }: Aim, way: Way): State => ({ ...known(state), trouble: null, phase: 'authorizing', attempt, source, way, sight: 'open' });

/** An attempt that began before: its answer may be here already, else only listening is left to do. */
const resumed = (state: State, { attempt, source, grant }: Aim & { readonly grant: Grant | null }): State =>
  grant ? { ...known(state), phase: 'confirming', attempt, source, grant } : authorizing(state, { attempt, source }, 'resume');

/** A new account, or the same one again: its history is followed from what is known now. What somebody else did last is not theirs. */
const syncing = (state: State, account: Account): State => ({
  ...known(state),
  account,
  preview: account.user?.id === state.account?.user?.id ? state.preview : undefined,
  phase: 'syncing',
  progress: null,
  outcome: null,
  trouble: null,
});

const browsing = (state: State): State => list({ ...state, trouble: null }, null);

/** Where a visitor is at rest. */
function home(state: State): State {
  if (state.account) return { ...known(state), phase: state.outcome ? 'connected' : 'syncing' };
  return list(state, null);
}

const list = (state: State, notice: Notice | null): State =>
  state.sources ? { ...known(state), phase: 'choosing', notice } : { ...known(state), phase: 'loading' };

function left(state: State, reason: CancelReason): State {
  switch (state.phase) {
    case 'authorizing':
      // Where the whole page went there was no window that could have been closed: the visitor has come back.
      return list(state, reason === 'denied' || (reason === 'closed' && state.way !== 'redirect') ? reason : null);
    case 'confirming':
      return list(state, reason === 'denied' ? reason : null);
    case 'choosing':
      return state.account ? home(state) : state;
    case 'failed':
      // Going back from an expired session means starting over as somebody unknown.
      return state.lost ? list({ ...initial, sources: state.sources }, null) : home(state);
    default:
      return state;
  }
}

function failed(state: State, error: ConnectError): State {
  switch (state.phase) {
    case 'loading':
      return { ...known(state), phase: 'failed', error, source: null, resume: 'loading' };
    case 'authorizing':
    case 'confirming':
      return { ...known(state), phase: 'failed', error, source: state.source, resume: 'authorizing' };
    case 'syncing':
      // The account is usable without its history: the failure is said, and costs nothing else.
      return { ...known(state), phase: 'connected', outcome: 'unknown', trouble: error };
    default:
      return state;
  }
}

const listed = (state: State, connections: readonly Connection[]): State =>
  !state.account || JSON.stringify(state.account.connections) === JSON.stringify(connections) ? state : { ...state, account: { ...state.account, connections } };

function learnt(state: State, connections: readonly Connection[]): State {
  const next = listed(state, connections);
  // Connected, or allowed, on the platform's own page: its history is still to come.
  const isToCome = ({ id, history }: Connection): boolean => history === 'syncing' && !state.account?.connections.some((one) => one.id === id && /^(syncing|ready)$/.test(one.history));
  return next.account && next.phase === 'connected' && connections.some(isToCome) ? syncing(next, next.account) : next;
}

/** A stream may have told the list before: that it was let go is said all the same. With the last one nothing is left to wait for. */
function released(state: State, connections: readonly Connection[]): State {
  const isLast = (state.phase === 'syncing' || state.phase === 'connected') && connections.every(({ status }) => status === 'revoked');
  return isLast ? { ...initial, sources: state.sources, phase: 'choosing', notice: 'disconnected' } : { ...listed(state, connections) };
}

/** What to ask for when the same visitor signs in again. */
const asked = (state: State): string | null => state.account?.connections[0]?.source ?? null;
