import { usable } from './account.js';
import { authorizing, confirming } from './authorizing.js';
import { choosing, loading } from './choosing.js';
import { failed } from './failed.js';
import type { Views } from './scene.js';

/** Every phase is drawn by the function of its name; forgetting one does not compile. */
export const views: Views = { loading, choosing, authorizing, confirming, syncing: usable, connected: usable, failed };
