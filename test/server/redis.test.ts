/** `redisHub` on a real redis-server, with each client, and the fake of the other tests beside it: the same cases for all. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Redis, Cluster } from 'ioredis';
import type { createClient, createCluster } from 'redis';
import type { createClient as createClient4, createCluster as createCluster4 } from 'redis-4';
import { ConnectError } from '../../src/core/errors.js';
import { createHandler } from '../../src/server/handler.js';
import type { Asking, Hub } from '../../src/server/hub.js';
import { redisHub } from '../../src/server/redis.js';
import { createFakeHub } from './fake-hub.js';
import { clientNames, connect, type Connected } from './redis-clients.js';
import { startRedis, type RedisServer } from './redis-server.js';

let server: RedisServer;
before(async () => {
  server = await startRedis();
});
after(() => server.close());

let count = 0;
/** A user of its own for each test. */
const newKey = (): string => `key-${++count}`;

const asking = (changes: Partial<Asking> = {}): Asking => ({ lease: 'a', take: true, epoch: '', number: 0, turn: false, newEpoch: 'first', ...changes });
const post = (about: string, data: string | null) => ({ about, said: data === null ? null : { event: about.split(' ')[0] ?? '', data } });

/** One who leads, and tells this, one look after the other. */
async function leaderOf(hub: Hub, key: string, looks: readonly (readonly ReturnType<typeof post>[])[] = []) {
  const answer = await hub.meet(key, asking());
  assert.ok(answer.leads);
  const tell = (said: readonly ReturnType<typeof post>[], changes: object = {}) => hub.tell(key, { lease: 'a', epoch: answer.epoch, number: 0, nudges: answer.nudges, look: { said, notes: { of: said.length }, nextMs: 3_000 }, ...changes });
  for (const said of looks) assert.equal(await tell(said), 'told');
  return { answer, tell };
}

const gistOf = (posts: readonly { number: number; about: string; said: { data: string } | null }[]): string[] => posts.map(({ number, about, said }) => `${number} ${about} ${said?.data ?? 'dropped'}`);

const kinds: Record<string, () => Promise<Pick<Connected, 'hub' | 'close'>>> = {
  'the fake': async () => ({ hub: createFakeHub({ now: () => Date.now() }).hub, close: () => {} }),
  ...Object.fromEntries(clientNames.map((name) => [name, () => connect(name, server.url)])),
};

