/** The things connecting a wearable is about. Plain, readonly data; every unknown is null, never a guess. */

export type Phase = 'loading' | 'choosing' | 'authorizing' | 'confirming' | 'syncing' | 'connected' | 'failed';

/** Something a visitor can connect. `mobile` sources are connected in an app, not in a browser. */
export interface Source {
  readonly id: string;
  readonly name: string;
  readonly icon?: string | null;
  readonly kind?: 'web' | 'mobile';
}

export interface Connection {
  readonly id: string;
  readonly source: string;
  readonly name: string;
  readonly status: 'active' | 'action_required' | 'expired' | 'revoked';
  readonly history: 'ready' | 'syncing' | 'unavailable' | 'action_required' | 'unknown';
  /** ISO 8601 in UTC. */
  readonly connectedAt: string | null;
  /** `derived` where the platform has no list and it was worked out from what was asked for. */
  readonly evidence: 'listed' | 'derived';
  /** The platform's own words about what is amiss: shown as text, never parsed. */
  readonly message: string | null;
}

export interface User {
  readonly id: string;
  readonly name: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly email: string | null;
  readonly registeredAt: string | null;
}

export interface Activity {
  readonly id: string;
  readonly sport: string;
  readonly sportName: string;
  /** An instant, ISO 8601 in UTC. */
  readonly start: string | null;
  /** Wall-clock time where it happened, without an offset: never run it through a time zone. */
  readonly startLocal: string | null;
  readonly durationSeconds: number | null;
  readonly distanceMeters: number | null;
  readonly devices: readonly string[];
}

export interface Tokens {
  readonly accessToken: string;
  readonly tokenType: string;
  /** Milliseconds since 1970; null where the platform did not say. */
  readonly expiresAt: number | null;
  readonly scope: string;
  readonly refreshToken?: string;
  readonly idToken?: string;
}

export type Stage = 'waiting' | 'fetching' | 'processing' | 'done' | 'failed';

export interface Progress {
  readonly source: string | null;
  readonly stage: Stage;
  /** 0 to 1, or null where no honest fraction exists. */
  readonly ratio: number | null;
  /** The earliest day already here, ISO 8601 in UTC. */
  readonly loadedUntil: string | null;
  readonly items: number | null;
  /** False while reconnecting. */
  readonly live: boolean;
}

export type Outcome = 'success' | 'partial' | 'unknown';

export type TokensReason = 'connected' | 'restored' | 'refreshed';

export type CancelReason = 'closed' | 'denied' | 'back' | 'aborted';
