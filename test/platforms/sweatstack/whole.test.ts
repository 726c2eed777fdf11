import { expect } from '@open-wc/testing';
import { createConnector } from '../../../src/platforms/connector.js';
import type { ConnectorOptions } from '../../../src/platforms/connector.js';
import { detailOf, shortOf } from '../../core/run.js';
import { until } from '../../oauth/surroundings.js';
import { createRig } from './rig.js';
import type { Rig } from './rig.js';

/** The whole way through, as a page sees it: the machine, the window, the proof, the history. */
describe('platforms/sweatstack, from the first click to the last line', () => {
  let rig: Rig;
  beforeEach(() => (rig = createRig()));
  afterEach(() => rig.restore());

  async function create(options: ConnectorOptions = {}) {
    const events: Event[] = [];
    const connector = createConnector({ clientId: 'app', ...options, dispatch: (event) => void events.push(event) });
    connector.start();
    await until(() => connector.phase !== 'loading');
    let heard = 0;
    const news = (): string[] => {
      const names = events.slice(heard).map(shortOf);
      heard = events.length;
      return names;
    };
    return { connector, events, news };
  }

  it('tells it in the order of the contract, and no secret but by its name [T7, T24]', async () => {
    const { connector, events, news } = await create();
    expect(news()).to.deep.equal(['change(choosing)']);
    const ending = connector.connect('wahoo');
    expect(rig.windows.opened.length, 'in the click').to.equal(1);
    rig.answer();
    expect(await ending).to.equal('connected');
    await until(() => rig.server.streams.length && events.some(({ type }) => type === 'wearable-preview'));
    rig.server.streams[0]?.send('{"backfill_loaded_until": "2021-11-13T00:00:00"}\n');
    await until(() => connector.phase === 'connected');
    const told = news().filter((name) => name !== 'preview');
    expect(told.slice(0, 6)).to.deep.equal(['change(authorizing)', 'change(confirming)', 'tokens', 'connections', 'connected', 'change(syncing)']);
    expect(told.slice(-2)).to.deep.equal(['complete(success)', 'change(connected)']);
    expect(new Set(told.slice(6, -2))).to.deep.equal(new Set(['progress', 'connections']));
    expect(JSON.stringify(events.map(detailOf)) + JSON.stringify(connector.state) + JSON.stringify([rig.around.local, rig.around.session])).not.to.contain('canary');
    expect(events.filter(({ type }) => type === 'wearable-tokens').map((event) => detailOf(event)['accessToken'])).to.deep.equal(['canary-token']);
    expect(location.href).not.to.contain('canary');
    connector.stop();
    expect(await rig.left()).to.equal(0);
  });

  it('shows a developer each request as an event, from the moment they look', async () => {
    let looks = false;
    const { connector, events } = await create({ isWatched: () => looks });
    const ending = connector.connect('wahoo');
    rig.answer();
    await ending;
    expect(events.some(({ type }) => type === 'wearable-wire')).to.equal(false);
    looks = true;
    await connector.refresh();
    await until(() => events.some(({ type }) => type === 'wearable-wire'));
    const wire = events.find(({ type }) => type === 'wearable-wire') as Event;
    expect(detailOf(wire)).to.include({ method: 'GET', status: 200, url: 'https://app.sweatstack.no/api/v1/profile/status' });
    expect(detailOf(wire)).not.to.have.property('attempt');
    connector.stop();
  });

  it('survives a reload in mid-sign-in [F4]', async () => {
    const first = await create();
    void first.connector.connect('wahoo');
    first.connector.stop();
    await until(() => rig.around.left === 0);
    const second = await create();
    expect(second.connector.phase).to.equal('authorizing');
    rig.answer();
    await until(() => second.connector.phase === 'syncing');
    expect(second.news()).to.include.members(['change(authorizing)', 'change(confirming)', 'tokens', 'connected']);
    expect(detailOf(second.events.find(({ type }) => type === 'wearable-connected') as Event).attempt).to.equal(detailOf(first.events.at(-1) as Event).attempt);
    expect(rig.windows.opened.length).to.equal(1);
    second.connector.stop();
  });

  it('offers this tab where the window is blocked, and says popup_blocked only where a window was demanded [F6]', async () => {
    rig.windows.answer = 'null';
    const auto = await create();
    void auto.connector.connect('wahoo');
    expect(auto.connector.state).to.include({ phase: 'authorizing', sight: 'blocked' });
    auto.connector.back();
    const popup = await create({ mode: 'popup' });
    expect(await popup.connector.connect('wahoo')).to.equal('failed');
    expect(popup.news()).to.include('error(popup_blocked)');
  });

  it('tries again in a fresh window, which stays open', async () => {
    const { connector } = await create();
    void connector.connect('wahoo');
    await until(() => rig.windows.opened.length === 1);
    connector.retry();
    await until(() => rig.windows.opened.length === 2 && rig.windows.opened[1]?.handle?.location.href !== 'about:blank');
    expect(rig.windows.opened[1]?.handle?.closed).to.equal(false);
    rig.answer();
    await until(() => connector.phase === 'syncing');
    expect(rig.windows.opened[1]?.handle?.closed).to.equal(true);
    connector.stop();
  });
});
