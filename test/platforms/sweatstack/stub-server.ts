import { createFakeStream } from '../../sync/fake-stream.js';
import type { FakeStream } from '../../sync/fake-stream.js';
import { json, stubFetch } from '../stub-fetch.js';
import type { Answers } from '../stub-fetch.js';

export { json, silence } from '../stub-fetch.js';

export const activity = { id: 'act1', sport: 'running', start: '2026-11-01T08:00:00Z', start_local: '2026-11-01T09:00:00', duration: 'PT1H', distance: 10_000, devices: ['Forerunner'] };
export const statusOf = (history: string, issue: unknown = null) => ({ capabilities: { activities: 'ready', activity_history: history }, issue });

/** SweatStack, as far as this package asks it, in place of `fetch`. */
export function stubServer(base = 'https://app.sweatstack.no') {
  const streams: FakeStream[] = [];
  const answers: Answers = {
    'POST /api/v1/oauth/token': () => json({ access_token: 'canary-token', token_type: 'Bearer', expires_in: 900, refresh_token: null, scope: null, id_token: null }),
    'GET /api/v1/oauth/userinfo': () => json({ sub: 'u1', name: 'Alice', registered_at: '2025-01-01T00:00:00' }),
    'GET /api/v1/profile/status': () => json(statusOf('syncing')),
    'GET /api/v1/activities/latest': () => json(activity),
    'GET /api/v1/activities/backfill-status': ({ init }) => {
      const stream = createFakeStream();
      streams.push(stream);
      // As a browser does: what nobody reads yet goes with its request; whoever reads it lets go of it by themselves.
      init.signal?.addEventListener('abort', () => void stream.body.cancel().catch(() => {}), { once: true });
      return new Response(stream.body, { headers: { 'content-type': 'application/x-ndjson' } });
    },
    'POST /api/v1/portal/sessions': () => json({ url: `${base}/portal/once` }),
    'GET /.well-known/openid-configuration': () => json({ detail: 'Not Found' }, 404),
  };

  return Object.assign(stubFetch(new URL(base).origin, answers), { answers, streams });
}
