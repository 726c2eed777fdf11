/** The platforms, and the type for one's own. */
export type { Platform } from './core/platform.js';
export { manualClock } from './platforms/demo/manual-clock.js';
export type { ManualClock } from './platforms/demo/manual-clock.js';
export { demo } from './platforms/demo/platform.js';
export type { DemoOptions } from './platforms/demo/platform.js';
export { scenarioNames } from './platforms/demo/scenarios.js';
export type { ScenarioName } from './platforms/demo/scenarios.js';
export { openWearables } from './platforms/open-wearables/platform.js';
export type { OpenWearablesOptions } from './platforms/open-wearables/settings.js';
export { sweatstack } from './platforms/sweatstack/platform.js';
export type { SweatstackOptions } from './platforms/sweatstack/settings.js';
export type { Clock } from './sync/clock.js';
