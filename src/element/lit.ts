/** The only door to Lit: what comes through it is what the widget pays for. */
export { html, nothing, render } from 'lit/html.js';
export type { TemplateResult } from 'lit/html.js';
/** For the part that is loaded later, and is given this one instead of bringing its own. */
export type Html = typeof import('lit/html.js').html;
