import { expect } from '@open-wc/testing';
import { ConnectError, paused } from '../../../src/core/errors.js';
import type { SyncUpdate } from '../../../src/core/platform.js';
import { settled } from '../../sync/fake-clock.js';
import { until } from '../../oauth/surroundings.js';
import { createRig } from './rig.js';
import type { Rig } from './rig.js';
import { json, silence, statusOf } from './stub-server.js';

const caught = (promise: Promise<unknown> | undefined): Promise<unknown> => Promise.resolve(promise).then(() => null, (error: unknown) => error);
const reads = ['/api/v1/activities/backfill-status', '/api/v1/oauth/userinfo', '/api/v1/profile/status', '/api/v1/activities/latest'];

describe('platforms/sweatstack', () => {
  let rig: Rig;
  beforeEach(() => (rig = createRig()));
  afterEach(() => rig.restore());

  it('opens the final address in the click', async () => {
    const { platform } = rig.platform();
    await platform.prepare(rig.life().signal);
    rig.authorize(platform);
    expect(rig.windows.opened.length).to.equal(1);
    expect(rig.windows.opened[0]?.url).to.match(/^https:\/\/app\.sweatstack\.no\/express-login\?state=/);
    expect(rig.asked()).to.include({ integration: 'wahoo', client_id: 'app' });
  });

  it('asks for no wearable in particular where none was picked', async () => {
    for (const source of [null, 'sweatstack']) {
      const { platform } = rig.platform();
      const confirmed = await rig.signIn(platform, source);
      expect(rig.asked()).not.to.have.property('integration');
      expect((await confirmed.connections).map(({ source: from, name }) => [from, name])).to.deep.equal([['sweatstack', 'SweatStack']]);
    }
  });

  describe('the page’s own address', () => {
    it('is opened', async () => {
      const seen: unknown[] = [];
      const { platform } = rig.platform({ buildUrl: (base, parameters) => (seen.push(base.href, parameters['integration']), `https://own.example/in?${new URLSearchParams(parameters).toString()}`) });
      await platform.prepare(rig.life().signal);
      rig.authorize(platform);
      expect(rig.windows.opened[0]?.url).to.match(/^https:\/\/own\.example\/in\?client_id=app/);
      expect(seen).to.deep.equal(['https://app.sweatstack.no/', 'wahoo']);
    });

    for (const url of ['javascript:alert(1)', 'http://own.example/', 'https://u:p@own.example/', '/relative'])
      it(`is refused: ${url}`, async () => {
        const { platform } = rig.platform({ buildUrl: () => url });
        await platform.prepare(rig.life().signal);
        const error = await caught(rig.authorize(platform).answered);
        expect(error).to.include({ code: 'misconfigured' });
        expect(rig.windows.opened).to.deep.equal([]);
      });
  });

  it('ends a refusal at the window, and looks behind one that needs to be shown', async () => {
    const { platform } = rig.platform();
    for (const [answer, code] of [['error=access_denied', 'access_denied'], ['error=login_required', 'platform_error'], ['error=invalid_scope', 'misconfigured']]) {
      await platform.prepare(rig.life().signal);
      const { answered } = rig.authorize(platform);
      rig.answer(answer);
      expect(await caught(answered), answer).to.include({ code });
    }
    expect(rig.server.asked, 'nothing was exchanged').to.deep.equal([]);
    await platform.prepare(rig.life().signal);
    rig.authorize(platform);
    expect(rig.asked(), 'the next window may show something').to.include({ prompt: 'consent' });
  });

  it('never exchanges an answer that is not of this attempt', async () => {
    const { platform } = rig.platform();
    const grant = (await rig.grant(platform)) as { query: string; attempt: { state: string } };
    const error = await caught(platform.confirm({ ...grant, query: '?code=x&state=wc1.other' }, rig.life().signal));
    expect(error).to.include({ code: 'invalid_response' });
    expect(rig.server.asked).to.deep.equal([]);
  });

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

    for (const failing of reads)
      it(`without ${failing.split('/').pop() ?? ''}: that costs only its own part`, async () => {
        for (const answer of [() => json({ detail: 'No.' }, 500), () => Promise.reject(new TypeError('Failed to fetch')), () => new Response('<p>')]) {
          rig.server.answers[`GET ${failing}`] = answer;
          const { platform } = rig.platform();
          const confirmed = await rig.signIn(platform);
          const [user, connections, preview] = [await confirmed.user, await confirmed.connections, await caught(platform.preview?.(rig.life().signal))];
          expect(user === null, 'user').to.equal(failing.endsWith('userinfo'));
          expect(connections[0]?.history).to.equal(failing.endsWith('profile/status') ? 'unknown' : 'syncing');
          expect(preview === null, 'preview').to.equal(!failing.endsWith('latest'));
        }
      });

    it('remembers every wearable that was asked for', async () => {
      const { platform } = rig.platform();
      await rig.signIn(platform, 'wahoo');
      const confirmed = await rig.signIn(platform, 'garmin_connect');
      expect((await confirmed.connections).map(({ id }) => id)).to.deep.equal(['wahoo', 'garmin_connect']);
    });

    it('without the latest activity where the page wants none', async () => {
      const { platform } = rig.platform({ noPreview: true });
      await rig.signIn(platform);
      await settled();
      expect(rig.server.times('/api/v1/activities/latest')).to.equal(0);
      expect(platform.preview).to.equal(undefined);
    });
  });

  describe('the history', () => {
    const until1 = '{"backfill_loaded_until": "2021-11-13T00:00:00"}\n';

    it('takes over the response that was asked for with the rest', async () => {
      const { platform } = rig.platform();
      const confirmed = await rig.signIn(platform);
      const connections = await confirmed.connections;
      const updates: SyncUpdate[] = [];
      const done = (async () => {
        for await (const update of platform.follow(connections, rig.life().signal)) updates.push(update);
      })();
      rig.server.streams[0]?.send(until1);
      await done;
      expect(updates.map(({ type }) => type)).to.deep.equal(['progress', 'progress', 'connections', 'finished']);
      expect([rig.server.streams.length, rig.server.streams[0]?.cancelled, rig.server.times('/api/v1/profile/status')], 'nothing was asked twice').to.deep.equal([1, true, 1]);
      expect(await rig.left()).to.equal(0);
    });

    it('opens its own once the first is taken', async () => {
      const { platform } = rig.platform();
      const connections = await (await rig.signIn(platform)).connections;
      for (let round = 0; round < 2; round++) {
        const life = rig.life();
        const told = platform.follow(connections, life.signal)[Symbol.asyncIterator]();
        const next = told.next();
        await until(() => rig.server.streams.length === round + 1);
        rig.server.streams[round]?.send('{"backfill_loaded_until": null}\n');
        expect((await next).value).to.have.property('type', 'progress');
        life.abort(paused);
        await caught(told.return?.() as Promise<unknown>);
      }
      expect(rig.server.streams.map(({ cancelled }) => cancelled)).to.deep.equal([true, true]);
    });

    it('lets go of a first response that nobody follows, and asks anew later', async () => {
      rig.server.answers['GET /api/v1/activities/backfill-status'] = silence;
      const { platform } = rig.platform();
      const connections = await (await rig.signIn(platform)).connections;
      await rig.time.advance(20_000);
      expect(rig.server.left).to.equal(0);
      const told = platform.follow(connections, rig.life().signal)[Symbol.asyncIterator]();
      void told.next().catch(() => {});
      await until(() => rig.server.times('/api/v1/activities/backfill-status') === 2);
    });

    it('renews in mid-stream where it can, and ends the session where it cannot', async () => {
      for (const refresh of [true, false]) {
        rig.server.answers['POST /api/v1/oauth/token'] = () => json({ access_token: `t${rig.server.times('/api/v1/oauth/token')}`, token_type: 'Bearer', expires_in: 900, refresh_token: refresh ? 'r' : null });
        const { platform, told } = rig.platform({ scope: 'profile data:read offline_access' });
        const connections = await (await rig.signIn(platform)).connections;
        const before = rig.server.times('/api/v1/oauth/token');
        rig.server.answers['GET /api/v1/activities/backfill-status'] = () => json({ detail: 'Expired.' }, 401);
        const run = platform.follow(connections, rig.life().signal)[Symbol.asyncIterator]();
        rig.server.streams.at(-1)?.fail();
        let end: unknown = null;
        void caught((async () => {
          for (;;) if ((await run.next()).done) return;
        })()).then((error) => (end = error));
        await rig.pass(() => end);
        expect(end).to.include({ code: 'session_expired' });
        expect([rig.server.times('/api/v1/oauth/token') - before, told.length]).to.deep.equal(refresh ? [1, 1] : [0, 0]);
      }
    });
  });

  it('renews once on a 401, and asks once more', async () => {
    rig.server.answers['POST /api/v1/oauth/token'] = () => json({ access_token: `t${rig.server.times('/api/v1/oauth/token')}`, token_type: 'Bearer', expires_in: 900, refresh_token: 'r' });
    const { platform } = rig.platform();
    await (await rig.signIn(platform)).connections;
    rig.server.answers['GET /api/v1/profile/status'] = ({ bearer }) => (bearer === 't2' ? json(statusOf('ready')) : json({ detail: 'Expired.' }, 401));
    expect((await platform.connections?.(rig.life().signal))?.[0]).to.include({ history: 'ready' });
    rig.server.answers['GET /api/v1/profile/status'] = () => json({ detail: 'No.' }, 401);
    expect(await caught(platform.connections?.(rig.life().signal))).to.include({ code: 'session_expired' });
    expect(rig.server.times('/api/v1/oauth/token')).to.equal(3);
  });

  describe('a returning visitor', () => {
    it('is restored with what was kept, and only where something was to be kept', async () => {
      for (const persist of ['memory', 'session', 'local'] as const) {
        const first = rig.platform({ persist });
        await (await rig.signIn(first.platform)).connections;
        expect([...Object.keys(rig.around.local), ...Object.keys(rig.around.session)].length, persist).to.equal(persist === 'memory' ? 0 : 1);
        const restored = await rig.platform({ persist }).platform.restore?.(rig.life().signal);
        expect(restored?.account?.tokens?.accessToken, persist).to.equal(persist === 'memory' ? undefined : 'canary-token');
        if (restored?.account) expect((await restored.account.connections).map(({ id }) => id)).to.deep.equal(['wahoo']);
        first.platform.forget?.();
        expect([...Object.keys(rig.around.local), ...Object.keys(rig.around.session)], persist).to.deep.equal([]);
      }
    });

    it('is met by the attempt that an earlier page began', async () => {
      const first = rig.platform().platform;
      await first.prepare(rig.life().signal);
      const life = rig.life();
      const answered = caught(first.authorize('wahoo', { attempt: 'a1', way: 'popup', signal: life.signal, onSight: () => {} }));
      life.abort(paused);
      await answered;
      const second = rig.platform().platform;
      expect((await second.restore?.(rig.life().signal))?.pending).to.deep.equal({ attempt: 'a1', source: 'wahoo', grant: null });
      const { answered: resumed } = rig.authorize(second, 'wahoo', 'resume');
      rig.answer();
      expect((await second.confirm(await resumed, rig.life().signal)).tokens).to.include({ accessToken: 'canary-token' });
    });
  });

  it('shows whoever looks on the window and each request, and no secret', async () => {
    const { platform, steps, look } = rig.platform();
    look.on = true;
    await (await rig.signIn(platform)).connections;
    await until(() => steps.length >= 5);
    expect(steps[0]?.kind).to.equal('opened');
    expect(steps.filter(({ kind }) => kind === 'request').length).to.be.above(3);
    expect(JSON.stringify(steps)).to.not.match(/canary/);
    look.on = false;
    const seen = steps.length;
    await platform.connections?.(rig.life().signal);
    await settled();
    expect(steps.length).to.equal(seen);
  });

  it('keeps no secret in storage once it is connected', async () => {
    const { platform } = rig.platform();
    const { answered } = (await platform.prepare(rig.life().signal), rig.authorize(platform));
    expect(JSON.stringify(rig.around.local), 'while it waits, its own').to.contain('verifier');
    rig.answer();
    await platform.confirm(await answered, rig.life().signal);
    expect(JSON.stringify([rig.around.local, rig.around.session])).to.equal('[{},{}]');
  });

  describe('with delivery to the backend', () => {
    const backend = { tokenDelivery: 'backend', backendUrl: 'https://app.sweatstack.no/wearables' };

    it('hands the code over, and no token ever reaches the page', async () => {
      rig.server.answers['POST /wearables/redeem'] = () => json({ user: { id: 'u1' }, connections: [] });
      const { platform } = rig.platform({ ...backend, fetchSession: () => Promise.resolve('session') });
      const confirmed = await rig.signIn(platform);
      expect(confirmed).to.deep.equal({ tokens: null, user: { id: 'u1' }, connections: [] });
      const [asked] = rig.server.asked;
      expect([rig.server.asked.length, asked?.bearer, asked?.init.credentials]).to.deep.equal([1, 'session', 'same-origin']);
      expect(Object.keys(JSON.parse(String(asked?.init.body as string)) as object)).to.deep.equal(['code', 'verifier', 'redirectUri']);
      const updates: SyncUpdate[] = [];
      for await (const update of platform.follow([], rig.life().signal)) updates.push(update);
      expect(updates).to.deep.equal([{ type: 'finished', outcome: 'unknown' }]);
      for (const asking of [platform.accessToken?.(rig.life().signal), platform.connections?.(rig.life().signal), platform.preview?.(rig.life().signal)])
        expect(await caught(asking), 'nor does it pretend that a session was lost').to.include({ code: 'unsupported' });
    });

    for (const [answer, code] of [[() => json({}, 401), 'session_expired'], [() => json({}, 404), 'misconfigured'], [() => json({}, 500), 'platform_error'], [() => json({}), 'invalid_response'], [() => new Response('<p>'), 'invalid_response']] as const)
      it(`says ${code} where the handler does not do its part`, async () => {
        rig.server.answers['POST /wearables/redeem'] = answer;
        const error = await caught(rig.signIn(rig.platform(backend).platform));
        expect(error).to.be.instanceOf(ConnectError);
        expect(error).to.include({ code });
      });
  });

  it('forgets whatever it was doing', async () => {
    const { platform } = rig.platform();
    await rig.signIn(platform);
    await until(() => rig.server.streams.length);
    platform.forget?.();
    expect(await caught(platform.accessToken?.(rig.life().signal))).to.include({ code: 'session_expired' });
    expect(await rig.left()).to.equal(0);
    expect(() => rig.platform({ clientId: '' }).platform.forget?.(), 'also where it was never set up').not.to.throw();
  });
});
