/** The platforms, and the type for one's own. */
export type { Platform } from './core/platform.js';
export { sweatstack } from './platforms/sweatstack/platform.js';
export type { SweatstackOptions } from './platforms/sweatstack/settings.js';
