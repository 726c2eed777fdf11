import type { parts } from './parts.js';

export const tellMissing =
  (part: keyof typeof parts) =>
  (thrown: unknown): void =>
    console.warn(`wearable-connect.${part}.js could not be loaded.`, thrown);
