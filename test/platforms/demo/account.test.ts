import { expect } from '@open-wc/testing';
import { scenarioNames } from '../../../src/platforms/demo/scenarios.js';
import { aWhile, createDemo } from './connecting.js';
import type { Demo } from './connecting.js';

describe('platforms/demo, an account and its tokens', () => {
  let rig: Demo;
  beforeEach(() => (rig = createDemo()));
  afterEach(() => rig.restore());

  it('keeps the usual pace: the first of it a second and a half after signing in, all of it after twelve; or faster', async () => {
    for (const speed of [1, 3]) {
      const { connector, toList } = rig.create({ speed });
      await toList();
      void connector.connect('polar');
      while (connector.phase !== 'syncing') await rig.clock.advance(50);
      await rig.clock.advance(1_400 / speed);
      expect(connector.state.progress?.stage).to.equal('waiting');
      await rig.clock.advance(100 / speed + 1);
      await rig.time.advance(400);
      expect(connector.state.progress?.stage).to.equal('fetching');
      await rig.clock.advance(10_000 / speed);
      expect(connector.phase).to.equal('syncing');
      await rig.clock.advance(1_500 / speed);
      expect(connector.phase).to.equal('connected');
      connector.abandon();
    }
  });

  it('says what is wrong with a scenario that there is not, and lists the others', async () => {
    const { connector, news } = rig.create({ scenario: 'hapy' });
    connector.start();
    await rig.pass(1_000);
    expect(news()).to.deep.equal(['error(misconfigured)', 'failed']);
    expect(connector.error?.message).to.equal(`scenario must be one of ${scenarioNames.join(', ')}: got "hapy".`);
    expect((await connector.connect('polar')) === 'failed').to.equal(true);
  });

  it('is blocked as an error where a page wants windows alone', async () => {
    const { connector, news, toList } = rig.create({ scenario: 'blocked', mode: 'popup' });
    await toList();
    void connector.connect('polar');
    await rig.pass(1_000);
    expect(news()).to.deep.equal(['authorizing', 'error(popup_blocked)', 'failed']);
  });

  it('goes on in this tab where the window was blocked', async () => {
    const { connector, toList } = rig.create({ scenario: 'blocked' });
    await toList();
    void connector.connect('polar');
    connector.again(true);
    await rig.pass(aWhile);
    expect(connector.phase).to.equal('connected');
  });

  it('gives made-up tokens, renews them, and loses them with the session', async () => {
    const { connector, events, toList } = rig.create({ scenario: 'token-expired', scope: 'data:read offline_access' });
    await toList();
    void connector.connect('polar');
    await rig.pass(3_500);
    const { platform } = connector;
    const ask = async (force = false): Promise<unknown> => {
      const asked = platform.accessToken?.(new AbortController().signal, force).catch((error: unknown) => (error as { readonly code: string }).code);
      await rig.pass(300);
      return asked;
    };
    expect([await ask(), await ask(true), await ask()]).to.deep.equal(['demo-access-token', 'demo-access-token-2', 'demo-access-token-2']);
    const told = events.filter(({ type }) => type === 'wearable-tokens') as (Event & { readonly detail: { readonly reason: string; readonly refreshToken: string } })[];
    expect(told.map(({ detail }) => `${detail.reason} ${detail.refreshToken}`)).to.deep.equal(['connected demo-refresh-token', 'refreshed demo-refresh-token-2']);
    await rig.pass(aWhile);
    expect([connector.error?.code, await ask()]).to.deep.equal(['session_expired', 'session_expired']);
  });

  it('keeps tokens from a page that leaves them to its server', async () => {
    const { connector, news, toList } = rig.create({ tokenDelivery: 'backend' });
    await toList();
    void connector.connect('polar');
    await rig.pass(4_000);
    expect(news()).not.to.include('tokens');
    expect(await connector.getAccessToken().catch((error: unknown) => (error as { readonly code: string }).code)).to.equal('unsupported');
    connector.abandon();
  });

  it('lets one source go, then another, then everything; and nobody comes back', async () => {
    const { connector, news } = rig.create({ scenario: 'returning' });
    connector.start();
    await rig.pass(5_000);
    news();
    void connector.disconnect('strava');
    await rig.pass(1_000);
    expect(news()).to.deep.equal(['connections', 'disconnected', 'preview']);
    expect(connector.state.account?.connections.map(({ source }) => source)).to.deep.equal(['garmin_connect']);
    void connector.disconnect();
    await rig.pass(1_000);
    expect([connector.phase, connector.state.account, await connector.platform.restore?.(new AbortController().signal)]).to.deep.equal(['choosing', null, null]);
    void connector.connect(null);
    await rig.pass(aWhile);
    expect(connector.state.account?.connections.map(({ source }) => source), 'the first one offered').to.deep.equal(['garmin_connect']);
    connector.abandon();
  });

  it('adds another, whose history comes in beside the one that is there', async () => {
    const { connector, toList } = rig.create({});
    await toList();
    void connector.connect('polar');
    await rig.pass(aWhile);
    connector.browse();
    void connector.connect('strava');
    await rig.pass(5_000);
    expect(connector.state.account?.connections.map(({ source, history }) => `${source} ${history}`)).to.deep.equal(['polar ready', 'strava syncing']);
    expect(connector.state.progress?.source).to.equal('strava');
    connector.abandon();
  });

  it('meets what was connected before once, when signing in: what is let go stays away', async () => {
    const { connector, toList } = rig.create({ scenario: 'many-sources' });
    await toList();
    const sources = () => connector.state.account?.connections.map(({ source }) => source);
    void connector.connect('oura');
    await rig.pass(aWhile);
    void connector.disconnect('whoop');
    await rig.pass(1_000);
    connector.browse();
    void connector.connect('strava');
    await rig.pass(aWhile);
    expect(sources()).to.deep.equal(['polar', 'suunto', 'oura', 'strava']);
    connector.abandon();
  });

  it('shows a developer what a real one would have asked, without its secrets', async () => {
    const { connector, events } = rig.create({}, { inspector: true });
    connector.start();
    await rig.pass(1_000);
    void connector.connect('polar');
    await rig.pass(6_000);
    const wire = events.filter(({ type }) => type === 'wearable-wire') as (Event & { readonly detail: { readonly method: string; readonly url: string; readonly status: number } })[];
    expect(wire.map(({ detail: { method, url, status } }) => `${method} ${url} ${status}`)).to.deep.equal(
      ['GET /sources', 'POST /oauth/token', 'GET /account', 'GET /activities/latest'].map((line) => `${line.replace(' ', ' https://demo.invalid')} 200`),
    );
    expect(JSON.stringify(wire.map(({ detail }) => detail))).not.to.contain('demo-access-token');
    connector.abandon();
  });
});
