/** Platforms that only the pages which name them load: a chunk each for a bundler, a file beside the script for a script tag. */
export const parts = {
  'open-wearables': (): Promise<typeof import('./open-wearables/platform.js')> => import('./open-wearables/platform.js'),
  demo: (): Promise<typeof import('./demo/platform.js')> => import('./demo/platform.js'),
};
