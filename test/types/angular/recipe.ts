import 'wearable-connect/define';
import { Component, CUSTOM_ELEMENTS_SCHEMA, signal } from '@angular/core';

@Component({
  selector: 'app-connect',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <wearable-connect
      client-id="YOUR_CLIENT_ID"
      redirect-uri="/wearable-callback.html"
      (wearable-connected)="name.set($event.detail.user?.name ?? 'you')"
    >
      <h2 slot="header">{{ name() ? 'Welcome, ' + name() : 'Connect your watch' }}</h2>
    </wearable-connect>
  `,
})
export class Connect {
  readonly name = signal('');
}
