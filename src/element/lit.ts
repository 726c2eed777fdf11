/** The only door to Lit: what comes through it is what the widget pays for. */
export { html, nothing, render } from 'lit/html.js';
export type { TemplateResult } from 'lit/html.js';
