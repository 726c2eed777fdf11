/** Three processes, each with another client, on one real Redis, before the local Open Wearables: killed, restarted and held up. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { Backend } from '../sandbox/backend.js';
import { type Listening, type Process, startInstance, until } from './instances-rig.js';
import { clientNames, connect } from './redis-clients.js';
import { startRedis, type RedisServer } from './redis-server.js';
import { gist, type Said } from './updates-rig.js';

/** The clock there stands still, and the history goes on when we say so: Garmin's five parts, one after the other. */
const historySeconds = 100;
let now = Date.now();
const step = (): void => void (now += (historySeconds / 5) * 1000 + 100);

let sandbox: Sandbox;
let redis: RedisServer;
let instances: Process[] = [];

const start = (index: number): Promise<Process> =>
  startInstance(`${clientNames[index]} ${Math.random().toString(36).slice(2, 6)}`, { CLIENT: clientNames[index] ?? '', REDIS: redis.url, OPEN_WEARABLES: `http://127.0.0.1:${sandbox.port}`, KEY: sandbox.openWearablesKey });

before(async () => {
  [sandbox, redis] = await Promise.all([createSandbox({ port: 0, quiet: true, historySeconds, now: () => now }), startRedis()]);
  instances = await Promise.all(clientNames.map((_, index) => start(index)));
});
after(async () => {
  await Promise.all(instances.map((one) => one.close()));
  await Promise.all([redis.close(), sandbox.close()]);
});

/** Who has looked at a user since, by the requests that the sandbox has seen. */
function watching(id: string) {
  const from = sandbox.requests.at(-1);
  return (): string[] => {
    const since = sandbox.requests.slice(from ? sandbox.requests.lastIndexOf(from) + 1 : 0);
    return since.filter(({ method, path }) => method === 'GET' && path.endsWith(`/users/${id}/connections`)).map(({ headers }) => String(headers['x-instance']));
  };
}

let users = 0;
async function begin() {
  const user = `visitor-${++users}`;
  const backend = new Backend(sandbox);
  const id = await backend.user(user);
  await backend.connect('garmin', id);
  const looked = watching(id);
  const heard = instances.map((instance) => instance.listen(user));
  await reach(heard, 0);
  step();
  await reach(heard, 0.2);
  const leader = instances.find(({ name }) => name === looked().at(-1));
  assert.ok(leader);
  return { user, id, heard, looked, leader, others: instances.filter((one) => one !== leader) };
}

const ratioOf = (said: readonly Said[]): unknown => said.findLast(({ event }) => event === 'progress')?.data['ratio'];
const reach = (heard: readonly Listening[], ratio: number): Promise<void> => until(() => `all have heard ${ratio}: ${JSON.stringify(heard.map(({ said }) => gist(said)))}`, () => heard.every(({ said }) => ratioOf(said) === ratio));
const onePolls = (looked: () => string[]): Promise<void> =>
  until(() => `one of them looks: ${looked().slice(-12).join(', ')}\n${instances.map((one) => `${one.name}: ${one.words()}`).join('\n')}`, () => new Set(looked().slice(-3)).size === 1, 60);
const complete = async (heard: readonly Listening[]): Promise<void> => {
  for (let count = 0; count < 4; count += 1) step();
  await until('all are told that it is complete', () => heard.every(({ said }) => gist(said).at(-1) === 'complete success'));
};

function nothingTwiceAndNoWayBack(said: readonly Said[]): void {
  const ids = said.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, ids.join(' '));
  const ratios = said.filter(({ event }) => event === 'progress').map(({ data }) => Number(data['ratio']));
  assert.deepEqual(ratios, [...ratios].sort(), 'it never goes back');
}

/** From the first that both have had, both have had the same. */
function sameFromThere(one: readonly Said[], other: readonly Said[]): void {
  const [longer, shorter] = one.length >= other.length ? [one, other] : [other, one];
  const from = longer.findIndex(({ id }) => id === shorter[0]?.id);
  assert.ok(from >= 0, 'nothing in common');
  assert.deepEqual(longer.slice(from), shorter);
}

