/** What of SweatStack comes after the click: a chunk each for a bundler. */
export const parts = {
  'signed-in': (): Promise<typeof import('./signed-in.js')> => import('./signed-in.js'),
  'hand-over': (): Promise<typeof import('./hand-over.js')> => import('./hand-over.js'),
  activity: (): Promise<typeof import('./activity.js')> => import('./activity.js'),
};

export type Parts = typeof parts;
