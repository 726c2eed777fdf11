import { ConnectError } from '../core/errors.js';
import type { ErrorCode } from '../core/errors.js';

/** What a server says in OAuth's own words (RFC 6749 4.1.2.1 and 5.2), in ours. */
function codeOfOauth(error: string): ErrorCode {
  if (error === 'access_denied') return error;
  // Used, expired or somebody else's: what helps is to sign in again.
  if (error === 'invalid_grant') return 'session_expired';
  return /^(?:invalid|unauthorized|unsupported)_/.test(error) ? 'misconfigured' : 'platform_error';
}

export function codeOfStatus(status: number): ErrorCode {
  if (status === 429) return 'rate_limited';
  if (status === 401) return 'session_expired';
  if (status === 403) return 'access_denied';
  if ([404, 410, 422].includes(status)) return 'misconfigured';
  return 'platform_error';
}

/**
 * One of ours for everything oauth4webapi throws. The library hangs whole answers, with codes and tokens in them, on its
 * errors: only names and numbers come along. Where tokens were to be renewed, a plain no is the end of the session.
 */
export function failureOf(thrown: unknown, isRenewal = false): unknown {
  if (ConnectError.is(thrown) || !(thrown instanceof Error) || thrown.name === 'AbortError' || thrown.name === 'TimeoutError') return thrown;
  const { code, cause } = thrown as { code?: unknown; cause?: unknown };
  const { error: said, status = cause instanceof Response ? cause.status : undefined } = thrown as { error?: unknown; status?: unknown };
  const error = typeof said === 'string' ? said.slice(0, 60) : null;
  const seen = { name: thrown.name, code, error, status };
  // A refusal in the address the window came back with has no status.
  const isAnswered = typeof status === 'number';
  const isBad = isAnswered && (status < 200 || status > 299);
  if (error === null && !isBad) return new ConnectError('invalid_response', `The platform’s answer was refused: ${thrown.message}.`, seen);
  // Without an error it is not OAuth's shape at all: FastAPI's {"detail": …}, a page, a redirect (status 0 in browsers).
  const isNo = status === 401 || status === 403 || (isRenewal && status === 400);
  const ours = status === 429 ? 'rate_limited' : error !== null ? codeOfOauth(error) : isNo ? (isRenewal ? 'session_expired' : 'misconfigured') : codeOfStatus(Number(status));
  return new ConnectError(ours, `The platform refused: ${error === null ? 'no OAuth error' : JSON.stringify(error)}${isAnswered ? `, HTTP ${status}` : ''}.${hint(ours)}`, seen);
}

const hint = (code: ErrorCode): string => (code === 'misconfigured' ? ' Check client-id, scope, and that redirect-uri is the full registered address.' : '');
