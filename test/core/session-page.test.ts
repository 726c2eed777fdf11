import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import { settled } from '../sync/fake-clock.js';
import { createFakePlatform, garmin, latest, ride, wahoo } from './fake-platform.js';
import { createRun } from './run.js';

describe('core/session, and the page around it', () => {
  describe('connect()', () => {
    it('called twice is one attempt: its window comes to the front [F6]', async () => {
      const run = createRun();
      const { ending } = await run.toWindow();
      let shown = 0;
      latest(run.authorize).options.onSight('open', () => shown++);
      const again = run.session.connect(null, 'popup');
      void run.session.connect(garmin.id, 'popup');
      expect([shown, run.authorize.length]).to.deep.equal([2, 1]);
      await run.answer();
      expect(await Promise.all([ending, again])).to.deep.equal(['connected', 'connected']);
    });

    it('shows no window any more once the answer is there', async () => {
      const run = createRun();
      await run.toWindow();
      let shown = 0;
      latest(run.authorize).options.onSight('open', () => shown++);
      latest(run.authorize).resolve({});
      await settled();
      void run.session.connect(garmin.id, 'popup');
      run.session.show();
      expect([shown, run.authorize.length]).to.deep.equal([0, 1]);
      expect(await run.session.connect(wahoo.id, 'popup'), 'another one has to wait').to.equal('cancelled');
    });

    it('works before anything has loaded, and the list comes when it is wanted', async () => {
      const run = createRun();
      run.session.start();
      void run.session.connect(garmin.id, 'popup');
      await run.answer();
      expect(run.session.state).to.include({ phase: 'syncing', sources: null });
      run.session.browse();
      expect(run.session.state).to.include({ phase: 'loading' });
      latest(run.sources).resolve([wahoo]);
      await settled();
      expect(run.session.state).to.include({ phase: 'choosing' });
      expect(run.restore.length, 'who is signed in already needs no restoring').to.equal(1);
      expect(run.session.state.account?.connections).to.have.length(1);
    });

    it('works from a listener, and settles when that attempt ends', async () => {
      const fake = createFakePlatform();
      let ending: Promise<string> | null = null;
      let over: string | null = null;
      const run = createRun(fake, {
        dispatch: (event) => {
          if (event.type === 'wearable-cancelled') ending ??= run.session.connect(wahoo.id, 'popup');
        },
      });
      await run.toWindow();
      run.session.back();
      void (ending as Promise<string> | null)?.then((how) => (over = how));
      expect(run.session.state).to.include({ phase: 'authorizing', source: wahoo.id });
      await settled();
      expect(over).to.equal(null);
      await run.answer(wahoo);
      expect(over).to.equal('connected');
    });
  });

  it('is not jammed by a host’s code that throws', async () => {
    const { reportError } = globalThis;
    const reported: unknown[] = [];
    globalThis.reportError = (thrown: unknown) => void reported.push(thrown);
    try {
      const told: string[] = [];
      const run = createRun(createFakePlatform(), {
        dispatch: (event) => {
          told.push(event.type);
          throw new Error('host');
        },
        onState: () => {
          throw new Error('host');
        },
      });
      const { ending } = await run.toConnected();
      expect(await ending).to.equal('connected');
      expect(told).to.include.members(['wearable-tokens', 'wearable-connections', 'wearable-connected', 'wearable-complete']);
      expect(told).not.to.include('wearable-error');
      expect(reported.length).to.be.above(told.length);
    } finally {
      globalThis.reportError = reportError;
    }
  });

  it('looks for the latest activity once an account, and is not troubled by its absence', async () => {
    const run = createRun();
    await run.toSyncing();
    expect(run.preview.length).to.equal(1);
    latest(run.preview).resolve(ride);
    latest(run.follow).push({ type: 'finished', outcome: 'success' });
    await settled();
    expect(run.news()).to.include('preview');
    expect(run.preview.length).to.equal(1);
    const without = createRun();
    await without.toSyncing();
    latest(without.preview).reject(new ConnectError('network', 'Offline.'));
    await settled();
    expect(without.news()).not.to.include.members(['preview', 'error(network)']);
    expect(without.session.state.preview).to.equal(undefined);
  });

  it('looks again where nothing was there yet: once something has come, and not for ever', async () => {
    const run = createRun();
    await run.toSyncing();
    latest(run.preview).resolve(null);
    await settled();
    const progress = { source: null, stage: 'fetching', ratio: null, loadedUntil: '2026-01-01T00:00:00.000Z', items: null, live: true } as const;
    latest(run.follow).push({ type: 'progress', progress });
    await settled();
    expect(run.preview.length).to.equal(2);
    latest(run.preview).resolve(null);
    await settled();
    latest(run.follow).push({ type: 'finished', outcome: 'success' });
    await settled();
    latest(run.preview).resolve(ride);
    await settled();
    expect([run.preview.length, run.session.state.preview]).to.deep.equal([3, ride]);
    expect(run.news().filter((name) => name === 'preview').length, 'told when it is another one').to.equal(2);
  });
});
