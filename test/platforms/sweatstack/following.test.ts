import { expect } from '@open-wc/testing';
import { paused } from '../../../src/core/errors.js';
import type { SyncUpdate } from '../../../src/core/platform.js';
import { until } from '../../oauth/surroundings.js';
import { createRig } from './rig.js';
import type { Rig } from './rig.js';
import { json, silence, statusOf } from './stub-server.js';

const caught = (promise: Promise<unknown> | undefined): Promise<unknown> => Promise.resolve(promise).then(() => null, (error: unknown) => error);

describe('platforms/sweatstack, following', () => {
  let rig: Rig;
  beforeEach(() => (rig = createRig()));
  afterEach(() => rig.restore());

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

    it('renews in mid-stream where it can, and ends the session where it cannot [F19]', async () => {
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

  for (const taken of ['with the first response', 'in mid-stream'])
    it(`ends the session where the app is turned away with a 403, ${taken} [F19]`, async () => {
      const turnAway = (): void => void (rig.server.answers['GET /api/v1/activities/backfill-status'] = () => json({ detail: 'Not enough permissions' }, 403));
      if (taken === 'with the first response') turnAway();
      const { platform } = rig.platform();
      const connections = await (await rig.signIn(platform)).connections;
      let end: unknown = null;
      void caught((async () => {
        const run = platform.follow(connections, rig.life().signal)[Symbol.asyncIterator]();
        while (!(await run.next()).done);
      })()).then((error) => (end = error));
      turnAway();
      rig.server.streams.at(-1)?.fail();
      await rig.pass(() => end);
      expect(end).to.include({ code: 'session_expired' });
      expect(await rig.left()).to.equal(0);
    });

  it('renews once on a 401, and asks once more [F19]', async () => {
    rig.server.answers['POST /api/v1/oauth/token'] = () => json({ access_token: `t${rig.server.times('/api/v1/oauth/token')}`, token_type: 'Bearer', expires_in: 900, refresh_token: 'r' });
    const { platform } = rig.platform({ scope: 'profile data:read offline_access' });
    await (await rig.signIn(platform)).connections;
    rig.server.answers['GET /api/v1/profile/status'] = ({ bearer }) => (bearer === 't2' ? json(statusOf('ready')) : json({ detail: 'Expired.' }, 401));
    expect((await platform.refresh?.(rig.life().signal))?.[0]).to.include({ history: 'ready' });
    rig.server.answers['GET /api/v1/profile/status'] = () => json({ detail: 'No.' }, 401);
    expect(await caught(platform.refresh?.(rig.life().signal))).to.include({ code: 'session_expired' });
    expect(rig.server.times('/api/v1/oauth/token')).to.equal(3);
  });
});
