/** The handler with a thousand browsers listening, beside the plain way: each browser polls, and each poll is passed on. */
import { type ChildProcess, fork } from 'node:child_process';
import { Agent, createServer, request, type IncomingMessage } from 'node:http';

export interface Load {
  readonly name: string;
  readonly memoryKb: number;
  readonly upstreamPerSecond: number;
  readonly delayMedianMs: number;
  readonly delayP99Ms: number;
}

const browsers = 1000;
/** Of both, while a history comes in. */
const pollMs = 3_000;
/** Longer than that, so that none replaces the one before unseen. */
const changeMs = 4_000;
const measuredChanges = 3;

const provider = { provider: 'strava', name: 'Strava', has_cloud_api: true, is_enabled: true, icon_url: null };

/** As much of an Open Wearables as is looked at; what everybody has changes when we say so. */
async function startUpstream() {
  let asked = 0;
  let items = 1;
  const changedAt = new Map<number, number>();
  const connectedAt = new Date().toISOString();
  const answerTo = (path: string): unknown => {
    if (path.endsWith('/oauth/providers')) return [provider];
    if (path.endsWith('/connections')) return [{ id: 'row', provider: 'strava', status: 'active', scope: null, created_at: connectedAt, updated_at: connectedAt, max_historical_days: null }];
    if (path.endsWith('/sync/recent')) return [{ provider: 'strava', source: 'backfill', stage: 'fetching', status: 'in_progress', progress: null, timestamp: connectedAt }];
    return { by_provider: [{ provider: 'strava', data_points: 0, workout_count: items, sleep_count: 0 }] };
  };
  const server = createServer(({ url = '' }, response) => {
    asked += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answerTo(url.split('?')[0] ?? '')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4096, resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    changedAt,
    asked: () => asked,
    change: () => void changedAt.set(++items, performance.now()),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
type Upstream = Awaited<ReturnType<typeof startUpstream>>;

const message = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    child.once('message', (value) => resolve(value as T));
    child.once('exit', () => reject(new Error('The instance that is measured has ended.')));
  });

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Crowd {
  /** All of them have had a first answer. */
  readonly ready: Promise<unknown>;
  leave(): void;
}

type Hear = (browser: number, text: string) => void;

function get(agent: Agent, url: string, user: string, read: (response: IncomingMessage) => void): { destroy(): void } {
  const sent = request(url, { agent, headers: { 'x-user': user, 'x-wearable-connect': '1', accept: 'text/event-stream' } }, read);
  sent.on('error', () => {});
  sent.end();
  return sent;
}

/** They come over a second or two, as people do. */
function listeners(url: string, userOf: (browser: number) => string, hear: Hear): Crowd {
  const agent = new Agent({ maxSockets: Infinity });
  const all = Array.from({ length: browsers }, (_, browser) =>
    pause(browser * 2).then(() => new Promise<{ destroy(): void }>((resolve) => {
      const sent = get(agent, url, userOf(browser), (response) => {
        response.setEncoding('utf8').on('error', () => {}).on('data', (text: string) => {
          hear(browser, text);
          if (text.includes('event:')) resolve(sent);
        });
      });
    })),
  );
  return { ready: Promise.all(all), leave: () => agent.destroy() };
}

function pollers(url: string, userOf: (browser: number) => string, hear: Hear): Crowd {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  let over = false;
  const all = Array.from({ length: browsers }, async (_, browser) => {
    await pause((browser / browsers) * pollMs);
    let first = (): void => {};
    const answered = new Promise<void>((resolve) => (first = resolve));
    const poll = (): void => {
      if (over) return;
      get(agent, url, userOf(browser), (response) => {
        let text = '';
        response.setEncoding('utf8').on('error', () => {}).on('data', (part: string) => (text += part)).on('end', () => {
          hear(browser, text);
          first();
          setTimeout(poll, pollMs);
        });
      });
    };
    poll();
    return answered;
  });
  return {
    ready: Promise.all(all),
    leave() {
      over = true;
      agent.destroy();
    },
  };
}

async function measure(name: string, kind: 'handler' | 'plain', userOf: (browser: number) => string, upstream: Upstream): Promise<Load> {
  const child = fork('test/run/bench-instance.ts', { execArgv: ['--import', 'tsx', '--expose-gc'], env: { ...process.env, UPSTREAM: upstream.url, KIND: kind } });
  const { port } = await message<{ port: number }>(child);
  const used = async (): Promise<number> => {
    const answer = message<{ used: number }>(child);
    child.send('memory');
    return (await answer).used;
  };
  const delays: number[] = [];
  const heard = new Int32Array(browsers);
  const hear: Hear = (browser, text) => {
    const [, digits] = /"(?:items|workout_count)":(\d+)/.exec(text) ?? [];
    const changed = upstream.changedAt.get(Number(digits));
    if (changed === undefined || Number(digits) <= (heard[browser] ?? 0)) return;
    heard[browser] = Number(digits);
    delays.push(performance.now() - changed);
  };
  const before = await used();
  const url = `http://127.0.0.1:${port}`;
  const crowd = kind === 'handler' ? listeners(`${url}/wearables/updates`, userOf, hear) : pollers(url, userOf, hear);
  await crowd.ready;
  const [askedBefore, began] = [upstream.asked(), performance.now()];
  // The first warms up what has never run.
  for (let count = 0; count <= measuredChanges; count += 1) {
    if (count === 1) delays.length = 0;
    upstream.change();
    await pause(changeMs);
  }
  const upstreamPerSecond = (upstream.asked() - askedBefore) / ((performance.now() - began) / 1000);
  const memoryKb = ((await used()) - before) / browsers / 1024;
  crowd.leave();
  child.kill();
  delays.sort((one, other) => one - other);
  const at = (share: number): number => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? NaN;
  if (delays.length < browsers * measuredChanges * 0.9) console.log(`  (${name}: ${delays.length} of ${browsers * measuredChanges} changes were heard in time)`);
  return { name, memoryKb, upstreamPerSecond, delayMedianMs: at(0.5), delayP99Ms: at(0.99) };
}

/** Of each crowd the plain way first: it is what the other one is compared with. */
export async function benchHandler(): Promise<Readonly<Record<string, readonly Load[]>>> {
  const upstream = await startUpstream();
  const crowds: Record<string, (browser: number) => string> = { [`${browsers} browsers of ${browsers} users`]: (browser) => `user-${browser}`, [`${browsers} browsers of one user`]: () => 'user' };
  const results: Record<string, readonly Load[]> = {};
  try {
    for (const [title, userOf] of Object.entries(crowds)) {
      results[title] = [await measure('one poll a browser, passed on', 'plain', userOf, upstream), await measure('the handler, one stream a browser', 'handler', userOf, upstream)];
      print(title, results[title]);
    }
  } finally {
    upstream.close();
  }
  return results;
}

function print(title: string, loads: readonly Load[]): void {
  const [base] = loads;
  console.log(`\n${title.padEnd(46)}${'KB each'.padStart(16)}${'upstream/s'.padStart(18)}${'delay ms'.padStart(16)}${'delay p99 ms'.padStart(18)}`);
  for (const load of loads) {
    const beside = (value: (one: Load) => number, digits = 0): string => {
      const ratio = base && value(base) > 0 ? ` × ${(value(load) / value(base)).toFixed(value(load) < value(base) / 10 ? 3 : 2)}` : '';
      return value(load).toFixed(digits) + ratio;
    };
    const columns = [beside((one) => one.memoryKb, 1).padStart(16), beside((one) => one.upstreamPerSecond, 1).padStart(18), beside((one) => one.delayMedianMs).padStart(16), beside((one) => one.delayP99Ms).padStart(18)];
    console.log(`  ${load.name.padEnd(44)}${columns.join('')}`);
  }
}
