import type { FaultBox } from '../fault-box.js';
import type { Endpoint, Faults, Page } from '../faults.js';
import type { Settings } from '../options.js';
import { pauseFor } from '../pause.js';
import type { Person } from '../person.js';
import { secret } from '../remember.js';
import type { RequestLog } from '../request-log.js';
import { cookie, setCookie, type Exchange } from '../web.js';
import type { Account, Accounts } from './accounts.js';
import type { Attempt, Errand, Mail, Newcomer, Origins, PortalVisit, Ticket } from './model.js';
import type { Issuer } from './provider.js';

/** All a running sandbox knows. One object, so that `reset()` has one place to empty. */
export interface World {
  readonly settings: Settings;
  readonly origins: Origins;
  readonly faults: FaultBox<Faults>;
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

export const pause = (world: World, faults: Faults, where: Endpoint | Page): Promise<void> =>
  pauseFor(faults.delays[where] ?? 0, world.closing);

/** Sent with a page and with the redirect that leaves it, as servers do that have this header: browsers heed both. */
export function setOpenerPolicy(exchange: Exchange, faults: Faults, page: Page): void {
  const policy = faults.coop[page];
  if (policy !== undefined) exchange.res.setHeader('cross-origin-opener-policy', policy);
}
