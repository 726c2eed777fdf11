/** The handler: how much it answers, what a listener costs, how late an event is, and what comes of it behind: by tabs, users, instances. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hammer, type Instance, type Kind, listeners, pause, startInstance } from './handler-crowd.js';
import { askedPerSecond, type Followed, followed, kb, lookMs, type Redis, restMs, withInstance, withRedis } from './handler-follow.js';
import { crowdName, furtherTab, type Quality, qualities, type RedisQuality, redisQualities, rowName, type State, users } from './handler-names.js';
import { restingUser, startUpstream, type Upstream } from './handler-upstream.js';
import { asFloor, type Row, row, sampled } from './row.js';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const own = (samples: readonly number[], note?: string) => sampled('wearable-connect', version, samples, note);
const plain = (name: string, samples: readonly number[], note?: string) => sampled(name, process.version.slice(1), samples, note);

/** What one visitor may have open: src/server/places.ts. */
const mostTabs = 1000;
/** Of each, where there are several. */
const tabs = 50;
const most = 10_000;
/** While a history comes in the handler looks every three seconds; longer, so that no change replaces the one before unseen. */
const changeMs = 4_000;

/** Each connection is one file here and one there; a few hundred are for everything else. */
function reachable(): number {
  const limit = Number(execFileSync('/bin/sh', ['-c', 'ulimit -Hn']).toString());
  return Math.min(most, Number.isNaN(limit) ? most : Math.floor((limit - 1_000) / tabs) * tabs);
}

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
    return { kbEach: kb(after.used - before.used, count), rssKbEach: kb(after.ranWith - before.rss, count), delays };
  });

async function throughput(upstream: Upstream): Promise<Row[]> {
  const rate = (kind: Kind, path: string): Promise<readonly number[]> => withInstance(kind, { UPSTREAM: upstream.url }, ({ url }) => hammer(`${url}${path}`, 64, 2));
  const beside = async (path: string) => row({ section: 'handler', what: `GET ${path}: answers`, unit: 'a second', lowerIsBetter: false, note: 'one process, each answer with one request behind it; 64 browsers at once' }, own(await rate('handler', path)), [asFloor(plain('one request passed on', await rate('pass', path), 'the same server and nothing else: nobody is asked for, everything is handed on'))]);
  return [await beside('/sources'), await beside('/connections')];
}

async function memory(upstream: Upstream): Promise<Row[]> {
  const count = reachable();
  const note = count < most ? `${count} is what this machine’s file limit allows` : undefined;
  const rows: Row[] = [];
  const bare = await load('stream', 1000, () => 'nobody', upstream);
  for (const each of [10, 1000, count]) {
    const { delays, kbEach, rssKbEach } = await load('handler', each, (listener) => `tabs-${each}-${Math.floor(listener / tabs)}`, upstream);
    rows.push(row({ section: 'handler', what: `${each.toLocaleString('en')} listeners: from an answer of Open Wearables to each of them`, unit: 'ms', note: `${tabs} tabs a user; before that, the handler looks every three seconds` }, own(delays, each === count ? note : undefined)));
    if (each < 1000) continue;
    if (each === 1000) rows.push(row({ section: 'handler', what: furtherTab, unit: 'KB', detail: true }, own([rssKbEach])));
    rows.push(row({ section: 'handler', what: `${each.toLocaleString('en')} listeners, ${tabs} a user: heap for each`, unit: 'KB', note: `of the process ${Math.round(rssKbEach)} KB` }, own([kbEach]), [asFloor(plain('a stream with nothing behind it', [bare.kbEach], `of the process ${Math.round(bare.rssKbEach)} KB: what Node and its server need`))]));
  }
  return rows;
}

const poll = 'one poll a tab, passed on';

/** How much comes of a crowd behind, and how late its news is: beside polls. */
function beside(who: string, ours: Followed, theirs: Followed, note?: string): Row[] {
  const compared = (what: string, unit: string, of: (side: Followed) => number): Row => row({ section: 'handler', what, unit, ...(note !== undefined && { note }) }, own([of(ours)]), [plain(poll, [of(theirs)])]);
  const late = `${who}: from the first answer of Open Wearables that has the news to 99 % of them`;
  // Between two polls there is a connection, and nobody who could be told anything.
  const held = `of the process ${Math.round(ours.processKb)} KB; the listener, and what is known of its user; ${poll}: ${theirs.heapKb.toFixed(1)} KB`;
  return [
    compared(`requests to Open Wearables: ${who}`, 'a second', ({ asked }) => asked),
    // A poll that is the first to ask is also the first to hear: with one tab each there is no other to wait.
    note === undefined ? row({ section: 'handler', what: late, unit: 'ms', note: `${poll}: ${theirs.p99.toFixed(1)} ms` }, own([ours.p99])) : compared(late, 'ms', ({ p99 }) => p99),
    row({ section: 'handler', what: `${who}: heap for each`, unit: 'KB', note: held, detail: note !== undefined }, own([ours.heapKb])),
  ];
}

