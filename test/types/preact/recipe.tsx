import 'wearable-connect/define';
import { useState } from 'preact/hooks';
import type {} from 'wearable-connect/types/preact';

export function Connect() {
  const [name, setName] = useState<string>();

  return (
    <wearable-connect
      client-id="YOUR_CLIENT_ID"
      redirect-uri="/wearable-callback.html"
      onwearable-connected={({ detail }) => setName(detail.user?.name ?? 'you')}
    >
      <h2 slot="header">{name ? `Welcome, ${name}` : 'Connect your watch'}</h2>
    </wearable-connect>
  );
}
