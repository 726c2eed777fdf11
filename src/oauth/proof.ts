/** The only door to oauth4webapi: the proof made before a click, and the three requests to a token server. */
import * as oauth from 'oauth4webapi';
import { ConnectError } from '../core/errors.js';
import type { Tokens } from '../core/nouns.js';
import { isLoopback } from '../core/urls.js';
import { failureOf } from './failures.js';
import { channelOf, statePrefix } from './protocol.js';

/** All of it exists before any click: in WebKit one awaited digest between click and `window.open` blocks the window. */
export interface Proof {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly challenge: string;
  readonly channel: string;
  readonly madeAt: number;
}

export async function createProof(): Promise<Proof> {
  if (!globalThis.crypto?.subtle)
    throw new ConnectError('unsupported', 'No crypto.subtle here, so no PKCE: serve the page over https: or from localhost.');
  const verifier = oauth.generateRandomCodeVerifier();
  const state = statePrefix + oauth.generateRandomState();
  const [challenge, channel] = await Promise.all([oauth.calculatePKCECodeChallenge(verifier), channelOf(state)]);
  return { state, nonce: oauth.generateRandomNonce(), verifier, challenge, channel, madeAt: Date.now() };
}

export interface TokenServer {
  /** The platform's origin. What it calls itself (`iss`) must be of this origin. */
  readonly origin: string;
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

export interface Redemption {
  readonly query: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly redirectUri: string;
  /** What was asked for: an answer that names no scope granted just that (RFC 6749 5.1). */
  readonly scope: string;
}

/** The code of an answer that passed every check; for those who redeem it elsewhere. */
export function checkedCode(server: TokenServer, { query, state }: Pick<Redemption, 'query' | 'state'>): string {
  return validated(server, query, state).get('code') ?? '';
}

function validated(server: TokenServer, query: string, state: string): URLSearchParams {
  const parameters = new URLSearchParams(query);
  try {
    return oauth.validateAuthResponse(metadata(server, parameters.get('iss')), client(server), parameters, state);
  } catch (thrown) {
    throw failureOf(thrown);
  }
}

export async function redeem(server: TokenServer, { query, state, nonce, verifier, redirectUri, scope }: Redemption, signal: AbortSignal): Promise<Tokens> {
  const parameters = validated(server, query, state);
  try {
    const as = metadata(server, parameters.get('iss'));
    const response = await oauth.authorizationCodeGrantRequest(as, client(server), oauth.None(), parameters, redirectUri, verifier, requestOptions(server, signal));
    const idToken = await idTokenIn(response);
    const answer = await oauth.processAuthorizationCodeResponse(
      idToken ? metadata(server, issuerOf(idToken)) : as,
      client(server),
      response,
      // Asked for, a nonce makes an id_token mandatory; this platform may leave it out.
      idToken ? { expectedNonce: nonce } : {},
    );
    return tokensFrom(answer, scope);
  } catch (thrown) {
    throw failureOf(thrown);
  }
}

export async function renew(server: TokenServer, held: Tokens, signal: AbortSignal): Promise<Tokens> {
  try {
    const response = await oauth.refreshTokenGrantRequest(metadata(server, null), client(server), oauth.None(), held.refreshToken ?? '', requestOptions(server, signal));
    const idToken = await idTokenIn(response);
    const answer = await oauth.processRefreshTokenResponse(metadata(server, idToken && issuerOf(idToken)), client(server), response);
    // Not rotated today; a server that begins to is followed.
    return { ...tokensFrom(answer, held.scope), ...(answer.refresh_token ? {} : { refreshToken: held.refreshToken ?? '' }) };
  } catch (thrown) {
    throw failureOf(thrown);
  }
}

export async function revoke(server: TokenServer, endpoint: string, token: string, signal: AbortSignal): Promise<void> {
  try {
    const as = { ...metadata(server, null), revocation_endpoint: endpoint };
    await oauth.processRevocationResponse(await oauth.revocationRequest(as, client(server), oauth.None(), token, requestOptions(server, signal)));
  } catch (thrown) {
    throw failureOf(thrown);
  }
}

const client = (server: TokenServer): oauth.Client => ({ client_id: server.clientId });

/**
 * The platform's discovery document is unverified, so its exact issuer is not known; that it is of the same origin is demanded.
 * Anything else stays unequal to what the library compares with, and fails there as a mix-up (RFC 9207 2.4).
 */
function metadata(server: TokenServer, issuer: string | null): oauth.AuthorizationServer {
  const known = issuer && URL.canParse(issuer) && new URL(issuer).origin === server.origin ? issuer : server.origin;
  return { issuer: known, token_endpoint: server.tokenEndpoint };
}

function requestOptions(server: TokenServer, signal: AbortSignal) {
  return {
    signal,
    // The library's own guard against http: stays on everywhere but on a developer's machine.
    [oauth.allowInsecureRequests]: isLoopback(new URL(server.tokenEndpoint).hostname),
    [oauth.customFetch]: async (url: string, init: RequestInit): Promise<Response> => withoutNulls(await server.fetch(url, init)),
  };
}

/** This platform fills absent members with null, which RFC 6749 does not know and the library refuses. */
async function withoutNulls(response: Response): Promise<Response> {
  let body = await response.text();
  try {
    // A reviver that answers undefined leaves the member out.
    body = JSON.stringify(JSON.parse(body, (_name, value: unknown) => value ?? undefined));
  } catch {
    // Not JSON: the library says so better.
  }
  return new Response(body || null, { status: response.status, headers: response.headers });
}

async function idTokenIn(response: Response): Promise<string | null> {
  if (!response.ok) return null;
  const { id_token } = Object(await response.clone().json().catch(() => null)) as { id_token?: unknown };
  return typeof id_token === 'string' ? id_token : null;
}

/** Reads who claims to have issued it; whether that may be believed is decided by `metadata` and then by the library. */
function issuerOf(jwt: string): string | null {
  try {
    const payload = (jwt.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    return String((JSON.parse(atob(payload)) as { iss?: unknown }).iss);
  } catch {
    return null;
  }
}

function tokensFrom(answer: oauth.TokenEndpointResponse, scope: string): Tokens {
  return {
    accessToken: answer.access_token,
    tokenType: 'Bearer',
    expiresAt: answer.expires_in === undefined ? null : Date.now() + answer.expires_in * 1000,
    scope: answer.scope ?? scope,
    ...(answer.refresh_token ? { refreshToken: answer.refresh_token } : {}),
    ...(answer.id_token ? { idToken: answer.id_token } : {}),
  };
}
