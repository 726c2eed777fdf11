/**
 * The tag in types, for every framework: names and values come from the element's class and its events, so what is new there is
 * new everywhere. A framework's own words for it are in the file of its name.
 */
import type { WearableEventMap } from '../core/events.js';
import type { WearableConnect } from '../element/wearable-connect.js';
import type { Configuration } from '../platforms/configuration.js';
import type { ScenarioName } from '../platforms/demo/scenarios.js';

type Settable = Pick<WearableConnect, keyof Configuration | 'layout' | 'strings'>;

/** What can be set, by the names of the properties. `undefined` is how frameworks say that something is not given. */
export type WearableProperties = { [Name in keyof Settable]?: (Name extends 'scenario' ? ScenarioName | null : Settable[Name]) | undefined };

type Kebab<Name extends string> = Name extends `${infer First}${infer Rest}` ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Kebab<Rest>}` : Name;

/** As an attribute has it: true is its presence, a number its digits, and an object is none. */
type Written<Value> = Value extends boolean ? boolean | '' : Value extends number ? number | `${number}` : Value extends string | undefined ? Value : never;

/** What can be written on the tag, by the names of the attributes. */
export type WearableAttributes = { [Name in Exclude<keyof Settable, 'strings' | 'fetchSession'> as Kebab<Name>]?: Written<WearableProperties[Name]> };

/** The tag where a framework sets a property if the element has one of that name, and an attribute if not. */
export type WearableTag = Omit<WearableAttributes, 'platform' | 'sources'> & Pick<WearableProperties, 'platform' | 'sources' | 'strings' | 'fetchSession'>;

/** A listener for each event, under its name with `Before` in front. */
export type WearableListeners<Before extends string> = { [Name in keyof WearableEventMap as `${Before}${Name}`]?: ((event: WearableEventMap[Name]) => void) | undefined };

/** `tokens` for `wearable-tokens`. */
export type ShortName<Name> = Name extends `wearable-${infer Short}` ? Short : never;
