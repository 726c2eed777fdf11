/**
 * Every sentence a visitor reads, in English: the language that every other one is measured against. Where a key ends in the
 * name of a state (`status_active`), it says that state. Where a number decides, there is one sentence for each of its kinds
 * (the categories of `Intl.PluralRules`). Dates, numbers and “two days ago” are no words: those are the browser's. It stands in four
 * files, each of which comes when something in it may be said.
 */
import { early } from './english/early.js';
import { elsewhere } from './english/elsewhere.js';
import { late } from './english/late.js';
import { moving } from './english/moving.js';

export const en: typeof early & typeof moving & typeof late & typeof elsewhere = { ...early, ...moving, ...late, ...elsewhere };

/** As in every other language. @alias */
export default en;

/** A sentence for each kind of number that a language has. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

export type Strings = { readonly [Key in keyof typeof en]: (typeof en)[Key] extends string ? string : Plural };
