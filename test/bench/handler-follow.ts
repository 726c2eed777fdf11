/** A crowd before an instance: what each of it weighs, what work it is, what comes of it behind, and how late its news is. */
import { connect } from '../server/redis-clients.js';
import { startRedis } from '../server/redis-server.js';
import { type Crowd, type Instance, type Kind, listeners, pause, pollers, startInstance } from './handler-crowd.js';
import type { Upstream } from './handler-upstream.js';

/** While a history comes in the handler looks every three seconds, else every fifteen. */
export const lookMs = 3_000;
export const restMs = 15_000;
/** Ten rounds of an import: one look more or less is little. */
const windowMs = 30_000;
/** Of those who come evenly, as polls do, each has looked equally often in a whole number of rounds. */
const evenWindowMs = 15_000;

export async function withInstance<T>(kind: Kind, environment: Record<string, string>, run: (instance: Instance) => Promise<T>): Promise<T> {
  const instance = await startInstance(kind, environment);
  try {
    return await run(instance);
  } finally {
    instance.close();
  }
}

export interface Redis {
  readonly url: string;
  now(): Promise<{ readonly commands: number; readonly workedMs: number; readonly bytes: number }>;
}

export async function withRedis<T>(run: (redis: Redis) => Promise<T>): Promise<T> {
  const server = await startRedis();
  const client = await connect('ioredis', server.url);
  const numberIn = (text: string, name: string): number => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(text)?.[1]);
  async function now(): ReturnType<Redis['now']> {
    const text = String(await client.send('INFO', 'everything'));
    return { commands: numberIn(text, 'total_commands_processed'), workedMs: (numberIn(text, 'used_cpu_user') + numberIn(text, 'used_cpu_sys')) * 1000, bytes: numberIn(text, 'used_memory') };
  }
  try {
    return await run({ url: server.url, now });
  } finally {
    client.close();
    await server.close();
  }
}

export const kb = (bytes: number, count: number): number => bytes / count / 1024;

export async function askedPerSecond(upstream: Upstream, ms = windowMs): Promise<number> {
  const [before, began] = [upstream.asked, performance.now()];
  await pause(ms);
  return (upstream.asked - before) / ((performance.now() - began) / 1000);
}

export interface Following {
  readonly kind: 'handler' | 'relay';
  readonly count: number;
  readonly userOf: (browser: number) => string;
  readonly upstream: Upstream;
  /** Over how long they come: over a whole round, so that their looks are as even as those of people. Without it, all at once. */
  readonly spreadMs?: number;
  /** Nothing changes for them. */
  readonly isAtRest?: boolean;
  readonly redis?: Redis;
}

export interface Followed {
  readonly heapKb: number;
  readonly processKb: number;
  /** Of a core, in %. */
  readonly work: number;
  /** Of Open Wearables, a second. */
  readonly asked: number;
  /** To each of the crowd, a second; the latter is not counted of polls. */
  readonly bytes: number;
  readonly pieces: number;
  readonly redisCommands: number;
  readonly redisWork: number;
  readonly redisKb: number;
  /** From the first answer of Open Wearables that has the news until ninety-nine in a hundred have it; of those at rest there is none. */
  readonly p99: number;
}

/** While a history comes in there is news at each look: more than that cannot be. */
export const followed = ({ kind, count, userOf, upstream, spreadMs, isAtRest = false, redis }: Following): Promise<Followed> =>
  withInstance(kind, { UPSTREAM: upstream.url, ...(redis && { REDIS: redis.url }) }, async ({ url, weigh, worked }) => {
    const heardAt = new Map<number, number>();
    let awaited = Infinity;
    const hear = (browser: number, text: string): void => {
      const [, digits] = /"(?:items|workout_count)":(\d+)/.exec(text) ?? [];
      if (Number(digits) === awaited && !heardAt.has(browser)) heardAt.set(browser, performance.now());
    };
    const crowdOf = (size: number, of: typeof userOf): Promise<Crowd> | (Pick<Crowd, 'leave'> & { readonly pieces?: undefined }) =>
      kind === 'handler' ? listeners(size, () => url, of, hear, spreadMs && (count / spreadMs) * 1000) : pollers(size, url, of, lookMs, hear);
    // What is made once is there before anything is weighed.
    const early = await crowdOf(20, (browser) => `early-${browser}`);
    await pause(1_000);
    early.leave();
    await pause(500);
    const [light, empty] = [await weigh(), await redis?.now()];
    const crowd = await crowdOf(count, userOf);
    const changes = isAtRest ? undefined : setInterval(() => void upstream.change(), lookMs);
    // Half a round after the last look, so that none of those who come at once falls on an end of the window; and one before that.
    await pause(lookMs * 1.5);
    const [before, piecesBefore, redisBefore, began] = [await worked(), crowd.pieces, await redis?.now(), performance.now()];
    const asked = await askedPerSecond(upstream, spreadMs || kind === 'relay' ? evenWindowMs : windowMs);
    const [after, piecesAfter, redisAfter, tookMs] = [await worked(), crowd.pieces, await redis?.now(), performance.now() - began];
    clearInterval(changes);
    if (!isAtRest) awaited = upstream.change();
    for (let waited = 0; !isAtRest && heardAt.size < count && waited < 4 * lookMs; waited += 100) await pause(100);
    const full = await weigh();
    crowd.leave();
    if (!isAtRest && heardAt.size < count) throw new Error(`${count - heardAt.size} of ${count} did not hear the news in ${(4 * lookMs) / 1000} seconds.`);
    const delays = [...heardAt].map(([browser, at]) => at - (upstream.toldAt(userOf(browser), awaited) ?? NaN)).sort((one, other) => one - other);
    const perSecond = (from = NaN, to = NaN): number => ((to - from) / tookMs) * 1000;
    return {
      heapKb: kb(full.used - light.used, count),
      processKb: kb(full.ranWith - light.rss, count),
      work: perSecond(before.cpuMs, after.cpuMs) / 10,
      asked,
      bytes: perSecond(before.bytes, after.bytes) / count,
      pieces: perSecond(piecesBefore, piecesAfter) / count,
      redisCommands: perSecond(redisBefore?.commands, redisAfter?.commands) / count,
      redisWork: perSecond(redisBefore?.workedMs, redisAfter?.workedMs) / 10,
      redisKb: kb((redisAfter?.bytes ?? NaN) - (empty?.bytes ?? NaN), count),
      p99: delays[Math.ceil(count * 0.99) - 1] ?? NaN,
    };
  });
