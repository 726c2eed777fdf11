/** What a real Open Wearables answers (snapshot 44a268be), as literals, over a little state. */
import type { HandlerOptions } from '../../src/server/settings.js';
import { type Answer, type Asked, createRig, membersOf, reply } from './rig.js';

export const key = 'sk-canary-key';
export const ids: Record<string, string> = { kari: '47fdf7a7-fccc-462c-93c0-a07498b72c04', ola: '2ae36b40-a14a-439e-a0ac-d6978d14edfb' };

const provider = (id: string, name: string, cloud = true) => ({ provider: id, name, has_cloud_api: cloud, is_enabled: true, icon_url: `/static/provider-icons/${id}.svg`, live_sync_mode: cloud ? 'pull' : null, live_sync_configurable: false, data_granularity: null });
export const providers = [provider('apple', 'Apple Health', false), provider('garmin', 'Garmin'), provider('strava', 'Strava'), provider('whoop', 'Whoop')];

export const authorization = (id: string, parameters = 'response_type=code&client_id=sc&state=HUuYvxjt') => ({ authorization_url: `https://provider.example/${id}/authorize?${parameters}`, state: 'HUuYvxjt' });

export interface Row {
  readonly provider: string;
  readonly status: string;
  readonly scope: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly max_historical_days: number | null;
}

/** With everything that a browser must not see. */
export const row = (source: string, at: number, changes: Partial<Row> = {}) => ({
  user_id: ids['kari'], provider: source, provider_user_id: 'canary-provider-user', provider_username: 'canary-name', scope: source === 'garmin' ? 'ACTIVITY_EXPORT HEALTH_EXPORT HISTORICAL_DATA_EXPORT' : 'canary-scope',
  id: `row-of-${source}`, status: 'active', last_synced_at: '2026-11-21T04:05:09.986800Z', created_at: '2026-11-01T04:05:05.894339Z', updated_at: new Date(at).toISOString().replace('Z', '339Z'),
  icon_url: `/static/provider-icons/${source}.svg`, max_historical_days: source === 'garmin' ? 30 : null, rest_pull: true, webhook_stream: false, webhook_ping: true, webhook_callback: false, live_sync_mode: 'pull', linked_user_ids: ['canary-other-user'],
  ...changes,
});

export function createOpenWearables(options: Partial<HandlerOptions> = {}, changed: Record<string, Answer> = {}) {
  const users = new Map<string, string>();
  const rows: Record<string, ReturnType<typeof row>[]> = {};
  const found = (external: string) => ({ id: users.get(external), created_at: '2026-11-21T04:05:03.631185Z', first_name: null, last_name: null, email: null, external_user_id: external, last_synced_at: null, last_synced_provider: null, has_active_connection: false });
  const answers: Record<string, Answer> = {
    'GET /api/v1/users': ({ url }) => {
      const external = url.searchParams.get('external_user_id') ?? '';
      const items = users.has(external) ? [found(external)] : [];
      return reply({ items, total: items.length, page: 1, limit: 1, pages: items.length, has_next: false, has_prev: false });
    },
    'POST /api/v1/users': ({ body }) => {
      const { external_user_id: external } = JSON.parse(body) as { external_user_id: string };
      if (!users.has(external)) users.set(external, ids[external] ?? '00000000-0000-4000-8000-000000000001');
      return reply(found(external), 201);
    },
    'GET /api/v1/oauth/providers': () => reply(providers),
    ...Object.fromEntries(['garmin', 'strava', 'whoop'].map((id) => [`GET /api/v1/oauth/${id}/authorize`, () => reply(authorization(id))])),
    ...Object.fromEntries(Object.entries(ids).map(([name, id]) => [`GET /api/v1/users/${id}/connections`, () => reply(rows[name] ?? [])])),
    [`POST /api/v1/providers/strava/users/${ids['kari']}/sync/historical`]: () => reply({ success: true, provider: 'strava', user_id: ids['kari'], method: 'pull_api', task_id: 'canary-task', message: 'Historical sync queued for 90 days of strava data.', days: 90 }),
    [`POST /api/v1/providers/garmin/users/${ids['kari']}/sync/historical`]: () => reply({ success: true, provider: 'garmin', user_id: ids['kari'], method: 'webhook_backfill', task_id: 'canary-task', message: 'Garmin 30-day backfill started.' }),
    ...changed,
  };
  /** Every request but those for which it is not meant has the key, and no path is guessed. */
  const keyless = (one: Asked): boolean => one.headers.get('x-open-wearables-api-key') !== key;
  const rig = createRig({ openWearables: { url: 'https://ow.example', apiKey: key }, secret: 'a secret of the tests', ...options }, answers);
  return {
    ...rig, rows, users, answers, keyless,
    nonceFor: async (source: string, user = 'kari'): Promise<string> => {
      await rig.ask('POST', '/wearables/authorizations', { source }, { 'x-user': user });
      const asked = rig.platforms.asked.findLast(({ url }) => url.pathname.endsWith('/authorize'));
      return new URL(asked?.url.searchParams.get('redirect_uri') ?? '').searchParams.get('nonce') ?? '';
    },
    connect: (source: string, nonce: string, user = 'kari', more: object = {}) => rig.ask('POST', '/wearables/connections', { source, nonce, ...more }, { 'x-user': user }),
    read: async (path: string) => membersOf(await rig.ask('GET', `/wearables${path}`)),
  };
}
