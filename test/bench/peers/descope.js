/** Descope's web component registers itself. */
import '@descope/web-component';
