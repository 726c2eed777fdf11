import { deepFrozen } from './frozen.js';

/** On every detail: a count of this element's events, and the attempt while one runs. */
export interface Numbered {
  readonly seq: number;
  readonly attempt?: string;
}

export abstract class WearableEvent<Detail> extends Event {
  readonly detail: Detail;

  constructor(type: string, detail: Detail, reach: EventInit = { bubbles: true, composed: true }) {
    super(type, reach);
    this.detail = deepFrozen(detail);
  }
}
