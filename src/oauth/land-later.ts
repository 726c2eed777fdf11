import { inTime } from '../core/once.js';
import type { land as Land } from './landing.js';

/**
 * For a bundler: of all the pages that load the element hardly one is ever landed on. The file for a script tag has `landing.ts` in
 * this place.
 */
export async function land(query: string, say: Parameters<typeof Land>[1], load = (): Promise<{ readonly land: typeof Land }> => import('./landing.js')): Promise<void> {
  const landing = await inTime(load).catch((thrown: unknown) => void console.error('The code that finishes a sign-in could not be loaded: is its chunk served, of this page’s version?', thrown));
  if (landing) return landing.land(query, say);
  // Put back, so that a reload of this window may still finish it.
  history.replaceState(history.state, '', origin + location.pathname + (query.startsWith('?') ? query : `#${query}`));
  say('return');
}
