/** Every request of a platform goes through here: without cookies, without redirects, with an end, and told to whoever looks on. */
import { ConnectError } from '../core/errors.js';
import type { Step } from '../core/platform.js';
import { redactedBody, redactedForm, redactedUrl } from './redact.js';

export interface WireRequest extends RequestInit {
  readonly signal: AbortSignal;
  /** A long answer, read elsewhere: only its beginning is awaited and told. */
  readonly streamed?: boolean;
  /** Only for the host's own handler, which may know its visitor by a cookie. */
  readonly cookies?: boolean;
}

export type Wire = (url: string, request: WireRequest) => Promise<Response>;

const patienceMs = 15_000;

/** `step` is asked for anew each time: a developer may begin to look at any moment. */
export function createWire(step: () => ((step: Step) => void) | null): Wire {
  return async (url, { streamed = false, cookies = false, ...request }) => {
    const begun = performance.now();
    const { signal, over } = limited(request.signal, streamed);
    try {
      // No cookie ever goes along, and a redirect could carry the bearer to another origin (RFC 10017 6.3).
      const response = await fetch(url, { cache: 'no-store', referrerPolicy: 'no-referrer', ...request, credentials: cookies ? 'same-origin' : 'omit', redirect: 'error', signal });
      // A long answer may take as long as it likes once it has begun.
      const answer = streamed ? response : await whole(response);
      tell(response, answer);
      return answer;
    } catch (thrown) {
      if (request.signal.aborted) throw request.signal.reason;
      tell(null, null);
      if (signal.aborted) throw new ConnectError('network', `${host(url)} did not answer within ${patienceMs / 1000} seconds.`, thrown);
      throw new ConnectError('network', `A request to ${host(url)} never arrived: offline, DNS, CORS, a redirect, or missing in the page’s connect-src.`, thrown);
    } finally {
      over();
    }

    function tell(response: Response | null, answer: Response | null): void {
      const outlet = step();
      if (!outlet) return;
      const milliseconds = Math.round(performance.now() - begun);
      const said = (body: unknown): void =>
        outlet({
          at: Date.now(),
          kind: 'request',
          entry: { method: request.method ?? 'GET', url: redactedUrl(url), status: response?.status ?? 0, milliseconds, request: redactedForm(request.body), response: body },
        });
      if (!answer || streamed) said(streamed && answer ? 'a stream' : null);
      else answer.clone().text().then((text) => said(redactedBody(text)), () => said(null));
    }
  };
}

/** Reads to the end here, so that the time limit covers the body too. */
async function whole(response: Response): Promise<Response> {
  const body = await response.arrayBuffer();
  const { status, statusText, headers } = response;
  return new Response(body.byteLength ? body : null, { status, statusText, headers });
}

/** AbortSignal.any is younger than the browsers we support. How long a stream may be quiet is not decided here. */
function limited(outer: AbortSignal, streamed: boolean): { signal: AbortSignal; over: () => void } {
  if (streamed) return { signal: outer, over: () => {} };
  const inner = new AbortController();
  const stop = (): void => inner.abort(outer.reason);
  const timer = setTimeout(() => inner.abort(), patienceMs);
  if (outer.aborted) stop();
  outer.addEventListener('abort', stop);
  return {
    signal: inner.signal,
    over() {
      clearTimeout(timer);
      outer.removeEventListener('abort', stop);
    },
  };
}

const host = (url: string): string => new URL(url).host;
