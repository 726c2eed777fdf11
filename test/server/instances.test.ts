/** Two instances behind a balancer that knows no sessions: whatever comes next goes to the other one. They share a secret, and nothing else. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createHandler } from '../../src/server/handler.js';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { app, localFetch, Visitor } from '../sandbox/visitor.js';
import { createFakeClock } from '../sync/fake-clock.js';
import { membersOf } from './rig.js';

const clock = createFakeClock(Date.now());
let sandbox: Sandbox;
before(async () => {
  sandbox = await createSandbox({ port: 0, quiet: true, now: clock.now });
});
after(() => sandbox.close());

interface Told {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

function createBalancer(userId: string) {
  const asked = [0, 0];
  const handlers = asked.map(() =>
    createHandler({
      origin: app, authenticate: () => ({ userId }), fetch: localFetch, clock, secret: 'a secret of the tests',
      openWearables: { url: sandbox.openWearables, apiKey: sandbox.openWearablesKey },
    }),
  );
  let turn = 0;
  return {
    asked,
    ask: (method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> => {
      const index = turn++ % handlers.length;
      asked[index] = (asked[index] ?? 0) + 1;
      const handler = handlers[index];
      assert.ok(handler);
      return handler(new Request(`${app}/wearables${path}`, { method, headers: { 'x-wearable-connect': '1', origin: app, ...headers }, ...(body && { body: JSON.stringify(body) }) }));
    },
  };
}

/** The clock moves on until it is over. */
async function whileTimePasses<T>(work: Promise<T>): Promise<T> {
  let over = false;
  const end = (): void => void (over = true);
  work.then(end, end);
  for (let turns = 0; !over && turns < 5000; turns += 1) {
    await new Promise(setImmediate);
    await clock.advance(50);
  }
  assert.ok(over, 'it does not end');
  return work;
}

describe('two instances without a hub', () => {
  for (const source of ['strava', 'garmin'])
    it(`serve one journey with ${source}, each request by the other one`, async () => {
      const { ask, asked } = createBalancer(`balanced with ${source}`);
      const { sources } = await membersOf(await ask('GET', '/sources'));
      assert.ok((sources as { id: string }[]).some(({ id }) => id === source));
      const { url } = await membersOf(await ask('POST', '/authorizations', { source }));
      const visitor = await new Visitor(app).open(String(url));
      await visitor.press('Sign in');
      await visitor.press('Allow');
      const { pathname, search, searchParams } = new URL(visitor.url);
      assert.equal((await ask('GET', pathname.replace('/wearables', '') + search)).status, 200);
      const connect = { source, nonce: searchParams.get('nonce') };
      for (const time of ['once', 'again, after an answer that was lost']) {
        const connected = await ask('POST', '/connections', connect);
        assert.equal(connected.status, 200, `${time}: ${await connected.clone().text()}`);
      }
      const { connections } = await membersOf(await ask('GET', '/connections'));
      assert.deepEqual((connections as { status: string }[]).map(({ status }) => status), ['active']);

      // Read by one poll after another: each is answered by the other instance, and with all that it knows, since the id is none of its own.
      const told: Told[] = [];
      for (let polls = 0; told.at(-1)?.event !== 'complete'; polls += 1) {
        assert.ok(polls < 40, JSON.stringify(told));
        const last = told.at(-1);
        const response = await whileTimePasses(ask('GET', '/updates', undefined, { accept: 'application/json', ...(last && { 'last-event-id': last.id }) }));
        assert.equal(response.status, 200);
        const updates = (await membersOf(response))['updates'] as Told[];
        assert.equal(new Set(updates.map(({ id }) => id)).size, updates.length);
        told.push(...updates);
        await clock.advance(2_000);
      }
      assert.equal(told.at(-1)?.data['outcome'], 'success');
      assert.deepEqual([...new Set(told.map(({ event }) => event))].sort(), ['complete', 'connections', 'progress']);

      assert.equal((await ask('DELETE', `/connections/${source}`)).status, 204);
      assert.equal((await ask('DELETE', `/connections/${source}`)).status, 204);
      assert.ok(asked.every((times) => times >= 5), asked.join());
    });

  it('tell a stream that breaks off, and goes on at the other one, everything that it missed', async () => {
    const { ask } = createBalancer('balanced stream');
    const { url } = await membersOf(await ask('POST', '/authorizations', { source: 'garmin' }));
    const visitor = await new Visitor(app).open(String(url));
    await visitor.press('Sign in');
    await visitor.press('Allow');
    assert.equal((await ask('POST', '/connections', { source: 'garmin', nonce: new URL(visitor.url).searchParams.get('nonce') })).status, 200);
    const read = async (lastId: string | null, enough: RegExp): Promise<string> => {
      const reader = (await ask('GET', '/updates', undefined, lastId ? { 'last-event-id': lastId } : {})).body?.getReader();
      let text = '';
      while (!enough.test(text)) text += new TextDecoder().decode((await reader?.read())?.value);
      await reader?.cancel();
      return text;
    };
    const first = await whileTimePasses(read(null, /"ratio":0\.4/));
    const second = await whileTimePasses(read(/id: (\S+)\n(?![^]*id: )/.exec(first)?.[1] ?? null, /event: complete/));
    assert.match(second, /event: complete\ndata: {"outcome":"success"/);
    const ids = [...(first + second).matchAll(/^id: (.*)$/gm)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
  });
});
