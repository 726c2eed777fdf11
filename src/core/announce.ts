/** Which events one step of the machine means for the page, and in which order: facts first, then the change of phase. */
import {
  WearableCancelledEvent,
  WearableChangeEvent,
  WearableCompleteEvent,
  WearableConnectedEvent,
  WearableConnectionsEvent,
  WearableDisconnectedEvent,
  WearableErrorEvent,
  WearablePreviewEvent,
  WearableProgressEvent,
} from './events.js';
import type { Numbered } from './events.js';
import { aimOf } from './machine.js';
import type { Aim, Message, State } from './machine.js';
import type { CancelReason, Connection, Outcome } from './nouns.js';
import type { ConnectError } from './errors.js';

/** Gives the next detail its number; `within` is the attempt that still runs, if any. */
export type Count = (within: Aim | null) => Numbered;

export function announce(before: State, message: Message, after: State, count: Count): Event[] {
  const events = facts(before, message, after, count);
  if (before.phase !== after.phase) events.push(new WearableChangeEvent({ ...count(aimOf(after)), phase: after.phase, previous: before.phase }));
  return events;
}

function facts(before: State, message: Message, after: State, count: Count): Event[] {
  const aim = aimOf(before);
  switch (message.type) {
    case 'pick':
      return aim ? [cancelled(aim, 'aborted', count)] : [];
    case 'restart':
      return [...(aim ? [cancelled(aim, 'aborted', count)] : []), ...listed(before, after, null, count)];
    case 'answeredLate':
      return aim && aim.attempt !== message.attempt ? [cancelled(aim, 'aborted', count)] : [];
    case 'leave':
      return aim ? [cancelled(aim, message.reason, count)] : listed(before, after, null, count);
    case 'confirmed':
      return confirmed(before, after, aim, count);
    case 'restored':
    case 'resumed':
    case 'learnt':
      return listed(before, after, null, count, message.type === 'restored');
    case 'previewed':
      return [new WearablePreviewEvent({ ...count(null), activity: message.activity })];
    case 'progressed':
      return [new WearableProgressEvent({ ...count(null), ...message.progress })];
    case 'finished':
      return [completed(after, message.outcome, count)];
    case 'failed':
      // Without its history an account is still connected: nothing more is coming, and that is said too.
      return [failed(before, message.error, aim, count), ...(before.phase === 'syncing' ? [completed(after, 'unknown', count)] : [])];
    case 'troubled':
    case 'expired':
      // An error of the account, not of an attempt that may run beside it.
      return [failed(before, message.error, null, count)];
    case 'released':
      return [...listed(before, after, null, count), new WearableDisconnectedEvent({ ...count(null), source: message.source, connections: connectionsOf(after) })];
    case 'forgotten':
      return [...(aim ? [cancelled(aim, 'aborted', count)] : []), ...listed(before, after, null, count), new WearableDisconnectedEvent({ ...count(null), source: null, connections: [] })];
    default:
      return [];
  }
}

const cancelled = (aim: Aim, reason: CancelReason, count: Count): Event => new WearableCancelledEvent({ ...count(aim), source: aim.source, reason });

const completed = (after: State, outcome: Outcome, count: Count): Event =>
  new WearableCompleteEvent({ ...count(null), outcome, connections: connectionsOf(after) });

const failed = (before: State, error: ConnectError, aim: Aim | null, count: Count): Event =>
  new WearableErrorEvent({
    ...count(aim),
    code: error.code,
    message: error.message,
    retryable: error.retryable,
    source: aim?.source ?? null,
    phase: before.phase,
  });

function confirmed(before: State, after: State, aim: Aim | null, count: Count): Event[] {
  const connections = connectionsOf(after);
  const added = missingFrom(connectionsOf(before), connections);
  return [
    ...listed(before, after, aim, count, true),
    new WearableConnectedEvent({ ...count(aim), source: aim?.source ?? null, user: after.account?.user ?? null, connections, added }),
  ];
}

/** The list as the page last heard it, plus `added`, minus `removed`, is always the list as it is now. */
function listed(before: State, after: State, aim: Aim | null, count: Count, always = false): Event[] {
  const was = connectionsOf(before);
  const is = connectionsOf(after);
  if (!always && was === is) return [];
  return [new WearableConnectionsEvent({ ...count(aim), connections: is, added: missingFrom(was, is), removed: missingFrom(is, was) })];
}

const none: readonly Connection[] = Object.freeze([]);

export const connectionsOf = (state: State): readonly Connection[] => state.account?.connections ?? none;

const missingFrom = (some: readonly Connection[], others: readonly Connection[]): readonly Connection[] =>
  Object.freeze(others.filter(({ id }) => !some.some((one) => one.id === id)));
