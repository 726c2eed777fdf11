import { randomUUID } from 'node:crypto';
import type { Context, Client } from 'oidc-provider';
import type { Settings } from '../options.js';
import type { Accounts } from './accounts.js';
import { paths, scopeWords } from './scopes.js';

/** The API as one "resource": that is what makes oidc-provider's access tokens signed JWTs. */
export const resourceOf = (issuer: string): string => `${issuer}/api/v1`;

/** Where codes and grants are kept. */
export type Store = Map<string, Record<string, unknown>>;

/** Its own per sandbox: the library's built-in one is shared by the whole process. */
function memoryAdapter(store: Store): (model: string) => object {
  return (model) => {
    const key = (id: string): string => `${model}:${id}`;
    return {
      upsert: async (id: string, payload: Record<string, unknown>) => { store.set(key(id), payload); },
      find: async (id: string) => store.get(key(id)),
      findByUid: async () => undefined,
      findByUserCode: async () => undefined,
      consume: async (id: string) => {
        const entry = store.get(key(id));
        if (entry !== undefined) entry['consumed'] = Math.floor(Date.now() / 1000);
      },
      destroy: async (id: string) => { store.delete(key(id)); },
      revokeByGrantId: async (grantId: string) => {
        for (const [name, entry] of store) if (entry['grantId'] === grantId) store.delete(name);
      },
    };
  };
}

interface Ingredients {
  settings: Settings;
  accounts: Accounts;
  issuer: string;
  jwk: object;
  lifetime: (context: Context) => number;
  rotates: (context: Context) => boolean;
  store: Store;
}

const manyYears = 50 * 365 * 24 * 3600;

export function providerConfiguration({ settings, accounts, issuer, jwk, lifetime, rotates, store }: Ingredients): object {
  const scopes = Object.keys(scopeWords);
  const off = { enabled: false };
  return {
    adapter: memoryAdapter(store),
    jwks: { keys: [jwk] },
    // The library sets no cookie here: its own pages are never reached.
    cookies: { keys: [randomUUID()] },
    clients: settings.clients.map((client) => ({
      client_id: client.clientId,
      client_name: client.name ?? client.clientId,
      // The pages match redirect URIs the way SweatStack does, by prefix; the library only ever sees the code's own.
      redirect_uris: ['https://unused.invalid/'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      ...(client.clientSecret === undefined
        ? { token_endpoint_auth_method: 'none' }
        : { token_endpoint_auth_method: 'client_secret_post', client_secret: client.clientSecret }),
    })),
    clientAuthMethods: ['none', 'client_secret_post'],
    scopes,
    claims: { openid: ['sub'], profile: ['name', 'given_name', 'family_name', 'email'] },
    responseTypes: ['code'],
    subjectTypes: ['public'],
    pkce: { required: () => true },
    routes: {
      authorization: paths.authorize, token: paths.token, userinfo: paths.userinfo, jwks: paths.jwks, revocation: paths.revoke,
    },
    features: {
      devInteractions: off, rpInitiatedLogout: off, dPoP: off, pushedAuthorizationRequests: off,
      userinfo: { enabled: true }, revocation: {
        enabled: true,
        allowedPolicy: async (_context: Context, client: Client, token: { clientId: string }) => token.clientId === client.clientId,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: async () => resourceOf(issuer),
        useGrantedResource: async () => true,
        getResourceServerInfo: async (context: Context, _resource: string, client: Client) => ({
          scope: scopes.join(' '), audience: client.clientId, accessTokenFormat: 'jwt', accessTokenTTL: lifetime(context),
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    formats: {
      customizers: {
        jwt: async (_context: Context, _token: unknown, parts: { payload: Record<string, unknown> }) => {
          // The application is in `aud`, as on the real tokens.
          delete parts.payload['client_id'];
        },
      },
    },
    // Public clients have to ask for a refresh token; confidential ones always get it. It stays the same when used, unless a fault says otherwise.
    issueRefreshToken: async (_context: Context, client: Client, code: { scopes: Set<string> }) =>
      client.clientAuthMethod !== 'none' || code.scopes.has('offline_access'),
    rotateRefreshToken: rotates,
    ttl: { AuthorizationCode: 60, AccessToken: lifetime, IdToken: 3600, RefreshToken: manyYears, Grant: manyYears },
    findAccount: async (_context: Context, sub: string) => {
      const account = accounts.bySub(sub);
      return account && {
        accountId: sub,
        claims: async () => ({
          sub, name: account.name, given_name: account.givenName, family_name: account.familyName, email: account.email,
        }),
      };
    },
  };
}
