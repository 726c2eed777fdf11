import { expect } from '@open-wc/testing';
import type { ConnectorOptions } from '../../src/platforms/connector.js';
import { garmin, latest } from '../core/fake-platform.js';
import { settled } from '../sync/fake-clock.js';
import { missing, useLater } from './later-rig.js';

describe('platforms/connector-later, clicked before it is there', () => {
  const rig = useLater();
  const { create } = rig;

  it('tells of the list before it tells that somebody chose from it', async () => {
    const { connector, fake, loads, news } = create();
    connector.start();
    const ending = connector.connect(garmin.id);
    await loads[0]?.come();
    expect([fake.jobs.authorize.length, news()]).to.deep.equal([0, []]);
    fake.load();
    await settled();
    expect([news(), latest(fake.jobs.authorize).source]).to.deep.equal([['change(choosing)', 'change(authorizing)'], garmin.id]);
    connector.back();
    expect(await ending).to.equal('cancelled');
  });

  it('also where it comes after that, and the list is still asked for', async () => {
    const { connector, fake, loads, news } = create({ platform: 'sweatstack' });
    connector.start();
    await loads[0]?.come();
    void connector.connect(garmin.id);
    expect(rig.windows.opened.length).to.equal(1);
    fake.load();
    await settled();
    expect(news()).to.deep.equal(['change(choosing)', 'change(authorizing)']);
  });

  it('leaves the click to a platform of the page’s own as soon as it can: it opens what it opens', async () => {
    const { connector, fake, loads } = create();
    connector.start();
    await loads[0]?.come();
    void connector.connect(garmin.id);
    expect([latest(fake.jobs.authorize).source, rig.windows.opened]).to.deep.equal([garmin.id, []]);
  });

  it('is no attempt where there is no list', async () => {
    const { connector, fake, loads, news } = create();
    connector.start();
    const ending = connector.connect(garmin.id);
    await loads[0]?.come();
    latest(fake.jobs.sources).reject(missing);
    expect([await ending, fake.jobs.authorize.length, news()]).to.deep.equal(['failed', 0, ['error(network)', 'change(failed)']]);
  });

  it('nor where the page has set it up anew while the list was asked for', async () => {
    const { connector, fake, loads } = create();
    connector.start();
    const ending = connector.connect(garmin.id);
    await loads[0]?.come();
    connector.abandon();
    expect([await ending, fake.jobs.authorize.length]).to.deep.equal(['failed', 0]);
  });

  it('does not wait for a list that nobody asks for: the element was never on the page', async () => {
    const { connector, fake, loads } = create();
    void connector.connect(garmin.id);
    await loads[0]?.come();
    expect(latest(fake.jobs.authorize).source).to.equal(garmin.id);
  });

  const takenBack: Record<string, (run: ReturnType<typeof create>, by: AbortController) => void> = {
    'the page resets it': ({ connector }) => connector.reset(),
    'the page aborts its signal': (_, by) => by.abort(),
    'the element leaves the page': ({ connector }) => connector.stop(),
  };
  for (const [how, takeBack] of Object.entries(takenBack))
    it(`is taken back where ${how}: its window goes at once, and nothing begins when the code has come`, async () => {
      const run = create({ platform: 'sweatstack', clientId: 'app' });
      const by = new AbortController();
      run.connector.start();
      const ending = run.connector.connect('wahoo', { signal: by.signal });
      takeBack(run, by);
      expect([await ending, rig.windows.opened[0]?.handle?.closed]).to.deep.equal(['cancelled', true]);
      await run.loads[0]?.come();
      run.connector.start();
      await settled();
      run.fake.load();
      await settled();
      expect([run.fake.jobs.authorize.length, rig.windows.opened.length]).to.deep.equal([0, 1]);
    });

  it('is taken back where the visitor closes its window: no other is opened, and none is called blocked', async () => {
    const { connector, fake, loads } = create({ platform: 'sweatstack', clientId: 'app' });
    connector.start();
    const ending = connector.connect('wahoo');
    rig.windows.opened[0]?.handle?.close();
    await loads[0]?.come();
    fake.load();
    await settled();
    expect([await ending, fake.jobs.authorize.length, rig.windows.opened.length, connector.phase]).to.deep.equal(['cancelled', 0, 1, 'choosing']);
  });

  it('goes on for who still wants it, where another one takes theirs back', async () => {
    const { connector, fake, loads } = create({ platform: 'sweatstack', clientId: 'app' });
    const by = new AbortController();
    connector.start();
    const endings = [connector.connect('wahoo', { signal: by.signal }), connector.connect(garmin.id)];
    by.abort();
    expect([await endings[0], rig.windows.opened[0]?.handle?.closed]).to.deep.equal(['cancelled', false]);
    await loads[0]?.come();
    fake.load();
    await settled();
    expect(latest(fake.jobs.authorize).source).to.equal(garmin.id);
  });

  it('is cancelled where its signal had aborted before: no window is opened, and nothing begins when the code has come', async () => {
    const options: ConnectorOptions[] = [{ platform: 'sweatstack', clientId: 'app' }, { platform: 'open-wearables' }];
    for (const one of options) {
      const { connector, fake, loads, news } = create(one);
      connector.start();
      const ending = connector.connect('wahoo', { signal: AbortSignal.abort() });
      expect(rig.windows.opened.length).to.equal(0);
      await loads[0]?.come();
      fake.load();
      await settled();
      expect([await ending, fake.jobs.authorize.length, rig.windows.opened.length, news()]).to.deep.equal(['cancelled', 0, 0, ['change(choosing)']]);
    }
  });

  it('opens a blank window in the click, brings it to the front at a second one, and closes it where nobody took it', async () => {
    const { connector, loads } = create({ platform: 'sweatstack', clientId: 'app' });
    const endings = [connector.connect('wahoo'), connector.connect('wahoo')];
    expect(rig.windows.opened.map(({ url, handle }) => [url, handle?.focused])).to.deep.equal([['about:blank', 1]]);
    await loads[0]?.fail(missing);
    await Promise.all(endings);
    expect(rig.windows.opened[0]?.handle?.closed).to.equal(true);
  });

  it('closes it too where the page has set it up anew', () => {
    const { connector } = create({ platform: 'open-wearables' });
    void connector.connect('strava');
    connector.abandon();
    expect(rig.windows.opened[0]?.handle?.closed).to.equal(true);
  });

  for (const [what, options] of Object.entries<ConnectorOptions>({ 'goes with the whole page': { platform: 'sweatstack', mode: 'redirect' }, 'is the demo': { platform: 'demo' }, 'is a platform of the page’s own': {} }))
    it(`opens none where it ${what}`, () => {
      void create(options).connector.connect('wahoo');
      expect(rig.windows.opened).to.deep.equal([]);
    });
});
