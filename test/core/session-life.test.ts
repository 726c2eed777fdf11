import { expect } from '@open-wc/testing';
import { paused } from '../../src/core/errors.js';
import { settled } from '../sync/fake-clock.js';
import { alice, connectionTo, garmin, latest, tokensNamed } from './fake-platform.js';
import { installFakeTime } from './fake-time.js';
import type { FakeTime } from './fake-time.js';
import { createRun, detailOf } from './run.js';

describe('core/session, its life', () => {
  let time: FakeTime;
  beforeEach(() => (time = installFakeTime()));
  afterEach(() => time.restore());

  describe('taken off the page and put back', () => {
    it('while it loads: it loads anew', async () => {
      const run = createRun();
      run.session.start();
      run.session.stop();
      await settled();
      expect(latest(run.sources).signal.reason).to.equal(paused);
      expect(run.news()).to.deep.equal([]);
      run.session.start();
      run.fake.load();
      await settled();
      expect(run.news()).to.deep.equal(['change(choosing)']);
    });

    it('while the window is open: the attempt stays, and is only listened to [F4]', async () => {
      const run = createRun();
      const { ending, attempt } = await run.toWindow();
      run.news();
      run.session.stop();
      await settled();
      expect(latest(run.authorize).signal.reason).to.equal(paused);
      expect(time.pending, 'no timer outlives it').to.equal(0);
      expect(run.news()).to.deep.equal([]);
      run.session.start();
      expect(latest(run.authorize).options).to.include({ attempt, way: 'resume' });
      await run.answer();
      expect(run.news()).to.deep.equal(['change(confirming)', 'tokens', 'connections', 'connected', 'change(syncing)']);
      expect(await ending).to.equal('connected');
      expect(detailOf(run.events.find(({ type }) => type === 'wearable-connected') as Event).attempt).to.equal(attempt);
    });

    it('while a code is redeemed: that goes on, for a code is good for one use', async () => {
      const run = createRun();
      await run.toWindow();
      latest(run.authorize).resolve({});
      await settled();
      run.session.stop();
      expect(latest(run.confirm).signal.aborted).to.equal(false);
      latest(run.confirm).resolve({ tokens: tokensNamed('t'), user: alice, connections: [connectionTo(garmin)] });
      await settled();
      expect(run.news()).to.include('connected');
      expect([run.follow.length, run.preview.length], 'nothing is followed off the page').to.deep.equal([0, 0]);
      run.session.start();
      await settled();
      expect([run.follow.length, run.preview.length]).to.deep.equal([1, 1]);
    });

    it('while the history comes: its stream ends, and is opened again', async () => {
      const run = createRun();
      await run.toSyncing();
      run.session.stop();
      expect(run.fake.listening, 'of all that was begun').to.equal(0 + run.sources.filter(({ signal }) => !signal.aborted).length);
      expect(latest(run.follow).signal.reason).to.equal(paused);
      latest(run.follow).push({ type: 'finished', outcome: 'success' });
      await settled();
      expect(run.session.state.phase).to.equal('syncing');
      run.session.start();
      expect(run.follow.length).to.equal(2);
      expect(latest(run.follow).connections.map(({ id }) => id)).to.deep.equal([garmin.id]);
    });

    it('twice over: once is enough', async () => {
      const run = createRun();
      run.session.start();
      run.session.start();
      expect(run.sources.length).to.equal(1);
      run.session.stop();
      run.session.stop();
      await settled();
      expect(run.news()).to.deep.equal([]);
    });
  });

  it('leaves nothing behind when it is abandoned, in whichever phase', async () => {
    const phases = {
      loading: (run: ReturnType<typeof createRun>) => run.session.start(),
      choosing: (run: ReturnType<typeof createRun>) => run.toList(),
      authorizing: (run: ReturnType<typeof createRun>) => run.toWindow(),
      'closed, in hope': async (run: ReturnType<typeof createRun>) => {
        await run.toWindow();
        latest(run.authorize).options.onSight('closed', () => {});
      },
      syncing: async (run: ReturnType<typeof createRun>) => {
        await run.toSyncing();
        for (const ratio of [0.1, 0.2, 0.3])
          latest(run.follow).push({ type: 'progress', progress: { source: null, stage: 'fetching', ratio, loadedUntil: null, items: null, live: true } });
        await settled();
      },
      connected: (run: ReturnType<typeof createRun>) => run.toConnected(),
    };
    for (const [phase, reach] of Object.entries(phases)) {
      const run = createRun();
      await reach(run);
      run.session.abandon();
      await settled();
      run.news();
      expect(time.pending, phase).to.equal(0);
      const last = [run.sources, run.authorize, run.follow, run.preview].flatMap((list: readonly { signal: AbortSignal }[]) => list.slice(-1));
      const waiting = last.filter(({ signal }) => !signal.aborted);
      expect(phase === 'choosing' || phase === 'connected' ? [] : waiting.slice(1), phase).to.deep.equal([]);
      await time.advance(900_000);
      expect(run.news(), phase).to.deep.equal([]);
    }
  });

  it('tells that a session has ended with it, from the phase it was in', async () => {
    for (const over of ['abandon', 'reset'] as const) {
      const run = createRun();
      await run.toConnected();
      run.news();
      run.session[over]();
      expect(run.news(), over).to.deep.equal(['connections', 'disconnected', 'change(loading)']);
    }
  });

  it('ends its attempt where it is abandoned by a listener of its own, too', async () => {
    const heard: string[] = [];
    const run = createRun(undefined, {
      dispatch: ({ type }) => {
        heard.push(`${type.replace('wearable-', '')} in ${run.session.state.phase}`);
        if (run.session.state.phase === 'authorizing') run.session.abandon();
      },
    });
    await run.toList();
    heard.length = 0;
    expect(await run.session.connect(garmin.id, 'popup')).to.equal('cancelled');
    expect(heard).to.deep.equal(['change in authorizing', 'cancelled in loading', 'change in loading']);
    run.session.reset();
    run.fake.outlet.forgotten();
    expect(heard).to.have.length(3);
  });

  it('starts over on reset: told as given up, the platform forgets, the list is asked for again', async () => {
    const run = createRun();
    const { ending } = await run.toWindow();
    run.news();
    run.session.reset();
    expect(run.news()).to.deep.equal(['cancelled(aborted)', 'change(loading)']);
    expect(await ending).to.equal('cancelled');
    expect(run.fake.calls).to.include('forget');
    expect(latest(run.authorize).signal.aborted).to.equal(true);
    expect(run.sources.length).to.equal(2);
    const account = createRun();
    await account.toConnected();
    account.session.reset();
    expect(account.session.state.account).to.equal(null);
  });

});
