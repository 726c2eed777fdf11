import { createFakeStream } from '../../sync/fake-stream.js';
import type { FakeStream } from '../../sync/fake-stream.js';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly url: URL;
  readonly init: RequestInit;
  readonly bearer: string | null;
}

type Answer = (asked: Asked) => Response | Promise<Response>;

export const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
export const silence = (): Promise<Response> => new Promise(() => {});

export const activity = { id: 'act1', sport: 'running', start: '2026-11-01T08:00:00Z', start_local: '2026-11-01T09:00:00', duration: 'PT1H', distance: 10_000, devices: ['Forerunner'] };
export const statusOf = (history: string, issue: unknown = null) => ({ capabilities: { activities: 'ready', activity_history: history }, issue });

/** SweatStack, as far as this package asks it, in place of `fetch`. */
export function stubServer(base = 'https://app.sweatstack.no') {
  const { fetch } = globalThis;
  const asked: Asked[] = [];
  const streams: FakeStream[] = [];
  const open = new Set<Asked>();
  const answers: Record<string, Answer> = {
    'POST /api/v1/oauth/token': () => json({ access_token: 'canary-token', token_type: 'Bearer', expires_in: 900, refresh_token: null, scope: null, id_token: null }),
    'GET /api/v1/oauth/userinfo': () => json({ sub: 'u1', name: 'Alice', registered_at: '2025-01-01T00:00:00' }),
    'GET /api/v1/profile/status': () => json(statusOf('syncing')),
    'GET /api/v1/activities/latest': () => json(activity),
    'GET /api/v1/activities/backfill-status': () => {
      const stream = createFakeStream();
      streams.push(stream);
      return new Response(stream.body, { headers: { 'content-type': 'application/x-ndjson' } });
    },
    'POST /api/v1/portal/sessions': () => json({ url: `${base}/portal/once` }),
    'GET /.well-known/openid-configuration': () => json({ detail: 'Not Found' }, 404),
  };

  globalThis.fetch = async (input, init = {}) => {
    const url = new URL(input as string);
    const method = init.method ?? 'GET';
    const one: Asked = { method, path: url.pathname, url, init, bearer: new Headers(init.headers).get('authorization')?.replace('Bearer ', '') ?? null };
    const answer = answers[`${method} ${url.pathname}`];
    asked.push(one);
    open.add(one);
    const gone = new Promise<never>((_, reject) => {
      if (init.signal?.aborted) reject(init.signal.reason as Error);
      init.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error), { once: true });
    });
    gone.catch(() => {});
    try {
      if (url.origin !== new URL(base).origin || !answer) throw new TypeError(`Failed to fetch ${url.href}`);
      return await Promise.race([answer(one), gone]);
    } finally {
      open.delete(one);
    }
  };

  return {
    asked,
    streams,
    answers,
    paths: (): string[] => asked.map(({ method, path }) => `${method} ${path}`),
    times: (path: string): number => asked.filter((one) => one.path === path).length,
    /** Requests without an answer, and streams that somebody still reads. */
    get left() {
      return open.size;
    },
    restore: () => void (globalThis.fetch = fetch),
  };
}
