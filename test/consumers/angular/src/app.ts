import { Component, CUSTOM_ELEMENTS_SCHEMA, type ElementRef, signal, viewChild } from '@angular/core';
import type { WearableConnect, WearableConnectedEvent } from 'wearable-connect';
import { give, hear } from './test';

@Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <wearable-connect
      #widget
      client-id="demo-client"
      redirect-uri="/wearable-callback.html"
      base-url="http://sweatstack.localhost:4710"
      no-preview
      [inspector]="false"
      [strings]="strings"
      [fetchSession]="fetchSession"
      (wearable-change)="hear($event)"
      (wearable-tokens)="hear($event)"
      (wearable-connections)="hear($event)"
      (wearable-connected)="greet($event)"
      (wearable-progress)="hear($event)"
      (wearable-complete)="hear($event)"
      (wearable-cancelled)="hear($event)"
      (wearable-error)="hear($event)"
    >
      <h2 slot="header">Your watch</h2>
    </wearable-connect>
    @if (name()) {
      <p>Welcome, {{ name() }}. <button (click)="disconnect()">Disconnect</button></p>
    }
  `,
})
export class App {
  readonly strings = { title: 'Bring your watch along' };
  readonly fetchSession = async () => 'session';
  readonly hear = hear;
  readonly name = signal('');
  private readonly widget = viewChild.required<ElementRef<WearableConnect>>('widget');

  constructor() {
    give({ strings: this.strings, fetchSession: this.fetchSession });
  }

  greet(event: WearableConnectedEvent): void {
    hear(event);
    this.name.set(event.detail.user?.name ?? 'you');
  }

  disconnect(): void {
    void this.widget().nativeElement.disconnect();
  }
}
