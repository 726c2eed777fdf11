import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { ConnectError } from '../../src/core/errors.js';
import { createHandler } from '../../src/server/handler.js';
import type { HandlerOptions } from '../../src/server/settings.js';
import { createRedeemRig } from './redeem-rig.js';
import { authenticate, createRig, site, verdictOf } from './rig.js';

const sweatstack = { clientId: 'app-1' };
const openWearables = { url: 'https://ow.example', apiKey: 'sk-1' };
const secret = 'a secret of the tests';
const whole: HandlerOptions = { origin: site, authenticate, sweatstack, onTokens: () => {} };

describe('createHandler', () => {
  const table: Record<string, [options: object, named: RegExp]> = {
    'no origin': [{ origin: undefined }, /origin/],
    'an empty origin': [{ origin: ' ' }, /origin/],
    'an origin with a path': [{ origin: `${site}/club` }, /origin/],
    'an origin without TLS': [{ origin: 'http://club.example' }, /origin/],
    'nobody to ask': [{ authenticate: undefined }, /authenticate/],
    'a basePath that is an address': [{ basePath: 'https://club.example/wearables' }, /basePath/],
    'nothing to do': [{ sweatstack: undefined }, /openWearables or sweatstack/],
    'Open Wearables without an address': [{ openWearables: { url: undefined, apiKey: 'k' }, secret }, /openWearables\.url/],
    'Open Wearables without TLS': [{ openWearables: { ...openWearables, url: 'http://ow.example' }, secret }, /openWearables\.url/],
    'an address for browsers without TLS': [{ openWearables: { ...openWearables, publicUrl: 'http://ow.example' }, secret }, /openWearables\.publicUrl/],
    'an address for browsers that is empty': [{ openWearables: { ...openWearables, publicUrl: '' }, secret }, /openWearables\.publicUrl/],
    'Open Wearables without a key': [{ openWearables: { ...openWearables, apiKey: undefined }, secret }, /openWearables\.apiKey/],
    'a key that fits no header': [{ openWearables: { ...openWearables, apiKey: 'canary\n' + 'x' }, secret }, /openWearables\.apiKey(?!.*canary)/],
    'Open Wearables without a secret': [{ openWearables }, /secret/],
    'a secret that is empty': [{ openWearables, secret: '' }, /secret.*an empty text/],
    'a secret of blanks': [{ openWearables, secret: '  ' }, /secret/],
    'half an application': [{ openWearables, secret, token: { appId: 'app_1' } }, /token\.appSecret/],
    'no application': [{ sweatstack: {} }, /sweatstack\.clientId/],
    'an empty secret': [{ sweatstack: { ...sweatstack, clientSecret: '' } }, /sweatstack\.clientSecret/],
    'a platform without TLS': [{ sweatstack: { ...sweatstack, baseUrl: 'http://app.sweatstack.no' } }, /sweatstack\.baseUrl/],
    'a basePath that is none': [{ basePath: 5 }, /basePath/],
    'nobody to give the tokens to': [{ onTokens: undefined }, /onTokens/],
  };
  for (const [what, [options, named]] of Object.entries(table))
    it(`refuses ${what}, and names it`, () => {
      assert.throws(() => createHandler({ ...whole, ...options }), (error) => error instanceof ConnectError && error.code === 'misconfigured' && named.test(error.message));
    });

  it('refuses to be called without options, and says which it needs', () => {
    for (const none of [undefined, null, 'canary', () => {}])
      assert.throws(() => createHandler(none as unknown as HandlerOptions), (error) => error instanceof ConnectError && error.code === 'misconfigured' && /createHandler: .*origin.*authenticate(?!.*canary)/.test(error.message));
  });

  it('takes what it needs', () => {
    assert.equal(typeof createHandler(whole), 'function');
    assert.equal(typeof createHandler({ ...whole, origin: 'http://localhost:3000', basePath: '/api/wearables/' }), 'function');
  });

  it('takes a secret that is soon guessed, and says on the console, once, how a good one is made', () => {
    const log = mock.method(console, 'warn', () => {});
    try {
      createHandler({ ...whole, openWearables, secret });
      assert.equal(log.mock.callCount(), 0);
      for (const short of ['canary7', 'c', 'canary of 15 ch']) assert.equal(typeof createHandler({ ...whole, openWearables, secret: short }), 'function');
      assert.equal(log.mock.callCount(), 1);
      assert.match(log.mock.calls.map(({ arguments: said }) => String(said)).join(), /^wearable-connect: .*secret.*16 characters.*node -p.*randomBytes(?!.*canary)/);
    } finally {
      log.mock.restore();
    }
  });
});

