import assert from 'node:assert/strict';
import { request, type IncomingMessage } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { Backend, type Row } from './backend.js';

let now = Date.now();
let sandbox: Sandbox;
let backend: Backend;
let user = '';
before(async () => {
  sandbox = await createSandbox({ port: 0, quiet: true, heartbeatSeconds: 0.1, now: () => now });
  backend = new Backend(sandbox);
});
after(() => sandbox.close());
beforeEach(async () => {
  now = Date.now();
  sandbox.reset();
  user = await backend.user();
});

class Listener {
  text = '';
  ended: Promise<'ended' | 'torn'>;
  readonly answer: IncomingMessage;

  constructor(answer: IncomingMessage) {
    this.answer = answer;
    this.ended = (async () => {
      try {
        for await (const chunk of answer) this.text += String(chunk);
        return 'ended';
      } catch {
        return 'torn';
      }
    })();
  }

  get events(): Row[] {
    return [...this.text.matchAll(/^event: sync\.status\ndata: (.*)\n\n/gm)].map(([, data = '']) => JSON.parse(data) as Row);
  }

  /** Until it has heard as much; the test's own time limit is the end of it. */
  async until(heard: (text: string) => boolean): Promise<void> {
    while (!heard(this.text)) await new Promise((resolve) => { setTimeout(resolve, 5); });
  }
}

function listen(query = ''): Promise<Listener> {
  const { host, port } = new URL(sandbox.openWearables);
  return new Promise((resolve, reject) => {
    request({
      host: '127.0.0.1', port, path: `/api/v1/users/${user}/sync/stream${query}`, agent: false,
      headers: { host, 'x-open-wearables-api-key': sandbox.openWearablesKey },
    }, (answer) => { resolve(new Listener(answer)); }).on('error', reject).end();
  });
}

test('a comment, the last events oldest first, then what comes, then heartbeats; no ids', async () => {
  await backend.connect('strava', user);
  now += 1;
  const listener = await listen();
  const { headers, statusCode } = listener.answer;
  assert.deepEqual(
    [statusCode, headers['content-type'], headers['cache-control'], headers['x-accel-buffering']],
    [200, 'text/event-stream; charset=utf-8', 'no-cache, no-transform', 'no'],
  );
  await listener.until((text) => text.split('event: ').length === 3);
  assert.ok(listener.text.startsWith(': connected\n\nevent: sync.status\ndata: {"event_id":"'));
  now += 40_000;
  await listener.until((text) => text.includes('"completed"'));
  await listener.until((text) => text.endsWith(': heartbeat\n\n'));
  assert.deepEqual(listener.events.map(({ stage }) => stage), ['started', 'fetching', 'completed']);
  assert.doesNotMatch(listener.text, /^id:/m);
  const recent = await backend.recent(user);
  assert.deepEqual(listener.events.reverse(), recent, 'word for word what polling tells');
  listener.answer.destroy();
});

test('who comes again is told again: the last twenty, or as many as asked for', async () => {
  await backend.connect('strava', user);
  now += 40_000;
  const again = await listen('?replay=1');
  await again.until((text) => text.includes(': heartbeat'));
  assert.deepEqual(again.events.map(({ stage }) => stage), ['completed']);
  again.answer.destroy();
});

test('cut after so many events, inside one, or silent from then on', async () => {
  await backend.connect('strava', user);
  now += 40_000;
  sandbox.setFaults({ openWearables: { stream: { cutAfter: 2 } } });
  const cut = await listen();
  assert.equal(await cut.ended, 'torn');
  assert.equal(cut.events.length, 2);
  sandbox.setFaults({ openWearables: { stream: { cutAfter: 1, cutInside: true } } });
  const inside = await listen();
  assert.equal(await inside.ended, 'torn');
  assert.deepEqual([inside.events.length, inside.text.split('event: ').length], [1, 3]);
  sandbox.setFaults({ openWearables: { stream: null } });
  sandbox.setFaults({ openWearables: { stream: { stallAfter: 1 } } });
  const stalled = await listen();
  await stalled.until((text) => text.includes('"started"'));
  const good = await listen('?replay=1');
  await good.until((text) => text.includes('"completed"'));
  assert.equal(stalled.events.length, 1);
  assert.doesNotMatch(stalled.text, /heartbeat/);
  for (const one of [stalled, good]) one.answer.destroy();
});

test('closing the sandbox ends it', async () => {
  const own = await createSandbox({ port: 0, quiet: true });
  const [kept, keptUser] = [sandbox, user];
  sandbox = own;
  user = await new Backend(own).user();
  const listener = await listen();
  await listener.until((text) => text.includes(': connected'));
  await own.close();
  assert.equal(await listener.ended, 'torn');
  [sandbox, user] = [kept, keptUser];
});
