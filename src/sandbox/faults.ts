import type { AnswerFault, StreamFault } from './broken-answer.js';
import { isCount, isPolicy, isStatus, type Changes, type FaultList } from './fault-box.js';

/**
 * Everything that can be made to go wrong, in one list. Three ways to ask for it:
 *
 * - `createSandbox({faults})` and `sandbox.setFaults({…})`;
 * - `POST /sandbox/faults` with the same object as JSON (`GET` reads, `DELETE` clears);
 * - for one attempt only, on the address that opens it: `?fault=name` or `?fault=name:value`, repeatable, with a dot into a
 *   table: `?fault=deny`, `?fault=coop.express:same-origin`, `?fault=answers.token:503`, `?fault=stream:{"cutAfter":2}`.
 *   The value is read as JSON where it is JSON, else as text. Such a fault follows the attempt through its code to the
 *   tokens it ends in, so that two tabs can be tried differently at the same time.
 */

/** Answers of the API that can be broken one by one. */
export const endpoints = [
  'discovery', 'token', 'userinfo', 'status', 'latest', 'activities', 'stream', 'portal', 'revoke',
] as const;
export type Endpoint = (typeof endpoints)[number];

/** Pages a visitor sees. `express` and `authorize` include what follows from them before the consent: mail, e-mail. */
export const pages = ['express', 'authorize', 'wearable', 'consent'] as const;
export type Page = (typeof pages)[number];

export interface Faults {
  /** A broken answer for each endpoint; a number alone is its status. */
  answers: Partial<Record<Endpoint, AnswerFault | number>>;
  /** Milliseconds before an endpoint answers or a page shows. */
  delays: Partial<Record<Endpoint | Page, number>>;
  /** `Cross-Origin-Opener-Policy` of a page: cuts the window off from its opener. */
  coop: Partial<Record<Page, string>>;
  /** How the stream of the history breaks. */
  stream: StreamFault;
  /** Endpoints that forget their CORS headers, so that a browser cannot read them. */
  noCors: Endpoint[];
  /** Lets browsers read `Retry-After`; the real service is not known to. */
  exposeRetryAfter: boolean;
  /** The consent page decides by itself: no. */
  deny: boolean;
  /** The redirect carries this `error` in place of a code, e.g. `temporarily_unavailable`. */
  redirectError: string | null;
  /** "This application is private": a page with no way back. */
  privateApp: boolean;
  /** `iss` on the redirect: `missing` as on older servers, `wrong` as in a mix-up attack. */
  iss: 'sent' | 'missing' | 'wrong';
  /** The redirect comes back with another `state` than was sent. */
  wrongState: boolean;
  /** The token answer has no id_token although `openid` was asked for. */
  noIdToken: boolean;
  /** The visitor grants less than was asked for, e.g. `profile`. */
  grantedScope: string | null;
  /** Members of the token answer to replace or add, e.g. `{"token_type": "mac"}`; null members are sent as null. */
  tokenMembers: Record<string, unknown>;
  /** New access tokens live so many seconds (and say so in `expires_in`). */
  expireAfter: number | null;
  /** Each use of a refresh token gives another one; an old one that is used again takes all of them with it (RFC 9700 4.14.2). */
  rotateRefreshTokens: boolean;
  /** The API refuses access tokens older than so many seconds, whatever `expires_in` said: revoked in mid-flight. */
  refuseAfter: number | null;
  /** Where the visitor has turned the application away, the API answers 403 in place of 401: the real one gives either. */
  forbidsRevoked: boolean;
  /** Takes tokens back (RFC 7009) and says so in discovery: of the real one nobody knows such an endpoint. */
  revocation: boolean;
  /** No wearable is connected, whatever was signed in with. */
  nothingConnected: boolean;
  /** Garmin was connected without the permission for past activities: `action_required`. */
  historyNotGranted: boolean;
  /** Intervals.icu may not pass on what came from Strava: `action_required`. */
  blockedUpstream: boolean;
  /** The account is only so many years old: the history stops moving there. */
  historyYears: number | null;
  /** The history never arrives: the stream keeps saying null, the status keeps saying syncing. */
  historyStuck: boolean;
  /** There is no latest activity: JSON `null` with 200. */
  latestNull: boolean;
  /** `action_url`: the shape before 0.92, a ready address in place of `destination`. `missing`: 404, as before the beta. */
  statusShape: 'current' | 'action_url' | 'missing';
  /** Times as they were before August 2026: `start` with a fixed offset, `registered_at` without any. */
  olderTimes: boolean;
  /** Capabilities, sports and members this widget has never heard of. */
  unknownValues: boolean;
}

/** What `setFaults` and the HTTP route accept. */
export type FaultChanges = Changes<Faults>;

export const noFaults = (): Faults => ({
  answers: {}, delays: {}, coop: {}, stream: {}, noCors: [], exposeRetryAfter: false,
  deny: false, redirectError: null, privateApp: false, iss: 'sent', wrongState: false,
  noIdToken: false, grantedScope: null, tokenMembers: {}, expireAfter: null, rotateRefreshTokens: false, refuseAfter: null,
  forbidsRevoked: false, revocation: false,
  nothingConnected: false, historyNotGranted: false, blockedUpstream: false, historyYears: null, historyStuck: false,
  latestNull: false, statusShape: 'current', olderTimes: false, unknownValues: false,
});

export const sweatstackFaults: FaultList<Faults> = {
  none: noFaults,
  tables: {
    answers: { entries: endpoints, fits: isStatus, shape: 'a status from 200 to 599, or an object with one' },
    delays: { entries: [...endpoints, ...pages], fits: isCount, shape: 'a number of milliseconds' },
    coop: { entries: pages, fits: isPolicy, shape: 'a header value' },
    stream: {
      entries: ['cutAfter', 'cutInside', 'stallAfter', 'error', 'errorAfter'],
      fits: (value) => isCount(value) || typeof value === 'boolean' || typeof value === 'string', shape: 'a number, a text or true',
    },
  },
  choices: { iss: ['sent', 'missing', 'wrong'], statusShape: ['current', 'action_url', 'missing'] },
};
