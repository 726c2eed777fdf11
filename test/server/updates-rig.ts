import type { HandlerOptions } from '../../src/server/settings.js';
import { createOpenWearables, ids, row as rowOf } from './open-wearables-rig.js';
import type { Row } from './open-wearables-rig.js';
import { type Answer, inTime, reply } from './rig.js';

export interface Said {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Of a wearable that was connected then; a reconnect keeps `created_at`. */
export const row = (source: string, at: number, changes: Partial<Row> = {}) => rowOf(source, at, { created_at: new Date(at).toISOString().replace('Z', '339Z'), ...changes });

/** As `sync/recent` lists them, newest first; with what must not get out. */
export const event = (provider: string, stage: string, status: string, at: number, more: object = {}) => ({
  event_id: 'canary-event', run_id: 'canary-run', user_id: ids['kari'], provider, source: 'backfill', stage, status, message: 'canary of the provider', progress: status === 'success' ? 1.0 : null,
  items_processed: 0, items_total: null, error: 'canary-error', primary_user_id: 'canary-other-user', metadata: { trace_id: 'canary-trace' }, started_at: null, ended_at: null, timestamp: new Date(at).toISOString().replace('Z', '175Z'), ...more,
});

const types = ['sleeps', 'dailies', 'activities', 'activityDetails', 'hrv'];
export const matrix = (overall: string, cells: readonly string[], more: object = {}) => ({ user_id: ids['kari'], provider: 'garmin', overall_status: overall, current_window: 0, total_windows: 1, windows: { 0: Object.fromEntries(types.map((type, index) => [type, cells[index]])) }, in_progress: overall === 'in_progress', retry_phase: false, ...more });

/** A listener that reads for as long as it is told to. */
export async function listenTo(ask: ReturnType<typeof createOpenWearables>['ask'], lastId?: string) {
  const leaving = new AbortController();
  const response = await ask('GET', '/wearables/updates', undefined, { 'last-event-id': lastId ?? null }, leaving.signal);
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
  const said: Said[] = [];
  const heard = { said, comments: 0, ended: false, text: '' };
  const decoder = new TextDecoder();
  const reading = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const text = decoder.decode(value);
      heard.text += text;
      const { id, event: name, data } = Object.fromEntries(text.split('\n').map((line) => [line.split(': ')[0], line.slice(line.indexOf(': ') + 2)])) as Record<string, string>;
      if (id && name && data) said.push({ id, event: name, data: JSON.parse(data) as Record<string, unknown> });
      else heard.comments += 1;
    }
    heard.ended = true;
  })();
  reading.catch(() => {});
  return Object.assign(heard, { response, leave: () => leaving.abort(), cancel: () => reader.cancel() });
}

export function createUpdates(changed: Record<string, Answer> = {}, options: Partial<HandlerOptions> = {}) {
  const base = `/api/v1/users/${ids['kari']}`;
  const state = { events: [] as object[], counts: [] as object[], garmin: matrix('pending', types.map(() => 'pending')) as object };
  const whole: Partial<HandlerOptions> = { authenticate: () => ({ userId: 'kari', openWearablesUserId: ids['kari'] ?? '' }), ...options };
  const rig = createOpenWearables(whole, {
    [`GET ${base}/sync/recent`]: () => reply(state.events),
    [`GET ${base}/summaries/data`]: () => reply({ user_id: ids['kari'], by_provider: state.counts }),
    [`GET /api/v1/providers/garmin/users/${ids['kari']}/backfill/status`]: () => reply(state.garmin),
    ...changed,
  });

  async function listen(lastId?: string) {
    const heard = await listenTo(rig.ask, lastId);
    await rig.clock.advance(0);
    return heard;
  }

  const polls = (): number => rig.platforms.times(`GET ${base}/connections`);
  return { ...rig, state, listen, polls, base, inTime, row };
}

/** Instances of one handler, on one clock, before one Open Wearables; each with options of its own. */
export function createInstances(each: readonly Partial<HandlerOptions>[]) {
  const first = createUpdates({}, each[0]);
  const { platforms, clock } = first;
  /** How often each of them has looked. */
  const looks = each.map(() => 0);
  const instances = each.map((options, index) => {
    const fetch: HandlerOptions['fetch'] = (url, init) => {
      if (new URL(url).pathname === `${first.base}/connections`) looks[index] = (looks[index] ?? 0) + 1;
      return platforms.fetch(url, init);
    };
    const { ask, thrown } = createUpdates({}, { fetch, clock, ...options });
    return { ask, thrown, listen: async (lastId?: string) => listenTo(ask, lastId) };
  });
  return { ...first, instances, looks };
}

/** `progress strava fetching null`, `complete success`: the gist of what was said. */
export const gist = (said: readonly Said[]): string[] =>
  said.map(({ event: name, data }) => {
    if (name === 'progress') return `progress ${String(data['source'])} ${String(data['stage'])} ${String(data['ratio'])}${data['live'] ? '' : ' not live'}`;
    if (name === 'complete') return `complete ${String(data['outcome'])}`;
    return `connections ${(data['connections'] as { source: string; history: string }[]).map(({ source, history }) => `${source}:${history}`).join()}`;
  });
