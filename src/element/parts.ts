/**
 * Where the inspector comes from: a chunk of its own for a bundler. The file for a script tag has another one in this place
 * (`besideTheScript` in vite.config.ts), which looks for the part beside the script.
 */
export const inspectorPart = (): Promise<typeof import('./inspector.js')> => import('./inspector.js');
