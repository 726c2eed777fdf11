import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { signInUrl, type Settings } from '../../src/platforms/sweatstack/settings.js';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { app, ask, authorizeUrl, connect, exchangeCode, expressUrl, get, query, start, Visitor } from './visitor.js';

let sandbox: Sandbox;
before(async () => {
  sandbox = await createSandbox({
    port: 0, quiet: true,
    clients: [
      { clientId: 'demo-client', name: 'Playground' },
      { clientId: 'registered', redirectUris: ['https://club.example/app', 'clubapp://done'] },
      { clientId: 'hidden', private: true },
      { clientId: 'local', anyLocalhost: true },
    ],
  });
});
after(() => sandbox.close());
beforeEach(() => sandbox.reset());

const open = (changes: Record<string, string> = {}): Promise<Visitor> =>
  new Visitor(app).open(authorizeUrl(sandbox.sweatstack, start(changes)));

test('the standard page asks for an e-mail; the link in the mail goes on in another tab', async () => {
  const begun = start();
  const visitor = await new Visitor(app).open(authorizeUrl(sandbox.sweatstack, begun));
  assert.equal(visitor.heading, 'Sign in to SweatStack');
  assert.match(visitor.text, /E-mail Send sign-in link More options Continue with Garmin Connect/);
  await visitor.press('Send sign-in link', { email: 'Kim.Larsen@example.com' });
  assert.equal(visitor.heading, 'Check your mail');

  const inbox = await visitor.tab().open(`${sandbox.mail}/`);
  assert.match(inbox.text, /Your sign-in link for SweatStack to kim\.larsen@example\.com/);
  assert.match(inbox.html, /target="_blank" rel="noopener">Sign in to SweatStack</);
  await inbox.follow('Sign in to SweatStack');
  assert.equal(inbox.heading, 'Allow Playground to use your data?');
  await inbox.press('Allow');
  const { code = '', state } = query(inbox);
  assert.equal(state, 'the-state');
  const tokens = JSON.parse((await exchangeCode(sandbox.sweatstack, begun, code)).body) as Record<string, unknown>;
  const user = JSON.parse((await get(`${sandbox.sweatstack}/api/v1/oauth/userinfo`, tokens['access_token'])).body) as Record<string, unknown>;
  assert.equal(user['name'], 'Kim Larsen');
  assert.deepEqual(user['issue'], {
    code: 'no_source_connected', status: 'action_required', message: 'No wearable is connected to this account yet.',
    destination: 'manage-integrations',
  });

  await visitor.open(sandbox.mails[0]?.link ?? '');
  assert.equal(visitor.heading, 'This link was used already');
});

test('the link works in a browser that never saw the first page', async () => {
  const visitor = await open();
  await visitor.press('Send sign-in link', { email: 'kim@example.com' });
  const elsewhere = await new Visitor(app).open(sandbox.mails[0]?.link ?? '');
  assert.equal(elsewhere.heading, 'Allow Playground to use your data?');
});

test('the mail can be sent again, and both links are good', async () => {
  const visitor = await open();
  await visitor.press('Send sign-in link', { email: 'kim@example.com' });
  await visitor.press('Send it again');
  assert.equal(sandbox.mails.length, 2);
});

test('email_auth_mode=existing_only turns an unknown address away', async () => {
  const visitor = await open({ email_auth_mode: 'existing_only' });
  await visitor.press('Send sign-in link', { email: 'kim@example.com' });
  assert.match(visitor.text, /no account with this e-mail yet/);
  assert.equal(sandbox.mails.length, 0);
});

test('user_flow chooses the words, integration the wearable, prompt who is asked again', async () => {
  assert.equal((await open({ user_flow: 'signup' })).heading, 'Create your SweatStack account');
  assert.equal((await open({ integration: 'wahoo' })).heading, 'Sign in to Wahoo');
  const visitor = new Visitor(app);
  await connect(sandbox.sweatstack, visitor);
  await visitor.open(authorizeUrl(sandbox.sweatstack, start({ prompt: 'login' })));
  assert.equal(visitor.heading, 'Sign in to SweatStack');
  await visitor.open(authorizeUrl(sandbox.sweatstack, start({ prompt: 'select_account' })));
  await visitor.press('Continue as Alex Rivers');
  assert.equal(visitor.heading, 'Allow Playground to use your data?');
  await visitor.follow('Not you?');
  assert.equal(visitor.heading, 'Sign in to SweatStack');
  await visitor.follow('Back to Playground');
  assert.equal(query(visitor)['error'], 'access_denied');
});

test('prompt=none asks for a scope that was not consented to before', async () => {
  const visitor = new Visitor(app);
  await connect(sandbox.sweatstack, visitor, { scope: 'profile' });
  await visitor.open(authorizeUrl(sandbox.sweatstack, start({ scope: 'profile,data:read' })));
  assert.equal(visitor.heading, 'Allow Playground to use your data?');
  assert.match(visitor.text, /Read your training data/);
});

