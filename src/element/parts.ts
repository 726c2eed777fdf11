/**
 * What most pages never need, and so never load: a chunk each for a bundler. The file for a script tag has another module in
 * this place (`besideTheScript` in vite.config.ts), which looks for them beside the script.
 */
export const parts = {
  inspector: (): Promise<typeof import('./inspector.js')> => import('./inspector.js'),
  qr: (): Promise<typeof import('./qr.js')> => import('./qr.js'),
};
