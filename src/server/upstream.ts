import { ConnectError } from '../core/errors.js';
import type { Clock } from '../sync/clock.js';
import { limitedText } from './limited-text.js';

const usualPatienceMs = 15_000;
/** In bytes. */
const longestAnswer = 2_000_000;

/** An answer that is here whole. Not a Response: to make one, and to read it, costs as much as a small request does. */
export interface Answered {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * One request to a platform, with an end. `what` is how errors call it: addresses have ids in them. A signal that many requests
 * share would gather their listeners, of which Node warns; one that is never aborted is better left out.
 */
export type Upstream = (what: string, url: string, init: RequestInit, patienceMs?: number) => Promise<Answered>;

export const createUpstream =
  (fetch: (url: string, init: RequestInit) => Promise<Response>, clock: Clock): Upstream =>
  (what, url, init, patienceMs = usualPatienceMs) =>
    new Promise((resolve, reject) => {
      const limit = new AbortController();
      const { signal } = init;

      const end = (why: unknown): void => {
        signal?.removeEventListener('abort', leave);
        reject(why);
        // The timer goes with it, and what is left of the request.
        limit.abort(over);
      };
      const leave = (): void => end(signal?.reason);

      signal?.addEventListener('abort', leave);
      if (signal?.aborted) return leave();
      clock.wait(patienceMs, limit.signal).then(() => end(new ConnectError('timeout', `No answer to ${what}: waited ${patienceMs / 1000} seconds.`)), () => {});
      // Followed, a redirect would carry the key to another origin. Workers know `manual` but not `error`.
      wholeOf(what, () => fetch(url, { ...init, redirect: 'manual', signal: limit.signal })).then(
        (answer) => {
          resolve(answer);
          end(over);
        },
        // Without the cause's own words: what engines and proxies say has addresses in it.
        (thrown: unknown) => end(ConnectError.is(thrown) ? thrown : new ConnectError('network', `No answer to ${what}: the server could not be reached from here${codeOf(thrown)}.`)),
      );
    });

/** As Node calls it, `ENOTFOUND` or `ECONNREFUSED`. */
function codeOf(thrown: unknown): string {
  const { cause } = Object(thrown) as { cause?: { code?: unknown } };
  return /^E[A-Z_]+$/.test(String(cause?.code)) ? ` (${String(cause?.code)})` : '';
}

/** One for all: each of its own would carry a stack, and Node keeps the last of them for as long as the signal it came from. */
const over = new Error('The request is over.');

async function wholeOf(what: string, ask: () => Promise<Response>): Promise<Answered> {
  const { status, ok, headers, body } = await ask();
  const text = await limitedText(body, longestAnswer);
  if (text === null) throw new ConnectError('invalid_response', `The answer to ${what} is longer than ${longestAnswer} bytes.`);
  return { status, ok, headers, text };
}

/** Undefined where it is none. */
export function jsonIn({ text }: Answered): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
