import { createRef, type VNode } from 'preact';
import type { WearableConnect, WearableTokensEvent } from 'wearable-connect';
import { demo } from 'wearable-connect/platforms';
import type {} from 'wearable-connect/types/preact';
import type { WearableAttributes, WearableListeners } from 'wearable-connect/types/tag';

export const right: VNode[] = [
  <wearable-connect client-id="app" redirect-uri="/callback.html" no-preview history-days={90} class="one" />,
  <wearable-connect
    ref={createRef<WearableConnect>()}
    key="one"
    platform={demo()}
    sources={['polar']}
    strings={{ title: 'Hello' }}
    fetchSession={async () => 's'}
    inspector={false}
    onClick={(event) => event.currentTarget.retry()}
    onwearable-tokens={({ detail }) => void detail.accessToken.length}
  >
    <h2 slot="header">Hello</h2>
  </wearable-connect>,
];

export const wrong: VNode[] = [
  // @ts-expect-error -- no such word
  <wearable-connect mode="window" />,
  // @ts-expect-error -- no such word, in an attribute with a hyphen
  <wearable-connect token-delivery="letter" />,
  // @ts-expect-error -- no such attribute: on the tag it is client-id
  <wearable-connect clientId="app" />,
  // @ts-expect-error -- no such attribute
  <wearable-connect source="polar" />,
  // @ts-expect-error -- no such event: that is a prop of React's component
  <wearable-connect onTokens={() => {}} />,
  // @ts-expect-error -- the listener of another event
  <wearable-connect onwearable-complete={(event: WearableTokensEvent) => void event} />,
  // @ts-expect-error -- no such sentence
  <wearable-connect strings={{ tittle: 'Hello' }} />,
  // @ts-expect-error -- no such detail
  <wearable-connect onwearable-tokens={({ detail }) => void detail.token} />,
];

const attributes = { 'client-id': 'app', mode: 'popup' } satisfies WearableAttributes;
const listeners = { 'onwearable-tokens': ({ detail }) => void detail.accessToken.length } satisfies WearableListeners<'on'>;
export const spread: VNode = <wearable-connect {...attributes} {...listeners} />;
// @ts-expect-error -- no such attribute
void ({ 'client-ids': 'app' } satisfies WearableAttributes);
// @ts-expect-error -- no such event
void ({ 'onwearable-token': () => {} } satisfies WearableListeners<'on'>);

/** What TypeScript lets pass in JSX, whatever our types say: a name with a hyphen that nobody knows. Where names matter, `satisfies` sees them. */
export const unseen: VNode = <wearable-connect client-ids="app" onwearable-token={() => {}} />;
