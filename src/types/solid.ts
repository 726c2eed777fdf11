/** The tag in Solid's JSX: `import type {} from 'wearable-connect/types/solid'`. */
import type { JSX } from 'solid-js';
import type { WearableConnect } from '../element/wearable-connect.js';
import type { WearableAttributes, WearableListeners, WearableProperties, WearableTag } from './tag.js';

type Prefixed<Before extends string, Values> = { [Name in keyof Values as `${Before}:${string & Name}`]?: Values[Name] };
type Tag = JSX.HTMLAttributes<WearableConnect> & WearableTag & Prefixed<'attr', WearableAttributes> & Prefixed<'prop', WearableProperties> & WearableListeners<'on:'>;

declare module 'solid-js' {
  // oxlint-disable-next-line typescript/no-namespace -- only in a namespace does Solid look for its tags
  namespace JSX {
    interface IntrinsicElements {
      'wearable-connect': Tag;
    }
  }
}
