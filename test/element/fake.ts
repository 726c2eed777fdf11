/** A connector moved by hand, and a state for each phase: what the element draws is tested without anything that connects. */
import { ConnectError } from '../../src/core/errors.js';
import type { ErrorCode } from '../../src/core/errors.js';
import { WearableChangeEvent } from '../../src/core/events.js';
import { initial } from '../../src/core/state.js';
import type { Account, In, State } from '../../src/core/state.js';
import type { Activity, Connection, Phase, Progress, Source, User } from '../../src/core/nouns.js';
import type { Platform } from '../../src/core/platform.js';
import type { Connector, ConnectorOptions } from '../../src/platforms/connector.js';

export const sources: readonly Source[] = [
  { id: 'garmin_connect', name: 'Garmin' },
  { id: 'wahoo', name: 'Wahoo' },
  { id: 'intervals_icu', name: 'Intervals.icu' },
];

export const user: User = {
  id: 'u1',
  name: 'Alice Anderson',
  givenName: 'Alice',
  familyName: 'Anderson',
  email: 'alice@example.com',
  registeredAt: '2025-01-01T00:00:00Z',
};

export const connection = (changes: Partial<Connection> = {}): Connection => ({
  id: 'c1',
  source: 'garmin_connect',
  name: 'Garmin',
  status: 'active',
  history: 'syncing',
  connectedAt: '2026-10-01T08:00:00Z',
  evidence: 'derived',
  message: null,
  ...changes,
});

export const activity: Activity = {
  id: 'a1',
  sport: 'cycling.road',
  sportName: 'Road cycling',
  start: '2026-10-31T06:12:00Z',
  startLocal: '2026-10-31T08:12:00',
  durationSeconds: 5423,
  distanceMeters: 42195,
  devices: ['Edge 540', 'HRM-Pro'],
};

export const account: Account = { user, connections: [connection()] };

export const progress = (changes: Partial<Progress> = {}): Progress => ({
  source: 'garmin_connect',
  stage: 'fetching',
  ratio: 0.62,
  loadedUntil: '2023-03-14T00:00:00Z',
  items: null,
  live: true,
  ...changes,
});

const known = { sources, account: null, preview: undefined, progress: null, outcome: null, trouble: null } as const;
const settled = { ...known, account, preview: activity };

export const failure = (code: ErrorCode): ConnectError => new ConnectError(code, `What a developer reads about ${code}.`);

/** Each phase as a visitor usually meets it; `changes` makes it the one a test is about. */
export const states = {
  loading: (changes: Partial<In<'loading'>> = {}): State => ({ ...initial, phase: 'loading', ...changes }),
  choosing: (changes: Partial<In<'choosing'>> = {}): State => ({ ...known, phase: 'choosing', notice: null, ...changes }),
  authorizing: (changes: Partial<In<'authorizing'>> = {}): State => ({
    ...known,
    phase: 'authorizing',
    attempt: 'a',
    source: 'garmin_connect',
    way: 'popup',
    sight: 'open',
    ...changes,
  }),
  confirming: (changes: Partial<In<'confirming'>> = {}): State => ({
    ...known,
    phase: 'confirming',
    attempt: 'a',
    source: 'garmin_connect',
    grant: {},
    ...changes,
  }),
  syncing: (changes: Partial<In<'syncing'>> = {}): State => ({ ...settled, phase: 'syncing', progress: progress(), ...changes }),
  connected: (changes: Partial<In<'connected'>> = {}): State => ({ ...settled, phase: 'connected', outcome: 'success', ...changes }),
  failed: (changes: Partial<In<'failed'>> = {}): State => ({
    ...known,
    phase: 'failed',
    error: failure('network'),
    source: 'garmin_connect',
    resume: 'authorizing',
    ...changes,
  }),
} satisfies { [P in Phase]: (changes?: Partial<In<P>>) => State };

const never = (): Promise<never> => new Promise(() => {});

/** `undefined` takes a step away. */
export type PlatformChanges = { readonly [Step in keyof Platform]?: Platform[Step] | undefined };

export const fakePlatform = (changes: PlatformChanges = {}): Platform =>
  ({
  name: 'sweatstack',
  prepare: () => Promise.resolve(),
  sources: () => Promise.resolve(sources),
  authorize: never,
  confirm: never,
  async *follow() {},
  manage: () => Promise.resolve(),
  disconnect: () => Promise.resolve({ revoked: true, connections: [] }),
  ...changes,
}) as Platform;

export interface FakeConnector extends Connector {
  readonly options: ConnectorOptions;
  /** What was asked of it, in order, as `connect garmin_connect`. */
  readonly calls: string[];
  become(state: State): void;
  /** How many listen. */
  readonly listeners: number;
}

export function fakeConnector(options: ConnectorOptions, first: State, platform: Platform): FakeConnector {
  let state = first;
  const listeners = new Set<(state: State) => void>();
  const calls: string[] = [];
  const asked = (...words: readonly unknown[]): void => void calls.push(words.filter((word) => word !== undefined).map(String).join(' '));
  const errand = (...words: readonly unknown[]): Promise<void> => Promise.resolve(asked(...words));

  return {
    options,
    calls,
    platform,
    get listeners() {
      return listeners.size;
    },
    get state() {
      return state;
    },
    get phase() {
      return state.phase;
    },
    error: null,
    become(next) {
      const previous = state;
      state = next;
      if (previous.phase !== next.phase) options.dispatch?.(new WearableChangeEvent({ seq: 1, phase: next.phase, previous: previous.phase }));
      for (const listener of listeners) listener(next);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: () => asked('start'),
    stop: () => asked('stop'),
    connect: (source) => (asked('connect', source), never()),
    again: (here) => asked('again', here),
    show: () => asked('show'),
    place: 'page',
    link: null,
    back: () => asked('back'),
    browse: () => asked('browse'),
    retry: () => asked('retry'),
    manage: () => errand('manage'),
    disconnect: (source) => errand('disconnect', source),
    refresh: () => errand('refresh'),
    getAccessToken: () => (asked('getAccessToken'), Promise.resolve('fresh')),
    reset: () => asked('reset'),
    abandon() {
      asked('abandon');
      listeners.clear();
    },
  };
}
