import { ConnectError } from '../core/errors.js';
import type { Clock } from '../sync/clock.js';
import { limitedText } from './limited-text.js';

const usualPatienceMs = 15_000;
/** In bytes. */
const longestAnswer = 2_000_000;

/**
 * One request to a platform, with an end. `what` is how errors call it: addresses have ids in them. A signal that many requests
 * share would gather their listeners, of which Node warns; one that is never aborted is better left out.
 */
export type Upstream = (what: string, url: string, init: RequestInit, patienceMs?: number) => Promise<Response>;

export const createUpstream =
  (fetch: (url: string, init: RequestInit) => Promise<Response>, clock: Clock): Upstream =>
  async (what, url, init, patienceMs = usualPatienceMs) => {
    const limit = new AbortController();
    let late = false;
    const end = (): void => limit.abort(over);
    init.signal?.addEventListener('abort', end);
    if (init.signal?.aborted) end();
    clock.wait(patienceMs, limit.signal).then(() => {
      late = true;
      end();
    }, () => {});
    try {
      return await Promise.race([asked(), ended(limit.signal)]);
    } catch (thrown) {
      if (init.signal?.aborted) throw init.signal.reason;
      if (thrown instanceof ConnectError) throw thrown;
      // Without the cause: what engines and proxies say has addresses in it.
      throw late ? new ConnectError('timeout', `No answer to ${what}: waited ${patienceMs / 1000} seconds.`) : new ConnectError('network', `No answer to ${what}: the server could not be reached from here.`);
    } finally {
      init.signal?.removeEventListener('abort', end);
      end();
    }

    async function asked(): Promise<Response> {
      // Followed, a redirect would carry the key to another origin. Workers know `manual` but not `error`.
      const response = await fetch(url, { ...init, redirect: 'manual', signal: limit.signal });
      const body = await limitedText(response.body, longestAnswer);
      if (body === null) throw new ConnectError('invalid_response', `The answer to ${what} is longer than ${longestAnswer} bytes.`);
      return new Response(body || null, { status: response.status, headers: response.headers });
    }
  };

/** One for all: each of its own would carry a stack, and Node keeps the last of them for as long as the signal it came from. */
const over = new Error('The request is over.');

const ended = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
