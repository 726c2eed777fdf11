import { createRef, type ReactElement } from 'react';
import type { WearableConnect } from 'wearable-connect';
import { demo } from 'wearable-connect/platforms';
import type {} from 'wearable-connect/types/react';

export const right: ReactElement = (
  <wearable-connect client-id="app" no-preview history-days={90} sources="polar wahoo" ref={createRef<WearableConnect>()} class="one" onClick={(event) => event.currentTarget.retry()}>
    <h2 slot="header">Hello</h2>
  </wearable-connect>
);

export const wrong: ReactElement[] = [
  // @ts-expect-error -- no such word
  <wearable-connect mode="window" />,
  // @ts-expect-error -- it would become a word, which is as good as true
  <wearable-connect no-preview={false} />,
  // @ts-expect-error -- an object is no attribute
  <wearable-connect platform={demo()} />,
  // @ts-expect-error -- on the tag it is client-id
  <wearable-connect clientId="app" />,
];
