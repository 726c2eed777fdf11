/** A control for every attribute, custom property and plain slot that the manifest knows. What has no value is not set at all. */
import type { ArgTypes } from '@storybook/web-components-vite';
import { scenarioNames } from '../src/platforms.js';
import { attributes, cssProperties, slots } from './manifest.js';

/** By the name that each has in HTML and CSS, as `client-id` and `--wearable-accent`; a slot as `slot:footer`. */
export type Args = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** `'auto' | 'popup'` as a list; anything else has none. */
const wordsOf = (type: string): string[] => [...type.matchAll(/'([^']+)'/g)].map(([, word = '']) => word);

/** Here nothing goes over a network, so there is one platform to choose; what happens on it is chosen by the scenario. */
const known: Readonly<Record<string, readonly string[]>> = { platform: ['demo'], scenario: scenarioNames };

function controlOf(name: string, type: string): Pick<ArgTypes[string], 'control' | 'options'> {
  const options = known[name] ?? wordsOf(type);
  if (options.length > 0) return { control: 'select', options: [...options] };
  return { control: type.startsWith('boolean') ? 'boolean' : type.startsWith('number') ? 'number' : 'text' };
}

const isColour = (name: string): boolean => !/-(radius|space|font)$/.test(name);

const described = (description = '', category: string, type: string, initial: string | undefined): Pick<ArgTypes[string], 'description' | 'table'> => ({
  description,
  table: { category, type: { summary: type }, ...(initial === undefined ? {} : { defaultValue: { summary: initial } }) },
});

export const controls: ArgTypes<Args> = {
  ...Object.fromEntries(attributes.map(({ name, description, type, default: initial }) => [name, { name, ...controlOf(name, type?.text ?? ''), ...described(description, 'Attributes', type?.text ?? '', initial) }])),
  ...Object.fromEntries(cssProperties.map((token) => [token.name, { name: token.name, control: isColour(token.name) ? 'color' : 'text', ...described(token.description, 'Custom properties', isColour(token.name) ? 'colour' : '', token.default) }])),
  ...Object.fromEntries(slots.filter(({ name }) => /^\w+$/.test(name)).map(({ name, description }) => [`slot:${name}`, { name: `slot="${name}"`, control: 'text', ...described(description, 'Slots', '', undefined) }])),
};
