import assert from 'node:assert/strict';
import { request, type IncomingMessage } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { app, connect, Visitor } from './visitor.js';

const beginning = Date.UTC(2026, 8, 27, 0, 56, 34, 667);
let now = beginning;
let step = 0;
let sandbox: Sandbox;
before(async () => {
  sandbox = await createSandbox({
    port: 0, quiet: true, accessTokenSeconds: 10 ** 9, lineEverySeconds: 0.002, streamSeconds: 0.04,
    // Each look at the clock moves it on, so that a stream of milliseconds covers the forty seconds of a history.
    now: () => (now += step),
  });
});
after(() => sandbox.close());
beforeEach(() => {
  now = beginning;
  step = 0;
  sandbox.reset();
});

function open(token: unknown): Promise<IncomingMessage> {
  const { host, port } = new URL(sandbox.sweatstack);
  return new Promise((resolve, reject) => {
    request({
      host: '127.0.0.1', port, path: '/api/v1/activities/backfill-status', agent: false, headers: { host, authorization: `Bearer ${String(token)}` },
    }, resolve).on('error', reject).end();
  });
}

/** Everything until the stream ends; `broken` says whether it was torn off. */
async function read(token: unknown): Promise<{ status: number; type: string; text: string; lines: string[]; broken: boolean }> {
  const answer = await open(token);
  let text = '';
  let broken = false;
  try {
    for await (const chunk of answer) text += String(chunk);
  } catch {
    broken = true;
  }
  return {
    status: answer.statusCode ?? 0, type: String(answer.headers['content-type']), text, broken,
    lines: text.split('\n').filter((line) => line !== ''),
  };
}

const dates = (lines: readonly string[]): string[] => lines
  .map((line) => (JSON.parse(line) as { backfill_loaded_until: string | null } | null)?.backfill_loaded_until)
  .filter((date) => typeof date === 'string');

test('lines of JSON, null first, then ever earlier dates without an offset; the server closes', async () => {
  const { access_token: token } = await connect(sandbox.sweatstack);
  step = 400;
  const { status, type, text, lines, broken } = await read(token);
  assert.deepEqual([status, type, broken], [200, 'application/x-ndjson', false]);
  assert.equal(lines[0], '{"backfill_loaded_until":null}');
  assert.match(text, /\n\n/, 'a blank line now and then');
  const seen = dates(lines);
  assert.ok(seen.length > 5);
  for (const date of seen) assert.match(date, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
  assert.deepEqual(seen, seen.toSorted().toReversed());
});

test('at the end it stands exactly five years before the connection, and keeps saying so', async () => {
  const { access_token: token } = await connect(sandbox.sweatstack);
  now += 60_000;
  const { lines } = await read(token);
  assert.equal(lines.length, 20);
  assert.equal(new Set(lines).size, 1);
  assert.match(dates(lines)[0] ?? '', /^2021-09-27T00:56:34\.667\d{3}$/);
});

test('null is said in both ways before anything has come', async () => {
  const { access_token: token } = await connect(sandbox.sweatstack);
  const { lines } = await read(token);
  assert.deepEqual(new Set(lines), new Set(['{"backfill_loaded_until":null}', 'null']));
});

test('it needs data:read', async () => {
  const { access_token: token } = await connect(sandbox.sweatstack, new Visitor(app), { scope: 'profile' });
  assert.equal((await read(token)).status, 403);
});

test('faults: cut after a line, in the middle of one, an error line, short history, none, unavailable', async () => {
  const { access_token: token } = await connect(sandbox.sweatstack);
  now += 60_000;
  sandbox.setFaults({ stream: { cutAfter: 2 } });
  const cut = await read(token);
  assert.deepEqual([cut.broken, cut.lines.length], [true, 2]);
  sandbox.setFaults({ stream: { cutInside: true } });
  const inside = await read(token);
  assert.equal(inside.broken, true);
  assert.throws(() => { JSON.parse(inside.lines.at(-1) ?? ''); });
  sandbox.setFaults({ stream: null });
  sandbox.setFaults({ stream: { error: 'upstream failed', errorAfter: 1 } });
  const failed = await read(token);
  assert.deepEqual([failed.lines.length, failed.lines[1], failed.broken], [2, '{"error":"upstream failed"}', false]);
  sandbox.clearFaults();
  sandbox.setFaults({ historyYears: 2 });
  assert.match(dates((await read(token)).lines).at(-1) ?? '', /^2024-09-27/);
  sandbox.setFaults({ historyStuck: true });
  assert.deepEqual(dates((await read(token)).lines), []);
  sandbox.setFaults({ answers: { stream: 503 } });
  assert.equal((await read(token)).status, 503);
});

test('a stalled stream stays open and silent until somebody ends it', async () => {
  const { access_token: token } = await connect(sandbox.sweatstack);
  sandbox.setFaults({ stream: { stallAfter: 1 } });
  const answer = await open(token);
  const seen: string[] = [];
  answer.on('data', (chunk: Buffer) => seen.push(chunk.toString()));
  await new Promise((resolve) => answer.once('data', resolve));
  assert.equal(answer.complete, false);
  const torn = new Promise((resolve) => answer.once('error', resolve));
  answer.destroy(new Error('enough'));
  await torn;
  assert.deepEqual(seen, ['{"backfill_loaded_until":null}\n']);
});
