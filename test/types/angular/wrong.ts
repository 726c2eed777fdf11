import 'wearable-connect/define';
import { Component, CUSTOM_ELEMENTS_SCHEMA } from '@angular/core';
import type { WearableTokensEvent } from 'wearable-connect';
import { Settings } from './settings.js';

/** Angular’s templates have no comment that expects an error; here it is `wrong`, on the line before. */
@Component({
  selector: 'app-wrong',
  imports: [Settings],
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <!-- wrong: no such word -->
    <wearable-connect [settings]="{ mode: 'window' }" />
    <!-- wrong: no such attribute -->
    <wearable-connect [settings]="{ clientID: 'app' }" />
    <!-- wrong: no such sentence -->
    <wearable-connect [settings]="{ strings: { tittle: 'Hello' } }" />
    <!-- wrong: no such event -->
    <wearable-connect (wearable-token)="save($event)" />
    <!-- wrong: no such event, where its detail is read -->
    <wearable-connect (wearable-token)="seen = $event.detail.accessToken" />
    <!-- wrong: the listener of another event -->
    <wearable-connect (wearable-complete)="save($event)" />
    <!-- wrong: no such detail -->
    <wearable-connect (wearable-tokens)="seen = $event.detail.token" />
    <!-- wrong: no such detail, of the event of another name -->
    <wearable-connect (wearable-complete)="seen = $event.detail.ratio" />
    <!-- wrong: no such method -->
    <wearable-connect #widget (click)="widget.open()" />
  `,
})
export class Wrong {
  seen: unknown;

  save(event: WearableTokensEvent): void {
    void event;
  }
}
