import { createOpenWearables, ids, row } from './open-wearables-rig.js';
import { type Answer, inTime, reply } from './rig.js';

export interface Said {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** As `sync/recent` lists them, newest first; with what must not get out. */
export const event = (provider: string, stage: string, status: string, at: number, more: object = {}) => ({
  event_id: 'canary-event', run_id: 'canary-run', user_id: ids['kari'], provider, source: 'backfill', stage, status, message: 'canary of the provider', progress: status === 'success' ? 1.0 : null,
  items_processed: 0, items_total: null, error: 'canary-error', primary_user_id: 'canary-other-user', metadata: { trace_id: 'canary-trace' }, started_at: null, ended_at: null, timestamp: new Date(at).toISOString().replace('Z', '175Z'), ...more,
});

const types = ['sleeps', 'dailies', 'activities', 'activityDetails', 'hrv'];
export const matrix = (overall: string, cells: readonly string[], more: object = {}) => ({ user_id: ids['kari'], provider: 'garmin', overall_status: overall, current_window: 0, total_windows: 1, windows: { 0: Object.fromEntries(types.map((type, index) => [type, cells[index]])) }, in_progress: overall === 'in_progress', retry_phase: false, ...more });

export function createUpdates(changed: Record<string, Answer> = {}) {
  const base = `/api/v1/users/${ids['kari']}`;
  const state = { events: [] as object[], counts: [] as object[], garmin: matrix('pending', types.map(() => 'pending')) as object };
  const rig = createOpenWearables({ authenticate: () => ({ userId: 'kari', openWearablesUserId: ids['kari'] ?? '' }) }, {
    [`GET ${base}/sync/recent`]: () => reply(state.events),
    [`GET ${base}/summaries/data`]: () => reply({ user_id: ids['kari'], by_provider: state.counts }),
    [`GET /api/v1/providers/garmin/users/${ids['kari']}/backfill/status`]: () => reply(state.garmin),
    ...changed,
  });

  /** A listener that reads for as long as it is told to. */
  async function listen(lastId?: string) {
    const leaving = new AbortController();
    const response = await rig.ask('GET', '/wearables/updates', undefined, { 'last-event-id': lastId ?? null }, leaving.signal);
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
    await rig.clock.advance(0);
    return Object.assign(heard, { response, leave: () => leaving.abort(), cancel: () => reader.cancel() });
  }

  const polls = (): number => rig.platforms.times(`GET ${base}/connections`);
  return { ...rig, state, listen, polls, base, inTime, row };
}

/** `progress strava fetching null`, `complete success`: the gist of what was said. */
export const gist = (said: readonly Said[]): string[] =>
  said.map(({ event: name, data }) => {
    if (name === 'progress') return `progress ${String(data['source'])} ${String(data['stage'])} ${String(data['ratio'])}${data['live'] ? '' : ' not live'}`;
    if (name === 'complete') return `complete ${String(data['outcome'])}`;
    return `connections ${(data['connections'] as { source: string; history: string }[]).map(({ source, history }) => `${source}:${history}`).join()}`;
  });
