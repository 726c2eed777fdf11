/** The handler: how much it answers, what a listener costs, how late an event is, and what comes of it behind: by tabs, users, instances. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from '../server/redis-clients.js';
import { startRedis } from '../server/redis-server.js';
import { type Crowd, hammer, type Instance, type Kind, listeners, pause, pollers, startInstance } from './handler-crowd.js';
import { startUpstream, type Upstream } from './handler-upstream.js';
import { asFloor, counted, type Row, row, sampled } from './row.js';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const own = (samples: readonly number[], note?: string) => sampled('wearable-connect', version, samples, note);
const plain = (name: string, samples: readonly number[], note?: string) => sampled(name, process.version.slice(1), samples, note);

/** What one visitor may have open. */
const mostTabs = 64;
/** Of each, where there are several. */
const tabs = 50;
const users = 1000;
const most = 10_000;
/** While a history comes in the handler looks every three seconds; longer, so that no change replaces the one before unseen. */
const changeMs = 4_000;
const pollMs = 3_000;

/** Each connection is one file here and one there; a few hundred are for everything else. */
function reachable(): number {
  const limit = Number(execFileSync('/bin/sh', ['-c', 'ulimit -Hn']).toString());
  return Math.min(most, Number.isNaN(limit) ? most : Math.floor((limit - 1_000) / tabs) * tabs);
}

async function withInstance<T>(kind: Kind, environment: Record<string, string>, run: (instance: Instance) => Promise<T>): Promise<T> {
  const instance = await startInstance(kind, environment);
  try {
    return await run(instance);
  } finally {
    instance.close();
  }
}

const kb = (bytes: number, count: number): number => bytes / count / 1024;

interface Load {
  readonly kbEach: number;
  readonly rssKbEach: number;
  readonly delays: readonly number[];
}

const load = (kind: Kind, count: number, userOf: (listener: number) => string, upstream: Upstream): Promise<Load> =>
  withInstance(kind, { UPSTREAM: upstream.url }, async ({ url, weigh }) => {
    const delays: number[] = [];
    let awaited = Infinity;
    const hear = (listener: number, text: string): void => {
      const [, digits] = /"items":(\d+)/.exec(text) ?? [];
      const told = Number(digits) === awaited ? upstream.toldAt(userOf(listener), awaited) : undefined;
      if (told !== undefined) delays.push(performance.now() - told);
    };
    // What is made once is there before anything is weighed.
    (await listeners(20, () => url, (listener) => `early-${listener}`)).leave();
    await pause(500);
    const before = await weigh();
    const crowd = await listeners(count, () => url, userOf, hear);
    for (let change = 0; kind === 'handler' && change < 2; change += 1) {
      awaited = upstream.change();
      await pause(changeMs);
      // The first warms up what has never run.
      if (change === 0) delays.length = 0;
    }
    const after = await weigh();
    crowd.leave();
    return { kbEach: kb(after.used - before.used, count), rssKbEach: kb(after.rss - before.rss, count), delays };
  });

async function askedPerSecond(upstream: Upstream, ms = 6_000): Promise<number> {
  const [before, began] = [upstream.asked, performance.now()];
  await pause(ms);
  return (upstream.asked - before) / ((performance.now() - began) / 1000);
}

async function throughput(upstream: Upstream): Promise<Row[]> {
  const rate = (kind: Kind, path: string): Promise<readonly number[]> => withInstance(kind, { UPSTREAM: upstream.url }, ({ url }) => hammer(`${url}${path}`, 64, 2));
  const beside = async (path: string) => row({ section: 'handler', what: `GET ${path}: answers`, unit: 'a second', lowerIsBetter: false, note: 'one process, each answer with one request behind it; 64 browsers at once' }, own(await rate('handler', path)), [asFloor(plain('one request passed on', await rate('pass', path), 'the same server and nothing else: nobody is asked for, everything is handed on'))]);
  return [await beside('/sources'), await beside('/connections')];
}

