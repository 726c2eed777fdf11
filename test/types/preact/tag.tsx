import { createRef, type VNode } from 'preact';
import type { WearableConnect } from 'wearable-connect';
import { demo } from 'wearable-connect/platforms';
import type {} from 'wearable-connect/types/preact';

export const right: VNode[] = [
  <wearable-connect client-id="app" redirect-uri="/callback.html" no-preview history-days={90} class="one" />,
  <wearable-connect
    ref={createRef<WearableConnect>()}
    key="one"
    platform={demo()}
    sources={['polar']}
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
  // @ts-expect-error -- on the tag it is client-id
  <wearable-connect clientId="app" />,
  // @ts-expect-error -- no such detail
  <wearable-connect onwearable-tokens={({ detail }) => void detail.token} />,
];
