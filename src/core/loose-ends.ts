/** Attempts that nobody works on while their answer may still come. When the visitor or the page gives one up, its window and what is kept of it go too. */
import { paused } from './errors.js';
import type { Platform } from './platform.js';
import { safely } from './safely.js';

export function createLooseEnds(platform: Platform) {
  /** Given up by us, not by the visitor: a late answer to one of them still counts. */
  const hoped = new Map<string, AbortController>();
  /** They wait for the element to be back on the page. */
  const waiting = new Set<string>();

  /** Taken up for nothing but its end. */
  const drop = (attempt: string): void =>
    safely(() => void platform.authorize(null, { attempt, way: 'resume', signal: AbortSignal.abort(), onSight() {} }).catch(() => {}));

  function abortHopes(reason?: string): void {
    for (const job of hoped.values()) job.abort(reason);
    hoped.clear();
  }

  return {
    hope: (attempt: string, job: AbortController): unknown => hoped.set(attempt, job),
    isHoped: (attempt: string): boolean => hoped.has(attempt),
    /** True where somebody hoped for it. */
    settle: (attempt: string): boolean => hoped.delete(attempt),
    putOff(current: string | undefined): void {
      for (const attempt of [...hoped.keys(), current]) if (attempt) waiting.add(attempt);
      abortHopes(paused);
    },
    takeUp: (attempt: string): unknown => waiting.delete(attempt),
    giveUp(attempt: string): void {
      if (waiting.delete(attempt)) drop(attempt);
    },
    giveUpAll(): void {
      abortHopes();
      waiting.forEach(drop);
      waiting.clear();
    },
  };
}
