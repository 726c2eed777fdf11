/**
 * For a bundler: what moves the element is a chunk that comes while the first card is drawn, and with it whatever is only seen once
 * something has moved. The file for a script tag has `connect-now.ts` in this place (`atHand` in vite.config.ts).
 */
import { ConnectError } from '../core/errors.js';
import { inTime, sent } from '../core/once.js';
import type { State } from '../core/state.js';
import { early } from '../locales/en.js';
import type { createConnector, Connector } from '../platforms/connector.js';
import { connectorLater } from '../platforms/connector-later.js';
import type { Watched } from '../platforms/connector-later.js';
import { foreseen } from '../platforms/foreseen.js';
import type { Foreseeable } from '../platforms/foreseen.js';
import { kit } from './first-kit.js';
import { parts } from './parts.js';

let create: typeof createConnector | null = null;

/** Sent for once, whoever asks. */
export const arrive = sent(async () => {
  const engine = await inTime(parts.engine).catch((thrown: unknown) => {
    throw new ConnectError('network', 'The code that signs in could not be loaded: is its chunk served, of this page’s version?', thrown);
  });
  Object.assign(early, engine.words);
  Object.assign(kit, engine.kit);
  return (create = engine.createConnector);
});

const late = new WeakSet<Connector>();

/** Where another element has sent for it before, it is there at once. */
export function connect(options: Watched): Connector {
  if (create) return create(options);
  const connector = connectorLater(options, arrive);
  late.add(connector);
  return connector;
}

/** What is drawn: of a connector that is still on its way more than it knows yet. */
export const drawable = ({ state, connector }: { readonly state: State; readonly connector: () => Connector }, about: Foreseeable): State => (late.has(connector()) ? foreseen(state, about) : state);
