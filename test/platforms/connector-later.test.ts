import { expect } from '@open-wc/testing';
import type { ConnectorOptions } from '../../src/platforms/connector.js';
import { garmin, latest } from '../core/fake-platform.js';
import { detailOf } from '../core/run.js';
import { settled } from '../sync/fake-clock.js';
import { caught } from './connecting.js';
import { missing, useLater } from './later-rig.js';

describe('platforms/connector-later', () => {
  const { create } = useLater();

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

  it('is called by the name that the page gave', () => {
    const names = [{ platform: 'open-wearables' }, { platform: ' sweatstack ' }, { platform: '' }, { platform: null }, { platform: undefined }].map((options) => create(options as ConnectorOptions).connector.platform.name);
    expect(names).to.deep.equal(['open-wearables', 'sweatstack', 'sweatstack', 'sweatstack', 'sweatstack']);
    const { connector, fake } = create();
    expect(connector.platform).to.equal(fake.platform);
  });
});
