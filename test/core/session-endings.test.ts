import { expect } from '@open-wc/testing';
import { ConnectError, errorCodes } from '../../src/core/errors.js';
import { countListeners } from '../sync/count-listeners.js';
import { settled } from '../sync/fake-clock.js';
import { garmin, latest, wahoo } from './fake-platform.js';
import { installFakeTime } from './fake-time.js';
import type { FakeTime } from './fake-time.js';
import { createRun, detailOf, shortOf, terminal } from './run.js';

describe('core/session, how an attempt ends', () => {
  let time: FakeTime;
  beforeEach(() => (time = installFakeTime()));
  afterEach(() => time.restore());

  it('asks the platform in the caller’s task, before anything was said', async () => {
    const run = createRun();
    await run.toList();
    let saidBefore = -1;
    const { authorize } = run.fake.platform;
    run.fake.platform.authorize = (source, options) => {
      saidBefore = run.news().length;
      return authorize(source, options);
    };
    void run.session.connect(garmin.id, 'popup');
    expect(saidBefore, 'the window came first').to.equal(0);
    expect(run.news()).to.deep.equal(['change(authorizing)']);
  });

  describe('cancelled', () => {
    const ways = {
      back: (run: ReturnType<typeof createRun>) => run.session.back(),
      closed: (run: ReturnType<typeof createRun>) => latest(run.authorize).options.onSight('closed', () => {}),
      denied: (run: ReturnType<typeof createRun>) => latest(run.authorize).reject(new ConnectError('access_denied', 'No.')),
    } as const;
    for (const [reason, act] of Object.entries(ways))
      it(reason, async () => {
        const run = createRun();
        const { ending, attempt } = await run.toWindow();
        act(run);
        await settled();
        expect(run.news()).to.deep.equal(['change(authorizing)', `cancelled(${reason})`, 'change(choosing)']);
        expect(detailOf(run.events.at(-2) as Event)).to.include({ source: garmin.id, reason, attempt });
        expect(await ending).to.equal('cancelled');
        expect(time.pending).to.equal(0);
        expect(latest(run.authorize).signal.aborted, 'only what we gave up is still hoped for').to.equal(reason !== 'closed');
      });

    it('aborted, by the page’s signal', async () => {
      const run = createRun();
      await run.toList();
      const page = new AbortController();
      const ending = run.session.connect(garmin.id, 'popup', page.signal);
      page.abort();
      expect(run.news()).to.deep.equal(['change(authorizing)', 'cancelled(aborted)', 'change(choosing)']);
      expect(await ending).to.equal('cancelled');
      expect(await run.session.connect(garmin.id, 'popup', page.signal), 'already aborted').to.equal('cancelled');
      expect(run.news()).to.deep.equal([]);
      expect(run.authorize.length).to.equal(1);
    });

    it('a second call for the attempt that runs, given up before it was made, leaves that alone', async () => {
      const run = createRun();
      const { ending } = await run.toWindow();
      let shown = 0;
      latest(run.authorize).options.onSight('open', () => shown++);
      run.news();
      const ends: string[] = [];
      for (const source of [garmin.id, null]) void run.session.connect(source, 'popup', AbortSignal.abort()).then((end) => ends.push(end));
      await settled();
      expect(ends).to.deep.equal(['cancelled', 'cancelled']);
      expect([shown, run.news(), run.session.state.phase, run.authorize.length]).to.deep.equal([0, [], 'authorizing', 1]);
      expect(latest(run.authorize).signal.aborted).to.equal(false);
      await run.answer();
      expect(await ending).to.equal('connected');
    });

    it('aborted, by the signal of a second call for the attempt that runs', async () => {
      const run = createRun();
      const { ending, attempt } = await run.toWindow();
      let shown = 0;
      latest(run.authorize).options.onSight('open', () => shown++);
      const page = new AbortController();
      const listeners = countListeners(page.signal);
      const second = run.session.connect(garmin.id, 'popup', page.signal);
      expect([shown, listeners.count]).to.deep.equal([1, 1]);
      run.news();
      page.abort();
      expect(run.news()).to.deep.equal(['cancelled(aborted)', 'change(choosing)']);
      expect(detailOf(run.events.at(-2) as Event)).to.include({ attempt, source: garmin.id });
      expect(await Promise.all([ending, second])).to.deep.equal(['cancelled', 'cancelled']);
      expect([listeners.count, time.pending, latest(run.authorize).signal.aborted]).to.deep.equal([0, 0, true]);
    });

    it('not by a signal that aborts once the attempt it was for is over', async () => {
      const run = createRun();
      const { ending } = await run.toWindow();
      const page = new AbortController();
      const listeners = countListeners(page.signal);
      const second = run.session.connect(garmin.id, 'popup', page.signal);
      run.session.back();
      expect(await Promise.all([ending, second])).to.deep.equal(['cancelled', 'cancelled']);
      expect(listeners.count).to.equal(0);
      void run.session.connect(wahoo.id, 'popup');
      run.news();
      page.abort();
      expect([run.news(), run.session.state.phase]).to.deep.equal([[], 'authorizing']);
      run.session.back();
    });

    it('aborted, when another wearable is picked', async () => {
      const run = createRun();
      const { ending, attempt } = await run.toWindow();
      void run.session.connect(wahoo.id, 'popup');
      expect(run.news()).to.deep.equal(['change(authorizing)', 'cancelled(aborted)']);
      expect(detailOf(run.events.at(-1) as Event)).to.include({ attempt, source: garmin.id });
      expect(await ending).to.equal('cancelled');
      expect(run.authorize.map(({ signal }) => signal.aborted)).to.deep.equal([true, false]);
    });

    it('aborted, when the session it would have added to is let go of', async () => {
      const run = createRun();
      await run.toConnected();
      const ending = run.session.connect(wahoo.id, 'popup');
      run.session.send({ type: 'forgotten', notice: 'forgotten' });
      expect(run.news()).to.deep.equal(['change(authorizing)', 'cancelled(aborted)', 'connections', 'disconnected', 'change(choosing)']);
      expect(await ending).to.equal('cancelled');
    });
  });

  describe('failed', () => {
    for (const code of errorCodes)
      it(`${code}, in either phase`, async () => {
        if (code === 'access_denied') return;
        for (const phase of ['authorizing', 'confirming']) {
          const run = createRun();
          const { ending } = await run.toWindow();
          if (phase === 'confirming') latest(run.authorize).resolve({});
          await settled();
          latest<{ reject(reason: unknown): void }>(phase === 'confirming' ? run.confirm : run.authorize).reject(new ConnectError(code, 'So.'));
          await settled();
          expect(run.news().slice(-2)).to.deep.equal([`error(${code})`, 'change(failed)']);
          const { attempt } = latest(run.authorize).options;
          expect(detailOf(run.events.at(-2) as Event)).to.include({ code, message: 'So.', phase, source: garmin.id, attempt, retryable: new ConnectError(code, '').retryable });
          expect(await ending).to.equal('failed');
          expect(time.pending).to.equal(0);
        }
      });

    it('with one of our codes, whatever a platform throws', async () => {
      for (const [thrown, code] of [[new Error('Odd.'), 'platform_error'], ['odd', 'platform_error'], [new TypeError('Failed to fetch'), 'network']] as const) {
        const run = createRun();
        await run.toWindow();
        latest(run.authorize).reject(thrown);
        await settled();
        expect(run.news()).to.include(`error(${code})`);
      }
    });

    it('timeout, after ten minutes, and the attempt stays in hope', async () => {
      const run = createRun();
      const { ending, attempt } = await run.toWindow();
      await time.advance(599_999);
      expect(run.news()).to.deep.equal(['change(authorizing)']);
      await time.advance(1);
      expect(run.news()).to.deep.equal(['error(timeout)', 'change(failed)']);
      expect(await ending).to.equal('failed');
      await run.answer();
      expect(run.news()).to.deep.equal(['change(confirming)', 'tokens', 'connections', 'connected', 'change(syncing)']);
      const connected = run.events.find(({ type }) => type === 'wearable-connected') as Event;
      expect(detailOf(connected).attempt, 'it counts as a new one').to.be.a('string').and.not.equal(attempt);
      expect(detailOf(connected)).to.include({ source: garmin.id });
    });
  });

  it('has one terminal event, whichever way it went', async () => {
    const run = createRun();
    await run.toSyncing();
    run.session.back();
    expect(run.events.map(shortOf).filter((name) => terminal.includes(`wearable-${name.split('(')[0] ?? ''}`))).to.deep.equal(['connected']);
  });
});
