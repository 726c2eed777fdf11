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
  const url = URL.canParse(value, base) ? new URL(value, base) : null;
  if (url && !url.username && !url.password && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))) return url;
  // Of an address that can be read no more is shown than where it leads: the rest may be a password.
  const seen = url ? `${url.protocol}//${url.host}` : value.slice(0, 120);
  throw new ConnectError(code, `${what} must be an https: address without credentials (http: on loopback only): got ${JSON.stringify(seen)}.`);
}
