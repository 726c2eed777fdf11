/** The tag in Preact's JSX, of 11 and of 10: `import type {} from 'wearable-connect/types/preact'`. */
import type { JSX, Ref } from 'preact';
import type { WearableConnect } from '../element/wearable-connect.js';
import type { WearableListeners, WearableTag } from './tag.js';

type Div = JSX.IntrinsicElements['div'];
type Heard<Value> = Value extends (event: infer Happened) => void ? (event: Omit<Happened, 'currentTarget'> & { readonly currentTarget: WearableConnect }) => void : Value;
/** What every element takes. Preact's own name for that is in another place in 10 than in 11, and a name that is not there would make all of it `any`. */
type Global = { [Name in keyof Div]: Name extends 'ref' ? Ref<WearableConnect> | undefined : Heard<Div[Name]> };
type Tag = Global & WearableTag & WearableListeners<'on'>;

declare module 'preact' {
  // oxlint-disable-next-line typescript/no-namespace -- only in a namespace does Preact look for its tags
  namespace JSX {
    interface IntrinsicElements {
      'wearable-connect': Tag;
    }
  }
}
