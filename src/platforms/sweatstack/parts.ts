/** What of SweatStack comes after the click: a chunk each for a bundler. */
export const parts = {
  account: (): Promise<typeof import('./account.js')> => import('./account.js'),
  afterwards: (): Promise<typeof import('./afterwards.js')> => import('./afterwards.js'),
  'hand-over': (): Promise<typeof import('./hand-over.js')> => import('./hand-over.js'),
};
