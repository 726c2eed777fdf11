/** The file for a script tag has all inside: nothing comes later. */
import type { State } from '../core/state.js';
import { early, moving } from '../locales/en.js';

export { createConnector as connect } from '../platforms/connector.js';

Object.assign(early, moving);

export const drawable = ({ state }: { readonly state: State }): State => state;
