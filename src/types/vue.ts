/**
 * The tag in Vue's templates: `import type {} from 'wearable-connect/types/vue'`. Vue's tools write every name in camel case before
 * they look it up: `client-id` is `clientId`, and `@wearable-tokens` is `onWearableTokens`.
 */
import type { HTMLAttributes, ReservedProps } from 'vue';
import type { WearableEventMap } from '../core/events.js';
import type { WearableConnect } from '../element/wearable-connect.js';
import type { ShortName, WearableProperties } from './tag.js';

type Settings = { [Name in keyof WearableProperties]?: WearableProperties[Name] | (NonNullable<WearableProperties[Name]> extends number ? `${number}` : never) };
type Listeners = { [Name in keyof WearableEventMap as `onWearable${Capitalize<ShortName<Name>>}`]?: ((event: WearableEventMap[Name]) => void) | undefined };
type Tag = WearableConnect & { readonly $props: Settings & Listeners & Omit<HTMLAttributes, keyof Settings> & ReservedProps };

declare module 'vue' {
  interface HTMLAttributes {
    /** Where a child of a custom element goes: HTML's own, which Vue's types lack. */
    slot?: string | undefined;
  }
  interface GlobalComponents {
    'wearable-connect': new () => Tag;
  }
}
