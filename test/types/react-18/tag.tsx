import { createRef, type ReactElement } from 'react';
import type { WearableConnect } from 'wearable-connect';
import { demo } from 'wearable-connect/platforms';
import type {} from 'wearable-connect/types/react';
import type { WearableAttributes } from 'wearable-connect/types/tag';

export const right: ReactElement = (
  <wearable-connect client-id="app" no-preview history-days={90} sources="polar wahoo" ref={createRef<WearableConnect>()} class="one" onClick={(event) => event.currentTarget.retry()}>
    <h2 slot="header">Hello</h2>
  </wearable-connect>
);

export const wrong: ReactElement[] = [
  // @ts-expect-error -- no such word
  <wearable-connect mode="window" />,
  // @ts-expect-error -- no such word, in an attribute with a hyphen
  <wearable-connect sign-in="fast" />,
  // @ts-expect-error -- it would become a word, which is as good as true
  <wearable-connect no-preview={false} />,
  // @ts-expect-error -- an object is no attribute
  <wearable-connect platform={demo()} />,
  // @ts-expect-error -- no such attribute: on the tag it is client-id
  <wearable-connect clientId="app" />,
  // @ts-expect-error -- no such attribute
  <wearable-connect source="polar" />,
  // @ts-expect-error -- no such attribute: an object goes by a ref
  <wearable-connect strings={{ title: 'Hello' }} />,
  // @ts-expect-error -- no such event: React 18 hears none that is not its own
  <wearable-connect onTokens={() => {}} />,
];

const attributes = { 'client-id': 'app', mode: 'popup' } satisfies WearableAttributes;
export const spread: ReactElement = <wearable-connect {...attributes} />;
// @ts-expect-error -- no such attribute
void ({ 'client-ids': 'app' } satisfies WearableAttributes);

/** React 18 gives no listener to a tag: there it is the DOM's own, by the ref. */
export const listen = (widget: WearableConnect | null): void => {
  widget?.addEventListener('wearable-tokens', ({ detail }) => void detail.accessToken.length);
  // @ts-expect-error -- no such detail
  widget?.addEventListener('wearable-tokens', ({ detail }) => void detail.token);
};

/** What TypeScript lets pass in JSX, whatever our types say: a name with a hyphen that nobody knows. Where names matter, `satisfies` sees them. */
export const unseen: ReactElement = <wearable-connect client-ids="app" onwearable-token={() => {}} />;
