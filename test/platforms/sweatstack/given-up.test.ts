import { expect } from '@open-wc/testing';
import { answerOf } from '../../../src/oauth/protocol.js';
import { createConnector } from '../../../src/platforms/connector.js';
import type { ConnectorOptions } from '../../../src/platforms/connector.js';
import { shortOf } from '../../core/run.js';
import { until } from '../../oauth/surroundings.js';
import { idToken } from '../../oauth/token-server.js';
import { settled } from '../../sync/fake-clock.js';
import { json } from '../stub-fetch.js';
import { createRig } from './rig.js';
import type { Rig } from './rig.js';
import { statusOf } from './stub-server.js';

describe('platforms/sweatstack, who is signed in after an attempt was given up, or somebody else came', () => {
  let rig: Rig;
  const connectors: { stop: () => void }[] = [];
  let state: string | undefined;
  beforeEach(() => {
    rig = createRig();
  });
  afterEach(() => {
    for (const one of connectors.splice(0)) one.stop();
    rig.restore();
  });

  function create(options: ConnectorOptions = {}) {
    const events: string[] = [];
    const connector = createConnector({ clientId: 'app', dispatch: (event) => void events.push(shortOf(event)), ...options, platform: rig.platform(options).platform });
    connectors.push(connector);
    return { connector, events };
  }
  type Made = ReturnType<typeof create>['connector'];

  async function choose(connector: Made): Promise<void> {
    connector.start();
    await until(() => connector.phase === 'choosing');
  }
  async function open(connector: Made, source: string): Promise<void> {
    void connector.connect(source);
    await settled();
    expect(connector.phase).to.equal('authorizing');
    state = rig.asked()['state'];
  }
  const answer = () => dispatchEvent(new MessageEvent('message', { data: answerOf(`?code=canary-code&state=${state}`), origin: location.origin }));
  const kept = (): string[] => [...Object.keys(rig.around.local), ...Object.keys(rig.around.session)].filter((key) => /^wc1:[pm]:/.test(key));
  const isClosed = (): unknown => rig.windows.opened.at(-1)?.handle?.closed;

  /** Nobody takes it up, neither this page nor the next. */
  async function isGone(): Promise<void> {
    await settled();
    expect([kept(), isClosed()]).to.deep.equal([[], true]);
    const next = create();
    await choose(next.connector);
    answer();
    await settled();
    expect(next.events.filter((name) => name !== 'change(choosing)')).to.deep.equal([]);
  }

  for (const how of ['reset', 'back'] as const)
    it(`an attempt that waits for the element to be back is over with ${how}()`, async () => {
      const { connector, events } = create();
      await choose(connector);
      await open(connector, 'wahoo');
      connector.stop();
      connector[how]();
      expect(events.filter((name) => name.startsWith('cancelled')).length).to.equal(1);
      await isGone();
    });

  it('so it is with another one', async () => {
    const { connector } = create();
    await choose(connector);
    await open(connector, 'wahoo');
    const [first] = kept();
    connector.stop();
    connector.start();
    await open(connector, 'garmin_connect');
    expect(kept()).not.to.include(first);
    connector.reset();
    await isGone();
  });

  it('what still waits goes on when the element is back', async () => {
    const { connector } = create();
    await choose(connector);
    await open(connector, 'wahoo');
    connector.stop();
    connector.start();
    await settled();
    answer();
    await until(() => connector.phase === 'syncing');
  });

  it('signed out while another one is being added: nobody comes back signed in', async () => {
    const { connector } = create();
    await choose(connector);
    await open(connector, 'wahoo');
    answer();
    await until(() => connector.phase === 'syncing');
    await open(connector, 'garmin_connect');
    await connector.disconnect();
    expect(connector.phase).to.equal('choosing');
    await isGone();
  });

  it('a window that was closed before: its answer no longer counts after reset()', async () => {
    const { connector } = create();
    await choose(connector);
    await open(connector, 'wahoo');
    rig.windows.opened.at(-1)?.handle?.goAway();
    await rig.time.advance(300);
    rig.windows.opened.at(-1)?.handle?.close();
    dispatchEvent(new Event('focus'));
    await rig.pass(() => connector.phase === 'choosing');
    expect(connector.phase).to.equal('choosing');
    connector.stop();
    connector.reset();
    await isGone();
  });

  it('once the page has the tokens, Cancel no longer says that nothing came of it', async () => {
    rig.server.answers['GET /api/v1/oauth/userinfo'] = () => new Promise(() => {});
    const { connector, events } = create();
    await choose(connector);
    await open(connector, 'wahoo');
    answer();
    await until(() => events.includes('tokens'));
    connector.back();
    expect(connector.phase).to.equal('syncing');
    expect(events.slice(events.indexOf('tokens'))).to.deep.equal(['tokens', 'connections', 'connected', 'change(syncing)']);
    expect(connector.state.account?.connections.map(({ name, status, evidence }) => [name, status, evidence]), 'not “no wearable is connected yet”').to.deep.equal([['Wahoo', 'active', 'derived']]);
    await until(() => connector.state.account?.connections[0]?.history === 'syncing');
    expect(events.filter((name) => name === 'connections').length).to.equal(2);
  });

  it('Cancel then, where no wearable was named, makes none up', async () => {
    rig.server.answers['GET /api/v1/oauth/userinfo'] = () => new Promise(() => {});
    const { connector, events } = create();
    await choose(connector);
    void connector.connect(null);
    await settled();
    state = rig.asked()['state'];
    answer();
    await until(() => events.includes('tokens'));
    connector.back();
    expect(connector.state.account?.connections).to.deep.equal([]);
    await until(() => connector.state.account?.connections.length === 1);
  });

  it('Cancel then, while another one is added, shows nobody else’s list', async () => {
    rig.server.answers['POST /api/v1/oauth/token'] = () => json({ access_token: idToken({ sub: 'alice' }), token_type: 'Bearer', expires_in: 900 });
    const { connector, events } = create();
    await choose(connector);
    await open(connector, 'garmin_connect');
    answer();
    await until(() => connector.state.account?.connections.length);
    rig.server.answers['GET /api/v1/oauth/userinfo'] = () => new Promise(() => {});
    await open(connector, 'wahoo');
    events.length = 0;
    answer();
    await until(() => events.includes('tokens'));
    connector.back();
    expect([connector.phase, connector.state.account?.user, connector.state.account?.connections.map(({ source, history }) => [source, history])]).to.deep.equal(['syncing', null, [['wahoo', 'unknown']]]);
    await until(() => connector.state.account?.connections.length === 2);
  });

  it('what was connected on the platform’s page stays: how it was before is not asked twice', async () => {
    rig.server.answers['GET /api/v1/profile/status'] = () => json(statusOf('unavailable', { code: 'no_source_connected', status: 'action_required', message: 'Connect something.', destination: 'manage-integrations' }));
    const { connector, events } = create();
    await choose(connector);
    void connector.connect(null);
    await settled();
    state = rig.asked()['state'];
    answer();
    await until(() => rig.server.streams.length);
    rig.server.streams.at(-1)?.send('{"backfill_loaded_until": null}\n');
    await rig.pass(() => connector.phase === 'connected');
    rig.server.answers['GET /api/v1/profile/status'] = () => json(statusOf('syncing'));
    events.length = 0;
    await connector.refresh();
    expect(connector.phase).to.equal('syncing');
    await until(() => rig.server.streams.length > 1);
    rig.server.streams.at(-1)?.send('{"backfill_loaded_until": null}\n');
    for (let second = 0; second < 10; second++) await rig.time.advance(1_000);
    expect([connector.phase, connector.state.account?.connections.map(({ history }) => history)]).to.deep.equal(['syncing', ['syncing']]);
  });

  for (const how of ['reset', 'another one'] as const)
    it(`what the whole page came back with is not taken after ${how}`, async () => {
      const away = { v: 1, id: 'a9', channel: 'chan', source: 'wahoo', state: 'wc1.s', nonce: 'n', verifier: 'v', issuer: 'https://app.sweatstack.no', clientId: 'app', redirectUri: location.href, mode: 'redirect', returnTo: '/', url: 'https://app.sweatstack.no/', createdAt: Date.now() };
      const { connector, events } = create();
      await choose(connector);
      rig.around.session.setItem('wc1:p:chan', JSON.stringify(away));
      rig.around.session.setItem('wc1:m:chan', JSON.stringify({ v: 1, query: '?code=canary-code&state=wc1.s', createdAt: Date.now() }));
      if (how === 'another one') await open(connector, 'garmin_connect');
      connector.reset();
      await until(() => connector.phase === 'choosing');
      expect(kept()).to.deep.equal([]);
      expect(events.filter((name) => name.startsWith('connected'))).to.deep.equal([]);
    });

  it('another account has neither the connections nor the activity of the one before', async () => {
    const tokens = (sub: string) => json({ access_token: `token-of-${sub}`, token_type: 'Bearer', expires_in: 900, id_token: idToken({ iss: 'https://app.sweatstack.no', aud: 'app', sub, nonce: rig.asked()['nonce'] }) });
    const user = (sub: string) => json({ sub, name: sub, registered_at: '2025-01-01T00:00:00' });
    const { connector } = create();
    await choose(connector);
    for (const [sub, source] of [['alice', 'garmin_connect'], ['alice', 'intervals_icu'], ['bob', 'wahoo']] as const) {
      rig.server.answers['POST /api/v1/oauth/token'] = () => tokens(sub);
      rig.server.answers['GET /api/v1/oauth/userinfo'] = () => user(sub);
      if (sub === 'bob') rig.server.answers['GET /api/v1/activities/latest'] = () => json({}, 500);
      await open(connector, source);
      answer();
      await until(() => connector.phase === 'syncing' && connector.state.account?.connections.some((one) => one.source === source));
      if (sub === 'alice') await until(() => connector.state.preview);
    }
    expect(connector.state.account?.user?.id).to.equal('bob');
    expect(connector.state.account?.connections.map(({ source }) => source)).to.deep.equal(['wahoo']);
    expect(connector.state.preview).to.equal(undefined);
  });
});
