/** What moves an element, and how it looks from then on. */
export { createConnector } from '../platforms/connector.js';
export { moving as words } from '../locales/en.js';
export { kit } from './whole-kit.js';
