import { send, sendJson, type Exchange } from './web.js';

/**
 * What a broken answer carries: the API's own `{detail}`, OAuth's `{error}`, RFC 9457's `{title}`, bare words, a proxy's page,
 * nothing, or half a JSON. `reset` ends the connection without an answer.
 */
export type FaultBody = 'detail' | 'oauth' | 'problem' | 'text' | 'html' | 'empty' | 'truncated' | 'reset';

export interface AnswerFault {
  /** Any HTTP status; 200 with a strange body is possible too. */
  status: number;
  /** Default: what the endpoint itself would use for an error of this status. */
  body?: FaultBody;
  /** The `error` of an OAuth body. Default `invalid_grant` below 500, `server_error` above. */
  error?: string;
  /** Only the first so many requests; then the endpoint is well again. Default: always. */
  times?: number;
  /** Sends `Retry-After` in seconds. Browsers cannot read it unless `exposeRetryAfter` is set. */
  retryAfter?: number;
}

/** How a stream breaks. */
export interface StreamFault {
  /** Drops the connection after so many lines (or events). */
  cutAfter?: number;
  /** With `cutAfter`: drops it in the middle of the one that follows. */
  cutInside?: boolean;
  /** After so many: stays open and says nothing more. */
  stallAfter?: number;
  /** Sends `{"error": …}` as the first line (after the lines of `errorAfter`). */
  error?: string;
  /** How many good lines go before the error line. Default 0. */
  errorAfter?: number;
}

const words: Record<number, string> = {
  401: 'Not authenticated', 403: 'Not enough permissions', 404: 'Not Found', 429: 'Too many requests', 500: 'Internal Server Error',
  503: 'Service Unavailable',
};

export function sendBroken(exchange: Exchange, fault: AnswerFault, usual: FaultBody): void {
  const { res } = exchange;
  const { status } = fault;
  const said = words[status] ?? 'Asked for by a sandbox fault';
  if (fault.retryAfter !== undefined) res.setHeader('retry-after', String(fault.retryAfter));
  if (status === 401) res.setHeader('www-authenticate', 'Bearer');
  if (status >= 300 && status < 400) res.setHeader('location', '/sandbox/elsewhere');
  switch (fault.body ?? usual) {
    case 'reset': res.destroy(); return;
    case 'empty': send(exchange, status, 'application/json', ''); return;
    case 'truncated': send(exchange, status, 'application/json', '{"access_token":"eyJhbGciOiJSUzI1'); return;
    case 'html': send(exchange, status, 'text/html', `<html><body><h1>${status}</h1><p>The proxy has no answer.</p></body></html>`); return;
    case 'text': send(exchange, status, 'text/plain; charset=utf-8', said); return;
    case 'problem': sendJson(exchange, status, { title: said, status, detail: 'asked for by a sandbox fault', code: 'sandbox' }); return;
    case 'oauth': {
      const error = fault.error ?? (status < 500 ? 'invalid_grant' : 'server_error');
      sendJson(exchange, status, { error, error_description: 'asked for by a sandbox fault' });
      return;
    }
    default: sendJson(exchange, status, { detail: said });
  }
}
