import { createHeight } from './height.js';
import type { Height } from './height.js';
import { authorizing, confirming } from './views/authorizing.js';
import { choosing, loading } from './views/choosing.js';
import { failed } from './views/failed.js';
import type { Views } from './views/scene.js';
import { usable } from './views/usable.js';

/** What an element is drawn with. */
export interface Kit {
  /** Every phase is drawn by the function of its name; forgetting one does not compile. */
  readonly views: Views;
  readonly createHeight?: () => Height;
}

export const kit: Kit = {
  views: { loading, choosing, authorizing, confirming, syncing: usable, connected: usable, failed },
  createHeight,
};
