import { createRef, type ReactElement } from 'react';
import type { WearableTokensEvent } from 'wearable-connect';
import { demo } from 'wearable-connect/platforms';
import { WearableConnect, type WearableConnectElement, type WearableConnectProps } from 'wearable-connect/react';

const handle = createRef<WearableConnectElement>();
const platform = demo();

export const right: ReactElement[] = [
  <WearableConnect clientId="app" redirectUri="/callback.html" />,
  <WearableConnect
    ref={handle}
    {...{ platform, sources: ['polar'], strings: { title: 'Hello' }, fetchSession: async () => 's', historyDays: 90, noPreview: true, mode: undefined }}
    className="one"
    style={{ maxWidth: 400 }}
    lang="de"
    data-test="x"
    aria-label="Wearables"
    onClick={(event) => event.currentTarget.retry()}
    onTokens={({ detail }) => void detail.accessToken.length}
    onConnected={({ detail }) => void detail.user?.name}
    onConnections={({ detail }) => void detail.removed}
    onProgress={({ detail }) => void detail.ratio?.toFixed()}
    onComplete={({ detail }) => void (detail.outcome === 'partial')}
    onChange={({ detail }) => void (detail.phase === 'syncing')}
    onPreview={({ detail }) => void detail.activity?.sportName}
    onCancelled={({ detail }) => void (detail.reason === 'closed')}
    onError={({ detail }) => void (detail.code === 'popup_blocked')}
    onDisconnected={({ detail }) => void detail.source}
    onWire={({ detail }) => void detail.status}
  >
    <h2 slot="header">Hello</h2>
  </WearableConnect>,
];

void handle.current?.connect('polar').then((ending) => ending.length);
export const props: WearableConnectProps = { clientId: 'app' };

export const wrong: ReactElement[] = [
  // @ts-expect-error -- no such word
  <WearableConnect mode="window" />,
  // @ts-expect-error -- no such attribute: a prop that there is not
  <WearableConnect clientID="app" />,
  // @ts-expect-error -- no such event
  <WearableConnect onToken={() => {}} />,
  // @ts-expect-error -- no such detail
  <WearableConnect onTokens={({ detail }) => void detail.token} />,
  // @ts-expect-error -- no such detail, of the event of another name
  <WearableConnect onComplete={({ detail }) => void detail.ratio} />,
  // @ts-expect-error -- no such attribute
  <WearableConnect source="polar" />,
  // @ts-expect-error -- the listener of another event
  <WearableConnect onComplete={(event: WearableTokensEvent) => void event} />,
  // @ts-expect-error -- a number
  <WearableConnect historyDays="90" />,
  // @ts-expect-error -- not a platform
  <WearableConnect platform={{ name: 'mine' }} />,
  // @ts-expect-error -- no such sentence
  <WearableConnect strings={{ tittle: 'Hello' }} />,
  // @ts-expect-error -- a handle for another element
  <WearableConnect ref={createRef<HTMLInputElement>()} />,
];
// @ts-expect-error -- no such method
void handle.current?.open();
