import { ConnectError } from '../core/errors.js';
import type { ErrorCode } from '../core/errors.js';

/** What whoever runs the site can mend, or must know of. The rest is between a page and its visitor. */
const reported: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['misconfigured', 'platform_error', 'network', 'timeout', 'invalid_response', 'sync_failed']);

/** A platform that is down fails for every visitor at once, and that is one piece of news. */
const leastBetweenMs = 60_000;
const mostKinds = 100;

/**
 * `what` is what was being done: it stands for what a stranger threw, whose own words may be a secret. `kind` stands for a message that a
 * stranger can make different each time.
 */
export type Report = (what: string, thrown: unknown, kind?: string) => void;

/** Once a minute for each kind. Errors of our own say all there is to say, without a key or an id in them. */
export function createReports(now: () => number, say: (error: ConnectError) => void, onError: (what: string, error: unknown) => void): Report {
  const saidAt = new Map<string, number>();

  function isNews(kind: string): boolean {
    // A system clock that was set back silences nobody.
    if (Math.abs(now() - (saidAt.get(kind) ?? -Infinity)) < leastBetweenMs) return false;
    saidAt.delete(kind);
    saidAt.set(kind, now());
    const [eldest] = saidAt.keys();
    if (saidAt.size > mostKinds && eldest !== undefined) saidAt.delete(eldest);
    return true;
  }

  return (what, thrown, kind) => {
    if (!ConnectError.is(thrown)) {
      if (isNews(what)) onError(what, thrown);
    } else if (reported.has(thrown.code) && isNews(`${thrown.code} ${kind ?? thrown.message}`)) say(thrown);
  };
}