describe('three processes on one Redis', () => {
  it('poll once for a user with listeners on all three, who hear the same', async () => {
    const { heard, looked, leader } = await begin();
    await complete(heard);
    assert.deepEqual([...new Set(looked())], [leader.name]);
    for (const { said } of heard) {
      nothingTwiceAndNoWayBack(said);
      sameFromThere(said, heard[0]?.said ?? []);
    }
    for (const one of heard) one.leave();
  });

  it('go on where the one that polls is killed, and its listeners miss nothing elsewhere', async () => {
    const { user, heard, leader, others } = await begin();
    const index = instances.indexOf(leader);
    const orphan = heard[index];
    leader.signal('SIGKILL');
    await until('its listener knows', () => orphan?.ended === true);
    step();
    const killedAt = performance.now();
    const again = others[0]?.listen(user, orphan?.said.at(-1)?.id);
    assert.ok(orphan && again);
    const left = [...heard.filter((one) => one !== orphan), again];
    await until('another one has looked', () => left.every(({ said }) => ratioOf(said) === 0.4), 12);
    assert.ok(performance.now() - killedAt < 10_000);
    await complete(left);
    const whole = [...orphan.said, ...again.said];
    nothingTwiceAndNoWayBack(whole);
    for (const { said } of left.slice(0, -1)) {
      nothingTwiceAndNoWayBack(said);
      sameFromThere(said, whole);
    }
    for (const one of left) one.leave();
    instances[index] = await start(index);
  });

  it('go on alone while Redis is gone, say so once, and come back to one poller when it is there again, with nothing of what it had', async () => {
    const { id, heard, looked } = await begin();
    await redis.stop();
    step();
    await until('each looks for itself', () => new Set(looked()).size === 3);
    await reach(heard, 0.4);
    await redis.start();
    await onePolls(looked);
    const since = watching(id);
    step();
    await reach(heard, 0.6);
    await complete(heard);
    assert.equal(new Set(since()).size, 1);
    for (const { said } of heard) nothingTwiceAndNoWayBack(said);
    for (const one of instances) assert.equal(one.words().split('The hub does not answer').length, 2, one.words());
    for (const one of heard) one.leave();
  });

  it('go on alone while Redis is held up, and come back', async () => {
    const { heard, looked } = await begin();
    redis.pause();
    try {
      step();
      await until('each looks for itself', () => new Set(looked()).size === 3);
      await reach(heard, 0.4);
    } finally {
      redis.resume();
    }
    step();
    await reach(heard, 0.6);
    await onePolls(looked);
    await complete(heard);
    for (const { said } of heard) nothingTwiceAndNoWayBack(said);
    for (const one of heard) one.leave();
  });

  it('take over from one that is held up, and hear nothing of what it knew then when it is back', async () => {
    const { heard, looked, leader } = await begin();
    const others = heard.filter((_, index) => instances[index] !== leader);
    leader.signal('SIGSTOP');
    try {
      step();
      await reach(others, 0.4);
      step();
      await reach(others, 0.6);
    } finally {
      leader.signal('SIGCONT');
    }
    await reach(heard, 0.6);
    await complete(heard);
    await onePolls(looked);
    for (const { said } of heard) nothingTwiceAndNoWayBack(said);
    for (const one of heard) one.leave();
  });

  it('let go of everything where nobody listens any more', async () => {
    const { send, close } = await connect('redis', redis.url);
    let leases: unknown = null;
    const look = async (): Promise<void> => {
      leases = await send('KEYS', '*:lease');
    };
    await until(() => `no lease is left: ${JSON.stringify(leases)}`, () => (void look(), Array.isArray(leases) && leases.length === 0), 20);
    for (const key of (await send('KEYS', '*')) as string[]) assert.ok(Number(await send('PTTL', key)) > 0, key);
    close();
  });
});
