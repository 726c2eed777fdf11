/** A page on which nothing is wrong, for tests that make one thing wrong. */
import type { Around } from '../../../src/oauth/doctor/around.js';

export interface Served {
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where a redirect has led. */
  readonly url?: string;
}

export interface Healthy extends Around {
  /** What was asked of the server, as `HEAD https://…`. */
  readonly asked: readonly string[];
}

export const origin = 'https://shop.example';
export const now = Date.parse('2026-11-21T12:00:00Z');
export const script = { 'content-type': 'text/javascript' };

/** The package's own landing page, and its script. */
const landing: Readonly<Record<string, Served>> = {
  '/wearable-callback.html': { body: '<!doctype html><p>…</p><script src="callback.js"></script>' },
  '/callback.js': { headers: script },
  '/': { headers: { date: new Date(now).toUTCString() } },
};

export const pageOf = (body: string): Document => new DOMParser().parseFromString(body, 'text/html');

/** Status 0 is a request that fails. */
export function healthy(changes: Partial<Around> = {}, served: Readonly<Record<string, Served>> = {}): Healthy {
  const asked: string[] = [];
  const pages = { ...landing, ...served };
  return {
    asked,
    page: new URL(`${origin}/?shelf=2#top`),
    origin,
    isSecure: true,
    frame: 'none',
    ancestors: [],
    sandbox: null,
    isInApp: false,
    isStandalone: false,
    canBroadcast: true,
    document: pageOf('<wearable-connect></wearable-connect>'),
    loaded: [`${origin}/wearable-connect.js`, `${origin}/wearable-connect.js`, `${origin}/wearable-connect.inspector.js`],
    canStore: () => true,
    versionOf: () => version,
    now: () => now,
    async fetch(url, { method = 'GET' }) {
      asked.push(`${method} ${url.href}`);
      const { status = 200, body = '', headers = {}, url: at = url.href } = pages[url.pathname] ?? { status: 404 };
      if (status === 0) throw new TypeError('Failed to fetch');
      return Object.defineProperty(new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers } }), 'url', { value: at });
    },
    ...changes,
  };
}

declare const __VERSION__: string;
export const version = __VERSION__;