test('nothing is sent to an application or address that is not right', async () => {
  for (const [changes, heading] of [
    [{ client_id: 'nobody' }, 'This application is not known'],
    [{ client_id: 'hidden' }, 'This application is private'],
    [{ redirect_uri: 'https://evil.example/' }, 'This link leads nowhere safe'],
    [{ redirect_uri: 'javascript:alert(1)' }, 'This link leads nowhere safe'],
    [{ redirect_uri: 'http://localhost.evil.example/' }, 'This link leads nowhere safe'],
    [{ redirect_uri: 'https://localhost:5173/' }, 'This link leads nowhere safe'],
    [{ redirect_uri: 'http://[::1]:5173/' }, 'This link leads nowhere safe'],
    [{ redirect_uri: 'http://host.localhost:5173/' }, 'This link leads nowhere safe'],
    [{ client_id: 'local', redirect_uri: 'https://host.localhost:5173/' }, 'This link leads nowhere safe'],
    [{ client_id: 'local', redirect_uri: 'http://host.localhost.evil.example/' }, 'This link leads nowhere safe'],
    [{ client_id: 'registered' }, 'This link leads nowhere safe'],
    [{ client_id: 'registered', redirect_uri: 'https://club.example.evil/app' }, 'This link leads nowhere safe'],
    [{ client_id: 'registered', redirect_uri: 'https://club.example/apple' }, 'This link leads nowhere safe'],
  ] as const) {
    const visitor = await open(changes);
    assert.equal(visitor.heading, heading, JSON.stringify(changes));
    assert.ok(visitor.status >= 400);
  }
  for (const redirectUri of ['https://club.example/app', 'https://club.example/app/callback.html', 'clubapp://done']) {
    assert.equal((await open({ client_id: 'registered', redirect_uri: redirectUri })).heading, 'Sign in to SweatStack', redirectUri);
  }
  for (const [id, redirectUri] of [['demo-client', 'http://127.0.0.1:1/x'], ['local', 'http://localhost:2/'], ['local', 'http://host.localhost:3/x']] as const) {
    assert.equal((await open({ client_id: id, redirect_uri: redirectUri })).heading, 'Sign in to SweatStack', redirectUri);
  }
});

test('what is wrong with a request from a right address goes back to it', async () => {
  for (const [changes, error] of [
    [{ code_challenge: '' }, 'invalid_request'],
    [{ code_challenge_method: 'plain' }, 'invalid_request'],
    [{ scope: '' }, 'invalid_scope'],
    [{ scope: 'everything' }, 'invalid_scope'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ integration: 'abacus' }, 'invalid_request'],
  ] as const) {
    const { error: got, state } = query(await open(changes));
    assert.deepEqual([got, state], [error, 'the-state'], JSON.stringify(changes));
  }
});

test('the express state is read as a standard decoder reads it: one alphabet, padded, percent-encoded; its scope may be a list', async () => {
  const { parameters } = start();
  const said = ['', '?', '??'].map((more) => JSON.stringify({ ...parameters, scope: ['profile', 'data:read'], state: `łąka >>>>>?????${more}` }));
  // One that has all that the two alphabets differ in.
  const json = said.find((text) => ['+', '/', '='].every((sign) => Buffer.from(text).toString('base64').includes(sign))) ?? '';
  const padded = Buffer.from(json).toString('base64');
  for (const state of [padded.replaceAll('=', ''), Buffer.from(json).toString('base64url'), padded.replaceAll('+', '-').replaceAll('/', '_')]) {
    const visitor = await new Visitor(app).open(`${sandbox.sweatstack}/express-login?state=${encodeURIComponent(state)}`);
    assert.match(visitor.text, /not base64 of the standard alphabet/);
  }
  assert.match((await new Visitor(app).open(`${sandbox.sweatstack}/express-login?state=${padded}`)).text, /an unencoded plus sign/);
  const visitor = await new Visitor(app).open(`${sandbox.sweatstack}/express-login?state=${encodeURIComponent(padded)}`);
  assert.equal(visitor.heading, 'Connect your wearable');
  await visitor.follow('Back to Playground');
  assert.equal(query(visitor)['state'], (JSON.parse(json) as { state: string }).state);
});

test('the widget’s own express state is read, whatever it holds', async () => {
  const settings = { base: new URL(sandbox.sweatstack), express: true } as Settings;
  for (const state of ['', 'x', 'xx', 'xxx', 'ÿþ~?> łąka']) {
    const { parameters } = start({ state });
    assert.equal((await new Visitor(app).open(signInUrl(settings, parameters))).heading, 'Connect your wearable', state);
  }
});

test('a damaged express state gets a page that tells the developer why', async () => {
  const encode = (text: string): string => encodeURIComponent(Buffer.from(text).toString('base64'));
  for (const [state, why] of [
    ['', /has no state parameter/], ['%25%25', /not base64/], [encode('no json'), /not of JSON/], [encode('[1]'), /not an object/],
    [encode('{"scope":"profile"}'), /without client_id/], [encode('{"client_id":7}'), /client_id is neither text/], ['/w==', /not of UTF-8/],
  ] as const) {
    const visitor = await new Visitor(app).open(`${sandbox.sweatstack}/express-login?state=${state}`);
    assert.equal(visitor.status, 400);
    assert.match(visitor.text, why);
  }
});

test('a wearable without a name, and a page that is not there, say so', async () => {
  const visitor = await new Visitor(app).open(expressUrl(sandbox.sweatstack, start()));
  const id = /request=([\w-]+)/.exec(visitor.html)?.[1] ?? '';
  await visitor.open(`${sandbox.sweatstack}/connect/abacus?request=${id}`);
  assert.equal(visitor.heading, 'This wearable is not offered');
  await visitor.open(`${sandbox.sweatstack}/nowhere`);
  assert.deepEqual([visitor.status, visitor.heading], [404, 'There is no such page']);
  await visitor.open(`${sandbox.sweatstack}/consent?request=gone`);
  assert.equal(visitor.heading, 'This sign-in is over');
});

test('pages carry no script, may not be framed, and escape what comes from outside', async () => {
  const visitor = await new Visitor(app).open(authorizeUrl(sandbox.sweatstack, start({ client_id: '<script>alert(1)</script>' })));
  assert.ok(!visitor.html.includes('<script'));
  assert.match(String(visitor.headers['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'/);
  assert.equal((await ask(`${sandbox.garmin}/favicon.ico`)).status, 204);
  assert.match(String((await ask(`${sandbox.wahoo}/sandbox.css`)).headers['content-type']), /text\/css/);
});
