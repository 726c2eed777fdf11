import { randomBytes } from 'node:crypto';

/** A name nobody can guess, for whatever is to be found again by it. */
export const secret = (): string => randomBytes(24).toString('base64url');

const kept = 500;

/** Keeps a map from growing for as long as the sandbox runs: the oldest entry makes room. */
export function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.set(key, value);
  if (map.size > kept) for (const oldest of map.keys()) { map.delete(oldest); break; }
}
