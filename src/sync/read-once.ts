import { ConnectError } from '../core/errors.js';
import { retryAfterMs } from './back-off.js';
import type { Clock } from './clock.js';
import { readLines } from './lines.js';
import type { Wake } from './wakeful.js';

export type LineEvent =
  | { readonly type: 'line'; readonly text: string }
  /** False while reconnecting after a failure or a sleep; a server's routine close is neither. */
  | { readonly type: 'live'; readonly live: boolean };

export interface ReadOnceOptions {
  readonly open: (signal: AbortSignal) => Promise<Response>;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly wake: Wake;
  readonly blanks: boolean;
  readonly live: boolean;
}

/** How one connection went. */
export interface Ending {
  readonly how: 'clean' | 'failed' | 'asleep';
  /** 0: no answer came. */
  readonly status: number;
  /** How long lines could come; null where it never came to that. */
  readonly openMs: number | null;
  readonly lines: number;
  readonly heard: boolean;
  readonly live: boolean;
  readonly retryAfterMs: number | null;
}

/** Platforms speak at least once a minute; beyond this the connection is dead and nobody said so. */
const idleMs = 75_000;
/** An empty answer that ends sooner is no stream that ended well, and asking for it each second would be a hammer. */
const emptyMs = 10_000;

/** Opens one response and reads it to its end. Throws only what makes another try pointless, and the reason of an abort. */
export async function* readOnce({ open, signal, clock, wake, blanks, live }: ReadOnceOptions): AsyncGenerator<LineEvent, Ending, undefined> {
  const connection = new AbortController();
  signal.addEventListener('abort', () => connection.abort(signal.reason), { signal: connection.signal });
  const here = wake.untilAsleep(connection.signal);
  let how: Ending['how'] = 'failed';
  let status = 0;
  let openedAt: number | null = null;
  let heardAt: number | null = null;
  let lines = 0;
  let toldMs: number | null = null;

  // One timer that looks at when the last byte came, not one timer a byte.
  const watch = (since: number): void =>
    void clock.wait(Math.max(0, since + idleMs - clock.now()), here).then(
      () => {
        const last = heardAt ?? since;
        if (clock.now() - last < idleMs) watch(last);
        else connection.abort();
      },
      () => {},
    );

  try {
    watch(clock.now());
    const response = await open(here);
    status = response.status;
    if (isRefusal(status)) throw new ConnectError('sync_failed', `The stream answered ${status}: expected 200. Asking again would not change it.`);
    if (status === 429 || status === 503) toldMs = retryAfterMs(response.headers.get('retry-after'), clock.now());
    // A login page or a captive portal answers 200 as well.
    if (response.ok && response.body && !/text\/html/i.test(response.headers.get('content-type') ?? '')) {
      openedAt = clock.now();
      for await (const text of readLines(response.body, here, { blanks: true, onBytes: () => (heardAt = clock.now()) })) {
        if (!live) yield { type: 'live', live: (live = true) };
        if (!blanks && !text.trim()) continue;
        lines++;
        yield { type: 'line', text };
      }
      if (heardAt !== null || clock.now() - openedAt >= emptyMs) how = 'clean';
    }
  } catch (error) {
    if (signal.aborted || isFinal(error)) throw error;
    if (here.aborted && !connection.signal.aborted) how = 'asleep';
  } finally {
    connection.abort();
  }
  const openMs = openedAt === null ? null : Math.max(0, clock.now() - openedAt);
  return { how, status, openMs, lines, heard: heardAt !== null, live, retryAfterMs: toldMs };
}

/** 401 can be renewed, 408 and 429 pass (RFC 9110 15.5.9, RFC 6585 4); every other 4xx is a no. */
const isRefusal = (status: number): boolean => status >= 400 && status < 500 && ![401, 408, 429].includes(status);

const passing: readonly string[] = ['network', 'rate_limited', 'timeout', 'platform_error'];

/** Whatever is not ours came from the network: fetch says TypeError, a broken body says what it likes. */
export const isFinal = (error: unknown): boolean => error instanceof ConnectError && !passing.includes(error.code);
