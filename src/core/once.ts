/** Made when it is first asked for; where making it throws, it is tried anew the next time. */
export function once<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}
