import { Directive, effect, ElementRef, inject, input } from '@angular/core';
import type { WearableConnect } from 'wearable-connect';
import type { WearableProperties } from 'wearable-connect/types/tag';

/** `[settings]` on the tag: under `CUSTOM_ELEMENTS_SCHEMA` Angular looks at no attribute and no property, but at the input of a directive it does. */
@Directive({ selector: 'wearable-connect[settings]' })
export class Settings {
  readonly settings = input.required<WearableProperties>();

  constructor() {
    const { nativeElement } = inject<ElementRef<WearableConnect>>(ElementRef);
    effect(() => void Object.assign(nativeElement, this.settings()));
  }
}
