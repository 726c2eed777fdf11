import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import type { Platform } from '../../src/core/platform.js';
import { closeAhead } from '../../src/oauth/ahead.js';
import { createConnector } from '../../src/platforms/connector.js';
import type { ConnectorOptions } from '../../src/platforms/connector.js';
import { connectorLater } from '../../src/platforms/connector-later.js';
import { createFakePlatform, garmin, latest } from '../core/fake-platform.js';
import { detailOf, shortOf } from '../core/run.js';
import { stubOpen } from '../oauth/surroundings.js';
import { settled } from '../sync/fake-clock.js';
import { caught } from './connecting.js';

describe('platforms/connector-later', () => {
  let windows: ReturnType<typeof stubOpen>;
  beforeEach(() => {
    windows = stubOpen();
  });
  afterEach(() => {
    closeAhead();
    windows.restore();
  });

  /** A connector whose code comes when the test says so. */
  function create(options: ConnectorOptions = {}, more: Partial<Platform> = {}) {
    const fake = createFakePlatform();
    const loads: { come(): Promise<void>; fail(error: Error): Promise<void> }[] = [];
    const events: Event[] = [];
    let seq = 0;
    const make = (given: ConnectorOptions) => createConnector({ ...given, platform: Object.assign(fake.platform, more) });
    const connector = connectorLater({ platform: fake.platform, dispatch: (event) => void events.push(event), nextSeq: () => (seq += 1), ...options }, () =>
      new Promise((resolve, reject) => {
        loads.push({ come: () => (resolve(make), settled()), fail: (error) => (reject(error), settled()) });
      }));
    return { connector, fake, loads, events, news: () => events.splice(0).map(shortOf) };
  }
  const missing = new ConnectError('network', 'The code is not there.');

  it('asks for its code when it is started, once', async () => {
    const { connector, loads } = create();
    expect([loads.length, connector.phase, connector.error, connector.link, connector.place]).to.deep.equal([0, 'loading', null, null, 'page']);
    connector.start();
    connector.start();
    void connector.refresh();
    await settled();
    expect(loads.length).to.equal(1);
  });

  it('is from then on the one that has come', async () => {
    const { connector, fake, loads, news } = create();
    const phases: string[] = [];
    const off = connector.subscribe(({ phase }) => phases.push(phase));
    connector.start();
    await loads[0]?.come();
    fake.load();
    await settled();
    expect([connector.phase, connector.state.sources?.length, connector.platform]).to.deep.equal(['choosing', 2, fake.platform]);
    expect([news(), phases]).to.deep.equal([['change(choosing)'], ['choosing']]);
    void connector.connect(garmin.id);
    expect(latest(fake.jobs.authorize).source, 'in the caller’s task').to.equal(garmin.id);
    connector.again(true);
    expect(latest(fake.jobs.authorize).options.way).to.equal('redirect');
    connector.back();
    expect(connector.phase).to.equal('choosing');
    off();
    const heard = phases.length;
    connector.reset();
    expect([phases.length, connector.phase]).to.deep.equal([heard, 'loading']);
  });

  it('does not begin where it was stopped meanwhile, and begins when it is started again', async () => {
    const { connector, fake, loads } = create();
    connector.start();
    connector.stop();
    await loads[0]?.come();
    expect(fake.calls).to.deep.equal([]);
    connector.start();
    expect(fake.calls).to.include('sources');
    connector.stop();
    expect(fake.jobs.sources.every(({ signal }) => signal.aborted)).to.equal(true);
  });

  it('forgets before it restores, where it was told to before it was there', async () => {
    const { connector, fake, loads } = create();
    connector.start();
    connector.reset();
    await loads[0]?.come();
    expect(fake.calls.slice(0, 2)).to.deep.equal(['forget', 'restore']);
  });

  it('comes for a reset alone: what was kept is to go', async () => {
    const { connector, fake, loads } = create();
    connector.reset();
    await loads[0]?.come();
    expect(fake.calls).to.deep.equal(['forget']);
  });

  it('is never made where the page has set it up anew meanwhile, and has no word to say', async () => {
    const { connector, fake, loads, news } = create();
    const heard: string[] = [];
    connector.subscribe(({ phase }) => heard.push(phase));
    connector.start();
    const ending = connector.connect(garmin.id);
    connector.abandon();
    await loads[0]?.come();
    expect([await ending, fake.calls, news(), heard]).to.deep.equal(['failed', [], [], []]);
  });

  it('passes on what is asked before it is there', async () => {
    const asked: string[] = [];
    const { connector, loads } = create({}, { manage: () => Promise.resolve(void asked.push('manage')), disconnect: (source) => Promise.resolve({ revoked: true, connections: [], source: void asked.push(`disconnect ${String(source)}`) }), accessToken: () => Promise.resolve('fresh') });
    const all = Promise.all([connector.manage(), connector.disconnect('wahoo'), connector.getAccessToken()]);
    connector.again(false);
    connector.show();
    connector.back();
    connector.browse();
    await loads[0]?.come();
    expect([(await all)[2], asked]).to.deep.equal(['fresh', ['manage', 'disconnect wahoo']]);
  });

  describe('whose code does not come', () => {
    it('has failed, tells it once, and may be tried again', async () => {
      const { connector, fake, loads, events, news } = create();
      const heard: string[] = [];
      connector.subscribe(({ phase }) => heard.push(phase));
      connector.start();
      await loads[0]?.fail(missing);
      expect([connector.phase, connector.error]).to.deep.equal(['failed', missing]);
      expect(events.map(detailOf)).to.deep.equal([
        { seq: 1, code: 'network', message: missing.message, retryable: true, source: null, phase: 'loading' },
        { seq: 2, phase: 'failed', previous: 'loading' },
      ]);
      news();
      connector.stop();
      connector.start();
      expect(loads.length, 'a move in the page is no wish to try again').to.equal(1);
      connector.retry();
      expect([connector.phase, connector.error, news(), heard.at(-1)]).to.deep.equal(['loading', null, ['change(loading)'], 'loading']);
      await loads[1]?.come();
      fake.load();
      await settled();
      expect([connector.phase, news()]).to.deep.equal(['choosing', ['change(choosing)']]);
    });

    it('lets nobody wait, and rejects nothing but who asked for a token', async () => {
      const { connector, loads } = create();
      const all = Promise.all([connector.connect(garmin.id), connector.manage(), connector.disconnect(), connector.refresh()]);
      const token = caught(connector.getAccessToken());
      await loads[0]?.fail(missing);
      expect(await all).to.deep.equal(['failed', undefined, undefined, undefined]);
      expect(await token).to.equal(missing);
    });

    it('is at its beginning again for whoever comes after it', async () => {
      const { connector, loads, news } = create();
      connector.start();
      await loads[0]?.fail(missing);
      news();
      connector.abandon();
      expect(news()).to.deep.equal(['change(loading)']);
    });
  });

  it('has failed where it cannot be made either', async () => {
    const { connector, loads } = create({}, { attach: () => { throw new Error('Not today.'); } });
    connector.start();
    await loads[0]?.come();
    expect([connector.phase, connector.error?.code, connector.error?.message]).to.deep.equal(['failed', 'platform_error', 'Not today.']);
  });

  describe('clicked before it is there', () => {
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
      expect(windows.opened.length).to.equal(1);
      fake.load();
      await settled();
      expect(news()).to.deep.equal(['change(choosing)', 'change(authorizing)']);
    });

    it('leaves the click to a platform of the page’s own as soon as it can: it opens what it opens', async () => {
      const { connector, fake, loads } = create();
      connector.start();
      await loads[0]?.come();
      void connector.connect(garmin.id);
      expect([latest(fake.jobs.authorize).source, windows.opened]).to.deep.equal([garmin.id, []]);
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
        expect([await ending, windows.opened[0]?.handle?.closed]).to.deep.equal(['cancelled', true]);
        await run.loads[0]?.come();
        run.connector.start();
        await settled();
        run.fake.load();
        await settled();
        expect([run.fake.jobs.authorize.length, windows.opened.length]).to.deep.equal([0, 1]);
      });

    it('is taken back where the visitor closes its window: no other is opened, and none is called blocked', async () => {
      const { connector, fake, loads } = create({ platform: 'sweatstack', clientId: 'app' });
      connector.start();
      const ending = connector.connect('wahoo');
      windows.opened[0]?.handle?.close();
      await loads[0]?.come();
      fake.load();
      await settled();
      expect([await ending, fake.jobs.authorize.length, windows.opened.length, connector.phase]).to.deep.equal(['cancelled', 0, 1, 'choosing']);
    });

    it('goes on for who still wants it, where another one takes theirs back', async () => {
      const { connector, fake, loads } = create({ platform: 'sweatstack', clientId: 'app' });
      const by = new AbortController();
      connector.start();
      const endings = [connector.connect('wahoo', { signal: by.signal }), connector.connect(garmin.id)];
      by.abort();
      expect([await endings[0], windows.opened[0]?.handle?.closed]).to.deep.equal(['cancelled', false]);
      await loads[0]?.come();
      fake.load();
      await settled();
      expect(latest(fake.jobs.authorize).source).to.equal(garmin.id);
    });

    it('opens a blank window in the click, brings it to the front at a second one, and closes it where nobody took it', async () => {
      const { connector, loads } = create({ platform: 'sweatstack', clientId: 'app' });
      const endings = [connector.connect('wahoo'), connector.connect('wahoo')];
      expect(windows.opened.map(({ url, handle }) => [url, handle?.focused])).to.deep.equal([['about:blank', 1]]);
      await loads[0]?.fail(missing);
      await Promise.all(endings);
      expect(windows.opened[0]?.handle?.closed).to.equal(true);
    });

    it('closes it too where the page has set it up anew', () => {
      const { connector } = create({ platform: 'open-wearables' });
      void connector.connect('strava');
      connector.abandon();
      expect(windows.opened[0]?.handle?.closed).to.equal(true);
    });

    for (const [what, options] of Object.entries<ConnectorOptions>({ 'goes with the whole page': { platform: 'sweatstack', mode: 'redirect' }, 'is the demo': { platform: 'demo' }, 'is a platform of the page’s own': {} }))
      it(`opens none where it ${what}`, () => {
        void create(options).connector.connect('wahoo');
        expect(windows.opened).to.deep.equal([]);
      });
  });

  it('is called by the name that the page gave', () => {
    const names = [{ platform: 'open-wearables' }, { platform: ' sweatstack ' }, { platform: '' }, { platform: null }, { platform: undefined }].map((options) => create(options as ConnectorOptions).connector.platform.name);
    expect(names).to.deep.equal(['open-wearables', 'sweatstack', 'sweatstack', 'sweatstack', 'sweatstack']);
    const { connector, fake } = create();
    expect(connector.platform).to.equal(fake.platform);
  });
});