for (const [name, open] of Object.entries(kinds))
  describe(`a hub by ${name}`, () => {
    let hub: Hub;
    let close: () => void;
    before(async () => ({ hub, close } = await open()));
    after(() => close());

    it('has one leader, who stays until it leaves', async () => {
      const key = newKey();
      assert.equal((await hub.meet(key, asking())).leads, true);
      assert.equal((await hub.meet(key, asking({ lease: 'b' }))).leads, false);
      assert.equal((await hub.meet(key, asking({ take: false }))).leads, true);
      await hub.leave(key, 'b');
      assert.equal((await hub.meet(key, asking({ lease: 'b' }))).leads, false);
      await hub.leave(key, 'a');
      assert.equal((await hub.meet(key, asking({ take: false }))).leads, false, 'it is not renewed once it is lost');
      assert.equal((await hub.meet(key, asking({ lease: 'b' }))).leads, true);
    });

    it('gives everybody the same posts under the same numbers, from where they are', async () => {
      const key = newKey();
      const { answer } = await leaderOf(hub, key, [[post('progress garmin', '{"ratio":0.2}'), post('connections', '{}')], [post('progress garmin', '{"ratio":0.4}'), post('connections', '{}')]]);
      assert.deepEqual([answer.epoch, answer.number, answer.whole, answer.posts.length], ['first', 0, true, 0]);
      const all = await hub.meet(key, asking({ lease: 'b', newEpoch: 'second' }));
      assert.deepEqual([all.epoch, all.number, all.whole, all.leads], ['first', 3, true, false]);
      assert.deepEqual(gistOf(all.posts), ['1 progress garmin {"ratio":0.2}', '2 connections {}', '3 progress garmin {"ratio":0.4}']);
      assert.deepEqual(all.posts[0]?.said, { event: 'progress', data: '{"ratio":0.2}' });
      const rest = await hub.meet(key, asking({ lease: 'b', epoch: 'first', number: 2 }));
      assert.deepEqual([rest.whole, ...gistOf(rest.posts)], [false, '3 progress garmin {"ratio":0.4}']);
      assert.deepEqual((await hub.meet(key, asking({ lease: 'b', epoch: 'first', number: 3 }))).posts, []);
      assert.deepEqual((await hub.meet(key, asking({ lease: 'b', epoch: 'another', number: 3 }))).posts, all.posts);
    });

    it('keeps the picture where the posts have become too many', async () => {
      const key = newKey();
      const many = Array.from({ length: 500 }, (_, index) => post('progress garmin', String(index)));
      await leaderOf(hub, key, [[post('connections', 'with spaces\nand lines {} Ærlig')], many]);
      const { posts, whole, number } = await hub.meet(key, asking({ lease: 'b', epoch: 'first', number: 1 }));
      assert.deepEqual([number, whole], [501, true]);
      assert.ok(posts.length >= 256 && posts.length < 450, `${posts.length} posts`);
      assert.deepEqual(gistOf(posts.slice(0, 1)), ['1 connections with spaces\nand lines {} Ærlig']);
      assert.deepEqual(gistOf(posts.slice(-1)), ['501 progress garmin 499']);
    });

    it('takes nothing from whom has lost the lease, or looked before a nudge, or knows another epoch', async () => {
      const key = newKey();
      const { tell } = await leaderOf(hub, key, [[post('complete', '{}'), post('connections', '{}')]]);
      assert.equal(await tell([post('late', '1')], { lease: 'b' }), 'lost');
      assert.equal(await tell([post('late', '1')], { epoch: 'before' }), 'stale');
      assert.equal(await tell([post('late', '1')], { number: 7 }), 'stale');
      await hub.nudge(key, ['complete', 'progress garmin']);
      assert.equal(await tell([post('late', '1')]), 'stale');
      const { nudges, dueMs, posts } = await hub.meet(key, asking({ lease: 'b' }));
      assert.equal(dueMs, null, 'nothing may be shown');
      assert.deepEqual(gistOf(posts), ['1 complete {}', '2 connections {}', '3 complete dropped']);
      assert.equal(await tell([post('complete', '{}')], { nudges }), 'told');
      const after = await hub.meet(key, asking({ lease: 'b', epoch: 'first', number: 3 }));
      assert.deepEqual(gistOf(after.posts), ['4 complete {}'], 'the same again, since it was dropped');
      assert.ok(after.dueMs !== null && after.dueMs > 1_000 && after.dueMs <= 3_000, String(after.dueMs));
    });

    it('drops what is dropped, once', async () => {
      const key = newKey();
      const { tell } = await leaderOf(hub, key, [[post('complete', '{}')]]);
      await tell([post('complete', null)]);
      await tell([post('complete', null), post('never told', null)]);
      assert.deepEqual(gistOf((await hub.meet(key, asking({ lease: 'b' }))).posts), ['1 complete {}', '2 complete dropped']);
    });

    it('hands the notes of the last look to who leads next', async () => {
      const key = newKey();
      await leaderOf(hub, key, [[post('a', '1')], [post('a', '2'), post('b', '1')]]);
      await hub.leave(key, 'a');
      const next = await hub.meet(key, asking({ lease: 'b', epoch: 'first', number: 3 }));
      assert.deepEqual([next.leads, next.notes], [true, { of: 2 }]);
    });

    it('begins a new epoch for who told something alone, once, and for who knows more than is there', async () => {
      const key = newKey();
      const { tell } = await leaderOf(hub, key, [[post('a', '1')]]);
      const turned = await hub.meet(key, asking({ lease: 'b', epoch: 'first', number: 1, turn: true, newEpoch: 'second' }));
      assert.deepEqual([turned.epoch, turned.number, turned.whole, turned.dueMs, turned.posts.length], ['second', 0, true, null, 0]);
      assert.equal((await hub.meet(key, asking({ lease: 'c', epoch: 'first', number: 1, turn: true, newEpoch: 'third' }))).epoch, 'second');
      assert.equal(await tell([post('a', '1')]), 'stale', 'what leads looks again');
      assert.equal(await tell([post('a', '1')], { epoch: 'second', nudges: turned.nudges }), 'told');
      const restored = await hub.meet(key, asking({ lease: 'b', epoch: 'second', number: 5, newEpoch: 'third' }));
      assert.deepEqual([restored.epoch, restored.number, restored.posts.length], ['third', 0, 0]);
    });

    it('is not bothered by a nudge that nobody listens for', async () => {
      const key = newKey();
      await hub.nudge(key, ['complete']);
      assert.deepEqual((await hub.meet(key, asking())).posts, []);
    });
  });

