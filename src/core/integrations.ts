import type { Source } from './nouns.js';

/** SweatStack has no endpoint that lists them; the page may offer others: the list has changed before. */
export const offered = ['garmin_connect', 'intervals_icu', 'wahoo'];

/** What stands for "some wearable" where the visitor signed in without picking one. */
export const anySource = 'sweatstack';

export const names: ReadonlyMap<string, string> = new Map([
  ['intervals_icu', 'Intervals.icu'],
  [anySource, 'SweatStack'],
]);

/** A page offers sources by id alone; `names` has those that do not follow from their id. */
export const namedSources = (ids: readonly string[], known = names): readonly Source[] => ids.map((id) => ({ id, name: likelyName(id, known) }));

/** What a source is called that no list has told of yet. */
export const likelyName = (id: string, known = names): string => known.get(id) ?? nameFrom(id);

/** A source nobody knows yet still gets a readable name: `polar_flow` is Polar Flow. */
const nameFrom = (id: string): string =>
  id
    .split(/[_\-\s]+/)
    .filter(Boolean)
    .map((word) => word[0]?.toUpperCase() + word.slice(1))
    .join(' ');

/** An attribute's list: ids separated by spaces or commas. */
export function listOf(value: readonly string[] | string | null | undefined): readonly string[] {
  const ids = typeof value === 'string' ? value.split(/[\s,]+/) : (value ?? []);
  return [...new Set(ids.map((id) => String(id).trim()).filter(Boolean))];
}
