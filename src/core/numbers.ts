export function counter(): () => number {
  let count = 0;
  return () => ++count;
}

/** Not randomUUID, which insecure pages lack: there, the platform says what is wrong. */
export const newAttempt = (): string => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
