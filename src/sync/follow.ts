import { ConnectError } from '../core/errors.js';
import { backOffMs, pause, retryAfterMs } from './back-off.js';
import { realClock, turn, within } from './clock.js';
import type { Clock } from './clock.js';
import { readPieces } from './lines.js';
import type { Cutter } from './lines.js';
import { createWake } from './wakeful.js';
import type { Wake } from './wakeful.js';

export type FollowEvent<Piece> =
  | { readonly type: 'piece'; readonly piece: Piece }
  /** False while reconnecting after a failure or a sleep; a server's routine close is neither. */
  | { readonly type: 'live'; readonly live: boolean }
  /** One connection that had been open. `clean`: the server ended it. */
  | { readonly type: 'closed'; readonly lastedMs: number; readonly clean: boolean };

export interface FollowOptions<Piece> {
  /** Must give up when its signal aborts. A `ConnectError` that is not about reach or load ends the following. */
  readonly open: (signal: AbortSignal) => Promise<Pick<Response, 'ok' | 'status' | 'headers' | 'body'>>;
  /** What is read: lines, or messages. Asked for anew for each connection. */
  readonly cutter: () => Cutter<Piece>;
  readonly signal: AbortSignal;
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly wake?: Wake;
  /** Renews the credentials, once: a second 401 in a row ends in `session_expired`. */
  readonly renew?: (signal: AbortSignal) => Promise<void>;
}

/** However many pieces come at once, a page draws and hears clicks between so many of them. */
const piecesInATurn = 500;
const betweenConnectsMs = 1000;
/** Platforms speak at least once a minute; beyond this the connection is dead and nobody said so. */
const idleMs = 75_000;
/** A stream that lasted this long has earned a clean record. One without a word that ends sooner was none, and asking for it each second would be a hammer. */
const healthyMs = 10_000;

/** A long response, reopened for as long as it takes. Ends on 204, throws where asking again is no use, falls silent on abort. */
export async function* followStream<Piece>({
  open,
  cutter,
  signal,
  clock = realClock,
  random = Math.random,
  wake = createWake({ clock, random }),
  renew,
}: FollowOptions<Piece>): AsyncGenerator<FollowEvent<Piece>, void, undefined> {
  let failures = 0;
  let live = true;
  let renewed = false;
  let startedAt = -Infinity;
  let pieces = 0;
  try {
    for (;;) {
      // A system clock that was set back must not make an hour of it.
      await pause(Math.min(betweenConnectsMs, startedAt + betweenConnectsMs - clock.now()), signal, clock);
      await wake.whenAwake(signal);
      startedAt = clock.now();

      const connection = within(signal);
      const here = wake.untilAsleep(connection.signal);
      let openedAt: number | null = null;
      let heardAt: number | null = null;
      let clean = false;
      let asleep = false;
      let toldMs = 0;
      silence(() => heardAt ?? startedAt, here, clock).then(() => connection.abort(), () => {});
      try {
        const { status, ok, headers, body } = await open(here);
        if (status === 204) return;
        if (isRefusal(status)) throw new ConnectError('sync_failed', `The stream answered HTTP ${status}, expected 200.`);
        if (status === 429 || status === 503) toldMs = retryAfterMs(headers.get('retry-after'), clock.now()) ?? 0;
        if (status === 401) {
          if (renewed || !renew) throw new ConnectError('session_expired', `The stream answered HTTP 401${renewed ? ' again' : ''}.`);
          await renew(here);
          renewed = clean = true;
        } else renewed = false;
        // A login page or a captive portal answers 200 as well.
        if (ok && body && !/text\/html/i.test(headers.get('content-type') ?? '')) {
          openedAt = clock.now();
          for await (const found of readPieces(body, here, cutter())) {
            heardAt = clock.now();
            if (!live) yield { type: 'live', live: (live = true) };
            for (const piece of found) {
              yield { type: 'piece', piece };
              // A body that is there already is read to its end without a task between: each read settles in a microtask.
              if (++pieces % piecesInATurn === 0) await turn();
              signal.throwIfAborted();
            }
          }
          clean = heardAt !== null || clock.now() - openedAt >= healthyMs;
        }
      } catch (error) {
        if (signal.aborted || isFinal(error)) throw error;
        asleep = here.aborted && !connection.signal.aborted;
      } finally {
        connection.abort();
      }

      if (openedAt !== null) {
        const lastedMs = clock.now() - openedAt;
        yield { type: 'closed', lastedMs, clean };
        if (heardAt !== null && lastedMs >= healthyMs) failures = 0;
      }
      if (clean) continue;
      if (live) yield { type: 'live', live: (live = false) };
      // What the server told is the least; its own back-off keeps "Retry-After: 0" from becoming a hammer, and a crowd that was
      // told the same from coming back as one.
      if (!asleep) await pause(toldMs + backOffMs(failures++, random), signal, clock);
    }
  } catch (error) {
    // The one place where stopping becomes silence.
    if (!signal.aborted) throw error;
  }
}

/** Resolves when no byte has come for too long. One timer that looks at when the last one came, not one timer a byte. */
async function silence(lastAt: () => number, signal: AbortSignal, clock: Clock): Promise<void> {
  let at: number;
  do {
    at = lastAt();
    // Never longer than that, wherever the system clock was set to meanwhile.
    await clock.wait(Math.min(idleMs, at + idleMs - clock.now()), signal);
  } while (at !== lastAt());
}

/** 401 can be renewed, 408 and 429 pass (RFC 9110 15.5.9, RFC 6585 4); every other 4xx is a no. */
const isRefusal = (status: number): boolean => status >= 400 && status < 500 && ![401, 408, 429].includes(status);

/** Whatever is not ours came from the network: fetch says TypeError, a broken body says what it likes. */
export const isFinal = (error: unknown): boolean => ConnectError.is(error) && !['network', 'rate_limited', 'timeout', 'platform_error'].includes(error.code);
