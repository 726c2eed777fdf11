import { setTimeout as sleep } from 'node:timers/promises';

/** Waits as a `delays` fault asks; a closing sandbox waits for nobody. */
export async function pauseFor(milliseconds: number, closing: AbortSignal): Promise<void> {
  if (milliseconds > 0) await sleep(milliseconds, undefined, { signal: closing, ref: false }).catch(() => undefined);
}
