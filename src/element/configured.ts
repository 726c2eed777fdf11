/** What of an element's properties decides how it connects. */
import type { Configuration } from '../platforms/configuration.js';

/** These change only how it looks. */
const looks = ['layout', 'inspector', 'strings'];

/**
 * Values that can be compared with `Object.is`: frameworks pass a new array and a new function at each of their renders, and
 * neither may end an attempt that runs. `session` is the same function for ever; it asks the element's own when called.
 */
export const configurationOf = (element: Configuration, properties: readonly string[], session: () => Promise<string>): Configuration => ({
  ...Object.fromEntries(properties.filter((name) => !looks.includes(name)).map((name) => [name, element[name as keyof Configuration] ?? null])),
  sources: [element.sources].flat().join(' ').split(/[\s,]+/).filter(Boolean).join(' ') || null,
  fetchSession: element.fetchSession ? session : null,
});

export const isSame = (one: Configuration, other: Configuration): boolean =>
  Object.entries(one).every(([key, value]) => Object.is(other[key as keyof Configuration], value));
