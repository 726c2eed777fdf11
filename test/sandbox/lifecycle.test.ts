import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect as dial, createServer, type Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createSandbox } from '../../src/sandbox/index.js';
import { readArguments } from '../../src/sandbox/cli-arguments.js';
import { app, ask, connect, get, Visitor } from './visitor.js';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
after(() => { rmSync(folder, { recursive: true }); });

const reachable = (host: string, port: number): Promise<boolean> => new Promise((resolve) => {
  const socket = dial({ host, port }, () => { socket.destroy(); resolve(true); });
  socket.on('error', () => { resolve(false); });
});

test('it listens on loopback and nowhere else', async () => {
  const sandbox = await createSandbox({ port: 0, quiet: true });
  assert.equal(await reachable('127.0.0.1', sandbox.port), true);
  const others = Object.values(networkInterfaces()).flat().filter((address) => address?.family === 'IPv4' && !address.internal);
  for (const address of others) assert.equal(await reachable(address?.address ?? '', sandbox.port), false);
  await sandbox.close();
  assert.equal(await reachable('127.0.0.1', sandbox.port), false);
});

test('a busy port makes it take the next one', async () => {
  const blocker = await new Promise<Server>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => { resolve(server); });
  });
  const { port } = blocker.address() as { port: number };
  const sandbox = await createSandbox({ port, quiet: true });
  assert.ok(sandbox.port > port && sandbox.port <= port + 20);
  await sandbox.close();
  blocker.close();
});

test('close() ends open streams and delayed answers at once', async () => {
  const sandbox = await createSandbox({ port: 0, quiet: true });
  const { access_token: token } = await connect(sandbox.sweatstack);
  sandbox.setFaults({ delays: { userinfo: 3_600_000 } });
  const stream = get(`${sandbox.sweatstack}/api/v1/activities/backfill-status`, token).then(() => 'ended', () => 'torn');
  const late = get(`${sandbox.sweatstack}/api/v1/oauth/userinfo`, token).then(() => 'ended', () => 'torn');
  await get(`${sandbox.sweatstack}/api/v1/profile/status`, token);
  await sandbox.close();
  assert.deepEqual(await Promise.all([stream, late]), ['torn', 'torn']);
});

test('a name that is not this computer\'s gets nothing', async () => {
  const sandbox = await createSandbox({ port: 0, quiet: true });
  for (const host of ['evil.example', 'other.localhost', 'sweatstack.localhost.evil.example', '']) {
    const answer = await ask(`http://127.0.0.1:${sandbox.port}/`, { headers: {} }).catch(() => undefined);
    assert.equal(answer?.status, 200, 'the plain address is SweatStack');
    if (host !== '') assert.equal((await ask(`http://${host}:${sandbox.port}/`)).status, 421, host);
  }
  assert.deepEqual(sandbox.requests.map(({ status }) => status), [200, 421, 200, 421, 200, 421, 200]);
  await sandbox.close();
});

test('the log keeps the last five hundred requests', async () => {
  const sandbox = await createSandbox({ port: 0, quiet: true });
  for (let count = 0; count < 505; count++) await ask(`${sandbox.mail}/favicon.ico?${count}`);
  assert.equal(sandbox.requests.length, 500);
  assert.equal(sandbox.requests[0]?.path, '/favicon.ico?5');
  assert.equal(sandbox.requests[0].host, new URL(sandbox.mail).host);
  await sandbox.close();
});

test('accounts outlive the run in a file; a file of something else is left alone', async () => {
  const accountsFile = join(folder, 'accounts.json');
  const first = await createSandbox({ port: 0, quiet: true, accountsFile });
  await connect(first.sweatstack);
  await first.close();
  const second = await createSandbox({ port: 0, quiet: true, accountsFile });
  assert.equal(second.accounts[0]?.email, 'alex.rivers@example.com');
  await connect(second.sweatstack, new Visitor(app));
  assert.equal(second.accounts.length, 1);
  await second.close();
  const other = join(folder, 'other.json');
  writeFileSync(other, '{"mine": true}');
  await assert.rejects(createSandbox({ port: 0, quiet: true, accountsFile: other }), /does not hold a list/);
});

test('options that cannot be are refused in words', async () => {
  await assert.rejects(createSandbox({ port: 0, historySeconds: 0 }), /historySeconds is a number above 0/);
  await assert.rejects(createSandbox({ port: 0, clients: [{ clientId: 'a', redirectUris: ['/callback'] }] }), /not an absolute address/);
  await assert.rejects(createSandbox({ port: 0, faults: { denial: true } as never }), /There is no fault/);
});

test('the command line becomes options, or a sentence', () => {
  assert.deepEqual(readArguments(['sandbox']), { run: {} });
  assert.deepEqual(readArguments(['sandbox', '--port', '0', '--speed=fast', '--fault', 'deny', '--fault=answers.token:503', '--accounts', 'a.json']), {
    run: { port: 0, historySeconds: 8, lineEverySeconds: 0.5, accountsFile: 'a.json', faults: { deny: true, answers: { token: 503 } } },
  });
  assert.match((readArguments([]) as { say: string }).say, /^Usage/);
  for (const [args, why] of [
    [['serve'], /no command "serve"/], [['sandbox', '--prot', '1'], /no option "--prot"/], [['sandbox', '--port', 'x'], /--port is a number/],
    [['sandbox', '--port'], /--port needs a value/], [['sandbox', '--speed', 'warp'], /--speed is one of/], [['sandbox', '--fault', 'x'], /There is no fault "x"/],
  ] as const) {
    const command = readArguments(args);
    assert.ok('say' in command && command.failed);
    assert.match(command.say, why);
  }
});
