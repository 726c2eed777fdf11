import { expect } from '@open-wc/testing';
import type { SyncUpdate } from '../../../src/core/platform.js';
import { createConnector } from '../../../src/platforms/connector.js';
import { settled } from '../../sync/fake-clock.js';
import { until } from '../../oauth/surroundings.js';
import { createRig } from './rig.js';
import type { Rig } from './rig.js';
import { json, statusOf } from './stub-server.js';

const backfill = '/api/v1/activities/backfill-status';
const tokens = '/api/v1/oauth/token';
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await settled();
};

describe('platforms/sweatstack, what the tokens are good for', () => {
  let rig: Rig;
  beforeEach(() => (rig = createRig()));
  afterEach(() => rig.restore());

  /** The first token is `t1`, each renewal gives the next one. */
  const grantAlways = (more: object = {}): void => {
    rig.server.answers[`POST ${tokens}`] = () => json({ access_token: `t${rig.server.times(tokens)}`, token_type: 'Bearer', expires_in: 900, refresh_token: 'r', ...more });
  };

  describe('the history', () => {
    const scopes: readonly (readonly [granted: string | null, asked: string, isShared: boolean])[] = [
      ['openid profile', 'openid profile data:read', false],
      ['openid profile data:reader', 'openid profile data:read', false],
      ['openid profile data:write', 'openid profile data:read', false],
      [null, 'openid profile', false],
      ['openid profile data:read', 'openid profile', true],
      ['data:read', 'openid profile data:read', true],
      [null, 'openid profile data:read', true],
    ];
    for (const [granted, scope, isShared] of scopes)
      it(`is ${isShared ? '' : 'not '}asked for where ${granted === null ? `"${scope}" was asked for, and no less said` : `"${granted}" was granted`}`, async () => {
        grantAlways({ scope: granted });
        rig.server.answers['GET /api/v1/profile/status'] = () => json(statusOf('ready'));
        const { platform } = rig.platform({ scope });
        const confirmed = await rig.signIn(platform);
        const connections = await confirmed.connections;
        await turns();
        expect(rig.server.times(backfill), 'with the other reads').to.equal(isShared ? 1 : 0);
        expect(connections.map(({ source }) => source)).to.deep.equal(['wahoo']);
        const updates: SyncUpdate[] = [];
        let isOver = false;
        void (async () => {
          for await (const update of platform.follow(connections, rig.life().signal)) updates.push(update);
          isOver = true;
        })().catch(() => {});
        if (isShared) rig.server.streams[0]?.send('{"backfill_loaded_until": "2021-11-13T00:00:00"}\n');
        await until(() => isOver, 'The end', 500);
        expect(updates.at(-1)).to.deep.equal({ type: 'finished', outcome: isShared ? 'success' : 'unknown' });
        if (!isShared) expect(updates.length, 'and nothing else').to.equal(1);
        expect(rig.server.times(backfill)).to.equal(isShared ? 1 : 0);
        expect(await rig.left()).to.equal(0);
      });
  });

  describe('refused with a 401', () => {
    const paths = ['/api/v1/oauth/userinfo', '/api/v1/profile/status', '/api/v1/activities/latest'];

    it('by three reads at once whose answers are staggered: one renewal, told once [F19, T20]', async () => {
      for (const order of [[0, 1, 2], [2, 0, 1], [1, 2, 0]]) {
        grantAlways();
        const holds = new Map<string, () => void>();
        const mine = rig.server.asked.length;
        const { platform, told } = rig.platform({ scope: 'openid profile data:read offline_access' });
        for (const path of paths) {
          const good = { '/api/v1/oauth/userinfo': { sub: 'u1', name: 'Alice' }, '/api/v1/profile/status': statusOf('ready'), '/api/v1/activities/latest': null }[path];
          const first = `t${rig.server.times(tokens) + 1}`;
          rig.server.answers[`GET ${path}`] = async ({ bearer }) => {
            if (bearer !== first) return json(good);
            await new Promise<void>((resolve) => holds.set(path, resolve));
            return json({ detail: 'Revoked.' }, 401);
          };
        }
        const confirmed = await rig.signIn(platform);
        const preview = platform.preview?.(rig.life().signal);
        await until(() => holds.size === 3);
        const before = rig.server.times(tokens);
        for (const index of order) {
          holds.get(paths[index] ?? '')?.();
          await turns();
        }
        expect([(await confirmed.user)?.name, (await confirmed.connections)[0]?.history, await preview]).to.deep.equal(['Alice', 'ready', null]);
        expect([rig.server.times(tokens) - before, told], order.join()).to.deep.equal([1, [`refreshed t${before + 1}`]]);
        const asked = rig.server.asked.slice(mine).filter(({ path }) => paths.includes(path));
        expect(asked.map(({ bearer }) => bearer), 'each again, with the new one').to.deep.equal([...Array<string>(3).fill(`t${before}`), ...Array<string>(3).fill(`t${before + 1}`)]);
        platform.forget?.();
      }
    });
  });

  it('a token that has run out is renewed for who asks a connector that was stopped', async () => {
    grantAlways({ expires_in: 60 });
    const connector = createConnector({ platform: rig.platform({ scope: 'openid profile data:read offline_access' }).platform });
    connector.start();
    await until(() => connector.phase !== 'loading');
    const ending = connector.connect('wahoo');
    rig.answer();
    expect(await ending).to.equal('connected');
    connector.stop();
    expect(await connector.getAccessToken()).to.equal('t1');
    await rig.time.advance(60_000);
    expect([await connector.getAccessToken(), rig.server.times(tokens)]).to.deep.equal(['t2', 2]);
    expect(await rig.left()).to.equal(0);
  });
});
