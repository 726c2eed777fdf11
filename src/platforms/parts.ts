/** What only some pages load, platforms by their names above all: a chunk each for a bundler, a file beside the script for a script tag. */
export const parts = {
  sweatstack: (): Promise<typeof import('./sweatstack/platform.js')> => import('./sweatstack/platform.js'),
  'open-wearables': (): Promise<typeof import('./open-wearables/platform.js')> => import('./open-wearables/platform.js'),
  demo: (): Promise<typeof import('./demo/platform.js')> => import('./demo/platform.js'),
};
