import type { WearableEventMap } from 'wearable-connect';

/** What a test reads of this page. Yours would save the tokens, greet the visitor and draw the history instead. */
const heard: object[] = [];
Object.assign(globalThis, { heard });

export const hear = ({ type, detail }: WearableEventMap[keyof WearableEventMap]): void => void heard.push({ ...detail, name: type.replace('wearable-', '') });

export const give = (given: object): unknown => Object.assign(globalThis, { given });
