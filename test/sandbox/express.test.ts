import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { app, connect, connectWith, exchangeCode, expressUrl, get, query, start, Visitor } from './visitor.js';

let sandbox: Sandbox;
before(async () => { sandbox = await createSandbox({ port: 0, quiet: true }); });
after(() => sandbox.close());
beforeEach(() => sandbox.reset());

test('express login with Garmin Connect ends in a code, tokens and an identity', async () => {
  const begun = start();
  const visitor = await new Visitor(app).open(expressUrl(sandbox.sweatstack, begun));
  assert.equal(visitor.heading, 'Connect your wearable');
  assert.match(visitor.text, /Playground uses SweatStack/);
  await visitor.follow('Continue with Garmin Connect');
  assert.equal(new URL(visitor.url).origin, sandbox.garmin);
  assert.equal(visitor.heading, 'Sign in to Garmin Connect');
  await visitor.press('Sign in');
  assert.equal(visitor.heading, 'Share your data with SweatStack?');
  await visitor.press('Allow');
  assert.equal(visitor.heading, 'Allow Playground to use your data?');
  assert.match(visitor.text, /Signed in as Alex Rivers \(alex\.rivers@example\.com\)/);
  await visitor.press('Allow');
  const { code = '', state, iss } = query(visitor);
  assert.equal(state, 'the-state');
  assert.equal(iss, sandbox.sweatstack);

  const answer = await exchangeCode(sandbox.sweatstack, begun, code);
  assert.equal(answer.status, 200);
  const tokens = JSON.parse(answer.body) as Record<string, unknown>;
  assert.deepEqual(Object.keys(tokens), ['access_token', 'token_type', 'expires_in', 'refresh_token', 'scope', 'id_token']);
  assert.equal(tokens['token_type'], 'Bearer');
  assert.equal(tokens['expires_in'], 900);
  assert.equal(tokens['refresh_token'], null);
  assert.equal(tokens['scope'], 'openid profile data:read');
  assert.equal(typeof tokens['id_token'], 'string');

  const user = JSON.parse((await get(`${sandbox.sweatstack}/api/v1/oauth/userinfo`, tokens['access_token'])).body) as Record<string, unknown>;
  const { sub, registered_at: registeredAt, ...rest } = user;
  assert.match(String(sub), /^[0-9A-HJKMNP-TV-Z]{26}$/);
  assert.match(String(registeredAt), /Z$/);
  assert.deepEqual(rest, {
    name: 'Alex Rivers', given_name: 'Alex', family_name: 'Rivers', email: 'alex.rivers@example.com',
    issue: { code: 'sync_pending', status: 'syncing', message: 'Data from Garmin Connect is on its way.', destination: null },
  });
});

test('connecting again is instant while signed in, and starts over after signing out', async () => {
  const visitor = new Visitor(app);
  await connect(sandbox.sweatstack, visitor);
  await visitor.open(expressUrl(sandbox.sweatstack, start()));
  assert.ok(query(visitor)['code']);
  await visitor.open(expressUrl(sandbox.sweatstack, start({ prompt: 'consent' })));
  assert.equal(visitor.heading, 'Allow Playground to use your data?');
  await visitor.open(`${sandbox.sweatstack}/logout`);
  await visitor.open(expressUrl(sandbox.sweatstack, start()));
  assert.equal(visitor.heading, 'Connect your wearable');
});

test('the same person at the same wearable is the same account; another person another', async () => {
  await connect(sandbox.sweatstack);
  await connect(sandbox.sweatstack, new Visitor(app));
  assert.equal(sandbox.accounts.length, 1);
  const visitor = await new Visitor(app).open(expressUrl(sandbox.sweatstack, start()));
  await visitor.follow('Continue with Garmin Connect');
  await visitor.press('Sign in', { email: 'kim.larsen@example.com' });
  await visitor.press('Allow');
  assert.equal(sandbox.accounts.length, 2);
  assert.match(visitor.text, /Kim Larsen/);
});

test('integration goes straight to the wearable, and adds it to the account that is signed in', async () => {
  const visitor = new Visitor(app);
  await connect(sandbox.sweatstack, visitor);
  await visitor.open(expressUrl(sandbox.sweatstack, start({ integration: 'intervals_icu' })));
  assert.equal(new URL(visitor.url).origin, sandbox.intervals);
  await visitor.press('Sign in');
  await visitor.press('Allow');
  assert.ok(query(visitor)['code'], 'consent was given before');
  assert.deepEqual(sandbox.accounts[0]?.connections.map(({ integration }) => integration), ['garmin_connect', 'intervals_icu']);
});

test('a no at the wearable leads back to the choice, a no at the consent to the application', async () => {
  const visitor = await new Visitor(app).open(expressUrl(sandbox.sweatstack, start()));
  await visitor.follow('Continue with Garmin Connect');
  await visitor.press('Sign in');
  await visitor.press('Deny');
  assert.match(visitor.text, /Garmin Connect was not connected/);
  await visitor.follow('Continue with Garmin Connect');
  await visitor.press('Allow');
  await visitor.press('Deny');
  const { error, error_description: description, state, code } = query(visitor);
  assert.deepEqual([error, state, code], ['access_denied', 'the-state', undefined]);
  assert.equal(description, 'The user denied the request');
});

test('Wahoo shares no address, so SweatStack asks for one', async () => {
  const visitor = await new Visitor(app).open(expressUrl(sandbox.sweatstack, start()));
  await connectWith(visitor, 'Wahoo');
  assert.equal(visitor.heading, 'One more thing: your e-mail');
  await visitor.press('Continue', { email: 'nonsense' });
  assert.match(visitor.text, /does not look like an e-mail/);
  await visitor.press('Continue', { email: 'new@example.com' });
  assert.equal(visitor.heading, 'Allow Playground to use your data?');
  assert.deepEqual(sandbox.accounts.map(({ email, name }) => [email, name]), [['new@example.com', 'Alex Rivers']]);
  const again = await new Visitor(app).open(expressUrl(sandbox.sweatstack, start()));
  await connectWith(again, 'Wahoo');
  assert.equal(again.heading, 'Allow Playground to use your data?', 'known by now');
});

test('an address that has an account is only believed after a mail to it', async () => {
  await connect(sandbox.sweatstack);
  const visitor = await new Visitor(app).open(expressUrl(sandbox.sweatstack, start()));
  await connectWith(visitor, 'Wahoo');
  await visitor.press('Continue', { email: 'alex.rivers@example.com' });
  assert.equal(visitor.heading, 'Check your mail');
  await visitor.open(sandbox.mails[0]?.link ?? '');
  assert.equal(sandbox.accounts.length, 1);
  assert.deepEqual(sandbox.accounts[0]?.connections.map(({ integration }) => integration), ['garmin_connect', 'wahoo']);
});
