/** The club of `npm start`: its members, the handler behind its login, and the start itself. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { fetchAtHome } from '../../stories/playground/at-home.js';
import { createClub } from '../../stories/playground/club.js';
import { ask, type Answer } from './visitor.js';

describe('the club', () => {
  let sandbox: Sandbox;
  let server: Server;
  let origin = '';
  before(async () => {
    sandbox = await createSandbox({ port: 0, quiet: true });
    server = createServer((request, response) => void (clubOf().answer(request, response) || response.writeHead(404).end()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://host.localhost:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    return sandbox.close();
  });

  /** A new one for each request, as if its server had been started anew: the cookie is all that is needed. */
  const clubOf = () =>
    createClub({ origin, secret: 'a secret of the tests', fetch: fetchAtHome, openWearables: { url: sandbox.openWearables, apiKey: sandbox.openWearablesKey } });
  const signIn = (login: string, password: string, from = origin): Promise<Answer> =>
    ask(`${origin}/club/session`, { method: 'POST', headers: { origin: from, 'content-type': 'application/json' }, body: JSON.stringify({ login, password }) });
  const cookieOf = ({ headers }: Answer): string => headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  const whoIs = async (cookie: string): Promise<unknown> => JSON.parse((await ask(`${origin}/club/session`, { headers: { cookie } })).body);

  it('knows its members by a signed cookie that no script can read, and nobody else', async () => {
    const answer = await signIn('ingrid', 'tuesday');
    assert.deepEqual([answer.status, JSON.parse(answer.body)], [200, { member: 'Ingrid Solberg' }]);
    assert.match(answer.headers['set-cookie']?.[0] ?? '', /; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    const cookie = cookieOf(answer);
    assert.deepEqual(await whoIs(cookie), { member: 'Ingrid Solberg' });
    for (const forged of ['', cookie.replace('ingrid', 'tomas'), cookie.slice(0, -2), cookie.replace(/\.[^.]+\./, '.zzzzzzzz.')]) assert.deepEqual(await whoIs(forged), { member: null }, forged);
    for (const [login, password] of [['ingrid', 'sunday'], ['nobody', 'tuesday'], ['', '']] as const) assert.equal((await signIn(login, password)).status, 401);
    assert.equal((await signIn('ingrid', 'tuesday', 'https://evil.example')).status, 403);
    const out = await ask(`${origin}/club/session`, { method: 'DELETE', headers: { origin, cookie } });
    assert.deepEqual([out.status, out.headers['set-cookie']?.[0]?.includes('Max-Age=0')], [204, true]);
  });

  it('mounts the handler behind that login; each member is a user of their own at Open Wearables', async () => {
    const sources = (cookie: string): Promise<Answer> => ask(`${origin}/wearables/sources`, { headers: { cookie } });
    assert.equal((await sources('')).status, 401);
    for (const [login, password] of [['ingrid', 'tuesday'], ['tomas', 'sunday']] as const) {
      const answer = await sources(cookieOf(await signIn(login, password)));
      const body = JSON.parse(answer.body) as { sources: { id: string }[]; connections: unknown[] };
      assert.deepEqual([answer.status, body.sources.some(({ id }) => id === 'strava'), body.connections], [200, true, []]);
    }
    const found = sandbox.requests.filter(({ method, path }) => method === 'POST' && path === '/api/v1/users');
    assert.equal(found.length, 2);
  });
});

describe('npm start', () => {
  it('says where everything is, takes the next port where one is taken, and ends with Ctrl-C', async () => {
    const taken = createServer().listen(4700, '127.0.0.1');
    // Or somebody else has it: that will do, too.
    await Promise.race([once(taken, 'listening'), once(taken, 'error')]).catch(() => {});
    const started = spawn(process.execPath, ['--import', 'tsx', 'stories/playground/serve.ts'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(started, 'exit');
    try {
      let said = '';
      for await (const chunk of started.stdout) {
        said += String(chunk);
        if (said.includes('Ctrl-C')) break;
      }
      for (const words of ['(4700 is taken)', 'ingrid / tuesday', 'tomas / sunday', 'strava']) assert.ok(said.includes(words), said);
      const addressOf = (name: string): string => new RegExp(`${name} +(http:\\S+)`).exec(said)?.[1] ?? '';
      const playground = addressOf('Playground');
      const page = await ask(`${playground}/`);
      assert.ok(page.body.includes('Open Wearables') && page.body.includes(addressOf('SweatStack')));
      assert.equal((await ask(`${playground.replace('host.localhost', 'localhost')}/`)).headers.location, `${playground}/`);
      assert.equal((await ask(`${playground}/wearables/sources`)).status, 401);
      assert.equal((await ask(`${addressOf('Open Wearables')}/api/v1/oauth/providers`)).status, 200);
      started.kill('SIGINT');
      assert.deepEqual(await ended, [0, null]);
      await assert.rejects(ask(`${playground}/`));
    } finally {
      started.kill('SIGKILL');
      taken.close();
    }
  });
});
