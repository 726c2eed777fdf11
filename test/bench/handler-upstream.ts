/** As much of an Open Wearables as the handler looks at; what everybody has changes when we say so, but for those whose history is done. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Upstream {
  readonly url: string;
  readonly asked: number;
  /** Everybody has one more from now on; gives how many that is. */
  change(): number;
  /** When this user’s handler was first told of so many. */
  toldAt(user: string, items: number): number | undefined;
  close(): void;
}

/** Connected some days ago, and what there is has come. */
const atRest = 'rest-';
export const restingUser = (browser: number): string => `${atRest}${browser}`;
const daysAgoMs = 3 * 86_400_000;

export async function startUpstream(): Promise<Upstream> {
  let asked = 0;
  let items = 1;
  const told = new Map<string, number>();
  const connectedAt = new Date().toISOString();
  const longAgo = new Date(Date.now() - daysAgoMs).toISOString();
  const provider = { provider: 'strava', name: 'Strava', has_cloud_api: true, is_enabled: true, icon_url: null };
  const row = { id: 'row', provider: 'strava', status: 'active', scope: null, created_at: connectedAt, updated_at: connectedAt, max_historical_days: null };
  const restingRow = { ...row, created_at: longAgo, updated_at: longAgo };
  const event = { provider: 'strava', source: 'backfill', stage: 'fetching', status: 'in_progress', progress: null, timestamp: connectedAt };
  const restingEvent = { ...event, stage: 'completed', status: 'success', progress: 1, timestamp: longAgo };

  const answerTo = (path: string): unknown => {
    if (path.endsWith('/oauth/providers')) return [provider];
    const [, user = ''] = /\/users\/([^/]+)\//.exec(path) ?? [];
    const isAtRest = user.startsWith(atRest);
    if (path.endsWith('/connections')) return [isAtRest ? restingRow : row];
    if (path.endsWith('/sync/recent')) return [isAtRest ? restingEvent : event];
    if (!told.has(`${user} ${items}`)) told.set(`${user} ${items}`, performance.now());
    return { by_provider: [{ provider: 'strava', data_points: 0, workout_count: isAtRest ? 1 : items, sleep_count: 0 }] };
  };

  const server = createServer(({ url = '' }, response) => {
    asked += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answerTo(url.split('?')[0] ?? '')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4096, resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get asked() {
      return asked;
    },
    change: () => (items += 1),
    toldAt: (user, count) => told.get(`${user} ${count}`),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
