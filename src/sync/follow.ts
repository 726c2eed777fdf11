import { ConnectError } from '../core/errors.js';
import { backOffMs, pause } from './back-off.js';
import { realClock } from './clock.js';
import type { Clock } from './clock.js';
import { isFinal, readOnce } from './read-once.js';
import type { Ending, LineEvent } from './read-once.js';
import { createWake } from './wakeful.js';
import type { Wake } from './wakeful.js';

export type FollowEvent =
  | LineEvent
  /** One connection that had been open. `clean`: the server ended it. */
  | { readonly type: 'closed'; readonly lastedMs: number; readonly lines: number; readonly clean: boolean };

export interface FollowOptions {
  /** Must give up when its signal aborts. A `ConnectError` that is not about reach or load ends the following. */
  readonly open: (signal: AbortSignal) => Promise<Response>;
  readonly signal: AbortSignal;
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly wake?: Wake;
  /** Renews the credentials, once: a second 401 in a row ends in `session_expired`. */
  readonly onUnauthorized?: (signal: AbortSignal) => Promise<void>;
  /** Keep empty lines: in server-sent events they end a message. */
  readonly blanks?: boolean;
}

/** A stream that lasted this long has earned a clean record. */
const healthyMs = 10_000;
const betweenConnectsMs = 1000;

/** A long response, reopened for as long as it takes. Ends on 204, throws where asking again is no use, falls silent on abort. */
export async function* followLines({
  open,
  signal,
  clock = realClock,
  random = Math.random,
  wake = createWake({ clock, random }),
  onUnauthorized,
  blanks = false,
}: FollowOptions): AsyncGenerator<FollowEvent, void, undefined> {
  let failures = 0;
  let live = true;
  let renewed = false;
  let startedAt = -Infinity;
  try {
    for (;;) {
      await pause(startedAt + betweenConnectsMs - clock.now(), signal, clock);
      await wake.whenAwake(signal);
      startedAt = clock.now();

      const end: Ending = yield* readOnce({ open, signal, clock, wake, blanks, live });
      if (end.status === 204) return;
      live = end.live;
      if (end.openMs !== null) {
        yield { type: 'closed', lastedMs: end.openMs, lines: end.lines, clean: end.how === 'clean' };
        if (end.heard && end.openMs >= healthyMs) failures = 0;
      }

      let { how } = end;
      if (end.status === 401) {
        if (renewed || !onUnauthorized)
          throw new ConnectError('session_expired', `The stream answered 401${renewed ? ' again, right after a renewal' : ''}.`);
        renewed = await succeeds(onUnauthorized(signal), signal);
        if (renewed) how = 'clean';
      } else if (end.status) renewed = false;

      if (how === 'clean') continue;
      if (live) yield { type: 'live', live: (live = false) };
      // What the server told is the least; its own back-off keeps "Retry-After: 0" from becoming a hammer.
      if (how === 'failed') await pause(Math.max(end.retryAfterMs ?? 0, backOffMs(failures++, random)), signal, clock);
    }
  } catch (error) {
    // The one place where stopping becomes silence.
    if (!signal.aborted) throw error;
  }
}

const succeeds = (job: Promise<void>, signal: AbortSignal): Promise<boolean> =>
  job.then(
    () => true,
    (error: unknown) => {
      if (signal.aborted || isFinal(error)) throw error;
      return false;
    },
  );
