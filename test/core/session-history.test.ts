import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import { settled } from '../sync/fake-clock.js';
import { createFakePlatform, latest } from './fake-platform.js';
import { installFakeTime } from './fake-time.js';
import type { FakeTime } from './fake-time.js';
import { createRun, detailOf } from './run.js';

const at = (ratio: number) => ({ type: 'progress', progress: { source: null, stage: 'fetching', ratio, loadedUntil: null, items: null, live: true } }) as const;

describe('core/session, the history', () => {
  let time: FakeTime;
  beforeEach(() => (time = installFakeTime()));
  afterEach(() => time.restore());

  it('is told at most four times in any second, the first at once and the last always', async () => {
    const run = createRun();
    await run.toSyncing();
    const told: number[] = [];
    const ratios: unknown[] = [];
    let heard = run.events.length;
    const listen = (): void => {
      for (const event of run.events.slice(heard)) if (event.type === 'wearable-progress') (told.push(Date.now()), ratios.push(detailOf(event)['ratio']));
      heard = run.events.length;
    };
    for (let step = 1; step <= 300; step++) {
      latest(run.follow).push(at(step / 1000));
      await time.advance(10);
      listen();
    }
    expect(ratios[0]).to.equal(0.001);
    latest(run.follow).push(at(0.9));
    latest(run.follow).push(at(1));
    latest(run.follow).push({ type: 'finished', outcome: 'success' });
    await settled();
    listen();
    expect(ratios.at(-1)).to.equal(1);
    expect(told.length).to.be.above(8);
    for (const since of told) expect(told.filter((when) => when >= since && when < since + 1000).length).to.be.at.most(4);
    expect(time.pending).to.equal(0);
  });

  it('tells the last one also where nothing follows, and says nothing after it was left', async () => {
    const run = createRun();
    await run.toSyncing();
    run.news();
    for (const ratio of [0.1, 0.2, 0.3]) latest(run.follow).push(at(ratio));
    await time.advance(1000);
    expect(run.news()).to.deep.equal(['progress', 'progress']);
    expect(detailOf(run.events.at(-1) as Event)).to.include({ ratio: 0.3 });
    latest(run.follow).push(at(0.4));
    latest(run.follow).push(at(0.5));
    await settled();
    run.news();
    run.session.browse();
    await time.advance(1000);
    expect(run.news()).to.deep.equal(['change(choosing)']);
    expect([time.pending, latest(run.follow).signal.aborted]).to.deep.equal([0, true]);
  });

  it('that simply ends is in', async () => {
    const run = createRun();
    await run.toSyncing();
    latest(run.follow).push(at(0.1));
    latest(run.follow).push(at(0.9));
    await settled();
    run.news();
    latest(run.follow).end();
    await settled();
    expect(run.news(), 'what came last is told first').to.deep.equal(['progress', 'complete(success)', 'change(connected)']);
  });

  it('that failed leaves the account connected, of unknown completeness', async () => {
    const run = createRun();
    await run.toSyncing();
    run.news();
    latest(run.follow).fail(new ConnectError('sync_failed', 'Broken.'));
    await settled();
    expect(run.news()).to.deep.equal(['error(sync_failed)', 'complete(unknown)', 'change(connected)']);
    const error = run.events.at(-3) as Event;
    expect(detailOf(error)).to.include({ phase: 'syncing', retryable: true, source: null }).and.not.have.property('attempt');
    run.session.retry('popup');
    expect(run.news()).to.deep.equal(['change(syncing)']);
    expect(run.follow.length).to.equal(2);
  });

  it('whose session is over sets failed, and a retry signs the same wearable in', async () => {
    const run = createRun();
    await run.toSyncing();
    run.news();
    latest(run.follow).fail(new ConnectError('session_expired', 'Over.'));
    await settled();
    expect(run.news()).to.deep.equal(['error(session_expired)', 'change(failed)']);
    expect(detailOf(run.events.at(-1) as Event)).not.to.have.property('attempt');
    run.session.retry('popup');
    expect(latest(run.authorize)).to.include({ source: 'garmin_connect' });
    await run.answer();
    expect(run.session.state.phase).to.equal('syncing');
  });

  it('is not heard after it was left, however deaf the platform', async () => {
    const run = createRun(createFakePlatform({ deaf: true }));
    await run.toSyncing();
    run.session.browse();
    run.news();
    latest(run.follow).push(at(0.7));
    latest(run.follow).push({ type: 'finished', outcome: 'success' });
    await settled();
    await time.advance(1000);
    expect(run.news()).to.deep.equal([]);
  });
});
