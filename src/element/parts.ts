/**
 * What most pages never need, and so never load: a chunk each for a bundler. The file for a script tag has another module in
 * this place (`besideTheScript` in vite.config.ts), which looks for them beside the script.
 */
export const parts = {
  engine: (): Promise<typeof import('./engine.js')> => import('./engine.js'),
  inspector: (): Promise<typeof import('./inspector.js')> => import('./inspector.js'),
  words: (): Promise<typeof import('./languages.js')> => import('./languages.js'),
  qr: (): Promise<typeof import('./qr.js')> => import('./qr.js'),
  arrival: (): Promise<typeof import('./arrival.js')> => import('./arrival.js'),
  elsewhere: (): Promise<typeof import('./elsewhere.js')> => import('./elsewhere.js'),
  search: (): Promise<typeof import('./search.js')> => import('./search.js'),
  layouts: (): Promise<typeof import('./layouts.js')> => import('./layouts.js'),
  anchored: (): Promise<typeof import('./anchored.js')> => import('./anchored.js'),
};
