/** The same flow for hosts that draw their own. */
import { createConnector } from '../../../dist/index.js';

globalThis.peer = (options) => {
  const connector = createConnector(options);
  connector.start();
  return connector;
};
