import { IncomingMessage } from 'node:http';
import { decodeJwt, exportJWK, generateKeyPair, type JWK, jwtVerify } from 'jose';
import type { Context } from 'oidc-provider';
import type { FaultChanges, Faults } from '../faults.js';
import type { Settings } from '../options.js';
import type { Attempt } from './model.js';
import type { Accounts } from './accounts.js';
import { providerConfiguration, resourceOf, type Store } from './provider-configuration.js';
import { paths } from './scopes.js';
import type { Exchange } from '../web.js';

/** What an access token says once its signature holds. */
export interface Bearer {
  sub: string;
  clientId: string;
  scopes: ReadonlySet<string>;
  issuedAt: number;
  /** The visitor has turned the application away. */
  turnedAway: boolean;
  faults: FaultChanges | undefined;
}

/** oidc-provider behind SweatStack's own pages: it keeps the codes and makes the tokens, the pages decide who gets one. */
export interface Issuer {
  readonly issuer: string;
  /** A single-use code for what was consented to. */
  mint(attempt: Attempt, sub: string, scopes: readonly string[]): Promise<string>;
  /** Lets the library answer; `form` replaces the body. */
  answer(exchange: Exchange, path: string, faults: Faults, form?: URLSearchParams): Promise<void>;
  /** Undefined for whatever is not one of our own living tokens. */
  verify(token: string): Promise<Bearer | undefined>;
  /** The redirect URI and the faults a code was made with. */
  codeFacts(code: string): { redirectUri: string; faults: FaultChanges | undefined } | undefined;
  refreshFaults(token: string): FaultChanges | undefined;
  revokeAccess(token: string): void;
  /** Turns an application away: what it holds for this account is worth nothing from now on. */
  revokeApplication(sub: string, clientId: string): void;
  /** Every code and token of before is refused. */
  forget(): void;
}

/** Importing the library on Node 20 warns about Node 20, which it runs on all the same: that one sentence is left out. */
async function loadLibrary(): Promise<typeof import('oidc-provider')> {
  const { warn } = console;
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes('Unsupported runtime. Use Node.js')) warn(...words);
  };
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}

/** The body was read to be logged and mended; the library gets a request of its own to read. */
function replay(exchange: Exchange, path: string, host: string, body: string | undefined): IncomingMessage {
  const request = new IncomingMessage(exchange.req.socket);
  const { origin: _origin, authorization: _authorization, 'transfer-encoding': _encoding, ...headers } = exchange.req.headers;
  request.method = exchange.req.method ?? 'GET';
  request.url = path + exchange.url.search;
  // CORS is answered for all endpoints alike before; the issuer's host keeps discovery right for requests to 127.0.0.1.
  request.headers = { ...headers, host };
  if (body !== undefined) {
    request.headers['content-length'] = String(Buffer.byteLength(body));
    request.push(body);
  }
  request.push(null);
  // Without this the end of the reading counts as broken off and takes the connection with it.
  request.complete = true;
  return request;
}

const asRecord = (value: unknown): Record<string, unknown> => ({ ...(value as object) });

/** One for all sandboxes of a process: to find a key of this kind takes longer than everything else a sandbox begins with. */
let signing: ReturnType<typeof createKey> | undefined;

async function createKey(): Promise<{ publicKey: CryptoKey; jwk: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { publicKey, jwk: { ...(await exportJWK(privateKey)), kid: 'sandbox', use: 'sig', alg: 'RS256' } };
}