describe('in Redis', () => {
  let connected: Connected;
  before(async () => {
    connected = await connect('redis', server.url);
  });
  after(() => connected.close());

  it('everything expires, has our prefix, and lies in one slot of a cluster', async () => {
    const key = newKey();
    await leaderOf(connected.hub, key, [[post('a', '1')]]);
    const names = (await connected.send('KEYS', `*${key}}*`)) as string[];
    assert.deepEqual(names.sort(), ['due', 'lease', 'page', 'picture', 'posts'].map((name) => `wearable-connect:{${key}}:${name}`));
    for (const name of names) {
      const ms = Number(await connected.send('PTTL', name));
      assert.ok(ms > 0 && ms <= 90_000, `${name} lives ${ms} ms`);
    }
  });

  it('the lease is over after five seconds', async () => {
    const key = newKey();
    await leaderOf(connected.hub, key);
    const ms = Number(await connected.send('PTTL', `wearable-connect:{${key}}:lease`));
    assert.ok(ms > 4_000 && ms <= 5_000, `${ms} ms`);
  });

  for (const name of clientNames)
    it(`a server that has forgotten our scripts is told them again, by ${name}`, async () => {
      const { hub, send, close } = await connect(name, server.url);
      const key = newKey();
      await leaderOf(hub, key);
      await send('SCRIPT', 'FLUSH');
      assert.equal((await hub.meet(key, asking())).leads, true);
      close();
    });

  it('two sites keep apart by a prefix', async () => {
    const evaluated: string[] = [];
    const hub = redisHub({ evalSha: async (_sha, { keys }) => (evaluated.push(...keys), null), eval: async () => null }, { prefix: 'club:' });
    await hub.leave('k', 'a');
    assert.equal(evaluated[0], 'club:{k}:lease');
  });
});

describe('redisHub', () => {
  it('takes every client and cluster of both packages, by their own types', () => {
    type Client = Parameters<typeof redisHub>[0];
    type Fits<T extends Client> = T;
    type All = [Fits<ReturnType<typeof createClient>>, Fits<ReturnType<typeof createCluster>>, Fits<ReturnType<typeof createClient4>>, Fits<ReturnType<typeof createCluster4>>, Fits<Redis>, Fits<Cluster>];
    const all: All | null = null;
    assert.equal(all, null);
  });

  it('says what it must be given', () => {
    assert.throws(() => createHandler({ origin: 'https://club.example', authenticate: () => null, openWearables: { url: 'https://ow.example', apiKey: 'k' }, secret: 'a secret of the tests', hub: {} as Hub }), /createHandler: hub must be what redisHub/);
    for (const client of [{}, 'redis://localhost', null, undefined])
      assert.throws(() => redisHub(client as Redis), (error) => error instanceof ConnectError && error.code === 'misconfigured' && error.message.includes('redisHub'));
  });
});
