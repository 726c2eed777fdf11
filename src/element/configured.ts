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

export const isSame = (one: Configuration, other: Configuration, keys = Object.keys(one)): boolean =>
  (keys as (keyof Configuration)[]).every((key) => Object.is(other[key], one[key]));

/** With another one of these it is another app, or another place for its tokens: nothing that runs can go on. The rest is for the next session. */
export const foundations = ['platform', 'clientId', 'baseUrl', 'persist', 'tokenDelivery', 'backendUrl', 'scenario', 'fetchSession'];
