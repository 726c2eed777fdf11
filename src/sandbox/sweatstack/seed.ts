import { createHash } from 'node:crypto';

/** Crockford's alphabet, as in the ids of the real service. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An id that looks like a ULID and is the same in every run, so that screenshots and tests repeat. */
export function idOf(seed: string): string {
  const digest = createHash('sha256').update(seed).digest();
  return `01K${[...digest.subarray(0, 23)].map((byte) => alphabet[byte % 32]).join('')}`;
}

/** Numbers from 0 to 1 that follow from the seed alone. */
export function dice(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  return () => {
    // A step of a linear congruential generator, mixed so that neighbours differ.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 15), 2246822519) >>> 0;
    return ((mixed ^ (mixed >>> 13)) >>> 0) / 4294967296;
  };
}
