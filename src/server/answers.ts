import { ConnectError } from '../core/errors.js';
import type { ErrorCode } from '../core/errors.js';

/** One status a code, since a page that reads no body goes by the status. What passes through us from a platform is a 502 or 504. */
const statuses: Readonly<Record<ErrorCode, number>> = {
  popup_blocked: 400,
  access_denied: 403,
  timeout: 504,
  network: 502,
  rate_limited: 429,
  platform_error: 502,
  sync_failed: 502,
  session_expired: 401,
  invalid_response: 502,
  misconfigured: 422,
  unsupported: 422,
};

/** Personal answers belong in no cache (RFC 9111 5.2.2.5), and are what they say they are. */
const always = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

/** A no of the handler itself, where another status says more than the one of its code. */
export class Refusal extends ConnectError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: ErrorCode, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(code, message);
    this.status = status;
    this.headers = headers;
  }
}

export const answer = (body: BodyInit | null, type: string | null, status = 200, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(body, { status, headers: { ...always, ...(type && { 'content-type': type }), ...headers } });

export const json = (value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response =>
  answer(JSON.stringify(value), 'application/json', status, headers);

/** Only what we wrote ourselves goes out: of anything else that was thrown, no word. */
export function failure(thrown: unknown, also: Readonly<Record<string, string>> = {}): Response {
  const error = ConnectError.is(thrown) ? thrown : new Refusal(500, 'platform_error', 'The handler failed on this site’s server: look at onError, or at the server’s log.');
  const { status, headers } = error instanceof Refusal ? error : { status: statuses[error.code], headers: {} };
  return json({ error: error.code, message: error.message }, status, { ...also, ...headers });
}
