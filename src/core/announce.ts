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
import type { Message } from './machine.js';
import type { Connection } from './nouns.js';
import type { Numbered } from './numbered.js';
import { aimOf, connectionsOf } from './state.js';
import type { Aim, State } from './state.js';

/** Gives the next detail its number; `within` is the attempt that still runs, if any. */
export type Count = (within: Aim | null) => Numbered;

export function announce(before: State, message: Message, after: State, count: Count): Event[] {
  const events = facts(before, message, after, count);
  if (before.phase !== after.phase) events.push(new WearableChangeEvent({ ...count(aimOf(after)), phase: after.phase, previous: before.phase }));
  return events;
}

function facts(before: State, message: Message, after: State, count: Count): Event[] {
  const aim = aimOf(before);
  const events: Event[] = [];

  // An attempt that ends neither well nor badly was given up.
  if (aim && aimOf(after)?.attempt !== aim.attempt && message.type !== 'confirmed' && message.type !== 'failed')
    events.push(new WearableCancelledEvent({ ...count(aim), source: aim.source, reason: message.type === 'leave' ? message.reason : 'aborted' }));

  // The list as the page last heard it, plus `added`, minus `removed`, is always the list as it is now.
  const within = message.type === 'confirmed' ? aim : null;
  const was = connectionsOf(before);
  const connections = connectionsOf(after);
  const added = missingFrom(was, connections);
  if (was !== connections || within || message.type === 'restored')
    events.push(new WearableConnectionsEvent({ ...count(within), connections, added, removed: missingFrom(connections, was) }));

  const tell = (event: Event): Event[] => [...events, event];
  switch (message.type) {
    case 'confirmed':
      return tell(new WearableConnectedEvent({ ...count(aim), source: aim?.source ?? null, user: after.account?.user ?? null, connections, added }));
    case 'previewed':
      return tell(new WearablePreviewEvent({ ...count(null), activity: message.activity }));
    case 'progressed':
      return tell(new WearableProgressEvent({ ...count(null), ...message.progress }));
    case 'finished':
      return tell(new WearableCompleteEvent({ ...count(null), outcome: message.outcome, connections }));
    case 'failed':
    case 'troubled':
    case 'expired': {
      const { code, retryable } = message.error;
      // Trouble and loss belong to the account, not to an attempt that may run beside it.
      const of = message.type === 'failed' ? aim : null;
      events.push(new WearableErrorEvent({ ...count(of), code, message: message.error.message, retryable, source: of?.source ?? null, phase: before.phase }));
      // Without its history an account is still connected: nothing more is coming, and that is said too.
      return message.type === 'failed' && before.phase === 'syncing' ? tell(new WearableCompleteEvent({ ...count(null), outcome: 'unknown', connections })) : events;
    }
    case 'released':
      return tell(new WearableDisconnectedEvent({ ...count(null), source: message.source, connections }));
    case 'restart':
    case 'forgotten':
      return before.account ? tell(new WearableDisconnectedEvent({ ...count(null), source: null, connections })) : events;
    default:
      return events;
  }
}

const missingFrom = (some: readonly Connection[], others: readonly Connection[]): readonly Connection[] =>
  Object.freeze(others.filter(({ id }) => !some.some((one) => one.id === id)));
