import { goesBetterHere } from '../oauth/surroundings.js';
import type { Configuration } from './configuration.js';

/** In a window, or with the whole page. */
export const wayOf = ({ mode }: Pick<Configuration, 'mode'>): 'redirect' | 'popup' => (mode === 'redirect' || (mode !== 'popup' && goesBetterHere()) ? 'redirect' : 'popup');
