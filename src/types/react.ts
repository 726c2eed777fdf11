/**
 * The bare tag in React's JSX: `import type {} from 'wearable-connect/types/react'`. For `wearable-connect/react` nobody needs it.
 * React 19 listens to events and sets properties; React 18 writes attributes alone, as strings, so there `false` would be true.
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { WearableConnect } from '../element/wearable-connect.js';
import type { WearableAttributes, WearableListeners, WearableTag } from './tag.js';

type InReact18 = { [Name in keyof WearableAttributes]: Exclude<WearableAttributes[Name], false> };
type InReact19 = WearableTag & WearableListeners<'on'>;
type Base = DetailedHTMLProps<HTMLAttributes<WearableConnect>, WearableConnect> & { class?: string | undefined };
/** `use` came with 19. */
type Tag = Base & (typeof import('react') extends { use: unknown } ? InReact19 : InReact18);

declare module 'react' {
  // oxlint-disable-next-line typescript/no-namespace -- only in a namespace does React look for its tags
  namespace JSX {
    interface IntrinsicElements {
      'wearable-connect': Tag;
    }
  }
}
