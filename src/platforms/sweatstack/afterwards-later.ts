/**
 * The same, by code that comes while somebody signs in. Where it cannot be had, nobody waits for ever: of the history the account
 * alone is asked, which tells its end though not how it comes, and tokens that were not taken back die by age.
 */
import { ConnectError } from '../../core/errors.js';
import { inTime, sent } from '../../core/once.js';
import { backOffMs, pause } from '../../sync/back-off.js';
import { realClock } from '../../sync/clock.js';
import { isFinal } from '../../sync/follow.js';

export type Afterwards = typeof import('./afterwards.js');
/** What of it is at hand at once, and works without it. */
type AtHand = Omit<Afterwards, 'activityFrom'> & { readonly ahead: () => void };

const missing = 'wearable-connect.afterwards.js could not be loaded.';

/** As long as a history may be without news. */
const patienceMs = 600_000;

export function afterwards(load: () => Promise<Afterwards>): AtHand {
  let here: Afterwards | null = null;
  const arrive = sent(() => inTime(load).then((part) => (here = part)));
  let isTold = false;
  const orNull = (): Promise<Afterwards | null> =>
    arrive().catch((thrown: unknown) => {
      if (!isTold) console.warn(missing, thrown);
      isTold = true;
      return null;
    });

  return {
    ahead: () => void orNull(),

    async *followBackfill(options, signal) {
      const { clock = realClock } = options;
      const until = clock.now() + patienceMs;
      for (let failures = 0; ; failures++) {
        // Without a pause, where it can be: a stream that was opened ahead is taken over at once.
        const part = here ?? (await orNull());
        if (part) {
          yield* part.followBackfill(options, signal);
          return;
        }
        signal.throwIfAborted();
        const status = await options.status(signal).catch((thrown: unknown) => {
          if (isFinal(thrown)) throw thrown;
          return null;
        });
        const isIn = status?.history === 'ready';
        if (isIn || status?.nothingConnected || clock.now() > until) {
          yield { type: 'connections', connections: options.connectionsFrom(status) };
          yield { type: 'finished', outcome: isIn ? 'success' : 'unknown' };
          return;
        }
        await pause(backOffMs(failures), signal, clock);
      }
    },

    // In the caller's task where it can be: a click may open a window there.
    async visitPortal(...given) {
      const part = here ?? (await orNull());
      if (!part) throw new ConnectError('network', missing);
      return part.visitPortal(...given);
    },

    async revokeAll(...given) {
      const over = given[4];
      // Whoever leaves waits no longer for the code than for its work.
      const part = here ?? (await Promise.race([orNull(), new Promise<null>((resolve) => over.addEventListener('abort', () => resolve(null)))]));
      return part?.revokeAll(...given) ?? false;
    },
  };
}
