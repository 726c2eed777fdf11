import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultBox } from '../fault-box.js';
import type { Endpoint, FaultChanges, Faults, Page } from '../faults.js';
import type { SandboxClient, Settings } from '../options.js';
import type { RequestLog } from '../request-log.js';
import { cookie, setCookie, type Exchange } from '../web.js';
import type { Account, Accounts, Person } from './accounts.js';
import type { Integration, WearableSite } from './integrations.js';
import type { Mail } from './mail.js';
import type { Issuer } from './provider.js';

/** One visit to the authorize or express page, from its first request to the code it ends in. */
export interface Attempt {
  id: string;
  door: 'express' | 'authorize';
  client: SandboxClient;
  redirectUri: string;
  scopes: string[];
  state: string | undefined;
  nonce: string | undefined;
  codeChallenge: string;
  prompt: 'none' | 'login' | 'consent' | 'select_account';
  userFlow: 'session' | 'signup' | 'login';
  emailOnlyExisting: boolean;
  faults: FaultChanges | undefined;
  createdAt: number;
}

/** A visitor sent to a wearable's own site, and what should follow when they come back. */
export interface Errand {
  integration: Integration;
  next: { to: 'attempt'; id: string } | { to: 'settings'; sub: string; page: string };
}

/** What a wearable's site gives SweatStack for a one-time ticket. */
export interface Ticket {
  integration: Integration;
  person: Person;
  history: boolean;
  dailies: boolean;
}

/** A person the wearable could not give an address for, until they typed one. */
export interface Newcomer {
  attempt: string;
  ticket: Ticket;
}

export interface PortalVisit {
  sub: string;
  clientId: string;
  returnUrl: string | undefined;
}

export interface Origins extends Record<WearableSite, string> {
  sweatstack: string;
  mail: string;
}

/** All a running sandbox knows. One object, so that `reset()` has one place to empty. */
export interface World {
  readonly settings: Settings;
  readonly origins: Origins;
  readonly faults: FaultBox;
  readonly log: RequestLog;
  readonly accounts: Accounts;
  readonly issuer: Issuer;
  readonly closing: AbortSignal;
  readonly attempts: Map<string, Attempt>;
  readonly errands: Map<string, Errand>;
  readonly tickets: Map<string, Ticket>;
  readonly newcomers: Map<string, Newcomer>;
  /** Session cookie → account. */
  readonly sessions: Map<string, string>;
  /** Session cookie of a wearable's site → the person signed in there. */
  readonly wearableSessions: Map<string, Person>;
  /** One-time portal links, and the visits they became. */
  readonly portalLinks: Map<string, PortalVisit>;
  readonly portalVisits: Map<string, PortalVisit>;
  readonly mails: Mail[];
  readonly mailLinks: Map<string, { attempt: string; email: string; newcomer: string | undefined }>;
}

export const secret = (): string => randomBytes(24).toString('base64url');

const sessionCookie = 'sweatstack_session';

export function signedIn(world: World, exchange: Exchange): Account | undefined {
  const sub = world.sessions.get(cookie(exchange, sessionCookie) ?? '');
  return sub === undefined ? undefined : world.accounts.bySub(sub);
}

export function signIn(world: World, exchange: Exchange, account: Account): void {
  const id = secret();
  world.sessions.set(id, account.sub);
  setCookie(exchange, sessionCookie, id);
}

export function signOut(world: World, exchange: Exchange): void {
  world.sessions.delete(cookie(exchange, sessionCookie) ?? '');
  setCookie(exchange, sessionCookie, null);
}

/** Waits as a `delays` fault asks; a closing sandbox waits for nobody. */
export async function pause(world: World, faults: Faults, where: Endpoint | Page): Promise<void> {
  const milliseconds = faults.delays[where] ?? 0;
  if (milliseconds > 0) await sleep(milliseconds, undefined, { signal: world.closing, ref: false }).catch(() => undefined);
}

const kept = 500;

/** Keeps a map from growing for as long as the sandbox runs: the oldest entry makes room. */
export function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.set(key, value);
  if (map.size > kept) for (const oldest of map.keys()) { map.delete(oldest); break; }
}
