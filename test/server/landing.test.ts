/** From the authorization to the page that visitors come back to, and who it is that comes back. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSeal } from '../../src/server/sealed.js';
import { createOpenWearables, ids, row } from './open-wearables-rig.js';
import { authenticate, membersOf, reply, site, verdictOf } from './rig.js';

const state = 'wc1.0123456789abcdefghijklmnop_-';
const headers = { 'sec-fetch-site': 'cross-site', 'x-wearable-connect': null };
const disconnecting = `DELETE /api/v1/users/${ids['kari']}/connections/strava`;

describe('an authorization', () => {
  it('says its nonce beside the address too, and brings the state of the page back with it', async () => {
    const { ask, platforms } = createOpenWearables();
    for (const given of [state, undefined]) {
      const response = await ask('POST', '/wearables/authorizations', { source: 'strava', ...(given && { state: given }) });
      assert.deepEqual(Object.keys(await membersOf(response)), ['url']);
      const asked = platforms.asked.findLast(({ url }) => url.pathname.endsWith('/authorize'))?.url.searchParams.get('redirect_uri');
      assert.equal(asked, `${site}/wearables/return?nonce=${response.headers.get('x-wearable-connect-nonce')}${given ? `&state=${given}` : ''}`);
    }
  });

  for (const odd of ['', 'wc1.short', `wc2.${'a'.repeat(20)}`, `wc1.${'a'.repeat(129)}`, 'wc1.0123456789abcdef&x=1', `${state}\n`, 5, null])
    it(`refuses ${JSON.stringify(odd)} for a state`, async () => {
      const { ask, platforms } = createOpenWearables();
      assert.equal(await verdictOf(await ask('POST', '/wearables/authorizations', { source: 'strava', state: odd })), '400 misconfigured');
      assert.equal(platforms.asked.length, 0);
    });
});

describe('a nonce', () => {
  it('tells a browser nothing: neither whose it is, nor of what, nor by its length', async () => {
    const { nonceFor } = createOpenWearables();
    const [one, again, other] = [await nonceFor('strava'), await nonceFor('strava'), await nonceFor('whoop', 'ola')];
    for (const nonce of [one, again, other]) {
      assert.match(nonce, /^[\w-]+$/);
      assert.doesNotMatch(Buffer.from(nonce, 'base64url').toString('latin1'), /kari|ola|strava|whoop|47fdf7a7/);
      assert.equal(nonce.length, one.length);
    }
    assert.notEqual(one, again);
  });

  it('holds the longest name that a host may give a visitor', async () => {
    const { nonceFor, connect, rows, users, clock } = createOpenWearables({ authenticate: () => ({ userId: '\u0001'.repeat(255), openWearablesUserId: ids['kari'] ?? '' }) });
    const nonce = await nonceFor('strava');
    rows['kari'] = [row('strava', clock.now() + 1)];
    assert.equal((await connect('strava', nonce)).status, 200);
    assert.equal(users.size, 0);
  });

  it('is opened with its own secret, for its own purpose, unaltered', async () => {
    const seal = createSeal('a secret of the tests', 'one thing');
    const closed = await seal.close({ a: [1, 'ø'] });
    assert.deepEqual(await seal.open(closed), { a: [1, 'ø'] });
    assert.deepEqual(await createSeal('a secret of the tests', 'one thing').open(closed), { a: [1, 'ø'] });
    assert.equal(await createSeal('a secret of the tests', 'another').open(closed), null);
    assert.equal(await createSeal('another secret of the tests', 'one thing').open(closed), null);
    for (const at of [0, 20, closed.length - 3]) assert.equal(await seal.open(`${closed.slice(0, at)}${closed[at] === 'A' ? 'B' : 'A'}${closed.slice(at + 1)}`), null, `altered at ${at}`);
    for (const odd of ['', 'A', '####', closed.slice(0, 30)]) assert.equal(await seal.open(odd), null);
  });
});

describe('who comes back from a sign-in', () => {
  const begin = async (options: Parameters<typeof createOpenWearables>[0] = {}, answer = () => reply(null, 204), wasActive = false) => {
    const rig = createOpenWearables(options, { [disconnecting]: answer });
    rig.rows['kari'] = [row('strava', rig.clock.now() - 60_000, { status: wasActive ? 'active' : 'revoked' })];
    const nonce = await rig.nonceFor('strava');
    await rig.clock.advance(60_000);
    rig.rows['kari'] = [row('strava', rig.clock.now()), row('garmin', rig.clock.now())];
    const landAs = (user: string | null, query = `?nonce=${nonce}&state=${state}`) => rig.ask('GET', `/wearables/return${query}`, undefined, { ...headers, 'x-user': user });
    return { ...rig, nonce, landAs };
  };

  it('is the one who began it: the page, and nothing is asked of anybody', async () => {
    const { landAs, platforms, nonce, connect } = await begin();
    const before = platforms.asked.length;
    assert.equal((await landAs('kari')).status, 200);
    assert.equal(platforms.asked.length, before);
    assert.equal((await connect('strava', nonce)).status, 200);
  });

  it('is somebody else: what was connected is disconnected, and there is no answer to hand on [T13]', async () => {
    const { landAs, platforms } = await begin();
    const response = await landAs('ola');
    assert.equal(response.status, 303);
    assert.equal(response.headers.get('location'), `${site}/wearables/return`, 'without nonce and state');
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(await response.text(), '');
    assert.doesNotMatch(JSON.stringify([...response.headers]), /kari|ola|47fdf7a7|strava/);
    assert.deepEqual(platforms.asked.filter(({ method }) => method === 'DELETE').map(({ method, url }) => `${method} ${url.pathname}`), [disconnecting]);
    assert.equal((await landAs('ola', '')).status, 200);
  });

  it('is a machine that only asks for the headers: the page, and nothing is undone', async () => {
    const { ask, platforms, nonce } = await begin();
    const response = await ask('HEAD', `/wearables/return?nonce=${nonce}`, undefined, { ...headers, 'x-user': 'ola' });
    assert.deepEqual([response.status, response.body, response.headers.get('content-type')], [200, null, 'text/html; charset=utf-8']);
    assert.equal(platforms.times(disconnecting), 0);
  });

  it('is somebody else, after fifteen minutes even: a sign-in may be finished in its last second', async () => {
    const { landAs, platforms, clock, connect, nonce } = await begin();
    await clock.advance(900_000);
    assert.equal((await landAs('ola')).status, 303);
    assert.equal(platforms.times(disconnecting), 1);
    assert.equal(await verdictOf(await connect('strava', nonce)), '403 access_denied');
    await clock.advance(120_000);
    assert.equal((await landAs('ola')).status, 200, 'but not for ever');
    assert.equal(platforms.times(disconnecting), 1);
  });

  it('is somebody else, where nothing was connected since: there is nothing to undo', async () => {
    const { landAs, platforms, rows, clock } = await begin({}, undefined, true);
    for (const listed of [[], [row('strava', clock.now() - 60_001)], [row('strava', clock.now(), { status: 'revoked' })], [row('garmin', clock.now())]]) {
      rows['kari'] = listed;
      assert.equal((await landAs('ola')).status, 303);
    }
    assert.equal(platforms.times(disconnecting), 0);
  });

  it('is somebody else, where a server leaves the date of a row as it is: what was not active before is undone', async () => {
    const { landAs, platforms, rows, clock } = await begin();
    rows['kari'] = [row('strava', clock.now() - 86_400_000)];
    assert.equal((await landAs('ola')).status, 303);
    assert.equal(platforms.times(disconnecting), 1);
  });

  it('is somebody else, and Open Wearables cannot be reached: the host hears it, the page is as quiet', async () => {
    const { landAs, thrown } = await begin({}, () => reply({ detail: 'canary' }, 500));
    const response = await landAs('ola');
    assert.equal(response.status, 303);
    assert.match(String(thrown[0]), /Open Wearables \(disconnecting\) answered HTTP 500/);
    assert.doesNotMatch(String(thrown[0]), /canary|47fdf7a7/);
  });

  it('is not known, or cannot be told: it goes on as ever', async () => {
    const { landAs, platforms } = await begin();
    assert.equal((await landAs(null)).status, 200);
    const ways = [() => Promise.reject(new Error('canary of the database')), () => ({ userId: '' })];
    for (const way of ways) {
      const failing = await begin({ authenticate: (request) => (request.method === 'GET' ? way() : authenticate(request)) });
      const response = await failing.landAs('ola');
      assert.equal(response.status, 200);
      assert.equal(failing.platforms.times(disconnecting), 0);
    }
    assert.equal(platforms.times(disconnecting), 0);
  });

  it('brings what is no nonce of ours: nobody is asked who that is', async () => {
    let times = 0;
    const { landAs, nonce } = await begin({ authenticate: (request) => (request.method === 'GET' && (times += 1), authenticate(request)) });
    for (const query of ['', '?nonce=', '?nonce=canary', `?nonce=${nonce.slice(0, -4)}AAAA`, `?state=${state}`]) assert.equal((await landAs('ola', query)).status, 200);
    assert.equal(times, 0);
  });

  it('may not be asked by any other method', async () => {
    const { ask } = createOpenWearables();
    const response = await ask('POST', '/wearables/return', {});
    assert.equal(response.headers.get('allow'), 'GET, HEAD');
    assert.equal(await verdictOf(response), '405 misconfigured');
  });
});

describe('the visitor, for tabs that share a stream', () => {
  const name = 'x-wearable-connect-visitor';
  it('is marked on every answer, a refusal too; the same on every instance, and not who it is', async () => {
    const [one, two, elsewhere] = [createOpenWearables(), createOpenWearables(), createOpenWearables({ secret: 'another secret of the tests' })];
    const marks = async (rig: typeof one, user: string) => {
      const as = { 'x-user': user };
      const leaving = new AbortController();
      const answers = [
        await rig.ask('GET', '/wearables/sources', undefined, as), await rig.ask('POST', '/wearables/authorizations', { source: 'strava' }, as), await rig.ask('POST', '/wearables/authorizations', { source: 'no' }, as),
        await rig.connect('strava', 'x', user), await rig.ask('GET', '/wearables/connections', undefined, as), await rig.ask('DELETE', '/wearables/connections/strava', undefined, as),
        await rig.ask('GET', '/wearables/updates', undefined, as, leaving.signal),
      ];
      leaving.abort();
      const [mark = '', ...others] = new Set(answers.map(({ headers: said }) => said.get(name) ?? ''));
      assert.match(mark, /^[\w-]{22}$/);
      assert.deepEqual(others, []);
      return mark;
    };
    const kari = await marks(one, 'kari');
    assert.equal(await marks(two, 'kari'), kari);
    assert.notEqual(await marks(one, 'ola'), kari);
    assert.notEqual(await marks(elsewhere, 'kari'), kari);
  });

  it('is not marked where there is none', async () => {
    const { ask } = createOpenWearables();
    for (const response of [await ask('GET', '/wearables/sources', undefined, { 'x-user': null }), await ask('GET', '/wearables/return'), await ask('GET', '/wearables/nothing')]) assert.equal(response.headers.get(name), null);
  });
});
