/** How an attempt ended. `connect()` resolves with it and never rejects: failures are events. */
export type Ending = 'connected' | 'cancelled' | 'failed';

/** Whoever waits for the end of an attempt; several may, for the same one. */
export function createEndings() {
  const waiting = new Map<string, (ending: Ending) => void>();
  return {
    of: (attempt: string): Promise<Ending> =>
      new Promise((resolve) => {
        const earlier = waiting.get(attempt);
        waiting.set(attempt, (ending) => {
          earlier?.(ending);
          resolve(ending);
        });
      }),
    tell(attempt: string, ending: Ending): void {
      waiting.get(attempt)?.(ending);
      waiting.delete(attempt);
    },
  };
}
