import { createRef, type ReactElement } from 'react';
import type { WearableConnect } from 'wearable-connect';
import { demo } from 'wearable-connect/platforms';
import type {} from 'wearable-connect/types/react';

const handle = createRef<WearableConnect>();

export const right: ReactElement[] = [
  <wearable-connect client-id="app" redirect-uri="/callback.html" no-preview history-days={90} />,
  <wearable-connect
    ref={handle}
    key="one"
    className="one"
    platform={demo()}
    sources={['polar']}
    strings={{ title: 'Hello' }}
    inspector={false}
    onwearable-tokens={({ detail }) => void detail.accessToken.length}
    onwearable-change={({ detail }) => void (detail.phase === 'failed')}
  >
    <h2 slot="header">Hello</h2>
  </wearable-connect>,
];

export const wrong: ReactElement[] = [
  // @ts-expect-error -- no such word
  <wearable-connect mode="window" />,
  // @ts-expect-error -- no such word, in an attribute with a hyphen
  <wearable-connect sign-in="fast" />,
  // @ts-expect-error -- on the tag it is client-id
  <wearable-connect clientId="app" />,
  // @ts-expect-error -- the event of another name
  <wearable-connect onwearable-change={({ detail }) => void detail.ratio} />,
  // @ts-expect-error -- no such sentence
  <wearable-connect strings={{ tittle: 'Hello' }} />,
];
