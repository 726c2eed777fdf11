/** Every request of a platform goes through here: without cookies, without redirects, with an end, and told to whoever looks on. */
import { ConnectError } from '../core/errors.js';
import type { Step } from '../core/platform.js';
import { codeOfStatus } from '../oauth/failures.js';
import { realClock, within } from '../sync/clock.js';
import { redactedBody, redactedUrl } from './redact.js';

export interface WireRequest extends RequestInit {
  readonly signal: AbortSignal;
  /** A long answer, read elsewhere: only its beginning is awaited and told. How long it may be quiet is not decided here. */
  readonly streamed?: boolean;
  /** Only for the host's own handler, which may know its visitor by a cookie. */
  readonly cookies?: boolean;
}

/** Its text has been read already, and is at hand without a turn through the browser's streams; only that of a stream is still to come. */
export type WireAnswer = Pick<Response, 'ok' | 'status' | 'statusText' | 'headers' | 'body' | 'text'>;

export type Wire = (url: string, request: WireRequest) => Promise<WireAnswer>;

/** `step` is asked for anew each time: a developer may begin to look at any moment. */
export function createWire(step: () => ((step: Step) => void) | null): Wire {
  return async (url, { streamed, cookies, ...request }) => {
    const begun = performance.now();
    const { host } = new URL(url);
    const limit = within(request.signal);
    // The handler gives fifteen to each request of its own (src/server/upstream.ts): whoever asks it and waits no longer never hears what it did.
    const seconds = cookies ? 30 : 15;
    if (!streamed) realClock.wait(seconds * 1000, limit.signal).then(() => limit.abort(), () => {});
    const tell = (status: number, body: string | null): void => {
      const milliseconds = Math.round(performance.now() - begun);
      step()?.({
        at: Date.now(),
        kind: 'request',
        entry: { method: request.method ?? 'GET', url: redactedUrl(url), status, milliseconds, request: redactedBody(request.body), response: streamed && status ? 'a stream' : redactedBody(body) },
      });
    };
    try {
      const response = await fetch(url, {
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        ...request,
        // No cookie ever goes along, and a redirect could carry the bearer to another origin (RFC 10017 6.3).
        credentials: cookies ? 'same-origin' : 'omit',
        redirect: 'error',
        ...(streamed ? {} : { signal: limit.signal }),
      });
      // Read to the end here, so that the time limit covers the body too.
      const body = streamed ? null : await response.text();
      tell(response.status, body);
      if (body !== null) response.text = async () => body;
      return response;
    } catch (thrown) {
      if (request.signal.aborted) throw request.signal.reason;
      tell(0, null);
      throw new ConnectError('network', `No answer from ${host}: ${limit.signal.aborted ? `waited ${seconds} seconds` : 'offline, DNS, CORS, a redirect, or connect-src'}.`, thrown);
    } finally {
      limit.abort();
    }
  };
}

/** What an answer says in JSON, or one of our errors. */
export async function jsonFrom(response: WireAnswer, what: string): Promise<unknown> {
  if (!response.ok) throw new ConnectError(codeOfStatus(response.status), `${what} answered HTTP ${response.status}, expected 200.`);
  try {
    return JSON.parse(await response.text()) as unknown;
  } catch {
    // Without the cause: engines quote what they could not parse.
    throw new ConnectError('invalid_response', `${what} did not answer with JSON.`);
  }
}
