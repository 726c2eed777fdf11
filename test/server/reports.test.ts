import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { ConnectError } from '../../src/core/errors.js';
import { createReports } from '../../src/server/reports.js';
import { createFakeClock } from '../sync/fake-clock.js';
import { createOpenWearables, ids, row } from './open-wearables-rig.js';
import { createRedeemRig, redeemable } from './redeem-rig.js';
import { reply } from './rig.js';
import { createUpdates } from './updates-rig.js';

const told = (thrown: readonly unknown[]): string[] => thrown.map((error) => (error instanceof ConnectError ? `${error.code}: ${error.message}` : String(error)));
const forbidden = new RegExp(`canary|${Object.values(ids).join('|')}|kari`);

describe('whoever runs the site hears', () => {
  const ways: Record<string, [answer: () => Response | Promise<Response>, said: RegExp]> = {
    'that the key is wrong': [() => reply({ detail: 'canary' }, 401), /^misconfigured: .*openWearables\.apiKey/],
    'that Open Wearables falls over': [() => reply('canary', 500), /^platform_error: .*HTTP 500/],
    'that it is not there': [() => Promise.reject(new TypeError('canary')), /^network: .*could not be reached/],
    'that it is something else': [() => reply('<p>canary'), /^invalid_response: .*JSON/],
  };
  for (const [what, [answer, said]] of Object.entries(ways))
    it(`${what}, once a minute, without a name or a word of a provider`, async () => {
      const { ask, thrown, clock, platforms } = createOpenWearables();
      await ask('GET', '/wearables/connections');
      platforms.answers[`GET /api/v1/users/${ids['kari']}/connections`] = answer;
      for (const times of [1, 1, 2]) {
        await ask('GET', '/wearables/connections');
        assert.equal(thrown.length, times);
        await clock.advance(31_000);
      }
      const [first = ''] = told(thrown);
      assert.match(first, said);
      assert.doesNotMatch(first, forbidden);
    });

  it('that a provider has no credentials', async () => {
    const { ask, thrown } = createOpenWearables({}, { 'GET /api/v1/oauth/whoop/authorize': () => reply({ authorization_url: 'https://whoop.example/?client_id=' }) });
    await ask('POST', '/wearables/authorizations', { source: 'whoop' });
    assert.match(told(thrown).join(), /^misconfigured: Whoop has no credentials/);
  });

  it('that Open Wearables sends visitors to where nobody should be sent, without a word of where', async () => {
    const { ask, thrown } = createOpenWearables({}, { 'GET /api/v1/oauth/whoop/authorize': () => reply({ authorization_url: 'javascript:canary' }) });
    await ask('POST', '/wearables/authorizations', { source: 'whoop' });
    assert.match(told(thrown).join(), /^invalid_response: The authorization URL of Whoop is not https:/);
    assert.doesNotMatch(told(thrown).join(), forbidden);
  });

  it('that a look fails while updates are told, once a minute however often it looks', async () => {
    const { listen, rows, clock, platforms, thrown, base } = createUpdates();
    rows['kari'] = [row('strava', clock.now())];
    const heard = await listen();
    platforms.answers[`GET ${base}/connections`] = () => reply('canary', 500);
    await clock.advance(50_000);
    assert.deepEqual(told(thrown), ['platform_error: Open Wearables (listing connections) answered HTTP 500.']);
    await clock.advance(60_000);
    assert.equal(thrown.length, 2);
    heard.leave();
  });

  const starts: Record<string, () => Response | Promise<Response>> = {
    'falls over': () => reply('canary', 500),
    'refuses': () => reply({ detail: 'canary' }, 400),
    'asks to slow down': () => reply({ detail: 'canary' }, 429),
    'does not know the connection': () => reply({ detail: 'canary not found' }, 404),
    'knows neither route': () => reply({ detail: 'Not Found' }, 404),
  };
  for (const [what, answer] of Object.entries(starts))
    it(`that a history did not begin, where its start ${what}`, async () => {
      const { nonceFor, connect, rows, clock, thrown } = createOpenWearables({}, { [`POST /api/v1/providers/strava/users/${ids['kari']}/sync/historical`]: answer });
      const nonce = await nonceFor('strava');
      rows['kari'] = [row('strava', clock.now() + 1)];
      assert.equal((await connect('strava', nonce)).status, 200);
      assert.match(told(thrown).join(), /^sync_failed: The history of a new connection did not begin: [^,]*$/);
      assert.doesNotMatch(told(thrown).join(), forbidden);
    });

  it('that SweatStack refuses the application', async () => {
    const { redeem, thrown } = createRedeemRig({}, { 'POST /api/v1/oauth/token': () => reply({ error: 'invalid_client' }, 401) });
    await redeem();
    assert.match(told(thrown).join(), /^misconfigured: SweatStack refused/);
  });

  it('that SweatStack took the code and then fails, or answers with something else', async () => {
    const { redeem, thrown } = createRedeemRig({}, { 'GET /api/v1/oauth/userinfo': () => reply('canary', 503), 'GET /api/v1/profile/status': () => reply('<p>canary') });
    assert.equal((await redeem()).status, 200);
    assert.deepEqual(told(thrown).sort(), ['invalid_response: SweatStack’s /api/v1/profile/status did not answer with JSON.', 'platform_error: SweatStack’s /api/v1/oauth/userinfo answered HTTP 503.']);
    const narrow = createRedeemRig({}, { 'GET /api/v1/profile/status': () => reply({ detail: 'canary' }, 403) });
    await narrow.redeem();
    assert.deepEqual(narrow.thrown, [], 'what was not permitted is no failure');
  });

  it('in one line, where no function was given', async () => {
    const log = mock.method(console, 'error', () => {});
    try {
      await createOpenWearables({ onError: undefined }, { 'GET /api/v1/oauth/providers': () => reply('canary', 503) }).ask('GET', '/wearables/sources');
      assert.deepEqual(log.mock.calls.map(({ arguments: said }) => said), [['wearable-connect: Open Wearables (listing providers) answered HTTP 503.']]);
    } finally {
      log.mock.restore();
    }
  });
});

