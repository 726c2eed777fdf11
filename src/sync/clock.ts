/** Time as it is handed to everything that waits, so that tests own it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Rejects with the signal's reason when aborted; no timer is left then. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Told when somebody begins to go by it: one that stands still until then may need to know. */
  begin?(): void;
}

export const realClock: Clock = {
  now: () => Date.now(),
  wait: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const over = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', over);
        if (signal.aborted) reject(signal.reason as Error);
        else resolve();
      };
      const timer = setTimeout(over, ms);
      signal.addEventListener('abort', over);
    }),
};

/** Lets whatever waits for this task to end have its turn. Not by a timer: of a page that is hidden they take a second each. */
export const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/**
 * A life that ends with another one, or sooner by itself; nothing of it is left on the other then.
 * AbortSignal.any is younger than the browsers we support.
 */
export function within(outer: AbortSignal): AbortController {
  const inner = new AbortController();
  const end = (): void => inner.abort(outer.reason);
  if (outer.aborted) end();
  else outer.addEventListener('abort', end, { signal: inner.signal });
  return inner;
}
