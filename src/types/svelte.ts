/** The tag in Svelte's templates, of 5 and of 4: `import type {} from 'wearable-connect/types/svelte'`. */
import type { HTMLAttributes } from 'svelte/elements';
import type { WearableConnect } from '../element/wearable-connect.js';
import type { WearableListeners, WearableTag } from './tag.js';

type Tag = HTMLAttributes<WearableConnect> & WearableTag & WearableListeners<'on'> & WearableListeners<'on:'>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'wearable-connect': Tag;
  }
}
