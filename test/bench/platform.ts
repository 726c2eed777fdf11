/** As much of a sign-in server as ours and the peers ask for, each by its own addresses. Nobody is asked anything. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pauseFor } from '../../src/sandbox/pause.js';
import { now, type Serving, serving, textOf } from './serving.js';

export interface Moment {
  readonly path: string;
  readonly method: string;
  /** When it arrived, when its answer began, and when that had left. */
  readonly at: number;
  from: number;
  until: number;
}

export interface StubPlatform extends Serving {
  readonly moments: readonly Moment[];
  /** What each sign-in begins with. */
  forget(): void;
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What else a test wants answered; true where it has taken the request. */
type Besides = (path: string, response: ServerResponse) => boolean;

/** Signed by nobody: none of those who read it here verify more than what it says (RFC 8252 needs no more over a direct connection). */
const idToken = (issuer: string, audience: string, nonce: string): string => {
  const seconds = Math.floor(Date.now() / 1000);
  return [encoded({ alg: 'RS256', typ: 'JWT' }), encoded({ iss: issuer, aud: audience, sub: 'visitor', nonce, iat: seconds, exp: seconds + 3600 }), Buffer.from('signature').toString('base64url')].join('.');
};

const authorizePaths = new Set(['/oauth/authorize', '/authorize']);
const tokenPaths = new Set(['/oauth/token', '/api/v1/oauth/token']);

/** `signingInMs`: how long somebody needs there before the answer comes; `exchangingMs`: how long a code takes to become tokens. */
export async function stubPlatform(clientId: string, besides: Besides = () => false, { signingInMs = 0, exchangingMs = 0 } = {}): Promise<StubPlatform> {
  const closing = new AbortController();
  const moments: Moment[] = [];
  const nonces = new Map<string, string>();
  let codes = 0;

  const authorize = async (url: URL, response: ServerResponse, moment: Moment): Promise<void> => {
    await pauseFor(signingInMs, closing.signal);
    moment.from = now();
    const { searchParams: asked } = url;
    const code = `code-${++codes}`;
    nonces.set(code, asked.get('nonce') ?? '');
    const state = asked.get('state') ?? '';
    const landing = new URL(asked.get('redirect_uri') ?? '/', url);
    if (asked.get('response_mode') !== 'web_message') {
      landing.searchParams.set('code', code);
      landing.searchParams.set('state', state);
      return void response.writeHead(302, { location: landing.href }).end();
    }
    const message = JSON.stringify({ type: 'authorization_response', response: { code, state } });
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>Signed in</title><script>opener.postMessage(${message}, ${JSON.stringify(landing.origin)})</script>`);
  };

  const tokens = async (url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await textOf(request);
    await pauseFor(exchangingMs, closing.signal);
    const asked = new URLSearchParams(body.startsWith('{') ? (JSON.parse(body) as Record<string, string>) : body);
    const token = { access_token: 'access', token_type: 'Bearer', expires_in: 900, scope: 'openid profile data:read', id_token: idToken(`${url.origin}/`, clientId, nonces.get(asked.get('code') ?? '') ?? '') };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(token));
  };

  const site = await serving('platform', (request, response, url) => {
    const moment = { path: url.pathname, method: request.method ?? 'GET', at: now(), from: Infinity, until: Infinity };
    moments.push(moment);
    response.once('finish', () => (moment.until = now()));
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*').setHeader('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '*').setHeader('cache-control', 'no-store');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    if (authorizePaths.has(url.pathname)) return void authorize(url, response, moment);
    if (tokenPaths.has(url.pathname)) return void tokens(url, request, response);
    if (url.pathname.endsWith('/auth/handler')) return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>');
    // The domains from which firebase may be used.
    if (url.pathname.endsWith('/projects')) return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"authorizedDomains":["host.localhost"]}');
    if (besides(url.pathname, response)) return;
    response.writeHead(404).end();
  });
  const { close } = site;
  return Object.assign(site, {
    moments,
    forget: () => void (moments.length = 0),
    close(): Promise<void> {
      closing.abort();
      return close();
    },
  });
}
