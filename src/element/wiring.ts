/** Where the element gets what moves it: the one seam its tests, and the door that registers it, reach into. */
import { createConnector } from '../platforms/connector.js';
import type { Connector } from '../platforms/connector.js';

export const wiring: { connect: typeof createConnector; landed: boolean } = {
  connect: createConnector,
  /** This very window is a sign-in window that has come back to the page itself. */
  landed: false,
};

export type { Connector };
