import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { createOpenWearables, ids, key, row } from './open-wearables-rig.js';
import { createRedeemRig, redeemable } from './redeem-rig.js';
import { reply } from './rig.js';
import { createUpdates, event } from './updates-rig.js';

/** The key, the user's id there, everybody else's, and whatever a provider says: the stubs call all of it canary. */
const forbidden = new RegExp(`canary|${key}|${Object.values(ids).join('|')}|sk-|provider_user|linked_|scope|run_id|trace`);

describe('no secret, no foreign id and no word of a provider', () => {
  const log = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => mock.method(console, name, () => {}));
  const logged = (): string => JSON.stringify(log.flatMap(({ mock: { calls } }) => calls.map(({ arguments: said }) => said.map(String))));

  it('reaches a page that connects, whatever it asks', async () => {
    const { ask, nonceFor, connect, rows, clock } = createOpenWearables();
    const nonce = await nonceFor('strava');
    rows['kari'] = [row('strava', clock.now() + 1), row('garmin', 0, { status: 'canary-status' })];
    const answers = [await ask('GET', '/wearables/sources'), await ask('POST', '/wearables/authorizations', { source: 'strava' }), await connect('strava', nonce), await ask('GET', '/wearables/connections'), await ask('DELETE', '/wearables/connections/strava'), await ask('GET', `/wearables/return?nonce=${nonce}`), await ask('GET', `/wearables/return?nonce=${nonce}`, undefined, { 'x-user': 'ola' })];
    for (const answer of answers) {
      // What is sealed there looks like chance, in which any three letters may be; test/server/landing.test.ts looks inside.
      answer.headers.delete('x-wearable-connect-nonce');
      answer.headers.delete('x-wearable-connect-visitor');
      assert.doesNotMatch(JSON.stringify([...answer.headers]), forbidden);
      assert.doesNotMatch(await answer.text(), forbidden);
    }
  });

  it('reaches a page that listens', async () => {
    const { listen, rows, state, clock } = createUpdates();
    rows['kari'] = [row('strava', clock.now())];
    state.events = [event('strava', 'failed', 'failed', clock.now() + 1)];
    const heard = await listen();
    await clock.advance(5_000);
    assert.ok(heard.said.length >= 3);
    assert.doesNotMatch(heard.text, forbidden);
    heard.leave();
  });

  it('reaches an answer where every request fails, in each way', async () => {
    const ways = [() => reply({ detail: `canary ${key} ${ids['kari']}` }, 500), () => reply({ detail: 'canary' }, 400), () => reply({ detail: 'canary' }, 404), () => reply(`<p>${key}`), () => reply('null'), () => Promise.reject(new Error(`connect ECONNREFUSED ${key} ${ids['kari']}`)), () => Promise.reject(new TypeError(`canary ${key}`))];
    for (const way of ways) {
      const { ask, nonceFor, connect, platforms, rows, clock } = createOpenWearables({ onError: undefined });
      const nonce = await nonceFor('strava');
      rows['kari'] = [row('strava', clock.now() + 1)];
      for (const route of Object.keys(platforms.answers)) if (!route.startsWith('GET /api/v1/users?')) platforms.answers[route] = way;
      await clock.advance(660_000);
      for (const answer of [await ask('GET', '/wearables/sources'), await ask('POST', '/wearables/authorizations', { source: 'strava' }), await connect('strava', nonce), await ask('GET', '/wearables/connections'), await ask('DELETE', '/wearables/connections/strava')])
        assert.doesNotMatch(await answer.text(), forbidden);
    }
  });

  it('reaches a page whose code was redeemed, or was not', async () => {
    const rig = createRedeemRig({ onError: undefined });
    assert.doesNotMatch(await (await rig.redeem()).text(), /canary|token/);
    for (const way of [() => reply({ error: 'canary', error_description: 'canary' }, 400), () => reply({ error: 'invalid_grant', error_description: redeemable.code }, 400), () => Promise.reject(new Error('canary'))])
      assert.doesNotMatch(await (await createRedeemRig({ onError: undefined }, { 'POST /api/v1/oauth/token': way }).redeem()).text(), /canary/);
  });

  it('was logged meanwhile', () => {
    assert.doesNotMatch(logged(), forbidden);
    for (const one of log) one.mock.restore();
  });
});

describe('any number of instances', () => {
  it('serve one journey, each request by the other one', async () => {
    const [one, two] = [createOpenWearables(), createOpenWearables()];
    const at = one.clock.now() + 1;
    for (const { rows } of [one, two]) rows['kari'] = [row('strava', at)];
    assert.equal((await two.ask('GET', '/wearables/sources')).status, 200);
    const nonce = await one.nonceFor('strava');
    assert.equal((await two.ask('GET', `/wearables/return?nonce=${nonce}`)).status, 200);
    assert.equal((await two.connect('strava', nonce)).status, 200);
    assert.equal((await one.connect('strava', nonce)).status, 200, 'asked twice, as after a lost answer');
  });

  it('give whoever comes from another one the whole picture', async () => {
    const [one, two] = [createUpdates(), createUpdates()];
    for (const { rows, clock } of [one, two]) rows['kari'] = [row('strava', clock.now())];
    const first = await one.listen();
    await one.clock.advance(1_000);
    const second = await two.listen(first.said.at(-1)?.id);
    await two.clock.advance(1_000);
    assert.deepEqual(second.said.map(({ data }) => data), first.said.map(({ data }) => data));
    assert.equal(second.said.some(({ id }) => first.said.some((one) => one.id === id)), false);
    first.leave();
    second.leave();
  });
});
