import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRedeemRig, granted, idTokenOf, redeemable } from './redeem-rig.js';
import { inTime, membersOf, reply, site, verdictOf } from './rig.js';

const derived = { id: 'sweatstack', source: 'sweatstack', name: 'SweatStack', status: 'active', history: 'syncing', connectedAt: null, evidence: 'derived', message: null };
const kari = { id: 'ss-1', name: 'Kari Nordmann', givenName: 'Kari', familyName: 'Nordmann', email: null, registeredAt: '2026-01-01T00:00:00.000Z' };

describe('POST /redeem', () => {
  it('redeems the code as a confidential client, keeps the tokens here and tells the page who and what', async () => {
    const { redeem, kept, platforms } = createRedeemRig();
    const response = await redeem();
    assert.equal(response.status, 200);
    assert.deepEqual(await membersOf(response), { user: kari, connections: [derived] });
    const [first] = platforms.asked;
    assert.deepEqual(Object.fromEntries(new URLSearchParams(first?.body)), {
      grant_type: 'authorization_code', client_id: 'app-1', client_secret: 'canary-secret',
      code: 'canary-code', code_verifier: redeemable.verifier, redirect_uri: redeemable.redirectUri,
    });
    const { userId, tokens } = kept[0] ?? assert.fail('nothing was handed over');
    assert.equal(userId, 'kari');
    assert.deepEqual({ ...tokens, expiresAt: null }, { accessToken: 'canary-access', tokenType: 'Bearer', expiresAt: null, scope: granted.scope, refreshToken: 'canary-refresh' });
    assert.equal(platforms.asked.filter(({ headers }) => headers.get('authorization') === 'Bearer canary-access').length, 2);
  });

  it('as a public client where there is no secret', async () => {
    const { redeem, platforms } = createRedeemRig({ sweatstack: { clientId: 'app-1', baseUrl: 'http://sweatstack.localhost:4000/' } });
    assert.equal((await redeem()).status, 200);
    assert.equal(platforms.asked[0]?.url.origin, 'http://sweatstack.localhost:4000');
    assert.equal(new URLSearchParams(platforms.asked[0]?.body).has('client_secret'), false);
  });

  it('names the wearable where the page says which one was asked for', async () => {
    const { connections } = await membersOf(await createRedeemRig().redeem({ ...redeemable, source: 'garmin_connect' }));
    assert.deepEqual(connections, [{ ...derived, id: 'garmin_connect', source: 'garmin_connect', name: 'Garmin Connect' }]);
  });

  it('takes an id token with the nonce of a page it never saw, but none for somebody else', async () => {
    const withToken = (claims: object) => createRedeemRig({}, { 'POST /api/v1/oauth/token': () => reply({ ...granted, id_token: idTokenOf(claims) }) });
    const mine = withToken({ nonce: 'of-the-page' });
    assert.deepEqual((await membersOf(await mine.redeem()))['user'], kari);
    assert.ok(mine.kept[0]?.tokens.idToken);
    assert.equal((await withToken({}).redeem()).status, 200);
    assert.equal((await membersOf(await withToken({ sub: 'ss-2' }).redeem()))['user'], null, 'userinfo of somebody else is nobody’s');
    for (const claims of [{ aud: 'app-2' }, { iss: 'https://evil.example' }, { exp: 1 }]) {
      const rig = withToken(claims);
      assert.equal(await verdictOf(await rig.redeem()), '502 invalid_response');
      assert.equal(rig.kept.length, 0);
    }
  });

  it('goes on without what SweatStack cannot tell', async () => {
    const down = () => reply({ detail: 'canary-detail' }, 500);
    const { redeem, kept } = createRedeemRig({}, { 'GET /api/v1/oauth/userinfo': down, 'GET /api/v1/profile/status': down });
    const { user, connections } = await membersOf(await redeem());
    assert.equal(user, null);
    assert.deepEqual(connections, [{ ...derived, history: 'unknown' }]);
    assert.equal(kept.length, 1);
  });

  it('goes on after five seconds without what SweatStack takes longer to tell: the tokens are here, and the page waits', async () => {
    let began = 0;
    const unanswered = (): Promise<Response> => {
      began ||= clock.now();
      return new Promise(() => {});
    };
    const { redeem, kept, clock } = createRedeemRig({}, { 'GET /api/v1/oauth/userinfo': unanswered, 'GET /api/v1/profile/status': unanswered });
    const { user, connections } = await membersOf(await inTime(redeem(), clock));
    assert.ok(clock.now() - began < 6_000);
    assert.deepEqual([user, connections, kept.length, clock.pending], [null, [{ ...derived, history: 'unknown' }], 1, 0]);
  });

  describe('refuses', () => {
    const table: Record<string, [body: unknown, verdict: string]> = {
      'no code': [{ ...redeemable, code: undefined }, '400 misconfigured'],
      'a code that is none': [{ ...redeemable, code: { a: 1 } }, '400 misconfigured'],
      'no verifier': [{ ...redeemable, verifier: '' }, '400 misconfigured'],
      'a verifier too long': [{ ...redeemable, verifier: 'v'.repeat(129) }, '400 misconfigured'],
      'no redirectUri': [{ ...redeemable, redirectUri: '' }, '400 misconfigured'],
      'a redirectUri elsewhere': [{ ...redeemable, redirectUri: 'https://evil.example/wearable-callback.html' }, '422 misconfigured'],
      'a redirectUri of another port': [{ ...redeemable, redirectUri: `${site}:8443/wearable-callback.html` }, '422 misconfigured'],
      'a redirectUri that is a script': [{ ...redeemable, redirectUri: 'javascript:alert(1)' }, '422 misconfigured'],
      'a redirectUri with a password': [{ ...redeemable, redirectUri: 'https://club.example:secret@evil.example/' }, '422 misconfigured'],
      'a source that is a path': [{ ...redeemable, source: '../users' }, '400 misconfigured'],
      'what is no object': [[redeemable], '400 misconfigured'],
      'what is no JSON': ['code=1', '400 misconfigured'],
      'more than anybody needs': [{ ...redeemable, more: 'x'.repeat(20_000) }, '413 misconfigured'],
    };
    for (const [what, [body, verdict]] of Object.entries(table))
      it(`${what}, and asks nobody`, async () => {
        const { redeem, platforms } = createRedeemRig();
        assert.equal(await verdictOf(await redeem(body)), verdict);
        assert.equal(platforms.asked.length, 0);
      });
  });

  describe('where SweatStack', () => {
    const table: Record<string, [answer: () => Response | Promise<Response>, verdict: string]> = {
      'does not take the code': [() => reply({ error: 'invalid_grant', error_description: 'canary-detail' }, 400), '401 session_expired'],
      'does not know the application': [() => reply({ error: 'invalid_client', error_description: 'canary-detail' }, 401), '422 misconfigured'],
      'is not there': [() => reply('<p>canary-detail', 404, { 'content-type': 'text/html' }), '422 misconfigured'],
      'asks to slow down': [() => reply({ detail: 'canary-detail' }, 429), '429 rate_limited'],
      'falls over': [() => reply('canary-detail', 500), '502 platform_error'],
      'sends us elsewhere': [() => new Response(null, { status: 302, headers: { location: 'https://canary-detail.example/' } }), '502 platform_error'],
      'answers with a page': [() => reply('<p>canary-detail'), '502 invalid_response'],
      'answers with more than fits': [() => reply('canary-detail'.repeat(200_000)), '502 invalid_response'],
      'cannot be reached': [() => Promise.reject(new TypeError('fetch failed: canary-detail')), '502 network'],
    };
    for (const [what, [answer, verdict]] of Object.entries(table))
      it(`${what}: ${verdict}, in our own words`, async () => {
        const { redeem, kept } = createRedeemRig({}, { 'POST /api/v1/oauth/token': answer });
        const response = await redeem();
        assert.doesNotMatch(await response.clone().text(), /canary/);
        assert.equal(await verdictOf(response), verdict);
        assert.equal(kept.length, 0);
      });

    it('says nothing: 504 timeout, after fifteen seconds', async () => {
      const { redeem, clock } = createRedeemRig({}, { 'POST /api/v1/oauth/token': () => new Promise(() => {}) });
      const response = redeem();
      await clock.advance(15_001);
      assert.equal(await verdictOf(await response), '504 timeout');
      assert.equal(clock.pending, 0);
    });
  });

  it('says that the site could not keep the tokens, and not why', async () => {
    const lost = new Error('canary-access could not be written');
    const { redeem, thrown } = createRedeemRig({ onTokens: () => Promise.reject(lost) });
    const response = await redeem();
    assert.doesNotMatch(await response.clone().text(), /canary/);
    assert.equal(await verdictOf(response), '500 platform_error');
    assert.deepEqual(thrown, [lost], 'the host alone hears it');
  });
});
