/** Every route of Open Wearables: what all of them refuse, and what no answer lacks. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOpenWearables, ids, row } from './open-wearables-rig.js';
import { membersOf, reply, verdictOf } from './rig.js';

const token = { appId: 'app_1', appSecret: 'canary-secret' };

const createAll = (options: Parameters<typeof createOpenWearables>[0] = {}) =>
  createOpenWearables({ token, ...options }, {
    [`DELETE /api/v1/users/${ids['kari']}/connections/strava`]: () => reply(null, 204),
    [`POST /api/v1/users/${ids['kari']}/token`]: () => reply({ access_token: 'jwt' }),
  });

/** What to send, where the nonce is one of Kari’s, and what comes back when all is well. */
const routes: Record<string, { body?: (nonce: string) => object; status: number; allow: string }> = {
  'GET /sources': { status: 200, allow: 'GET, HEAD' },
  'POST /authorizations': { body: () => ({ source: 'strava' }), status: 200, allow: 'POST' },
  'POST /connections': { body: (nonce) => ({ source: 'strava', nonce }), status: 200, allow: 'GET, HEAD, POST' },
  'GET /connections': { status: 200, allow: 'GET, HEAD, POST' },
  'DELETE /connections/strava': { status: 204, allow: 'DELETE' },
  'GET /updates': { status: 200, allow: 'GET, HEAD' },
  'POST /token': { body: () => ({}), status: 200, allow: 'POST' },
};

for (const [route, { body, status, allow }] of Object.entries(routes)) {
  const [method = '', path = ''] = route.split(' ');

  describe(route, () => {
    const prepared = async (options?: Parameters<typeof createAll>[0]) => {
      const rig = createAll(options);
      const nonce = body ? await rig.nonceFor('strava') : '';
      rig.rows['kari'] = [row('strava', rig.clock.now() + 1)];
      const asked = rig.platforms.asked.length;
      const ask = (headers: Record<string, string | null> = {}, sent: unknown = body?.(nonce), signal?: AbortSignal) => rig.ask(method, `/wearables${path}`, sent, headers, signal);
      return { ...rig, request: ask, untouched: () => assert.equal(rig.platforms.asked.length, asked, 'and nobody was asked') };
    };

    it(`answers ${status}, for nobody’s cache and no other origin`, async () => {
      const leaving = new AbortController();
      const { request } = await prepared();
      const response = await request({}, undefined, leaving.signal);
      leaving.abort();
      assert.equal(response.status, status);
      assert.match(response.headers.get('cache-control') ?? '', /^no-store/);
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
      assert.equal([...response.headers.keys()].some((name) => name.startsWith('access-control')), false);
    });

    const refused: Record<string, [headers: Record<string, string | null>, verdict: string]> = {
      'nobody': [{ 'x-user': null }, '401 session_expired'],
      'what a page of another site sends': [{ 'sec-fetch-site': 'cross-site' }, '403 access_denied'],
      ...(method !== 'GET' && {
        'what has another origin': [{ origin: 'https://evil.example' }, '403 access_denied'],
        'what has an opaque origin': [{ origin: 'null' }, '403 access_denied'],
      }),
      ...(method === 'POST' && {
        'what a form of an old browser sends': [{ 'x-wearable-connect': null, origin: null, cookie: 'session=1' }, '403 access_denied'],
        'the same, said to be JSON in a way that no browser asks about first': [{ 'x-wearable-connect': null, origin: null, cookie: 'session=1', 'content-type': 'Text/Plain; application/json' }, '403 access_denied'],
        'the same, with a password that the browser remembers': [{ 'x-wearable-connect': null, origin: null, authorization: 'Basic a2FyaTpw' }, '403 access_denied'],
        'the same, of a page of the same site': [{ 'x-wearable-connect': null, origin: null, cookie: 'session=1', 'sec-fetch-site': 'same-site' }, '403 access_denied'],
      }),
    };
    for (const [what, [headers, verdict]] of Object.entries(refused))
      it(`refuses ${what}: ${verdict}`, async () => {
        const { request, untouched } = await prepared();
        const response = await request(headers);
        assert.equal(response.headers.get('cache-control'), 'no-store');
        assert.equal(await verdictOf(response), verdict);
        untouched();
      });

    if (method !== 'GET') {
      const nothing = { 'x-wearable-connect': null, origin: null };
      const cookie = { ...nothing, cookie: 'session=1' };
      const taken: Record<string, Record<string, string | null>> = {
        'its own header, no Origin': { ...cookie, 'x-wearable-connect': '1' },
        'its Origin alone': { ...cookie, origin: 'https://club.example' },
        'a body of JSON, no Origin': { ...cookie, 'content-type': 'application/json' },
        'no Origin, but the word of the browser that it comes from here': { ...cookie, 'sec-fetch-site': 'same-origin' },
        'a bearer, as whoever is no browser sends': { ...nothing, authorization: 'Bearer of-kari' },
        'a bearer beside a cookie': { ...cookie, authorization: 'bearer of-kari' },
        'nothing that a browser adds by itself': nothing,
        ...(method === 'DELETE' && { 'a cookie and no Origin, as no form can delete': cookie }),
      };
      for (const [what, headers] of Object.entries(taken)) {
        it(`takes what has ${what}`, async () => {
          const { request } = await prepared();
          assert.equal((await request(headers)).status, status);
        });
        it(`and tells it that nobody is signed in, where that is so: ${what}`, async () => {
          const { request } = await prepared();
          assert.equal(await verdictOf(await request({ ...headers, 'x-user': null })), '401 session_expired');
        });
      }
    }

    it('refuses another method, and a preflight, and says which there are', async () => {
      const { ask } = createAll();
      for (const other of ['PUT', 'OPTIONS', ...(allow.includes('HEAD') ? [] : ['HEAD'])]) {
        const response = await ask(other, `/wearables${path}`);
        assert.equal(response.status, 405);
        assert.equal(response.headers.get('allow'), allow);
        assert.equal(response.headers.get('access-control-allow-origin'), null);
      }
    });

    if (method === 'GET')
      it('tells HEAD the same, but for the body, and leaves nothing behind', async () => {
        const { rows, ask, clock } = createAll();
        rows['kari'] = [row('strava', clock.now())];
        const [got, headed] = [await ask('GET', `/wearables${path}`), await ask('HEAD', `/wearables${path}`)];
        await got.body?.cancel();
        assert.deepEqual([headed.status, [...headed.headers]], [status, [...got.headers]]);
        assert.equal(headed.body, null);
        await clock.advance(120_000);
        assert.equal(clock.pending, 0);
        assert.equal(await verdictOf(await ask('GET', `/wearables${path}`, undefined, { 'x-user': null })), '401 session_expired');
        assert.equal((await ask('HEAD', `/wearables${path}`, undefined, { 'x-user': null })).status, 401);
        assert.equal((await ask('HEAD', `/wearables${path}`, undefined, { 'sec-fetch-site': 'cross-site' })).status, 403);
      });

    it('says that it cannot tell who is asking, and asks no further', async () => {
      const { request, thrown } = await prepared({ authenticate: (asked) => (asked.url.endsWith(path) && asked.headers.has('x-now') ? Promise.reject(new Error('canary')) : { userId: 'kari' }) });
      const response = await request({ 'x-now': '1' });
      assert.doesNotMatch(await response.clone().text(), /canary/);
      assert.equal(await verdictOf(response), '500 platform_error');
      assert.equal(thrown.length, 1);
    });

    if (!body) return;
    const bodies: Record<string, [sent: unknown, verdict: string]> = {
      'a list': [[], '400 misconfigured'],
      'half an object': ['{"source":', '400 misconfigured'],
      'more than anybody needs': [{ more: 'x'.repeat(20_000) }, '413 misconfigured'],
      'more than anybody needs, in letters of several bytes': [{ more: 'ø'.repeat(9_000) }, '413 misconfigured'],
    };
    for (const [what, [sent, verdict]] of Object.entries(bodies))
      it(`refuses ${what}: ${verdict}`, async () => {
        const { request, untouched } = await prepared();
        assert.equal(await verdictOf(await request({}, sent)), verdict);
        untouched();
      });
  });
}

