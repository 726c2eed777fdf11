/** What of an element's properties decides how it connects; anything else changes only how it looks. */
import type { Configuration } from '../platforms/configuration.js';

const keys = [
  ...(['platform', 'clientId', 'redirectUri', 'scope', 'baseUrl', 'signIn', 'mode', 'persist', 'tokenDelivery', 'backendUrl'] as const),
  ...(['historyDays', 'scenario', 'noPreview'] as const),
];

type Properties = Pick<Configuration, (typeof keys)[number] | 'sources' | 'fetchSession'>;

/**
 * Values that can be compared with `===`: frameworks pass a new array and a new function at each of their renders, and
 * neither may end an attempt that runs. `session` is the same function for ever; it asks the element's own when called.
 */
export const configurationOf = (element: Properties, session: () => Promise<string>): Configuration => ({
  ...Object.fromEntries(keys.map((key) => [key, element[key] ?? null])),
  sources: element.sources ? [element.sources].flat().join(' ').split(/[\s,]+/).filter(Boolean).join(' ') || null : null,
  fetchSession: element.fetchSession ? session : null,
});

export const isSame = (one: Configuration, other: Configuration): boolean =>
  Object.entries(one).every(([key, value]) => other[key as keyof Configuration] === value);
