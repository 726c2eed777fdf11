/** The only door to oauth4webapi: the answer of a sign-in, judged, and the three requests to a token server. */
import * as oauth from 'oauth4webapi';
import { ConnectError } from '../core/errors.js';
import { membersOf, textOf } from '../core/json.js';
import type { Tokens } from '../core/nouns.js';
import { isLoopback } from '../core/urls.js';
import { failureOf } from './failures.js';

export interface TokenServer {
  /** The platform's origin. What it calls itself (`iss`) must be of this origin. */
  readonly origin: string;
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly fetch: (url: string, init: RequestInit & { readonly signal: AbortSignal }) => Promise<Pick<Response, 'status' | 'statusText' | 'headers' | 'text'>>;
}

export interface Redemption {
  readonly query: string;
  readonly state: string;
  /** Null where none was sent: then no id token may carry one either. */
  readonly nonce: string | null;
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
    return oauth.validateAuthResponse(metadata(server, parameters.get('iss')), { client_id: server.clientId }, parameters, state);
  } catch (thrown) {
    throw failureOf(thrown);
  }
}

export function redeem(server: TokenServer, { query, state, nonce, verifier, redirectUri, scope }: Redemption, signal: AbortSignal): Promise<Tokens> {
  return exchanged(server, scope, signal, async (as, app, options, answered) => {
    const parameters = validated(server, query, state);
    const response = await oauth.authorizationCodeGrantRequest(as, app, oauth.None(), parameters, redirectUri, verifier, options);
    const { as: issuer, hasIdToken } = answered();
    // Asked for, a nonce makes an id_token mandatory; this platform may leave it out.
    return oauth.processAuthorizationCodeResponse(issuer, app, response, hasIdToken && nonce ? { expectedNonce: nonce } : {});
  });
}

/**
 * For a server to which a page handed the code: the page has checked the answer it came with, and PKCE holds both to one sign-in,
 * so the nonce, which stayed in the page, is only repeated (RFC 9700 2.1.1). A secret goes along where there is one (RFC 6749 2.3.1).
 */
export function redeemCode(server: TokenServer, { code, verifier, redirectUri }: { code: string; verifier: string; redirectUri: string }, secret: string | null, signal: AbortSignal): Promise<Tokens> {
  return exchanged(server, '', signal, async (as, app, options, answered) => {
    const parameters = oauth.validateAuthResponse(as, app, new URLSearchParams({ code }), oauth.expectNoState);
    const authentication = secret ? oauth.ClientSecretPost(secret) : oauth.None();
    const response = await oauth.authorizationCodeGrantRequest(as, app, authentication, parameters, redirectUri, verifier, options);
    const said = (await response.clone().json().catch(() => null)) as { id_token?: unknown } | null;
    const nonce = typeof said?.id_token === 'string' ? claimOf(said.id_token, 'nonce') : null;
    return oauth.processAuthorizationCodeResponse(answered().as, app, response, nonce ? { expectedNonce: nonce } : {});
  });
}

export async function renew(server: TokenServer, held: Tokens, signal: AbortSignal): Promise<Tokens> {
  const tokens = await exchanged(server, held.scope, signal, async (as, app, options, answered) => {
    const response = await oauth.refreshTokenGrantRequest(as, app, oauth.None(), held.refreshToken ?? '', options);
    return oauth.processRefreshTokenResponse(answered().as, app, response);
  }, true);
  // Who it is does not change by renewal (OpenID Connect Core 12.2).
  if (isSameAccount(held, tokens) === false) throw refused('for somebody else');
  // Not rotated today; a server that begins to is followed. Who it is for is kept, for the next time.
  return { ...held, ...tokens };
}

type Server = oauth.AuthorizationServer;
type Exchange = (as: Server, app: oauth.Client, options: oauth.TokenEndpointRequestOptions, answered: () => { as: Server; hasIdToken: boolean }) => Promise<oauth.TokenEndpointResponse>;