async function memory(upstream: Upstream): Promise<Row[]> {
  const count = reachable();
  const note = count < most ? `${count} is what this machine’s file limit allows` : undefined;
  const rows: Row[] = [];
  for (const each of [10, 1000, count]) {
    const { delays, kbEach, rssKbEach } = await load('handler', each, (listener) => `tabs-${each}-${Math.floor(listener / tabs)}`, upstream);
    rows.push(row({ section: 'handler', what: `${each.toLocaleString('en')} listeners: from an answer of Open Wearables to each of them`, unit: 'ms', note: `${tabs} tabs a user; before that, the handler looks every three seconds` }, own(delays, each === count ? note : undefined)));
    if (each < 1000) continue;
    const bare = await load('stream', 1000, () => 'nobody', upstream);
    rows.push(row({ section: 'handler', what: `${each.toLocaleString('en')} listeners, ${tabs} a user: heap for each`, unit: 'KB', note: `of the process ${Math.round(rssKbEach)} KB` }, own([kbEach]), [asFloor(plain('a stream with nothing behind it', [bare.kbEach], `of the process ${Math.round(bare.rssKbEach)} KB: what Node and its server need`))]));
  }
  return rows;
}

interface Followed {
  readonly kbEach: number;
  readonly rssKbEach: number;
  readonly asked: number;
  /** From the first answer of Open Wearables that has the news until ninety-nine in a hundred have it. */
  readonly p99: number;
}

/** A crowd that follows, by our stream or by polling: what each of it weighs, what comes of it behind, and how late its news is. */
const followed = (kind: 'handler' | 'relay', count: number, userOf: (browser: number) => string, upstream: Upstream): Promise<Followed> =>
  withInstance(kind, { UPSTREAM: upstream.url }, async ({ url, weigh }) => {
    const heardAt = new Map<number, number>();
    let awaited = Infinity;
    const hear = (browser: number, text: string): void => {
      const [, digits] = /"(?:items|workout_count)":(\d+)/.exec(text) ?? [];
      if (Number(digits) === awaited && !heardAt.has(browser)) heardAt.set(browser, performance.now());
    };
    const crowdOf = (size: number, of: typeof userOf): Promise<Crowd> | Crowd => (kind === 'handler' ? listeners(size, () => url, of, hear) : pollers(size, url, of, pollMs, hear));
    const early = await crowdOf(20, (browser) => `early-${browser}`);
    await pause(1_000);
    early.leave();
    await pause(500);
    const before = await weigh();
    const crowd = await crowdOf(count, userOf);
    // Once round.
    await pause(pollMs);
    const asked = await askedPerSecond(upstream);
    const after = await weigh();
    awaited = upstream.change();
    for (let waited = 0; heardAt.size < count && waited < 4 * pollMs; waited += 100) await pause(100);
    crowd.leave();
    if (heardAt.size < count) throw new Error(`${count - heardAt.size} of ${count} did not hear the news in ${(4 * pollMs) / 1000} seconds.`);
    const delays = [...heardAt].map(([browser, at]) => at - (upstream.toldAt(userOf(browser), awaited) ?? NaN)).sort((one, other) => one - other);
    return { kbEach: kb(after.used - before.used, count), rssKbEach: kb(after.rss - before.rss, count), asked, p99: delays[Math.ceil(count * 0.99) - 1] ?? NaN };
  });

async function behind(upstream: Upstream): Promise<Row[]> {
  const poll = 'one poll a tab, passed on';
  const crowds = [
    // A thousand of one user is what the handler refuses: src/server/places.ts.
    { who: `one user, ${mostTabs} tabs`, count: mostTabs, userOf: () => 'many', note: 'the most that one visitor may have open in a process: the next tab is told 429, so there is no crowd of a thousand of one user' },
    { who: `${users.toLocaleString('en')} users with one tab each`, count: users, userOf: (browser: number) => `of-${browser}`, note: undefined },
  ];
  const rows: Row[] = [];
  for (const { who, count, userOf, note } of crowds) {
    const [ours, theirs] = [await followed('handler', count, userOf, upstream), await followed('relay', count, userOf, upstream)];
    const beside = (what: string, unit: string, of: (side: Followed) => number): Row => row({ section: 'handler', what, unit, ...(note !== undefined && { note }) }, own([of(ours)]), [plain(poll, [of(theirs)])]);
    rows.push(beside(`requests to Open Wearables: ${who}`, 'a second', ({ asked }) => asked));
    const late = `${who}: from the first answer of Open Wearables that has the news to 99 % of them`;
    // A poll that is the first to ask is also the first to hear: with one tab each there is no other to wait.
    if (note) rows.push(beside(late, 'ms', ({ p99 }) => p99));
    else rows.push(row({ section: 'handler', what: late, unit: 'ms', note: `${poll}: ${theirs.p99.toFixed(1)} ms` }, own([ours.p99])));
    // Between two polls there is a connection, and nobody who could be told anything.
    const held = `${count < users ? '' : `of the process ${Math.round(ours.rssKbEach)} KB; `}the listener, and what is known of its user; ${poll}: ${theirs.kbEach.toFixed(1)} KB`;
    rows.push(row({ section: 'handler', what: `${who}: heap for each`, unit: 'KB', note: held, detail: note !== undefined }, own([ours.kbEach])));
  }
  return rows;
}

