import type { JSX } from 'solid-js';
import type { WearableConnect, WearableTokensEvent } from 'wearable-connect';
import { demo } from 'wearable-connect/platforms';
import type {} from 'wearable-connect/types/solid';
import type { WearableAttributes, WearableListeners } from 'wearable-connect/types/tag';

export let handle: WearableConnect | undefined;

export const right: JSX.Element[] = [
  <wearable-connect client-id="app" redirect-uri="/callback.html" no-preview history-days={90} class="one" />,
  <wearable-connect
    ref={handle}
    prop:platform={demo()}
    prop:sources={['polar']}
    prop:strings={{ title: 'Hello' }}
    prop:fetchSession={async () => 's'}
    prop:inspector={false}
    attr:client-id="app"
    on:wearable-tokens={({ detail }) => void detail.accessToken.length}
    on:wearable-connected={({ detail }) => void detail.user?.name}
    onClick={(event) => event.currentTarget.retry()}
  >
    <h2 slot="header">Hello</h2>
  </wearable-connect>,
];

export const wrong: JSX.Element[] = [
  // @ts-expect-error -- no such word
  <wearable-connect mode="window" />,
  // @ts-expect-error -- no such word, by the property
  <wearable-connect prop:signIn="fast" />,
  // @ts-expect-error -- no such property
  <wearable-connect prop:clientID="app" />,
  // @ts-expect-error -- no such attribute
  <wearable-connect attr:clientId="app" />,
  // @ts-expect-error -- no such attribute
  <wearable-connect source="polar" />,
  // @ts-expect-error -- no such event: they are wearable-…
  <wearable-connect on:tokens={() => {}} />,
  // @ts-expect-error -- no such event: that is a prop of React's component
  <wearable-connect onTokens={() => {}} />,
  // @ts-expect-error -- the listener of another event
  <wearable-connect on:wearable-complete={(event: WearableTokensEvent) => void event} />,
  // @ts-expect-error -- no such sentence
  <wearable-connect prop:strings={{ tittle: 'Hello' }} />,
  // @ts-expect-error -- no such detail
  <wearable-connect on:wearable-tokens={({ detail }) => void detail.token} />,
];

const attributes = { 'client-id': 'app', mode: 'popup' } satisfies WearableAttributes;
const listeners = { 'on:wearable-tokens': ({ detail }) => void detail.accessToken.length } satisfies WearableListeners<'on:'>;
export const spread: JSX.Element = <wearable-connect {...attributes} {...listeners} />;
// @ts-expect-error -- no such attribute
void ({ 'client-ids': 'app' } satisfies WearableAttributes);
// @ts-expect-error -- no such event
void ({ 'on:wearable-token': () => {} } satisfies WearableListeners<'on:'>);

/** What TypeScript lets pass in JSX, whatever our types say: a name with a hyphen that nobody knows. Where names matter, `satisfies` sees them. */
export const unseen: JSX.Element = <wearable-connect client-ids="app" on:wearable-token={() => {}} />;
