import { redeem } from '../../src/oauth/proof.js';
import type { Redemption, TokenServer } from '../../src/oauth/proof.js';

export const origin = 'https://a.example';

export const redemption: Redemption = {
  ...{ query: '?code=canary-code&state=wc1.s', state: 'wc1.s', nonce: 'n1', verifier: `canary-verifier-${'v'.repeat(30)}` },
  ...{ redirectUri: 'https://h.example/cb', scope: 'openid profile' },
};

export interface Asked {
  readonly url: string;
  readonly init: RequestInit;
  readonly form: Record<string, string>;
}

/** A token server of one answer. */
export function serve(answer: () => Response | Promise<Response>) {
  const asked: Asked[] = [];
  const server: TokenServer = {
    origin,
    tokenEndpoint: `${origin}/api/v1/oauth/token`,
    clientId: 'c1',
    fetch: async (url, init) => {
      asked.push({ url, init, form: Object.fromEntries(new URLSearchParams(init.body as URLSearchParams)) });
      return answer();
    },
  };
  return { server, asked };
}

export const json = (body: unknown, init: ResponseInit = {}): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { headers: { 'content-type': 'application/json' }, ...init });

export const granted = { access_token: 'canary-token', token_type: 'Bearer', expires_in: 900 };

const encoded = (part: unknown): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(part)))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

/** Straight from the token endpoint, its signature is not looked at (Core 3.1.3.7, 6). */
export function idToken(claims: Record<string, unknown> = {}, header: Record<string, unknown> = { alg: 'RS256' }): string {
  const now = Math.floor(Date.now() / 1000);
  const all = { iss: origin, aud: 'c1', sub: 'u1', nonce: 'n1', iat: now, exp: now + 900, ...claims };
  return `${encoded(header)}.${encoded(all)}.${encoded('signature')}`;
}

export const outcome = (answer: () => Response | Promise<Response>, more: Partial<Redemption> = {}): Promise<unknown> =>
  redeem(serve(answer).server, { ...redemption, ...more }, new AbortController().signal).catch((error: unknown) => error);
