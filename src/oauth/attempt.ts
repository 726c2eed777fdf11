import { attemptKey, mailboxKey } from './protocol.js';
import { store, stored, storedKeys, unstore } from './storage.js';
import type { Shelf } from './storage.js';

/**
 * One attempt, as it waits for its answer. Kept in this tab's storage (a reload, a redirect) and in the origin's (a magic link
 * opens in another tab). Without its single-use code the verifier in it is worthless (RFC 10017 5.1.3).
 */
export interface Attempt {
  readonly v: 1;
  readonly id: string;
  readonly channel: string;
  readonly source: string | null;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Whom it was asked of, and for whom: an answer is only ever redeemed there (mix-up, RFC 9700 4.4). */
  readonly issuer: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly mode: 'popup' | 'redirect';
  /** The address of the page that asked, whole: where two slashes begin its path, that alone would name a host. */
  readonly returnTo: string;
  readonly url: string;
  readonly createdAt: number;
}

export const attemptLifeMs = 15 * 60_000;

const shelves: readonly Shelf[] = ['session', 'local'];

export function keepAttempt(attempt: Attempt): void {
  const text = JSON.stringify(attempt);
  for (const shelf of shelves) store(shelf, attemptKey(attempt.channel), text);
}

/** No storage remembers an attempt that has ended. A page that hopes for its answer all the same knows by heart what that takes. */
export function forgetAttempt(channel: string): void {
  for (const shelf of shelves) unstore(shelf, attemptKey(channel));
}

/** Nor is an answer left in its mailbox. */
export function dropAttempt(channel: string): void {
  forgetAttempt(channel);
  for (const shelf of shelves) unstore(shelf, mailboxKey(channel));
}

/** An answer that waited where nobody was there to hear it. */
export function mailFor(channel: string, place: Window = window): string | null {
  for (const shelf of shelves) {
    const query = parsed(() => place[`${shelf}Storage`].getItem(mailboxKey(channel)))['query'];
    if (typeof query === 'string') return query;
  }
  return null;
}

/** This tab's own attempts for this app, the newest first. */
export function keptAttempts(issuer: string, clientId: string, now: number): Attempt[] {
  return storedKeys('session', attemptKey(''))
    .map((key) => attemptFrom(stored('session', key)))
    // oxlint-disable-next-line typescript/prefer-optional-chain -- compressed, the longer way is the shorter one
    .filter((attempt): attempt is Attempt => attempt !== null && attempt.issuer === issuer && attempt.clientId === clientId && isFresh(attempt.createdAt, now))
    .sort((a, b) => b.createdAt - a.createdAt);
}

/** Whatever was left behind longer than an attempt may live goes, also where nobody came back for it. */
export function sweepAttempts(now: number): void {
  for (const shelf of shelves)
    for (const prefix of [attemptKey(''), mailboxKey('')])
      for (const key of storedKeys(shelf, prefix)) {
        const { createdAt } = parsed(() => stored(shelf, key));
        if (!isFresh(createdAt, now)) unstore(shelf, key);
      }
}

// A clock set back must not make an attempt immortal.
const isFresh = (createdAt: unknown, now: number): boolean => typeof createdAt === 'number' && Math.abs(now - createdAt) < attemptLifeMs;

export function attemptFrom(text: string | null): Attempt | null {
  const record = parsed(() => text);
  const texts = ['id', 'channel', 'state', 'nonce', 'verifier', 'issuer', 'clientId', 'redirectUri', 'returnTo', 'url'];
  const whole = record['v'] === 1 && texts.every((name) => typeof record[name] === 'string') && typeof record['createdAt'] === 'number';
  return whole ? (record as unknown as Attempt) : null;
}

/** An empty record where it cannot be read: storage may throw where it is touched, and anybody may have written there. */
function parsed(read: () => string | null): Record<string, unknown> {
  try {
    return Object(JSON.parse(read() ?? '')) as Record<string, unknown>;
  } catch {
    return {};
  }
}
