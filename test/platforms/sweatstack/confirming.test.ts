import { expect } from '@open-wc/testing';
import { ConnectError } from '../../../src/core/errors.js';
import type { Confirmed, SyncUpdate } from '../../../src/core/platform.js';
import { idToken } from '../../oauth/token-server.js';
import { settled } from '../../sync/fake-clock.js';
import { createRig } from './rig.js';
import type { Rig } from './rig.js';
import { json, silence } from './stub-server.js';

const caught = (promise: Promise<unknown> | undefined): Promise<unknown> => Promise.resolve(promise).then(() => null, (error: unknown) => error);
const reads = ['/api/v1/activities/backfill-status', '/api/v1/oauth/userinfo', '/api/v1/profile/status', '/api/v1/activities/latest'];

describe('platforms/sweatstack, once the window has answered', () => {
  let rig: Rig;
  beforeEach(() => (rig = createRig()));
  afterEach(() => rig.restore());

  describe('confirms', () => {
    it('with tokens at once; who, how, what last and the history are asked for in the same moment', async () => {
      for (const path of reads) rig.server.answers[`GET ${path}`] = silence;
      const { platform } = rig.platform();
      const confirmed = await rig.signIn(platform);
      expect(confirmed.tokens).to.include({ accessToken: 'canary-token', scope: 'openid profile data:read' });
      await settled();
      expect(rig.server.asked.slice(1).map(({ path }) => path).sort()).to.deep.equal([...reads].sort());
      for (const { bearer, init } of rig.server.asked.slice(1)) {
        expect(bearer).to.equal('canary-token');
        expect([init.credentials, init.redirect]).to.deep.equal(['omit', 'error']);
      }
    });

    it('who it is, and the connection that follows from it', async () => {
      const { platform } = rig.platform();
      const confirmed = await rig.signIn(platform);
      expect(await confirmed.user).to.include({ id: 'u1', name: 'Alice', registeredAt: '2025-01-01T00:00:00.000Z' });
      expect(await confirmed.connections).to.deep.equal([
        { id: 'wahoo', source: 'wahoo', name: 'Wahoo', status: 'active', history: 'syncing', connectedAt: null, evidence: 'derived', message: null },
      ]);
      expect(await platform.preview?.(rig.life().signal)).to.include({ id: 'act1', distanceMeters: 10_000 });
      expect(rig.server.times('/api/v1/activities/latest'), 'it was on its way already').to.equal(1);
    });

    for (const [sub, name] of [['u1', 'Alice'], ['u2', undefined]] as const)
      it(`as ${name ?? 'nobody'}, where the id token is for ${sub} and userinfo tells of u1 [F16, T10]`, async () => {
        rig.server.answers['POST /api/v1/oauth/token'] = () =>
          json({ access_token: 'canary-token', token_type: 'Bearer', id_token: idToken({ iss: 'https://app.sweatstack.no', aud: 'app', sub, nonce: rig.asked()['nonce'] }) });
        const confirmed = await rig.signIn(rig.platform().platform);
        expect((await confirmed.user)?.name, 'OpenID Connect Core 5.3.2').to.equal(name);
      });

    for (const [scope, nonce, isTaken] of [['profile data:read', undefined, true], ['openid profile', undefined, false], ['openid profile', 'n2', false]] as const)
      it(`${isTaken ? 'with' : 'never with'} an id token of ${nonce ?? 'no'} nonce where the scope is "${scope}" [F16]`, async () => {
        const token = idToken({ iss: 'https://app.sweatstack.no', aud: 'app', nonce });
        rig.server.answers['POST /api/v1/oauth/token'] = () => json({ access_token: 'canary-token', token_type: 'Bearer', id_token: token });
        const told: unknown = await rig.signIn(rig.platform({ scope }).platform).catch((error: unknown) => error);
        if (isTaken) expect((told as Confirmed).tokens).to.include({ idToken: token });
        else expect(told).to.include({ code: 'invalid_response' });
      });

    for (const [scope, isAsked] of [['openid profile data:read', false], ['openid profile data:read offline_access', true]] as const)
      it(`${isAsked ? 'with' : 'without'} a refresh token that came, where the scope is "${scope}"`, async () => {
        rig.server.answers['POST /api/v1/oauth/token'] = () => json({ access_token: 'canary-token', token_type: 'Bearer', refresh_token: 'canary-refresh', scope: 'openid profile data:read offline_access' });
        const { tokens } = await rig.signIn(rig.platform({ scope, persist: 'session' }).platform);
        expect([tokens?.refreshToken, JSON.stringify(rig.around.session).includes('canary-refresh')]).to.deep.equal(isAsked ? ['canary-refresh', true] : [undefined, false]);
        expect(tokens).to.include({ scope: 'openid profile data:read offline_access' });
      });

    it('with the refresh token that an earlier page kept, whatever this one asks for', async () => {
      rig.server.answers['POST /api/v1/oauth/token'] = () => json({ access_token: 'canary-token', token_type: 'Bearer', refresh_token: 'canary-refresh' });
      await rig.signIn(rig.platform({ scope: 'profile offline_access', persist: 'session' }).platform);
      const restored = await rig.platform({ scope: 'profile', persist: 'session' }).platform.restore?.(rig.life().signal);
      expect(restored?.account?.tokens).to.include({ refreshToken: 'canary-refresh' });
    });

    for (const failing of reads)
      it(`without ${failing.split('/').pop() ?? ''}: that costs only its own part [F17]`, async () => {
        for (const answer of [() => json({ detail: 'No.' }, 500), () => Promise.reject(new TypeError('Failed to fetch')), () => new Response('<p>')]) {
          rig.server.answers[`GET ${failing}`] = answer;
          const { platform } = rig.platform();
          const confirmed = await rig.signIn(platform);
          const all = Promise.all([confirmed.user, confirmed.connections, caught(platform.preview?.(rig.life().signal))]);
          let isTold = false;
          void all.then(() => (isTold = true));
          // Who it is and what came last are asked for twice.
          await rig.pass(() => isTold);
          const [user, connections, preview] = await all;
          expect(user === null, 'user').to.equal(failing.endsWith('userinfo'));
          expect(connections[0]?.history).to.equal(failing.endsWith('profile/status') ? 'unknown' : 'syncing');
          expect(preview === null, 'preview').to.equal(!failing.endsWith('latest'));
        }
      });

    const twice = { userinfo: '/api/v1/oauth/userinfo', latest: '/api/v1/activities/latest' };
    for (const [what, path] of Object.entries(twice))
      for (const [failing, refuse, asks] of [
        ['429', () => json({ detail: 'Slow down.' }, 429), 2],
        ['503', () => json({ detail: 'In a moment.' }, 503), 2],
        ['no answer', () => Promise.reject(new TypeError('Failed to fetch')), 2],
        ['403', () => json({ detail: 'No.' }, 403), 1],
      ] as const)
        it(`asks for ${what} ${asks === 2 ? 'once more, a moment' : 'no second time'} after a ${failing} [F17]`, async () => {
          const well = rig.server.answers[`GET ${path}`] as () => Response;
          rig.server.answers[`GET ${path}`] = () => (rig.server.times(path) === 1 ? refuse() : well());
          const { platform } = rig.platform();
          const confirmed = await rig.signIn(platform);
          let told: { readonly id?: string } | null | undefined;
          const asked = what === 'latest' ? platform.preview?.(rig.life().signal) : confirmed.user;
          void Promise.resolve(asked).catch(() => null).then((one) => (told = one ?? null));
          await rig.time.advance(999);
          expect(rig.server.times(path), 'not at once').to.equal(1);
          await rig.time.advance(1_001);
          for (let turn = 0; turn < 20; turn++) await settled();
          expect([told?.id, rig.server.times(path)]).to.deep.equal([asks === 2 ? { userinfo: 'u1', latest: 'act1' }[what] : undefined, asks]);
          platform.forget?.();
          expect(await rig.left()).to.equal(0);
        });

    it('asks nothing once more of somebody who was forgotten meanwhile, and leaves no timer', async () => {
      for (const path of Object.values(twice)) rig.server.answers[`GET ${path}`] = () => json({ detail: 'In a moment.' }, 503);
      const { platform } = rig.platform();
      const confirmed = await rig.signIn(platform);
      for (let turn = 0; turn < 20; turn++) await settled();
      platform.forget?.();
      expect([await confirmed.user, await rig.left()]).to.deep.equal([null, 0]);
      expect(Object.values(twice).map((path) => rig.server.times(path))).to.deep.equal([1, 1]);
    });

    describe('remembers, of the wearables that were asked for before', () => {
      const jwt = (sub: string) => idToken({ sub });
      const cases: readonly [string, string, string, readonly string[]][] = [
        ['all where the account is the same, by access tokens alone', jwt('u1'), jwt('u1'), ['wahoo', 'garmin_connect']],
        ['none where another account has signed in, by access tokens alone', jwt('u1'), jwt('u2'), ['garmin_connect']],
        ['none where no token tells whose it is', 'opaque-1', 'opaque-2', ['garmin_connect']],
        ['none where only one of them tells', 'opaque', jwt('u1'), ['garmin_connect']],
        ['none where they name nobody', idToken({ sub: undefined }), idToken({ sub: undefined }), ['garmin_connect']],
      ];
      for (const [what, before, now, remembered] of cases)
        it(`${what} [F16]`, async () => {
          const { platform } = rig.platform();
          const signIn = (accessToken: string, source: string) => {
            // As documented: absent members are null.
            rig.server.answers['POST /api/v1/oauth/token'] = () => json({ access_token: accessToken, token_type: 'Bearer', expires_in: 900, refresh_token: null, scope: null, id_token: null });
            return rig.signIn(platform, source);
          };
          await signIn(before, 'wahoo');
          const confirmed = await signIn(now, 'garmin_connect');
          expect((await confirmed.connections).map(({ id }) => id)).to.deep.equal(remembered);
        });
    });

    it('without the latest activity where the page wants none', async () => {
      const { platform } = rig.platform({ noPreview: true });
      await rig.signIn(platform);
      await settled();
      expect(rig.server.times('/api/v1/activities/latest')).to.equal(0);
      expect(platform.preview).to.equal(undefined);
    });
  });

  describe('with delivery to the backend', () => {
    const backend = { tokenDelivery: 'backend', backendUrl: 'https://app.sweatstack.no/wearables' } as const;

    it('hands the code over, and no token ever reaches the page [T7]', async () => {
      rig.server.answers['POST /wearables/redeem'] = () => json({ user: { id: 'u1' }, connections: [] });
      const { platform } = rig.platform({ ...backend, fetchSession: () => Promise.resolve('session') });
      const confirmed = await rig.signIn(platform);
      expect(confirmed).to.deep.equal({ tokens: null, user: { id: 'u1' }, connections: [] });
      const [asked] = rig.server.asked;
      expect([rig.server.asked.length, asked?.bearer, asked?.init.credentials]).to.deep.equal([1, 'session', 'same-origin']);
      expect(Object.keys(JSON.parse(String(asked?.init.body as string)) as object)).to.deep.equal(['code', 'verifier', 'redirectUri']);
      expect(new Headers(asked?.init.headers).get('x-wearable-connect'), 'which no page of another origin can send unasked').to.equal('1');
      const updates: SyncUpdate[] = [];
      for await (const update of platform.follow([], rig.life().signal)) updates.push(update);
      expect(updates).to.deep.equal([{ type: 'finished', outcome: 'unknown' }]);
      for (const asking of [platform.accessToken?.(rig.life().signal), platform.refresh?.(rig.life().signal), platform.preview?.(rig.life().signal)])
        expect(await caught(asking), 'nor does it pretend that a session was lost').to.include({ code: 'unsupported' });
    });

    it('names the wearable that was asked for, which the handler cannot know', async () => {
      const derived = { id: 'sweatstack', source: 'sweatstack', name: 'SweatStack', status: 'active' };
      rig.server.answers['POST /wearables/redeem'] = () => json({ connections: [derived, { id: 'c2', source: 'polar', name: 'Polar' }] });
      const { connections } = await rig.signIn(rig.platform(backend).platform, 'garmin_connect');
      expect((await connections).map(({ id, source, name, status }) => [id, source, name, status])).to.deep.equal([['garmin_connect', 'garmin_connect', 'Garmin Connect', 'active'], ['c2', 'polar', 'Polar', undefined]]);
    });

    for (const [answer, code] of [[() => json({}, 401), 'session_expired'], [() => json({}, 404), 'misconfigured'], [() => json({}, 500), 'platform_error'], [() => json({}), 'invalid_response'], [() => new Response('<p>'), 'invalid_response'], ...[null, 5, {}].map((odd) => [() => json({ connections: [odd] }), 'invalid_response'] as const)] as const)
      it(`says ${code} where the handler does not do its part`, async () => {
        rig.server.answers['POST /wearables/redeem'] = answer;
        const error = await caught(rig.signIn(rig.platform(backend).platform));
        expect(error).to.be.instanceOf(ConnectError);
        expect(error).to.include({ code });
      });

    for (const [status, code, retryable] of [[502, 'network', true], [502, 'invalid_response', false], [422, 'misconfigured', false], [500, 'platform_error', true]] as const)
      it(`says ${code} in the handler’s own words`, async () => {
        rig.server.answers['POST /wearables/redeem'] = () => json({ error: code, message: 'Check sweatstack.clientId on the server.' }, status);
        expect(await caught(rig.signIn(rig.platform(backend).platform))).to.include({ code, retryable, message: 'Check sweatstack.clientId on the server.' });
      });

    for (const [what, answer] of [['no JSON', () => new Response('<h1>Not found</h1>', { status: 404 })], ['no word of ours', () => json({ error: 'boom', message: 'x' }, 404)], ['what is no word at all', () => json({ error: { toString: 1 }, message: {} }, 404)]] as const)
      it(`asks whether it is mounted where the answer is ${what}`, async () => {
        rig.server.answers['POST /wearables/redeem'] = answer;
        const error = await caught(rig.signIn(rig.platform(backend).platform));
        expect(error).to.include({ code: 'misconfigured' });
        expect((error as Error).message).to.match(/^POST \/redeem answered HTTP 404.* Is the handler mounted at backend-url \(\/wearables\)\?$/);
      });

    it('tells a 403 of what stands before the handler from a visitor’s no, and asks what it is', async () => {
      rig.server.answers['POST /wearables/redeem'] = () => new Response('<h1>Forbidden</h1>CSRF token missing', { status: 403 });
      const error = await caught(rig.signIn(rig.platform(backend).platform));
      expect(error).to.include({ code: 'misconfigured', message: 'POST /redeem answered HTTP 403, expected 200. Does a CSRF check or a firewall stand before it? Is the handler mounted at backend-url (/wearables)?' });
    });
  });
});
