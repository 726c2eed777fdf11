/** Drawings of our own: nobody's logo, nothing to fetch, and they take the colour of the text beside them. */
import { html } from './lit.js';
import type { TemplateResult } from './lit.js';

const glyph = (path: string, look?: string): TemplateResult => html`<svg viewBox="0 0 24 24" aria-hidden="true" class=${look}><path d=${path} /></svg>`;

export const watch = glyph('m8.5 6 .5-3h6l.5 3m-7 12 .5 3h6l.5-3M12 9v3l2 2M6 10a4 4 0 0 1 4-4h4a4 4 0 0 1 4 4v4a4 4 0 0 1-4 4h-4a4 4 0 0 1-4-4z');

export const arrow = glyph('m9 5 7 7-7 7', 'arrow muted');

export const tick = glyph('m5 12.5 4.5 4.5L19 7.5', 'good');

export const alarm = glyph('M12 7.5V13m0 3v.2M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18', 'bad');
