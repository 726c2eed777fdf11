import 'wearable-connect/define';
import { Component, CUSTOM_ELEMENTS_SCHEMA, type ElementRef, viewChild } from '@angular/core';
import type { WearableConnect, WearableTokensEvent } from 'wearable-connect';
import { Settings } from './settings.js';

@Component({
  selector: 'app-right',
  imports: [Settings],
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <wearable-connect
      #widget
      client-id="app"
      no-preview
      [inspector]="false"
      [strings]="{ title: 'Hello' }"
      [settings]="{ mode: 'popup', historyDays: 90, sources: ['polar'], fetchSession }"
      (wearable-tokens)="save($event)"
      (wearable-progress)="ratio = $event.detail.ratio"
      (wearable-connected)="name = $event.detail.user?.name"
    >
      <h2 slot="header">Hello</h2>
    </wearable-connect>
    <button (click)="widget.retry()">{{ name }} {{ ratio }}</button>
  `,
})
export class Right {
  readonly widget = viewChild.required<ElementRef<WearableConnect>>('widget');
  name: string | null | undefined;
  ratio: number | null = null;

  readonly fetchSession = async (): Promise<string> => 's';

  save({ detail }: WearableTokensEvent): void {
    void [detail.accessToken.length, this.widget().nativeElement.phase];
  }
}

/** What Angular lets pass under that schema, whatever our types say: every attribute and every property of the tag itself. */
@Component({
  selector: 'app-unseen',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `<wearable-connect mode="window" client-ids="app" [clientID]="5" (wearable-token)="(0)" />`,
})
export class Unseen {}
