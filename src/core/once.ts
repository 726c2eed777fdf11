/** Made when it is first asked for; where making it throws, it is tried anew the next time. */
export function once<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}

/** A request may be taken and never answered: nobody waits for a piece of code for ever. Where it comes later, it is there at the next try. */
const patienceMs = 20_000;

export const inTime = <T>(load: () => Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Waited 20 seconds.')), patienceMs);
    void load().then(resolve, reject).finally(() => clearTimeout(timer));
  });

/** Sent for when it is first asked for; where it did not come, it is sent for anew. */
export function sent<T>(load: () => Promise<T>): () => Promise<T> {
  let coming: Promise<T> | null = null;
  const missed = (thrown: unknown): never => {
    coming = null;
    throw thrown;
  };
  return () => (coming ??= load().catch(missed));
}
