/** One poller per user across all instances: `createHandler({ hub: redisHub(client), … })`. */
import { ConnectError } from '../core/errors.js';
import { mostRemembered } from './board.js';
import type { Answer, Hub } from './hub.js';
import { keyNames, leaveScript, meetScript, nudgeScript, tellScript } from './redis-scripts.js';

export type { Hub } from './hub.js';

/** As much of a client, or a cluster, of the package `redis` as is needed. */
export interface NodeRedisClient {
  evalSha(sha: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** As much of one of the package `ioredis`. */
export interface IoRedisClient {
  evalsha(sha: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
}

export interface RedisHubOptions {
  /** Before the name of every key. Default `wearable-connect:`. */
  readonly prefix?: string;
}

/** Who leads and falls silent is followed by another after this long. */
const leaseMs = 5_000;
/** Of a user whom nobody listens to. */
const keptMs = 90_000;
/** A look takes its time; meanwhile the last one's picture is shown. */
const slackMs = 5_000;

/** The client is yours: connected, and closed, by you. Nothing of it is changed, no command of ours blocks it, nothing is subscribed to. */
export function redisHub(client: NodeRedisClient | IoRedisClient, { prefix = 'wearable-connect:' }: RedisHubOptions = {}): Hub {
  const evaluate = evaluatorOf(client);
  const keysOf = (key: string): string[] => keyNames.map((name) => `${prefix}{${key}}:${name}`);
  const [meet, tell, nudge, leave] = [meetScript, tellScript, nudgeScript, leaveScript].map(scriptOf) as [Script, Script, Script, Script];

  function scriptOf(text: string): Script {
    let sha: Promise<string> | null = null;
    return async (key, parameters) => {
      const keys = keysOf(key);
      sha ??= shaOf(text);
      try {
        return await evaluate.bySha(await sha, keys, parameters);
      } catch (error) {
        // A server that was started since, or another one of the cluster, has not seen it yet.
        if (!String(error).includes('NOSCRIPT')) throw error;
        return evaluate.byText(text, keys, parameters);
      }
    };
  }

  return {
    async meet(key, { lease, take, epoch, number, turn, newEpoch }) {
      return answerFrom(await meet(key, [lease, take ? '1' : '0', String(leaseMs), String(keptMs), epoch, String(number), turn ? '1' : '0', newEpoch]));
    },
    async tell(key, { lease, epoch, number, nudges, look: { said: all, notes, nextMs } }) {
      const posts = all.flatMap(({ about, said }) => [about, said?.event ?? '', said?.data ?? '']);
      const verdict = String(await tell(key, [lease, epoch, String(number), String(nudges), String(keptMs), String(Math.ceil(nextMs) + slackMs), String(mostRemembered), JSON.stringify(notes), ...posts]));
      return verdict === 'told' || verdict === 'stale' ? verdict : 'lost';
    },
    async nudge(key, abouts) {
      await nudge(key, [String(mostRemembered), ...abouts]);
    },
    async leave(key, lease) {
      await leave(key, [lease]);
    },
  };
}

type Script = (key: string, parameters: string[]) => Promise<unknown>;

interface Evaluator {
  bySha(sha: string, keys: string[], parameters: string[]): Promise<unknown>;
  byText(script: string, keys: string[], parameters: string[]): Promise<unknown>;
}

/** The two packages differ in one capital letter, and in how they want the keys. */
function evaluatorOf(client: NodeRedisClient | IoRedisClient): Evaluator {
  if (has(client, 'evalSha'))
    return {
      bySha: (sha, keys, parameters) => client.evalSha(sha, { keys, arguments: parameters }),
      byText: (script, keys, parameters) => client.eval(script, { keys, arguments: parameters }),
    };
  if (has(client, 'evalsha'))
    return {
      bySha: (sha, keys, parameters) => client.evalsha(sha, keys.length, ...keys, ...parameters),
      byText: (script, keys, parameters) => client.eval(script, keys.length, ...keys, ...parameters),
    };
  throw new ConnectError('misconfigured', 'redisHub must be given a connected client of the package redis or ioredis: what it got has neither evalSha nor evalsha.');
}

function has<Name extends 'evalSha' | 'evalsha'>(client: object, name: Name): client is Name extends 'evalSha' ? NodeRedisClient : IoRedisClient {
  return typeof (Object(client) as Record<string, unknown>)[name] === 'function';
}

async function shaOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Clients may be set to give numbers as texts, and nothing as null. */
function answerFrom(reply: unknown): Answer {
  const [epoch, number, leads, nudges, dueMs, notes, whole, posts, picture] = listFrom(reply);
  const latest = listFrom(posts).map(postFrom);
  const first = latest[0]?.number ?? Infinity;
  return {
    epoch: String(epoch),
    number: Number(number),
    leads: Number(leads) === 1,
    nudges: Number(nudges),
    dueMs: Number(dueMs) < 0 ? null : Number(dueMs) - slackMs,
    notes: typeof notes === 'string' && notes ? (JSON.parse(notes) as unknown) : undefined,
    posts: [...pictureFrom(listFrom(picture)).filter((post) => post.number < first), ...latest],
    whole: Number(whole) === 1,
  };
}

type Post = Answer['posts'][number];

function postFrom(entry: unknown): Post {
  const [id, fields] = listFrom(entry);
  const [, about, , event, , data] = listFrom(fields).map(String);
  return { number: parseInt(String(id), 10), about: about ?? '', said: event ? { event, data: data ?? '' } : null };
}

const pictureFrom = (flat: readonly unknown[]): Post[] =>
  flat
    .flatMap((about, index): Post[] => {
      const [, number, event, data] = index % 2 ? [] : (/^(\d+) (\S+) (.*)$/s.exec(String(flat[index + 1])) ?? []);
      return number && event && data !== undefined ? [{ number: Number(number), about: String(about), said: { event, data } }] : [];
    })
    .sort((one, other) => one.number - other.number);

const listFrom = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);
