import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { app, ask, connect, get, Visitor, type Answer } from './visitor.js';

let sandbox: Sandbox;
before(async () => { sandbox = await createSandbox({ port: 0, quiet: true }); });
after(() => sandbox.close());
beforeEach(() => sandbox.reset());

const askSession = (token: unknown, body: unknown): Promise<Answer> => ask(`${sandbox.sweatstack}/api/v1/portal/sessions`, {
  method: 'POST', headers: { authorization: `Bearer ${String(token)}`, 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const link = async (token: unknown, body: object): Promise<string> =>
  (JSON.parse((await askSession(token, { destination: 'manage-integrations', ...body })).body) as { url: string }).url;

test('the portal lists the wearables, disconnects and connects them', async () => {
  const { access_token: token } = await connect(sandbox.sweatstack);
  const url = await link(token, {});
  const visitor = await new Visitor(app).open(url);
  assert.equal(visitor.heading, 'Your connected wearables');
  assert.match(visitor.text, /Garmin Connect Connected/);
  assert.match(visitor.text, /You can close this page/);
  await visitor.press('Disconnect Garmin Connect');
  assert.deepEqual(sandbox.accounts[0]?.connections, []);
  await visitor.press('Connect Wahoo');
  await visitor.press('Sign in');
  await visitor.press('Allow');
  assert.equal(visitor.heading, 'Your connected wearables');
  assert.match(visitor.text, /Wahoo Connected/);
  await new Visitor(app).open(url).then(({ heading }) => { assert.equal(heading, 'This link was used already'); });
});

test('a return_url must be an address of the application', async () => {
  const { access_token: token } = await connect(sandbox.sweatstack);
  const visitor = await new Visitor(app).open(await link(token, { return_url: `${app}/settings` }));
  assert.match(visitor.text, /Back to Playground/);
  const foreign = await askSession(token, { destination: 'manage-integrations', return_url: 'https://evil.example/' });
  assert.equal(foreign.status, 400);
  assert.equal((await askSession(token, { destination: 'manage-integrations', return_url: `${app}/${'x'.repeat(2048)}` })).status, 422);
  assert.equal((await askSession(token, { destination: 'elsewhere' })).status, 422);
  assert.equal((await askSession(token, '{')).status, 422);
  assert.equal((await askSession('nonsense', { destination: 'manage-integrations' })).status, 401);
});

test('on the settings page the visitor takes an application\'s access back', async () => {
  const visitor = new Visitor(app);
  const { access_token: token } = await connect(sandbox.sweatstack, visitor);
  await visitor.open(`${sandbox.sweatstack}/settings/sharing`);
  await visitor.press('Revoke Playground');
  const statuses = (): Promise<number[]> =>
    Promise.all(['oauth/userinfo', 'activities/backfill-status', 'profile/status'].map(async (path) => (await get(`${sandbox.sweatstack}/api/v1/${path}`, token)).status));
  assert.deepEqual(await statuses(), [401, 401, 401]);
  sandbox.setFaults({ forbidsRevoked: true });
  assert.deepEqual(await statuses(), [403, 403, 403], 'the real one gives either');
  assert.deepEqual(sandbox.accounts[0]?.apps, {});
  await visitor.open(`${sandbox.sweatstack}/logout`);
  assert.equal(visitor.heading, 'You are signed out');
  await visitor.open(`${sandbox.sweatstack}/settings/sharing`);
  assert.equal(visitor.heading, 'Nobody is signed in');
});