describe('a body without end', () => {
  it('is read no further than it may be long', async () => {
    const { handler } = createAll();
    let read = 0;
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1_000).fill(((read += 1_000), 0x20))),
      cancel: () => void (cancelled = true),
    });
    const headers = { 'x-user': 'kari', 'x-wearable-connect': '1' };
    const response = await handler(new Request('https://club.example/wearables/authorizations', { method: 'POST', headers, body: endless, duplex: 'half' } as RequestInit));
    assert.equal(await verdictOf(response), '413 misconfigured');
    assert.ok(cancelled && read < 30_000);
  });
});

describe('a connection that was revoked', () => {
  it('is listed so, and made again: its id and its beginning stay, and it is active', async () => {
    const { nonceFor, connect, read, rows, clock } = createAll();
    rows['kari'] = [row('strava', clock.now() - 1_000, { status: 'revoked' })];
    const words = async () => ((await read('/connections'))['connections'] as { id: string; status: string; history: string; connectedAt: string }[]).map(({ id, status, history, connectedAt }) => ({ id, status, history, connectedAt }));
    const kept = { id: 'row-of-strava', connectedAt: '2026-11-01T04:05:05.894Z' };
    assert.deepEqual(await words(), [{ ...kept, status: 'revoked', history: 'unavailable' }]);
    const nonce = await nonceFor('strava');
    rows['kari'] = [row('strava', clock.now() + 1_000)];
    const { added } = await membersOf(await connect('strava', nonce));
    assert.equal((added as { id: string }[])[0]?.id, kept.id);
    assert.deepEqual(await words(), [{ ...kept, status: 'active', history: 'unknown' }]);
  });
});

describe('a number of days that is none', () => {
  for (const historyDays of [0, -1, 1.5, '90', {}, []])
    it(`is refused before anything is asked: ${JSON.stringify(historyDays)}`, async () => {
      const { connect, nonceFor, platforms } = createAll();
      const nonce = await nonceFor('strava');
      const before = platforms.asked.length;
      const response = await connect('strava', nonce, 'kari', { historyDays });
      assert.equal(await verdictOf(response), '400 misconfigured');
      assert.equal(platforms.asked.length, before);
    });
});