describe('whoever runs the site does not hear', () => {
  it('what a page asked wrongly, or a visitor refused', async () => {
    const { ask, thrown, connect, nonceFor } = createOpenWearables();
    const nonce = await nonceFor('strava');
    for (const source of ['polar', 'apple', '../x', 5]) await ask('POST', '/wearables/authorizations', { source });
    await ask('GET', '/wearables/nothing');
    await ask('GET', '/wearables/connections', undefined, { 'x-user': null });
    await connect('strava', nonce);
    await connect('strava', nonce.slice(2));
    const sweatstack = createRedeemRig({}, { 'POST /api/v1/oauth/token': () => reply({ error: 'invalid_grant' }, 400) });
    for (const redirectUri of [redeemable.redirectUri, 'canary', 'http://canary.example/', 'https://canary.example/']) await sweatstack.redeem({ ...redeemable, redirectUri });
    assert.deepEqual([...thrown, ...sweatstack.thrown], []);
  });

  it('that a browser went away', async () => {
    for (const reason of [undefined, 'gone', new TypeError('gone')]) {
      const leaving = new AbortController();
      const { ask, thrown } = createOpenWearables({}, {
        [`GET /api/v1/users/${ids['kari']}/connections`]: () => {
          leaving.abort(reason);
          return new Promise(() => {});
        },
      });
      assert.ok((await ask('GET', '/wearables/connections', undefined, {}, leaving.signal)).status >= 400);
      assert.deepEqual(thrown, []);
    }
  });

  it('that authenticate was cut short by it', async () => {
    const leaving = new AbortController();
    const { ask, thrown } = createOpenWearables({ authenticate: () => (leaving.abort(), Promise.reject(new Error('aborted'))) });
    await ask('GET', '/wearables/connections', undefined, {}, leaving.signal);
    assert.deepEqual(thrown, []);
  });
});

describe('a report', () => {
  it('is of each kind for itself, and remembers only so many', () => {
    const clock = createFakeClock();
    const said: string[] = [];
    const report = createReports(() => clock.now(), ({ message }) => void said.push(message), (what) => void said.push(what));
    for (let count = 0; count < 2; count += 1) {
      report('a look', new ConnectError('network', 'one'));
      report('a look', new ConnectError('network', 'two'));
      report('a look', new RangeError('canary'));
      report('a look', new ConnectError('access_denied', 'three'));
      report('a look', new ConnectError('rate_limited', 'four'));
    }
    assert.deepEqual(said, ['one', 'two', 'a look']);
    for (let count = 0; count < 200; count += 1) report('', new ConnectError('network', `number ${count}`));
    report('', new ConnectError('network', 'number 199'));
    assert.equal(said.length, 203);
  });

  it('goes on where the function that hears it fails', async () => {
    const { listen, rows, clock, platforms, base, polls } = createUpdates({}, { onError: () => { throw new Error('the log is full'); } });
    rows['kari'] = [row('strava', clock.now())];
    const heard = await listen();
    platforms.answers[`GET ${base}/connections`] = () => reply('', 500);
    await clock.advance(30_000);
    const before = polls();
    await clock.advance(60_000);
    assert.ok(polls() > before);
    heard.leave();
  });
});
