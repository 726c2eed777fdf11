import type { Strings } from '../locales/en.js';

export type Word = keyof Strings;
export type Say = (word: Word, values?: Readonly<Record<string, string | number>>) => string;

/** What is said, and what writes numbers and dates in the same language. */
export interface Voice {
  readonly say: Say;
  readonly lang: string;
}
