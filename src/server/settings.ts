import { ConnectError } from '../core/errors.js';
import type { Tokens } from '../core/nouns.js';
import { checkedUrl } from '../core/urls.js';
import { realClock } from '../sync/clock.js';
import type { Clock } from '../sync/clock.js';
import type { Hub } from './hub.js';
import { idleClock } from './alarms.js';
import { createReports } from './reports.js';
import type { Report } from './reports.js';

/** Who is asking, as the host knows them. Anything more that the host puts in comes back to it in `onTokens`. */
export interface HostUser {
  /** The host's own id of this user: never an e-mail address or anything else that says who it is. */
  readonly userId: string;
  /** Where the host has stored it: then nobody is looked up, or created, by `userId`. Null, as of an empty column, is not stored. */
  readonly openWearablesUserId?: string | null;
}

/** What an environment gives: a missing one is told at creation, not at the first visitor. */
type Given = string | undefined;

export interface HandlerOptions<U extends HostUser = HostUser> {
  /** Of the site that shows the element, and where this handler is mounted: `https://your-site.example`. */
  readonly origin: Given;
  /** Null is nobody: 401. */
  readonly authenticate: (request: Request) => Promise<U | null> | U | null;
  /** Default `/wearables`. */
  readonly basePath?: Given;
  /** `publicUrl`: where browsers reach the same server, for its icons, should `url` be an address that only this server knows. */
  readonly openWearables?: { readonly url: Given; readonly apiKey: Given; readonly publicUrl?: Given } | undefined;
  /** Seals what comes back from a provider, so it must be the same on every instance: made by chance, best of 32 characters. */
  readonly secret?: Given;
  /** An application of Open Wearables: only for hosts with a mobile app of their own. Turns `POST /token` on. */
  readonly token?: { readonly appId: Given; readonly appSecret: Given } | undefined;
  readonly sweatstack?: { readonly clientId: Given; readonly clientSecret?: Given; readonly baseUrl?: Given } | undefined;
  /** Gets the tokens of a user who signed in with `token-delivery="backend"`. They go nowhere else. */
  readonly onTokens?: ((user: U, tokens: Tokens) => Promise<void> | void) | undefined;
  /** Where many instances run: `redisHub(client)` of `wearable-connect/server/redis`. Then one of them polls for a user, and all of them tell it. */
  readonly hub?: Hub | undefined;
  /**
   * Hears what the host's own functions threw, what failed where nobody could be told, that the hub is gone, and at most once a
   * minute of each kind that a platform refused, failed or could not be reached. Without it one line says so, without any secret.
   */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** For a proxy, or a binding of a platform. */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /** @internal */
  readonly clock?: Clock;
}

export interface Settings<U extends HostUser> {
  readonly origin: string;
  readonly basePath: string;
  readonly authenticate: HandlerOptions<U>['authenticate'];
  readonly openWearables: OpenWearablesSettings | null;
  readonly sweatstack: SweatstackSettings<U> | null;
  readonly hub: Hub | null;
  readonly onError: ((what: string, error: unknown) => void);
  /** Of our own, so it may be shown. */
  readonly say: (error: ConnectError) => void;
  /** What went wrong behind the handler: often the same for everybody. */
  readonly report: Report;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly clock: Clock;
  /** For what may be left undone when the process ends. */
  readonly idle: Clock;
}

export interface OpenWearablesSettings {
  readonly url: URL;
  readonly publicUrl: URL | null;
  readonly apiKey: string;
  readonly secret: string;
  readonly token: { readonly appId: string; readonly appSecret: string } | null;
}

export interface SweatstackSettings<U> {
  readonly base: URL;
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly onTokens: (user: U, tokens: Tokens) => Promise<void> | void;
}

