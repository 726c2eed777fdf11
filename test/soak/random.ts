/** Chance that can be had again: the same words give the same numbers, and no draw moves anybody else's. */
export interface Random {
  /** From 0 up to and without 1. */
  next(): number;
  below(count: number): number;
  /** True so often, of all times. */
  happens(share: number): boolean;
  pick<T>(list: readonly T[]): T;
}

export function createRandom(...words: readonly (string | number)[]): Random {
  let state = hashOf(words.join('|'));
  /** mulberry32: short, and even enough for choosing. */
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    next,
    below,
    happens: (share) => next() < share,
    pick(list) {
      const picked = list[below(list.length)];
      if (picked === undefined) throw new RangeError('There is nothing to pick from.');
      return picked;
    },
  };
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}
