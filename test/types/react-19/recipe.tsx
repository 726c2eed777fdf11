import 'wearable-connect/define';
import { useState } from 'react';
import type {} from 'wearable-connect/types/react';

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
