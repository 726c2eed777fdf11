import { ConnectError } from './errors.js';
import type { ErrorCode } from './errors.js';

/** `http:` is for a developer's own machine alone. `*.localhost` is loopback by RFC 6761 6.3. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);

/**
 * The one gate for addresses, wherever they come from. A `javascript:` address put into a window we opened blank would run
 * in the host's origin, and credentials in an address make it read as another site.
 */
export function checkedUrl(value: string, what: string, code: ErrorCode, base?: string): URL {
  let url: URL;
  try {
    url = new URL(value, base);
  } catch {
    throw new ConnectError(code, `${what} is not an address: got ${quoted(value)}, expected an absolute https: address.`);
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    throw new ConnectError(code, `${what} must be https: (http: only for loopback and *.localhost): got ${quoted(url.origin === 'null' ? url.protocol : url.origin)}.`);
  if (url.username || url.password) throw new ConnectError(code, `${what} must not carry a user name or password: got one for ${quoted(url.host)}.`);
  return url;
}

/** What was seen, short enough for a log line. */
const quoted = (value: string): string => JSON.stringify(value.length > 120 ? `${value.slice(0, 120)}…` : value);
