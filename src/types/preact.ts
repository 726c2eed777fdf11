/** The tag in Preact's JSX: `import type {} from 'wearable-connect/types/preact'`. */
import type { HTMLAttributes } from 'preact';
import type { WearableConnect } from '../element/wearable-connect.js';
import type { WearableListeners, WearableTag } from './tag.js';

type Tag = HTMLAttributes<WearableConnect> & WearableTag & WearableListeners<'on'>;

declare module 'preact' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- only in a namespace does Preact look for its tags
  namespace JSX {
    interface IntrinsicElements {
      'wearable-connect': Tag;
    }
  }
}
