import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import { platformFor } from '../../src/platforms/by-name.js';
import { createConnector } from '../../src/platforms/connector.js';
import type { ConnectorOptions } from '../../src/platforms/connector.js';
import { createFakePlatform, garmin, latest, tokensNamed, wahoo } from '../core/fake-platform.js';
import { detailOf, shortOf } from '../core/run.js';
import { until } from '../oauth/surroundings.js';
import { settled } from '../sync/fake-clock.js';
import { caught, create } from './connecting.js';

describe('platforms/connector', () => {
  it('shows what is known, and tells whoever subscribed until they do no more', async () => {
    const run = create();
    const phases: string[] = [];
    const off = run.connector.subscribe(({ phase }) => phases.push(phase));
    expect(run.connector).to.include({ phase: 'loading', error: null });
    expect(run.connector.state).to.include({ account: null, progress: null });
    await run.toConnected();
    expect(phases).to.include.members(['choosing', 'authorizing', 'confirming', 'syncing', 'connected']);
    expect(run.connector.state.account?.connections.map(({ id }) => id)).to.deep.equal([garmin.id]);
    off();
    const heard = phases.length;
    run.connector.browse();
    expect(phases.length).to.equal(heard);
    run.connector.back();
    expect(run.connector.phase).to.equal('connected');
  });

  it('goes as the page’s mode says, and in this tab where a visitor wants that', async () => {
    for (const [mode, way] of [['auto', 'popup'], ['popup', 'popup'], ['redirect', 'redirect'], [null, 'popup']] as const) {
      const run = create({}, { mode });
      void run.connector.connect();
      expect(latest(run.fake.jobs.authorize).options.way, String(mode)).to.equal(way);
      run.connector.again(true);
      expect(latest(run.fake.jobs.authorize).options.way).to.equal('redirect');
      run.connector.again(false);
      expect(latest(run.fake.jobs.authorize).options.way).to.equal('popup');
    }
  });

  it('tells tokens only where they are to be told', async () => {
    for (const [tokenDelivery, told] of [[null, true], ['event', true], ['none', false], ['backend', false]] as const) {
      const run = create({}, { tokenDelivery });
      await run.toConnected();
      expect(run.events.some(({ type }) => type === 'wearable-tokens'), String(tokenDelivery)).to.equal(told);
    }
  });

  describe('set up wrongly', () => {
    const wrong: Record<string, ConnectorOptions> = {
      'without a client id': {},
      'with an odd address': { clientId: 'app', baseUrl: 'http://a.example' },
      'with a platform that nobody knows': { platform: 'garmin' as never, clientId: 'app' },
      'with the name of something else': { platform: 'constructor' as never, clientId: 'app' },
    };
    for (const [what, options] of Object.entries(wrong))
      it(`${what}: it fails with a sentence, and never throws`, async () => {
        const events: Event[] = [];
        const connector = createConnector({ ...options, dispatch: (event) => void events.push(event) });
        connector.start();
        await until(() => connector.phase === 'failed');
        expect(events.map(shortOf)).to.deep.equal(['error(misconfigured)', 'change(failed)']);
        expect(String(detailOf(events[0] as Event)['message']).length).to.be.above(40);
        expect(await connector.connect('wahoo')).to.equal('failed');
        connector.retry();
        connector.back();
        connector.browse();
        connector.show();
        connector.again(true);
        await connector.manage();
        await connector.disconnect();
        await connector.refresh();
        expect(await caught(connector.getAccessToken())).to.be.instanceOf(ConnectError);
        connector.reset();
        await settled();
        connector.stop();
        connector.abandon();
      });

    it('names what there is', () => {
      for (const name of ['x', 'toString', '__proto__']) {
        const error: unknown = (() => { try { return void platformFor({ platform: name as never }).follow([], new AbortController().signal); } catch (thrown) { return thrown; } })();
        expect(error, name).to.include({ code: 'misconfigured' });
        expect((error as Error).message).to.contain('sweatstack').and.contain(JSON.stringify(name));
      }
      expect(platformFor({ platform: ' ' as never }).name, 'none named').to.equal('sweatstack');
      const own = createFakePlatform().platform;
      expect(platformFor({ platform: own })).to.equal(own);
    });
  });

  it('says nothing any more once it is abandoned', async () => {
    const run = create();
    await run.toConnected();
    let states = 0;
    run.connector.subscribe(() => states++);
    void run.connector.connect(wahoo.id);
    run.connector.abandon();
    expect(run.news()).to.deep.equal(['change(authorizing)', 'cancelled(aborted)', 'connections', 'disconnected', 'change(loading)']);
    const heard = states;
    latest(run.fake.jobs.authorize).resolve({});
    run.fake.outlet.tokens(tokensNamed('t2'), 'refreshed');
    run.fake.outlet.forgotten();
    await settled();
    expect([states, run.news()]).to.deep.equal([heard, []]);
  });
});
