export function counter(): () => number {
  let count = 0;
  return () => ++count;
}

/** Not randomUUID, which insecure pages lack: there, the platform says what is wrong. */
export const newAttempt = (): string => crypto.getRandomValues(new Uint32Array(3)).join('-');

/** After this long without an answer the visitor is asked to try again; the answer is hoped for a little longer. */
export const attemptTimeoutMs = 10 * 60_000;
