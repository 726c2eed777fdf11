import type { FaultBox } from '../fault-box.js';
import type { Settings } from '../options.js';
import type { Site } from '../page.js';
import type { Person } from '../person.js';
import type { OpenWearablesFaults } from './faults.js';

export interface User {
  id: string;
  createdAt: number;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  externalId: string | null;
}

/** One row for each user and provider; a row that was disconnected stays, as `revoked`. */
export interface Connection {
  id: string;
  userId: string;
  provider: string;
  /** What the provider knows them by. */
  providerUserId: string;
  providerUsername: string | null;
  scope: string | null;
  status: 'active' | 'revoked';
  createdAt: number;
  updatedAt: number;
  /** Stamped when connecting, before any data has come: it proves nothing. */
  stampedAt: number;
}

/** An authorization that was begun, until its state is used. */
export interface Pending {
  userId: string;
  provider: string;
  redirectUri: string | undefined;
  createdAt: number;
}

/** Somebody who was sent to a provider's site; outlives the state, which the provider knows nothing of. */
export interface Sent {
  provider: string;
  /** Where the provider was told to send them back. */
  callback: string;
}

/** What a provider gives for its one-time code. */
export interface Grant {
  provider: string;
  person: Person;
  history: boolean;
}

export interface SyncEvent {
  id: string;
  at: number;
  runId: string;
  source: string;
  stage: string;
  status: string;
  message: string;
  progress: number | null;
  items: number | null;
  error: string | null;
  primaryUserId: string | null;
  metadata: Record<string, unknown>;
  startedAt: number | null;
  endedAt: number | null;
}

/** Planned whole when it begins and told as the clock goes on, so that a test can move the clock. */
export interface Run {
  id: string;
  userId: string;
  provider: string;
  kind: 'historical' | 'live' | 'backfill';
  startedAt: number;
  /** Infinity: it never ends. */
  endsAt: number;
  /** How far back it reaches. */
  days: number;
  /** Whether any of it arrives. */
  delivers: boolean;
  /** When each of Garmin's five is in; none where Garmin sends nothing. */
  cells: { type: string; state: 'done' | 'timed_out' | 'failed'; at: number; finally: 'done' | 'timed_out' | 'failed' }[];
  cancelledAt: number | null;
  events: SyncEvent[];
}

export interface OpenWearables {
  readonly settings: Settings;
  readonly origin: string;
  readonly faults: FaultBox<OpenWearablesFaults>;
  readonly closing: AbortSignal;
  /** The origin of a site of the sandbox. */
  at(site: Site): string;
  readonly users: Map<string, User>;
  readonly connections: Map<string, Connection>;
  readonly pending: Map<string, Pending>;
  readonly sent: Map<string, Sent>;
  readonly grants: Map<string, Grant>;
  /** By user, oldest first. */
  readonly runs: Map<string, Run[]>;
  /** Application id → its secret. */
  readonly applications: Map<string, string>;
  /** Refresh token → user. */
  readonly refreshTokens: Map<string, string>;
  /** Access tokens of the people who run the server. */
  readonly developerTokens: Map<string, string>;
  readonly invitations: Map<string, string>;
  /** What an admin has switched by hand. */
  readonly switched: Map<string, boolean>;
}

const rowOf = (userId: string, provider: string): string => `${userId} ${provider}`;

export const connectionOf = (world: OpenWearables, userId: string, provider: string): Connection | undefined =>
  world.connections.get(rowOf(userId, provider));

export const keepConnection = (world: OpenWearables, connection: Connection): void =>
  void world.connections.set(rowOf(connection.userId, connection.provider), connection);

export const connectionsOf = (world: OpenWearables, userId: string): Connection[] =>
  [...world.connections.values()].filter((connection) => connection.userId === userId);

/** Never a person of the sandbox: stands for whoever else connected the same account. */
export const somebodyElse = '2ae36b40-a14a-439e-a0ac-d6978d14edfb';

/** Other users with the same account of the same provider, the first to connect first. */
export function linkedUsers(world: OpenWearables, connection: Connection): string[] {
  const others = [...world.connections.values()].filter((other) => other.userId !== connection.userId && other.status === 'active'
    && other.provider === connection.provider && other.providerUserId === connection.providerUserId);
  others.sort((one, other) => one.createdAt - other.createdAt);
  return [...(world.faults.current.linkedAccount ? [somebodyElse] : []), ...others.map(({ userId }) => userId)];
}
