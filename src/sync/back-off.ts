import { realClock } from './clock.js';
import type { Clock } from './clock.js';

/** Full jitter: a thousand tabs dropped by one restart must not come back in step. `failures` counts from 0. */
export const backOffMs = (failures: number, random: () => number = Math.random): number =>
  random() * Math.min(30_000, 1000 * 2 ** failures);

/** `Retry-After` (RFC 9110 10.2.3), at most five minutes; null where absent, unreadable, or hidden by CORS. */
export function retryAfterMs(header: string | null, now: number): number | null {
  const value = header?.trim() ?? '';
  // Date.parse alone reads "1.5" or "-5" as days of 2001. The oldest of the three HTTP dates has no "GMT" but means it.
  const ms = /^\d+$/.test(value)
    ? Number(value) * 1000
    : Date.parse(/^[a-z]{3}/i.test(value) ? (value.endsWith('GMT') ? value : `${value} GMT`) : '') - now;
  return Number.isNaN(ms) ? null : Math.min(300_000, Math.max(0, ms));
}

/** A wait that is over at once when nothing is left to wait for. */
export async function pause(ms: number, signal: AbortSignal, clock: Clock = realClock): Promise<void> {
  signal.throwIfAborted();
  if (ms > 0) await clock.wait(ms, signal);
}
