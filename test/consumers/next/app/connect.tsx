'use client';
import { useRef, useState } from 'react';
import { WearableConnect, type WearableConnectElement } from 'wearable-connect/react';
import { give, hear } from './test';

const strings = { title: 'Bring your watch along' };
const fetchSession = async () => 'session';
give({ strings, fetchSession });

export function Connect() {
  const widget = useRef<WearableConnectElement>(null);
  const [name, setName] = useState<string>();

  return (
    <>
      <WearableConnect
        ref={widget}
        clientId="demo-client"
        redirectUri="/wearable-callback.html"
        baseUrl="http://sweatstack.localhost:4710"
        noPreview
        inspector={false}
        strings={strings}
        fetchSession={fetchSession}
        onChange={hear}
        onTokens={hear}
        onConnections={hear}
        onConnected={(event) => {
          hear(event);
          setName(event.detail.user?.name ?? 'you');
        }}
        onProgress={hear}
        onComplete={hear}
        onCancelled={hear}
        onError={hear}
      >
        <h2 slot="header">Your watch</h2>
      </WearableConnect>
      {name && (
        <p>
          Welcome, {name}. <button onClick={() => void widget.current?.disconnect()}>Disconnect</button>
        </p>
      )}
    </>
  );
}
