/** Made when it is first asked for; where making it throws, it is tried anew the next time. */
export function once<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}

/** Sent for when it is first asked for; where it did not come, it is sent for anew. */
export function sent<T>(load: () => Promise<T>): () => Promise<T> {
  let coming: Promise<T> | null = null;
  const missed = (thrown: unknown): never => {
    coming = null;
    throw thrown;
  };
  return () => (coming ??= load().catch(missed));
}