export function settingsFrom<U extends HostUser>(options: HandlerOptions<U>): Settings<U> {
  if (typeof options !== 'object' || (options as unknown) === null) throw new ConnectError('misconfigured', 'createHandler: its argument must be an object with origin, authenticate, and openWearables or sweatstack: got none.');
  const { authenticate, onError, hub = null, fetch: own, clock = realClock } = options;
  if (typeof authenticate !== 'function') throw bad('authenticate', 'a function from a Request to {userId} or null', authenticate);
  if (!options.openWearables && !options.sweatstack) throw bad('openWearables or sweatstack', 'set: without either there is nothing to do', undefined);
  if (hub !== null && typeof (hub as Partial<Hub>).meet !== 'function') throw bad('hub', 'what redisHub(client) gives, of wearable-connect/server/redis', hub);
  // A log that fails must not take with it what it was told of.
  const hear = async (error: unknown): Promise<void> => onError?.(error);
  const tell = (error: unknown, line: string): void => {
    if (onError) hear(error).catch(() => {});
    else console.error(`wearable-connect: ${line.replace(/[\p{Cc}\s]+/gu, ' ')}`);
  };
  const hearOf = (what: string, error: unknown): void => tell(error, `${what} failed (${error instanceof Error ? error.name : typeof error}). Pass onError to createHandler to learn more.`);
  const say = (error: ConnectError): void => tell(error, error.message);
  return {
    origin: originFrom(options.origin),
    basePath: basePathFrom(options.basePath),
    authenticate,
    openWearables: openWearablesFrom(options),
    sweatstack: sweatstackFrom(options),
    hub,
    onError: hearOf,
    say,
    report: createReports(() => clock.now(), say, hearOf),
    // Called as a function of its own: Workers refuse their fetch with another `this`.
    fetch: own ?? ((url, init) => fetch(url, init)),
    clock,
    idle: options.clock ?? idleClock,
  };
}

function openWearablesFrom<U extends HostUser>({ openWearables, secret, token }: HandlerOptions<U>): OpenWearablesSettings | null {
  if (!openWearables) return null;
  const signing = required('secret', secret);
  if (signing.length < fewestCharacters) warnOfShortSecret();
  const apiKey = required('openWearables.apiKey', openWearables.apiKey);
  // It goes into a header (RFC 9110 5.5), and engines quote a value that they refuse.
  if (!/^[\x21-\x7e]+$/.test(apiKey)) throw bad('openWearables.apiKey', 'of visible ASCII characters', apiKey);
  return {
    url: checkedUrl(required('openWearables.url', openWearables.url), 'createHandler: openWearables.url', 'misconfigured'),
    publicUrl: openWearables.publicUrl === undefined ? null : checkedUrl(required('openWearables.publicUrl', openWearables.publicUrl), 'createHandler: openWearables.publicUrl', 'misconfigured'),
    apiKey,
    secret: signing,
    token: token ? { appId: required('token.appId', token.appId), appSecret: required('token.appSecret', token.appSecret) } : null,
  };
}

/** Length is no measure of chance, but what is shorter has little of it: with time, whoever has a nonce finds the secret of it. */
const fewestCharacters = 16;
let isWarned = false;

/** Once in a process: some hosts make a handler for each request. */
function warnOfShortSecret(): void {
  if (isWarned) return;
  isWarned = true;
  console.warn(`wearable-connect: createHandler: secret is shorter than ${fewestCharacters} characters, so it can be guessed, and with it anybody could make the nonces that bind a sign-in to its visitor. Make one by chance, the same for every instance: node -p "crypto.randomBytes(24).toString('base64url')"`);
}

function sweatstackFrom<U extends HostUser>({ sweatstack, onTokens }: HandlerOptions<U>): SweatstackSettings<U> | null {
  if (!sweatstack) return null;
  if (typeof onTokens !== 'function') throw bad('onTokens', 'a function that keeps the tokens of a user, since sweatstack is set', onTokens);
  return {
    base: checkedUrl(sweatstack.baseUrl ?? 'https://app.sweatstack.no', 'createHandler: sweatstack.baseUrl', 'misconfigured'),
    clientId: required('sweatstack.clientId', sweatstack.clientId),
    clientSecret: sweatstack.clientSecret === undefined ? null : required('sweatstack.clientSecret', sweatstack.clientSecret),
    onTokens,
  };
}

function originFrom(given: Given): string {
  const url = checkedUrl(required('origin', given), 'createHandler: origin', 'misconfigured');
  if (url.pathname !== '/' || url.search || url.hash) throw bad('origin', 'an origin without a path, such as https://your-site.example', given);
  return url.origin;
}

function basePathFrom(given: Given = '/wearables'): string {
  if (typeof given !== 'string') throw bad('basePath', 'a path such as /wearables', given);
  const path = given.replace(/\/+$/, '');
  if (!/^(\/[\w.~-]+)*$/.test(path)) throw bad('basePath', 'a path such as /wearables', given);
  return path;
}

function required(name: string, given: Given): string {
  if (typeof given !== 'string' || !given.trim()) throw bad(name, 'a text that is not empty', given);
  return given.trim();
}

/** Never what it is, only what kind of thing: it may be a key. */
function bad(name: string, expected: string, given: unknown): ConnectError {
  const seen = given === undefined ? 'nothing (is the environment variable set?)' : given === '' ? 'an empty text' : typeof given;
  return new ConnectError('misconfigured', `createHandler: ${name} must be ${expected}: got ${seen}.`);
}
