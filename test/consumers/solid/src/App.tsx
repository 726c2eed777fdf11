import { createSignal, Show } from 'solid-js';
import type { WearableConnect, WearableConnectedEvent } from 'wearable-connect';
import type {} from 'wearable-connect/types/solid';
import { give, hear } from './test.js';

const strings = { title: 'Bring your watch along' };
const fetchSession = async () => 'session';
give({ strings, fetchSession });

export function App() {
  let widget!: WearableConnect;
  const [name, setName] = createSignal<string>();

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
        prop:inspector={false}
        prop:strings={strings}
        prop:fetchSession={fetchSession}
        on:wearable-change={hear}
        on:wearable-tokens={hear}
        on:wearable-connections={hear}
        on:wearable-connected={greet}
        on:wearable-progress={hear}
        on:wearable-complete={hear}
        on:wearable-cancelled={hear}
        on:wearable-error={hear}
        on:wearable-disconnected={hear}
      >
        <h2 slot="header">Your watch</h2>
      </wearable-connect>
      <Show when={name()}>
        <p>
          Welcome, {name()}. <button onClick={() => widget.disconnect()}>Disconnect</button>
        </p>
      </Show>
    </>
  );
}