async function tabsOfOne(upstream: Upstream): Promise<Row[]> {
  const crowd = { count: mostTabs, userOf: () => 'many', upstream };
  const [ours, theirs] = [await followed({ kind: 'handler', ...crowd }), await followed({ kind: 'relay', ...crowd })];
  return beside(`one user, ${mostTabs.toLocaleString('en')} tabs`, ours, theirs, 'the most that one visitor may have open in a process: the next tab is told 429');
}

const conditions: Readonly<Record<State, string>> = {
  rest: 'connected, and the history is done: one look of three requests every fifteen seconds for each of them, and heartbeats',
  import: 'one look of three requests every three seconds for each of them, and news at each look',
};

/** What a user costs, of one process with a thousand of them and one tab each: what stories/docs/scale.md reckons with. */
async function thousand(upstream: Upstream): Promise<Row[]> {
  const rows: Row[] = [];
  const userOf = (state: State) => (state === 'rest' ? restingUser : (browser: number): string => `of-${browser}`);
  async function measure(state: State, redis?: Redis): Promise<Followed> {
    const found = await followed({ kind: 'handler', count: users, userOf: userOf(state), upstream, spreadMs: state === 'rest' ? restMs : lookMs, isAtRest: state === 'rest', ...(redis && { redis }) });
    const due = (users * 3000) / (state === 'rest' ? restMs : lookMs);
    if (found.asked < due * 0.95) console.warn(`${crowdName(state, redis !== undefined)}: ${Math.round(found.asked)} requests a second instead of ${due}. Something else runs here, or the machine is too slow: measure again before it is told.`);
    const isShown = (quality: string): boolean => quality === 'work' || quality === 'processKb' || (quality === 'asked' && state === 'rest' && !redis);
    for (const [quality, [, unit]] of Object.entries({ ...qualities, ...(redis && redisQualities) })) {
      const name = quality as Quality | RedisQuality;
      rows.push(row({ section: 'handler', what: rowName(state, redis !== undefined, name), unit, note: conditions[state], detail: !isShown(quality) }, own([found[name]])));
    }
    return found;
  }
  for (const state of ['rest', 'import'] as const) {
    const alone = await measure(state);
    if (state === 'import') rows.push(...beside(`${users.toLocaleString('en')} users with one tab each`, alone, await followed({ kind: 'relay', count: users, userOf: userOf(state), upstream })));
    await withRedis((redis) => measure(state, redis));
  }
  return rows;
}

const crowdOf = 50;

/** A tab of each of some users on each of the instances. */
async function askedBy(count: number, redis?: Redis): Promise<number> {
  const upstream = await startUpstream();
  const instances: readonly Instance[] = await Promise.all(Array.from({ length: count }, () => startInstance('handler', { UPSTREAM: upstream.url, ...(redis && { REDIS: redis.url }) })));
  try {
    const crowd = await listeners(crowdOf * count, (listener) => instances[listener % count]?.url ?? '', (listener) => `shared-${Math.floor(listener / count)}`);
    await pause(lookMs * 1.5);
    const asked = await askedPerSecond(upstream);
    crowd.leave();
    return asked;
  } finally {
    for (const instance of instances) instance.close();
    upstream.close();
  }
}

/** All at once: what is counted are requests, not times, and few. */
async function together(): Promise<Row[]> {
  const both = async (count: number): Promise<Row> => {
    const [shared, apart] = await Promise.all([withRedis((redis) => askedBy(count, redis)), askedBy(count)]);
    return row({ section: 'handler', what: `${count} instances, ${crowdOf} users with a tab on each: requests to Open Wearables`, unit: 'a second' }, own([shared], 'with Redis'), [plain('the same without Redis', [apart])]);
  };
  return Promise.all([both(2), both(4)]);
}

async function measured(): Promise<readonly Row[]> {
  const upstream = await startUpstream();
  try {
    const rows: Row[] = [];
    for (const part of [throughput, memory, thousand, tabsOfOne, together]) rows.push(...(await part(upstream)));
    return rows;
  } finally {
    upstream.close();
  }
}

export const section = { name: 'handler', run: measured };
