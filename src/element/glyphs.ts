/** Drawings of our own: nobody's logo, nothing to fetch, and they take the colour of the text beside them. */
import { html } from './lit.js';
import type { TemplateResult } from './lit.js';

const glyph = (path: string, look?: string): TemplateResult => html`<svg viewBox="0 0 24 24" aria-hidden="true" class=${look}><path d=${path} /></svg>`;

const watch = glyph('m8.5 6 .5-3h6l.5 3m-7 12 .5 3h6l.5-3M12 9v3l2 2M6 10a4 4 0 0 1 4-4h4a4 4 0 0 1 4 4v4a4 4 0 0 1-4 4h-4a4 4 0 0 1-4-4z');

/** What somebody wears, by what is known of its maker; a watch where nothing is. */
const worn: readonly (readonly [RegExp, TemplateResult])[] = [
  // A ring, a bike computer, a phone, a strap around the chest, and a log of what any of them recorded.
  [/oura|ring|ultra/, glyph('M4 12a8 8 0 0 1 16 0 8 8 0 0 1-16 0m3.5 0a4.5 4.5 0 0 1 9 0 4.5 4.5 0 0 1-9 0')],
  [/wahoo|karoo|bryton/, glyph('M7 5a2 2 0 0 1 2-2h6a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2zm3 3h4m-4 4h4m-4 4h1')],
  [/apple|google|samsung/, glyph('M7 5a2 2 0 0 1 2-2h6a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2zm4 13h2')],
  [/polar|strap/, glyph('M2 9q10 5 20 0M2 14q10 5 20 0M8 10h8v6H8z')],
  [/strava|intervals|whoop/, glyph('M3 12h4l3-7 4 14 3-7h4')],
];

export const wornFrom = (source: string): TemplateResult => worn.find(([maker]) => maker.test(source))?.[1] ?? watch;

export const arrow = glyph('m9 5 7 7-7 7', 'arrow muted');

export const tick = glyph('m5 12.5 4.5 4.5L19 7.5', 'good');

export const alarm = glyph('M12 7.5V13m0 3v.2M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18', 'bad');
