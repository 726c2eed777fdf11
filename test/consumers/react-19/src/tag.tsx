import 'wearable-connect/define';
import { StrictMode, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { WearableConnect, WearableConnectedEvent } from 'wearable-connect';
import type {} from 'wearable-connect/types/react';
import { give, hear } from './test.js';

const strings = { title: 'Bring your watch along' };
const fetchSession = async () => 'session';
give({ strings, fetchSession });

function App() {
  const widget = useRef<WearableConnect>(null);
  const [name, setName] = useState<string>();

  function greet(event: WearableConnectedEvent) {
    hear(event);
    setName(event.detail.user?.name ?? 'you');
  }

  return (
    <>
      <wearable-connect
        ref={widget}
        client-id="demo-client"
        redirect-uri="/wearable-callback.html"
        base-url="http://sweatstack.localhost:4710"
        no-preview
        inspector={false}
        strings={strings}
        fetchSession={fetchSession}
        onwearable-change={hear}
        onwearable-tokens={hear}
        onwearable-connections={hear}
        onwearable-connected={greet}
        onwearable-progress={hear}
        onwearable-complete={hear}
        onwearable-cancelled={hear}
        onwearable-error={hear}
      >
        <h2 slot="header">Your watch</h2>
      </wearable-connect>
      {name && (
        <p>
          Welcome, {name}. <button onClick={() => void widget.current?.disconnect()}>Disconnect</button>
        </p>
      )}
    </>
  );
}

createRoot(document.querySelector('#app') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