/** A tab of each user on each of the instances. */
async function together(upstream: Upstream): Promise<Row[]> {
  const redis = await startRedis();
  const client = await connect('ioredis', redis.url);
  const numberIn = async (section: string, name: string): Promise<number> => Number(new RegExp(`${name}:([\\d.]+)`).exec(String(await client.send('INFO', section)))?.[1]);
  const crowdOf = 50;
  const rows: Row[] = [];
  try {
    for (const count of [2, 4]) {
      const rates: Record<string, { upstream: number; commands: number; bytes: number }> = {};
      for (const hub of [true, false]) {
        const instances = await Promise.all(Array.from({ length: count }, () => startInstance('handler', { UPSTREAM: upstream.url, ...(hub && { REDIS: redis.url }) })));
        try {
          await client.send('FLUSHALL');
          const empty = await numberIn('memory', 'used_memory');
          const crowd = await listeners(crowdOf * count, (listener) => instances[listener % count]?.url ?? '', (listener) => `shared-${Math.floor(listener / count)}`);
          const [commands, began] = [await numberIn('stats', 'total_commands_processed'), performance.now()];
          const asked = await askedPerSecond(upstream);
          rates[String(hub)] = { upstream: asked, commands: ((await numberIn('stats', 'total_commands_processed')) - commands) / ((performance.now() - began) / 1000), bytes: (await numberIn('memory', 'used_memory')) - empty };
          crowd.leave();
        } finally {
          for (const instance of instances) instance.close();
        }
      }
      const [shared, apart] = [rates['true'], rates['false']];
      rows.push(row({ section: 'handler', what: `${count} instances, ${crowdOf} users with a tab on each: requests to Open Wearables`, unit: 'a second' }, own([shared?.upstream ?? NaN], 'with Redis'), [plain('the same without Redis', [apart?.upstream ?? NaN])]));
      rows.push(row({ section: 'handler', what: `${count} instances, with Redis: commands for a user on an instance`, unit: 'a second', detail: true }, counted('wearable-connect', version, Number(((shared?.commands ?? NaN) / crowdOf / count).toFixed(2)))));
      rows.push(row({ section: 'handler', what: `${count} instances, with Redis: memory there for a user`, unit: 'KB', detail: true }, counted('wearable-connect', version, Number(((shared?.bytes ?? NaN) / crowdOf / 1024).toFixed(1)))));
    }
  } finally {
    client.close();
    await redis.close();
  }
  return rows;
}

/** What a listener costs in work: of one process, with a thousand of them, while nothing else happens. */
async function work(upstream: Upstream): Promise<Row[]> {
  return withInstance('handler', { UPSTREAM: upstream.url }, async ({ url, weigh }) => {
    const crowd = await listeners(users, () => url, (listener) => `busy-${listener}`);
    await pause(pollMs);
    const [before, began] = [await weigh(), performance.now()];
    await pause(6_000);
    const after = await weigh();
    crowd.leave();
    const share = ((after.cpuMs - before.cpuMs) / (performance.now() - began)) * 100;
    return [row({ section: 'handler', what: `${users.toLocaleString('en')} users whose histories come in: work`, unit: '% of a core', note: 'one look of three requests every three seconds for each of them' }, own([share]))];
  });
}

async function measured(): Promise<readonly Row[]> {
  const upstream = await startUpstream();
  try {
    const rows: Row[] = [];
    for (const part of [throughput, memory, work, behind, together]) rows.push(...(await part(upstream)));
    return rows;
  } finally {
    upstream.close();
  }
}

export const section = { name: 'handler', run: measured };
