/** Three drawings of our own: nobody's logo, nothing to fetch, and they take the colour of the text beside them. */
import { html } from './lit.js';

export const watch = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M8.5 6.5 9.3 3h5.4l.8 3.5m-7 11 .8 3.5h5.4l.8-3.5" /><rect x="6" y="6" width="12" height="12" rx="4" /><path d="M8.7 12.3h1.6l1.2-2.6 1.4 4.4 1-1.8h1.4" /></svg>`;

export const arrow = html`<svg class="arrow" viewBox="0 0 24 24" aria-hidden="true"><path d="m9 5 7 7-7 7" /></svg>`;

export const tick = html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><path d="m5 12.5 4.5 4.5L19 7.5" /></svg>`;

export const alarm = html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9" /><path d="M12 7.5v5.5m0 3v.2" /></svg>`;
