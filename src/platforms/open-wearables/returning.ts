import type { AuthorizeOptions, Sight } from '../../core/platform.js';
import { realClock, within } from '../../sync/clock.js';
import { createWake } from '../../sync/wakeful.js';

/** A verdict comes within three seconds of a real close, whatever becomes of the question. */
const closedPatienceMs = 1_200;
const askEveryMs = 5_000;

export interface ReturningOptions<T> {
  readonly how: AuthorizeOptions;
  /** Runs the window, and resolves with what it brought home. */
  readonly authorize: (how: AuthorizeOptions) => Promise<T>;
  /** What the list of connections says: something where it has what is waited for, else null. Never rejects. */
  readonly ask: (signal: AbortSignal) => Promise<T | null>;
}

/**
 * Open Wearables sends the window home after a success alone: a denial ends on a page of its own, and a provider's page may cut
 * the window off (HTML 7.1.3). So a window that is gone, or out of sight, is no verdict before the list has been asked.
 */
export function returning<T>({ how, authorize, ask }: ReturningOptions<T>): Promise<T> {
  const life = within(how.signal);
  let asking = new AbortController();
  let judging: Promise<void> | null = null;

  return new Promise<T>((resolve, reject) => {
    const found = (what: T | null): boolean => {
      if (what === null || life.signal.aborted) return false;
      resolve(what);
      life.abort('connected');
      return true;
    };

    async function askWhileLost(signal: AbortSignal): Promise<void> {
      const wake = createWake();
      do {
        await realClock.wait(askEveryMs, signal);
        await wake.whenAwake(signal);
      } while (!found(await ask(signal)));
    }

    async function judgeClosed(tell: () => void): Promise<void> {
      const patience = within(life.signal);
      const late = realClock.wait(closedPatienceMs, patience.signal).then(() => null, () => null);
      // Goes on where it takes longer: what it finds then counts as an answer that came late.
      const asked = ask(life.signal).then(found);
      const isFound = await Promise.race([asked, late]);
      patience.abort();
      if (!isFound && !life.signal.aborted) tell();
    }

    const onSight = (sight: Sight, ...rest: [Parameters<AuthorizeOptions['onSight']>[1], string?]): void => {
      asking.abort();
      asking = within(life.signal);
      if (sight === 'closed') {
        judging = judgeClosed(() => how.onSight(sight, ...rest));
        return;
      }
      if (sight === 'lost' || sight === 'apart') askWhileLost(asking.signal).catch(() => {});
      how.onSight(sight, ...rest);
    };

    authorize({ ...how, signal: life.signal, onSight })
      .then(resolve, async (thrown: unknown) => {
        // A window that was closed blank ends with both: the verdict comes first.
        await judging;
        reject(thrown);
      })
      .finally(() => {
        life.abort();
        asking.abort();
      });
  });
}