describe('the handler', () => {
  const rig = createRedeemRig();

  const refused: Record<string, [ask: () => Promise<Response>, verdict: string]> = {
    'an address below it that it does not know': [() => rig.ask('POST', '/wearables/nothing', {}), '404 misconfigured'],
    'one that every object has': [() => rig.ask('POST', '/wearables/constructor', {}), '404 misconfigured'],
    'one further down': [() => rig.ask('POST', '/wearables/redeem/more', {}), '404 misconfigured'],
    'an address beside it': [() => rig.ask('POST', '/wearables-too/redeem', {}), '404 misconfigured'],
    'another method': [() => rig.ask('GET', '/wearables/redeem'), '405 misconfigured'],
    'another method that every object has': [() => rig.handler(new Request(`${site}/wearables/redeem`, { method: 'toString' })), '405 misconfigured'],
    'nobody': [() => rig.redeem(undefined, { 'x-user': null }), '401 session_expired'],
    'a request of nowhere that a form could send': [() => rig.redeem(undefined, { 'x-wearable-connect': null, origin: null, cookie: 'session=1', 'content-type': 'text/plain' }), '403 access_denied'],
    'a request from another origin': [() => rig.redeem(undefined, { origin: 'https://evil.example' }), '403 access_denied'],
    'a request from no origin at all': [() => rig.redeem(undefined, { origin: 'null' }), '403 access_denied'],
    'a request that the browser calls foreign': [() => rig.redeem(undefined, { 'sec-fetch-site': 'cross-site' }), '403 access_denied'],
    'a form of another site': [() => rig.redeem('code=1', { 'x-wearable-connect': null, origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' }), '403 access_denied'],
  };
  for (const [what, [ask, verdict]] of Object.entries(refused))
    it(`refuses ${what}: ${verdict}`, async () => {
      const response = await ask();
      assert.equal(response.headers.get('cache-control'), 'no-store');
      assert.equal(response.headers.get('access-control-allow-origin'), null);
      assert.equal(await verdictOf(response), verdict);
      assert.equal(rig.platforms.asked.length, 0);
    });

  describe('under another name than the browser’s', () => {
    const sameOrigin = { origin: 'http://127.0.0.1:5173', 'sec-fetch-site': 'same-origin' };

    it('says so to the page, and to whoever runs the site: nobody said no', async () => {
      const { redeem, thrown, platforms } = createRedeemRig({ origin: 'http://localhost:5173' });
      const response = await redeem(undefined, sameOrigin);
      const { error, message } = (await response.json()) as { error: string; message: string };
      assert.deepEqual([response.status, error, platforms.asked.length], [403, 'misconfigured', 0]);
      assert.match(message, /http:\/\/127\.0\.0\.1:5173.*createHandler.*http:\/\/localhost:5173/);
      assert.deepEqual(thrown.map((one) => one instanceof ConnectError && [one.code, one.message]), [['misconfigured', message]]);
    });

    it('says it once a minute, whatever who is no browser writes as Origin, and no longer than an origin is', async () => {
      const { redeem, thrown, clock } = createRedeemRig();
      for (const origin of ['https://a.example', 'https://b.example', 'null', `https://${'x'.repeat(5_000)}`]) assert.equal((await redeem(undefined, { ...sameOrigin, origin })).status, 403);
      assert.equal(thrown.length, 1);
      await clock.advance(61_000);
      await redeem(undefined, { ...sameOrigin, origin: `https://${'x'.repeat(5_000)}` });
      assert.deepEqual([thrown.length, String(thrown[1]).length < 500], [2, true]);
    });

    for (const [what, site] of [['another site', 'cross-site'], ['another page of the same site', 'same-site'], ['a browser that does not say', null]] as const)
      it(`is still told as no more than a refusal to ${what}`, async () => {
        const { redeem, thrown } = createRedeemRig({ origin: 'http://localhost:5173' });
        assert.equal(await verdictOf(await redeem(undefined, { ...sameOrigin, 'sec-fetch-site': site })), '403 access_denied');
        assert.deepEqual(thrown, []);
      });
  });

  it('says which methods there are', async () => {
    assert.equal((await rig.ask('PUT', '/wearables/redeem', {})).headers.get('allow'), 'POST');
  });

  it('takes a request without an Origin, which no browser sends, where the header is there', async () => {
    assert.equal((await createRedeemRig().redeem(undefined, { origin: null })).status, 200);
  });

  it('stands where it is mounted', async () => {
    const { ask } = createRedeemRig({ basePath: '/api/wearables/' });
    assert.equal(await verdictOf(await ask('POST', '/wearables/redeem', {})), '404 misconfigured');
    assert.equal(await verdictOf(await ask('POST', '/api/wearables/redeem', {})), '400 misconfigured');
  });

  it('says that authenticate failed, and not how', async () => {
    const { redeem, thrown } = createRedeemRig({ authenticate: () => Promise.reject(new Error('canary of the database')) });
    const response = await redeem();
    assert.doesNotMatch(await response.clone().text(), /canary/);
    assert.equal(await verdictOf(response), '500 platform_error');
    assert.equal(thrown.length, 1);
  });

  it('says what authenticate must give', async () => {
    for (const user of [{}, { userId: '' }, { userId: 7 }, { userId: 'x'.repeat(256) }, { userId: 'half \ud83d' }, { userId: '\ude00 half' }]) {
      const { redeem, thrown } = createRedeemRig({ authenticate: () => user as { userId: string } });
      assert.equal(await verdictOf(await redeem()), '500 misconfigured');
      assert.match(String(thrown[0]), /authenticate\(\) must give/, 'whoever wrote it hears of it, too');
    }
    assert.equal((await createRedeemRig({ authenticate: () => ({ userId: 'whole 😀' }) }).redeem()).status, 200);
  });

  it('logs one line where nobody listens, and nothing of what was thrown', async () => {
    const log = mock.method(console, 'error', () => {});
    try {
      await createRedeemRig({ onError: undefined, onTokens: () => Promise.reject(new RangeError('canary-access')) }).redeem();
      assert.deepEqual(log.mock.calls.map(({ arguments: said }) => said), [['wearable-connect: onTokens failed (RangeError). Pass onError to createHandler to learn more.']]);
    } finally {
      log.mock.restore();
    }
  });

  it('is alone with what it is given: without a fetch of its own it takes the global one when it is called', () => {
    assert.equal(typeof createRig({ sweatstack, onTokens: () => {}, fetch: undefined }).handler, 'function');
  });
});
