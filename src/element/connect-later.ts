/**
 * For a bundler: what moves the element is a chunk that comes while the first card is drawn, and with it whatever is only seen once
 * something has moved. The file for a script tag has `connect-now.ts` in this place (`atHand` in vite.config.ts).
 */
import { ConnectError } from '../core/errors.js';
import { sent } from '../core/once.js';
import { early } from '../locales/english/early.js';
import type { createConnector, Connector, ConnectorOptions } from '../platforms/connector.js';
import { connectorLater } from '../platforms/connector-later.js';
import { parts } from './parts.js';
import { views } from './views/first.js';

export { foreseen } from '../platforms/foreseen.js';

let create: typeof createConnector | null = null;

const arrive = sent(async () => {
  const engine = await parts.engine().catch((thrown: unknown) => {
    throw new ConnectError('network', 'The code that signs in could not be loaded: is its chunk served beside the others of this page’s version?', thrown);
  });
  Object.assign(early, engine.words);
  Object.assign(views, engine.views);
  return (create = engine.createConnector);
});

/** Where another element has sent for it before, it is there at once. */
export const connect = (options: ConnectorOptions): Connector => (create ? create(options) : connectorLater(options, arrive));