async function exchanged(server: TokenServer, scope: string, signal: AbortSignal, exchange: Exchange, isRenewal = false): Promise<Tokens> {
  let idToken: string | null = null;
  const options = {
    signal,
    // The library's own guard against http: stays on everywhere but on a developer's machine.
    [oauth.allowInsecureRequests]: isLoopback(new URL(server.tokenEndpoint).hostname),
    async [oauth.customFetch](url: string, init: RequestInit): Promise<Response> {
      const response = await server.fetch(url, { ...init, signal });
      let body = await response.text();
      if (body.length > longest) throw refused('too long');
      try {
        // This platform fills absent members with null, which RFC 6749 does not know and the library refuses. A reviver that
        // answers undefined leaves them out.
        const json = JSON.parse(body, (_name, value: unknown) => value ?? undefined) as { id_token?: string };
        body = JSON.stringify(json);
        idToken = json.id_token ?? null;
      } catch {
        // Not JSON: the library says so better.
      }
      // At once: the way through the browser's streams takes turns of its own, while a visitor waits. Not assigned: on a server
      // somebody's own Response may stand in its place, whose `json` only reads.
      return Object.defineProperty(new Response(body || null, response), 'json', { value: async () => JSON.parse(body) as unknown });
    },
  };
  try {
    const app = {
      client_id: server.clientId,
      /** To a clock that is hours fast (another time zone, set by hand) a fresh token is over when it comes. It came over TLS for this very request, so then its own time of issue is now; what is older than a day is no matter of clocks. */
      get [oauth.clockSkew]() {
        const { iat, exp } = claimsOf(idToken);
        const now = Date.now() / 1000;
        const age = now - Number(iat);
        return Number(exp) < now && age < oneDay ? -age : 0;
      },
    };
    const answer = await exchange(metadata(server, null), app, options, () => ({ as: metadata(server, claimOf(idToken, 'iss')), hasIdToken: !!idToken }));
    // Any other type asks for a proof that nobody here can give; a line break would end the header it goes into (RFC 6750 2.1).
    if (answer.token_type !== 'bearer' || !/^[!-~]+$/.test(answer.access_token)) throw refused('no bearer token');
    return {
      accessToken: answer.access_token,
      tokenType: 'Bearer',
      expiresAt: answer.expires_in === undefined ? null : Date.now() + answer.expires_in * 1000,
      // Empty is not a scope (RFC 6749 3.3): as good as unsaid.
      scope: answer.scope || scope,
      ...(answer.refresh_token ? { refreshToken: answer.refresh_token } : {}),
      ...(answer.id_token ? { idToken: answer.id_token } : {}),
    };
  } catch (thrown) {
    throw failureOf(thrown, isRenewal);
  }
}

/**
 * The platform's discovery document is unverified, so its exact issuer is not known; that it is of the same origin is demanded.
 * Anything else stays unequal to what the library compares with, and fails there as a mix-up (RFC 9207 2.4).
 */
function metadata(server: TokenServer, issuer: string | null): Server {
  const known = issuer && URL.canParse(issuer) && new URL(issuer).origin === server.origin ? issuer : server.origin;
  return { issuer: known, token_endpoint: server.tokenEndpoint };
}

const longest = 100_000;
const oneDay = 86_400;

const refused = (why: string): ConnectError => new ConnectError('invalid_response', `The platform’s answer was refused: ${why}.`);

/** Reads what an id token says, or nothing; whether that may be believed is decided by `metadata` and then by the library. */
export const claimOf = (jwt: string | null | undefined, name: 'iss' | 'sub' | 'nonce'): string | null => textOf(claimsOf(jwt)[name]);

function claimsOf(jwt: string | null | undefined): Readonly<Record<string, unknown>> {
  try {
    const payload = (jwt?.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    return membersOf(JSON.parse(atob(payload)));
  } catch {
    return {};
  }
}

/**
 * Whether both are for the same account; null where they do not tell. An id token need not come, but SweatStack's access tokens are
 * JWTs too. Like is compared with like: nothing says that both name an account in the same way.
 */
export function isSameAccount(one: Tokens | null, other: Tokens): boolean | null {
  for (const kind of ['idToken', 'accessToken'] as const) {
    const [known, told] = [one, other].map((tokens) => claimOf(tokens?.[kind], 'sub'));
    if (known && told) return known === told;
  }
  return null;
}
