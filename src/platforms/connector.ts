/** Connecting without the element: the same flow, events and state, for hosts that draw their own. */
import { ConnectError } from '../core/errors.js';
import { deepFrozen } from '../core/frozen.js';
import type { Phase } from '../core/nouns.js';
import type { Disconnected, Platform, Show, Step } from '../core/platform.js';
import { createSession } from '../core/session.js';
import { errorOf } from '../core/state.js';
import type { State } from '../core/state.js';
import type { Ending } from '../core/endings.js';
import { place } from '../oauth/surroundings.js';
import type { Place } from '../oauth/surroundings.js';
import { platformFor } from './by-name.js';
import type { Configuration } from './configuration.js';
import { wayOf } from './way.js';

export interface ConnectorOptions extends Configuration {
  /** Where the `wearable-…` events go: the element itself, or any EventTarget of the host's. */
  readonly dispatch?: (event: Event) => void;
  readonly onStep?: (step: Step) => void;
  /** Whether a developer looks on right now. Default: what `inspector` said. */
  readonly isWatched?: () => boolean;
  /** Numbers the events, for those who outlive this connector. */
  readonly nextSeq?: () => number;
}

export interface Connector {
  readonly platform: Platform;
  /** Everything there is to draw: `state.account` has user and connections, `state.progress` the history. */
  readonly state: State;
  readonly phase: Phase;
  readonly error: ConnectError | null;
  /** Where this page stands: in a frame of another site, inside another app, or on its own. */
  readonly place: Place;
  /** Called after each change; returns its own undoing. */
  subscribe(listener: (state: State) => void): () => void;
  start(): void;
  stop(): void;
  /** Call it inside a click. Settles when the attempt has ended; never rejects, and never needs to be awaited. */
  connect(source?: string | null, options?: { readonly signal?: AbortSignal }): Promise<Ending>;
  /** While the window is blocked: try again, or `here`, in this tab. */
  again(here: boolean): void;
  /** Brings the sign-in window to the front, or opens it again. A page in a frame may need a window of ours before it: say what is in it. */
  show: Show;
  /** An address that another device may open to finish what has begun here, where the platform can tell that it did. */
  readonly link: string | null;
  back(): void;
  /** The list again, to add another. */
  browse(): void;
  retry(): void;
  manage(): Promise<void>;
  disconnect(source?: string | null): Promise<void>;
  refresh(): Promise<void>;
  getAccessToken(): Promise<string>;
  reset(): void;
  /** Ends whatever runs, for good. */
  abandon(): void;
}

export function createConnector(options: ConnectorOptions): Connector {
  const platform = platformFor(options);
  const listeners = new Set<(state: State) => void>();
  const session = createSession({
    ...options,
    platform,
    dispatch: options.dispatch ?? (() => {}),
    onState: (state) => listeners.forEach((listener) => listener(state)),
    tellTokens: (options.tokenDelivery || 'event') === 'event',
    isWatched: options.isWatched ?? (() => options.inspector === true),
  });
  const way = wayOf(options);
  /** What the visitor asked for outside of any phase ends when the element leaves the page; what is asked for after that has a life of its own. */
  let errands = new AbortController();
  const errandLife = (): AbortSignal => (errands.signal.aborted ? (errands = new AbortController()) : errands).signal;
  let leaving = false;

  /** A failure that costs only itself is told, and leaves the phase alone, until another errand goes well; a lost session is more than that. */
  async function errand(run: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const signal = errandLife();
    try {
      await run(signal);
      if (!signal.aborted) session.send({ type: 'mended' });
    } catch (thrown) {
      if (!signal.aborted) failed(thrown, 'troubled');
    }
  }

  function failed(thrown: unknown, otherwise?: 'troubled'): ConnectError {
    const error = ConnectError.from(thrown);
    const type = error.code === 'session_expired' ? 'expired' : otherwise;
    // Whoever is leaving has no session to lose.
    if (type && !leaving) session.send({ type, error });
    return error;
  }

  const lacking = (what: string): ConnectError => new ConnectError('unsupported', `The platform ${platform.name} has no ${what}.`);

  async function relearn(signal: AbortSignal): Promise<void> {
    const connections = await platform.refresh?.(signal);
    if (connections && !signal.aborted) session.send({ type: 'learnt', connections: deepFrozen([...connections]) });
  }

  /** What runs stands still meanwhile: nothing is asked with tokens that are being taken back. Where leaving fails, it goes on. */
  async function leave(gone: Promise<Disconnected>, signal: AbortSignal): Promise<void> {
    leaving = true;
    const wasRunning = session.stop();
    try {
      const { revoked } = await gone;
      session.send({ type: 'forgotten', notice: revoked ? 'disconnected' : 'forgotten' });
    } finally {
      leaving = false;
      if (wasRunning && !signal.aborted) session.start();
    }
  }

  return {
    platform,
    get place() {
      return place();
    },
    get state() {
      return session.state;
    },
    get phase() {
      return session.state.phase;
    },
    get error() {
      return errorOf(session.state);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: () => session.start(),
    stop() {
      errands.abort();
      session.stop();
    },
    connect: (source = null, { signal } = {}) => session.connect(source, way, signal),
    again: (here) => session.retry(here ? 'redirect' : 'popup'),
    show: session.show,
    get link() {
      return session.link;
    },
    back: session.back,
    browse: session.browse,
    retry: () => session.retry(way),
    manage: () =>
      errand(async (signal) => {
        if (!platform.manage) throw lacking('page for managing connections');
        await platform.manage(signal, () => void errand(relearn));
        await relearn(signal);
      }),
    disconnect: (source = null) =>
      errand(async (signal) => {
        if (!platform.disconnect) throw lacking('way to disconnect');
        if (source === null) return leave(platform.disconnect(null, signal), signal);
        const { connections } = await platform.disconnect(source, signal);
        session.send({ type: 'released', source, connections: deepFrozen([...connections]) });
      }),
    refresh: () =>
      errand(async (signal) => {
        // Where there is no refresh token, the old one is good until it is not.
        await platform.accessToken?.(signal, true).catch((thrown: unknown) => {
          if (ConnectError.from(thrown).code !== 'session_expired') throw thrown;
          return platform.accessToken?.(signal);
        });
        await relearn(signal);
      }),
    async getAccessToken() {
      if (!platform.accessToken) throw lacking('access token for the page');
      try {
        return await platform.accessToken(errandLife());
      } catch (thrown) {
        throw failed(thrown);
      }
    },
    reset: () => session.reset(),
    abandon() {
      errands.abort();
      session.abandon();
      listeners.clear();
    },
  };
}
