import { expect } from '@open-wc/testing';
import { createConnector } from '../../../src/platforms/connector.js';
import type { ConnectorOptions } from '../../../src/platforms/connector.js';
import { answerOf } from '../../../src/oauth/protocol.js';
import { detailOf, shortOf } from '../../core/run.js';
import { until } from '../../oauth/surroundings.js';
import { createRig } from './rig.js';
import type { Rig } from './rig.js';
import { json } from './stub-server.js';

/** Two of them, on one page or in two tabs of one origin: what is meant for one never reaches the other. */
describe('platforms/sweatstack, two at once [F25]', () => {
  let rig: Rig;
  beforeEach(() => (rig = createRig()));
  afterEach(() => rig.restore());

  async function create(options: ConnectorOptions = {}) {
    const events: Event[] = [];
    const connector = createConnector({ clientId: 'app', ...options, dispatch: (event) => void events.push(event) });
    connector.start();
    await until(() => connector.phase !== 'loading');
    return { connector, events, names: () => events.map(shortOf), tokens: () => events.filter(({ type }) => type === 'wearable-tokens').map((event) => detailOf(event)['accessToken']) };
  }
  const stateOf = (window: number): string => (JSON.parse(atob(new URL(rig.windows.opened[window]?.url ?? '').searchParams.get('state') ?? '')) as { state: string }).state;
  const answer = (window: number) => dispatchEvent(new MessageEvent('message', { data: answerOf(`?code=for-${window}&state=${stateOf(window)}`), origin: location.origin }));

  it('two widgets, each with its window: either answer finds its own, in whichever order they come', async () => {
    rig.server.answers['POST /api/v1/oauth/token'] = ({ init }) => json({ access_token: `token-${new URLSearchParams(init.body as URLSearchParams).get('code') ?? ''}`, token_type: 'Bearer', expires_in: 900 });
    const [one, two] = [await create(), await create({ clientId: 'other' })];
    const endings = [one.connector.connect('wahoo'), two.connector.connect('garmin_connect')];
    expect(new Set([stateOf(0), stateOf(1)]).size).to.equal(2);
    answer(1);
    expect(await endings[1]).to.equal('connected');
    expect([one.connector.phase, one.tokens(), rig.windows.opened[0]?.handle?.closed], 'the other still waits').to.deep.equal(['authorizing', [], false]);
    answer(0);
    expect(await endings[0]).to.equal('connected');
    expect([one.tokens(), two.tokens()]).to.deep.equal([['token-for-0'], ['token-for-1']]);
    await until(() => [one, two].every(({ connector }) => connector.state.account));
    expect([one, two].map(({ connector }) => connector.state.account?.connections.map(({ source }) => source))).to.deep.equal([['wahoo'], ['garmin_connect']]);
    one.connector.stop();
    two.connector.stop();
    expect(await rig.left()).to.equal(0);
  });

  it('one is given up while the other waits: the other goes on', async () => {
    const [one, two] = [await create(), await create()];
    const [first, second] = [one.connector.connect('wahoo'), two.connector.connect('wahoo')];
    one.connector.back();
    expect(await first).to.equal('cancelled');
    answer(0);
    expect([two.connector.phase, rig.windows.opened[1]?.handle?.closed]).to.deep.equal(['authorizing', false]);
    answer(1);
    expect(await second).to.equal('connected');
    expect(one.names()).not.to.include('connected');
    one.connector.stop();
    two.connector.stop();
  });

  it('a goodbye in one tab while the other streams: that one says so too, and its stream ends', async () => {
    const here = await create({ persist: 'local' });
    const ending = here.connector.connect('wahoo');
    answer(0);
    await ending;
    const there = await create({ persist: 'local' });
    await until(() => there.connector.phase === 'syncing' && rig.server.streams.length === 2);
    expect(there.tokens(), 'signed in there too').to.deep.equal(['canary-token']);
    await here.connector.disconnect();
    // What a browser tells every other tab.
    dispatchEvent(new StorageEvent('storage', { key: 'wc1:t:app@app.sweatstack.no' }));
    expect(there.names()).to.include('disconnected');
    expect(there.connector.state).to.include({ phase: 'choosing', account: null });
    expect(await there.connector.getAccessToken().catch((error: unknown) => error)).to.include({ code: 'session_expired' });
    await until(() => rig.server.streams.every(({ cancelled }) => cancelled));
    here.connector.stop();
    there.connector.stop();
    expect(await rig.left()).to.equal(0);
  });
});
