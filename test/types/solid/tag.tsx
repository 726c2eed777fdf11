import type { JSX } from 'solid-js';
import type { WearableConnect } from 'wearable-connect';
import { demo } from 'wearable-connect/platforms';
import type {} from 'wearable-connect/types/solid';

export let handle: WearableConnect | undefined;

export const right: JSX.Element[] = [
  <wearable-connect client-id="app" redirect-uri="/callback.html" no-preview history-days={90} class="one" />,
  <wearable-connect
    ref={handle}
    prop:platform={demo()}
    prop:sources={['polar']}
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
  // @ts-expect-error -- no such detail
  <wearable-connect on:wearable-tokens={({ detail }) => void detail.token} />,
];
