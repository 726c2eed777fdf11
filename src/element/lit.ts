/** The only door to Lit: what comes through it is what the widget pays for. */
export { LitElement, css, html, nothing } from 'lit';
export type { PropertyDeclarations, TemplateResult } from 'lit';
