import { en } from '../locales/en.js';
import type { Strings } from '../locales/en.js';

export type Word = keyof Strings;
export type Say = (word: Word, values?: Readonly<Record<string, string>>) => string;

/** The page's own sentences first, then ours. A placeholder without a value stays empty rather than showing its name. */
export const speaker =
  (own: Partial<Strings> | null | undefined): Say =>
  (word, values = {}) =>
    (own?.[word] ?? en[word]).replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
