import { expect } from '@open-wc/testing';
import { ConnectError } from '../../../src/core/errors.js';
import { parts } from '../../../src/platforms/sweatstack/parts.js';
import { until } from '../../oauth/surroundings.js';
import { settled } from '../../sync/fake-clock.js';
import { caught } from '../connecting.js';
import { createRig } from './rig.js';
import type { Rig } from './rig.js';

describe('platforms/sweatstack, what comes after a sign-in', () => {
  const { afterwards: load } = parts;
  let rig: Rig;
  let isServed: boolean;
  let fetched: number;

  beforeEach(() => {
    rig = createRig();
    isServed = true;
    fetched = 0;
    parts.afterwards = () => {
      fetched += 1;
      return isServed ? load() : Promise.reject(new TypeError('Importing a module script failed.'));
    };
  });
  afterEach(() => {
    parts.afterwards = load;
    rig.restore();
  });

  it('is fetched when the window opens, not before', async () => {
    const { platform } = rig.platform();
    await platform.prepare(rig.life().signal);
    await platform.restore?.(rig.life().signal);
    expect(fetched).to.equal(0);
    rig.authorize(platform);
    await until(() => fetched === 1);
  });

  it('is not fetched where the host’s server has the tokens', async () => {
    const { platform } = rig.platform({ tokenDelivery: 'backend' });
    await platform.prepare(rig.life().signal);
    rig.authorize(platform);
    await settled();
    expect(fetched).to.equal(0);
  });

  it('costs only what it is for where it cannot be had: somebody is signed in, and what was asked for is connected', async () => {
    isServed = false;
    const { platform } = rig.platform();
    const { tokens, user, connections } = await rig.signIn(platform);
    expect([tokens?.accessToken, await user]).to.deep.equal(['canary-token', null]);
    expect((await connections).map(({ source, status, history }) => [source, status, history])).to.deep.equal([['wahoo', 'active', 'unknown']]);
    expect(await caught(Promise.resolve(platform.preview?.(rig.life().signal)))).to.be.instanceOf(TypeError);
    const following = platform.follow(await connections, rig.life().signal)[Symbol.asyncIterator]();
    const error = await caught(following.next());
    expect(error).to.be.instanceOf(ConnectError).and.include({ code: 'sync_failed', retryable: true });
    expect((error as Error).message).to.match(/served beside the script/);
    isServed = true;
    const again = platform.follow(await connections, rig.life().signal)[Symbol.asyncIterator]();
    const next = again.next();
    await until(() => rig.server.streams.length === 2);
    const [first] = rig.server.asked.filter(({ path }) => path.endsWith('/backfill-status'));
    expect(first?.init.signal?.aborted, 'what nobody followed is let go').to.equal(true);
    rig.server.streams[1]?.send('{"backfill_loaded_until": "2025-11-13T00:00:00"}\n');
    expect((await next).value).to.have.nested.property('progress.loadedUntil', '2025-11-13T00:00:00.000Z');
    await again.return?.();
    expect(await rig.left()).to.equal(0);
  });

  it('cannot be had when a visitor leaves: they are gone from here, and it is not claimed that anything was taken back', async () => {
    const { platform } = rig.platform();
    await rig.signIn(platform);
    isServed = false;
    expect(await platform.disconnect?.(null, rig.life().signal)).to.deep.equal({ revoked: false, connections: [] });
    expect(await caught(Promise.resolve(platform.accessToken?.(rig.life().signal)))).to.include({ code: 'session_expired' });
  });
});
