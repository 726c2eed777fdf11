/** The only door to Lit: what comes through it is what the widget pays for. */
export { LitElement, adoptStyles, css, html, nothing } from 'lit';
export type { CSSResult, PropertyDeclarations, PropertyValues, TemplateResult } from 'lit';
