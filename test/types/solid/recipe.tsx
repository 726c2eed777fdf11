import 'wearable-connect/define';
import { createSignal } from 'solid-js';
import type {} from 'wearable-connect/types/solid';

export function Connect() {
  const [name, setName] = createSignal<string>();

  return (
    <wearable-connect
      client-id="YOUR_CLIENT_ID"
      redirect-uri="/wearable-callback.html"
      on:wearable-connected={({ detail }) => setName(detail.user?.name ?? 'you')}
    >
      <h2 slot="header">{name() ? `Welcome, ${name()}` : 'Connect your watch'}</h2>
    </wearable-connect>
  );
}