export async function createIssuer(settings: Settings, accounts: Accounts, issuer: string): Promise<Issuer> {
  const { Provider } = await loadLibrary();
  const { publicKey, jwk } = await (signing ??= createKey());
  const faultsOf = new WeakMap<IncomingMessage, Faults>();
  const codes = new Map<string, { redirectUri: string; faults: FaultChanges | undefined }>();
  const refreshFaults = new Map<string, FaultChanges>();
  // A real API trusts the signature alone; knowing each token makes revoking and forgetting take effect at once.
  const issued = new Map<string, Omit<Bearer, 'scopes'>>();
  const store: Store = new Map();
  const ownFaults = new WeakMap<IncomingMessage, FaultChanges>();
  const lifetime = (context: Context): number =>
    Math.max(1, faultsOf.get(context.req)?.expireAfter ?? settings.accessTokenSeconds);
  const rotates = (context: Context): boolean => faultsOf.get(context.req)?.rotateRefreshTokens === true;

  const provider = new Provider(issuer, providerConfiguration({ settings, accounts, issuer, jwk, lifetime, rotates, store }));
  provider.on('server_error', (_context, error) => { if (!settings.quiet) console.error(error); });

  // SweatStack names every member of a token answer, null where there is none.
  provider.use(async (context, next) => {
    await next();
    const faults = faultsOf.get(context.req);
    if (context.status !== 200 || faults === undefined) return;
    if (context.path === paths.discovery) {
      const { revocation_endpoint: endpoint, ...found } = asRecord(context.body);
      context.body = {
        ...found, ...(faults.revocation ? { revocation_endpoint: endpoint } : {}), response_modes_supported: ['query'],
        token_endpoint_auth_methods_supported: ['none', 'client_secret_post', 'client_secret_basic'],
        authorization_response_iss_parameter_supported: faults.iss !== 'missing',
      };
    }
    if (context.path !== paths.token) return;
    const given = asRecord(context.body);
    context.body = {
      access_token: given['access_token'], token_type: 'Bearer', expires_in: given['expires_in'],
      refresh_token: given['refresh_token'] ?? null, scope: given['scope'] ?? null,
      id_token: faults.noIdToken ? null : (given['id_token'] ?? null), ...faults.tokenMembers,
    };
    const own = ownFaults.get(context.req);
    const { jti = '', sub = '', aud } = decodeJwt(String(given['access_token']));
    issued.set(jti, { sub, clientId: String(aud), issuedAt: settings.now(), turnedAway: false, faults: own });
    if (own !== undefined && typeof given['refresh_token'] === 'string') refreshFaults.set(given['refresh_token'], own);
  });
  const handle = provider.callback();
  const { host } = new URL(issuer);

  return {
    issuer,
    async mint(attempt, sub, scopes) {
      const { clientId } = attempt.client;
      const client = await provider.Client.find(clientId);
      const resource = resourceOf(issuer);
      const grant = new provider.Grant({ accountId: sub, clientId });
      grant.addOIDCScope(scopes.join(' '));
      grant.addResourceScope(resource, scopes.join(' '));
      const code = await new provider.AuthorizationCode({
        client, accountId: sub, grantId: await grant.save(), redirectUri: attempt.redirectUri, scope: scopes.join(' '), resource,
        codeChallenge: attempt.codeChallenge, codeChallengeMethod: 'S256', nonce: attempt.nonce, gty: 'authorization_code',
        authTime: Math.floor(Date.now() / 1000),
      }).save();
      codes.set(code, { redirectUri: attempt.redirectUri, faults: attempt.faults });
      return code;
    },
    async answer(exchange, path, faults, form) {
      const request = replay(exchange, path, host, form?.toString());
      faultsOf.set(request, faults);
      const own = codes.get(form?.get('code') ?? '')?.faults ?? refreshFaults.get(form?.get('refresh_token') ?? '');
      if (own !== undefined) ownFaults.set(request, own);
      await handle(request, exchange.res);
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, publicKey, {
          issuer, algorithms: ['RS256'], typ: 'at+jwt', currentDate: new Date(settings.now()),
        });
        const known = issued.get(payload.jti ?? '');
        return known && { ...known, scopes: new Set(typeof payload['scope'] === 'string' ? payload['scope'].split(' ') : []) };
      } catch {
        return undefined;
      }
    },
    codeFacts: (code) => codes.get(code),
    refreshFaults: (token) => refreshFaults.get(token),
    revokeAccess: (token) => { issued.delete(decodeJwt(token).jti ?? ''); },
    revokeApplication(sub, clientId) {
      for (const [jti, token] of issued) if (token.sub === sub && token.clientId === clientId) issued.set(jti, { ...token, turnedAway: true });
      for (const [key, entry] of store) if (entry['accountId'] === sub && entry['clientId'] === clientId) store.delete(key);
    },
    forget() {
      for (const memory of [issued, store, codes, refreshFaults]) memory.clear();
    },
  };
}
