/** Where the element gets what moves it: the one seam its tests, and the door that registers it, reach into. */
import type { Connector } from '../platforms/connector.js';
import type { Watched } from '../platforms/connector-later.js';
import { connect } from './connect-later.js';

interface Wiring {
  connect: (options: Watched) => Connector;
  /** Whether this very window is a sign-in window that has come back to the page itself: then an element stays quiet. */
  isLanding: () => boolean;
  /** Called when that changes; returns its own undoing. */
  onLanding: (listener: () => void) => () => void;
  /** Goes on in this window with a sign-in that nobody else heard the end of, where there is one. */
  onward: () => (() => void) | null | undefined;
}

export const wiring: Wiring = { connect, isLanding: () => false, onLanding: () => () => {}, onward: () => null };

export type { Connector };
