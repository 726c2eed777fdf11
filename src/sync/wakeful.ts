import { pause } from './back-off.js';
import { realClock, within } from './clock.js';
import type { Clock } from './clock.js';

/** The sign-in window hides the page that opened it, so a page is not asleep the moment it is hidden. */
const hiddenForMs = 60_000;

type Listen = (type: string, listener: (event: Event) => void, options: AddEventListenerOptions) => void;

/** As much of a window as is needed; all of it optional, for workers and Node. */
export interface Page {
  readonly document?: { readonly visibilityState: string; readonly addEventListener: Listen };
  readonly navigator?: { readonly onLine?: boolean };
  readonly addEventListener?: Listen;
}

export interface Wake {
  /** Resolves while the page is worth streaming for. Rejects with the signal's reason when aborted. */
  whenAwake(signal: AbortSignal): Promise<void>;
  /** Aborts when the page falls asleep, or when the given signal does; every listener and timer is gone then. */
  untilAsleep(signal: AbortSignal): AbortSignal;
}

export interface WakeOptions {
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly page?: Page;
}

/** Asleep is: hidden for a minute, offline, or put away by the browser (an open stream keeps a page out of the bfcache). */
export function createWake({ clock = realClock, random = Math.random, page = globalThis }: WakeOptions = {}): Wake {
  // Remembered across connections: a server that closes every minute must not start the count anew.
  let hiddenSince: number | null = null;
  let putAway = false;

  const offline = (): boolean => page.navigator?.onLine === false;

  /** How long until the page counts as asleep: 0 or less is now, Infinity never as things stand. */
  const leftMs = (): number => {
    hiddenSince = page.document?.visibilityState === 'hidden' ? (hiddenSince ?? clock.now()) : null;
    if (putAway || offline()) return 0;
    return hiddenSince === null ? Infinity : hiddenSince + hiddenForMs - clock.now();
  };

  const listen = (signal: AbortSignal, changed: () => void): void => {
    const heard = ({ type }: Event): void => {
      // Not for as long as somebody listens here: they may have work left when the page is frozen, and hear nothing of its return.
      if (type === 'pagehide') page.addEventListener?.('pageshow', () => (putAway = false), { once: true });
      putAway ||= type === 'pagehide';
      changed();
    };
    page.document?.addEventListener('visibilitychange', heard, { signal });
    for (const type of ['online', 'offline', 'pagehide', 'pageshow']) page.addEventListener?.(type, heard, { signal });
  };

  return {
    async whenAwake(signal) {
      for (;;) {
        signal.throwIfAborted();
        if (leftMs() > 0) return;
        const wasOffline = offline();
        await new Promise<unknown>((resolve) => {
          const change = within(signal);
          change.signal.addEventListener('abort', resolve);
          listen(change.signal, () => change.abort());
        });
        // A network that returns, returns for a whole office at once.
        if (wasOffline && !offline()) await pause(random() * 1000, signal, clock);
      }
    },
    untilAsleep(signal) {
      const life = within(signal);
      let timer = new AbortController();
      const check = (): void => {
        timer.abort();
        timer = within(life.signal);
        const ms = leftMs();
        if (ms <= 0) life.abort();
        else if (ms < Infinity) clock.wait(ms, timer.signal).then(check, () => {});
      };
      listen(life.signal, check);
      check();
      return life.signal;
    },
  };
}
