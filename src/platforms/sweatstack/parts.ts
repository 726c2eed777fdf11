/** What of SweatStack comes after the click: a chunk each for a bundler. */
export const parts = {
  'signed-in': (): Promise<typeof import('./signed-in.js')> => import('./signed-in.js'),
  sports: (): Promise<typeof import('./sports.js')> => import('./sports.js'),
};

export type Parts = typeof parts;
