import { expect } from '@open-wc/testing';
import { createConnector } from '../../../src/platforms/connector.js';
import { activityAt, offered } from '../../../src/platforms/demo/catalogue.js';
import { newsOf, progressAt } from '../../../src/platforms/demo/history.js';
import { manualClock } from '../../../src/platforms/demo/manual-clock.js';
import { scenarioNames, scenarios } from '../../../src/platforms/demo/scenarios.js';
import type { Scenario } from '../../../src/platforms/demo/scenarios.js';
import { parts } from '../../../src/platforms/parts.js';
import { installFakeTime } from '../../core/fake-time.js';
import { settled } from '../../sync/fake-clock.js';

describe('platforms/demo, a history', () => {
  for (const name of scenarioNames)
    it(`of ${name} moves back in time alone, and lasts as long as was said`, () => {
      const { pace }: Scenario = scenarios[name];
      const news = newsOf(pace);
      const ratios = news.map(({ reached }) => reached ?? 0);
      expect(ratios).to.deep.equal([...ratios].sort((a, b) => a - b));
      expect(ratios.at(-1)).to.equal(pace.reaches);
      expect(news.every(({ afterMs }) => afterMs <= 10_000), 'alive').to.equal(true);
      const lasts = news.reduce((sum, { afterMs }) => sum + afterMs, 0);
      expect(Math.round(lasts)).to.be.within(pace.firstMs, pace.firstMs + pace.restMs + 10_000);
      expect(new Set(ratios.map((ratio, at) => Math.round(1e4 * (ratio - (ratios[at - 1] ?? 0))))).size, 'never even').to.be.greaterThan(pace.reaches ? 3 : 0);
    });

  it('has a date, a fraction and a count, or none of them', () => {
    const began = Date.UTC(2026, 10, 21);
    expect(progressAt('polar', { reached: 0.5, live: true }, began, 'fetching')).to.deep.equal({ source: 'polar', stage: 'fetching', ratio: 0.5, loadedUntil: '2024-05-21T21:00:00.000Z', items: 592, live: true });
    expect(progressAt(null, { reached: null, live: false }, began, 'waiting')).to.deep.equal({ source: null, stage: 'waiting', ratio: null, loadedUntil: null, items: null, live: false });
  });
});

describe('platforms/demo, what is offered', () => {
  it('is everything there is, each once, without a picture of its own', () => {
    const all = offered([]);
    expect(new Set(all.map(({ id }) => id)).size).to.equal(all.length);
    expect(all.every(({ icon, name }) => icon === null && name)).to.equal(true);
    expect(all.filter(({ kind }) => kind === 'mobile').map(({ name }) => name)).to.deep.equal(['Apple Health', 'Health Connect', 'Samsung Health']);
  });

  it('is what the page says, in its order, known or not', () => {
    expect(offered(['samsung_health', 'intervals_icu', 'my_watch'], 5).map(({ name, kind }) => `${name}, ${String(kind)}`)).to.deep.equal(['Samsung Health, mobile', 'Intervals.icu, web', 'My Watch, web']);
  });

  it('has an activity that goes with it, of yesterday', () => {
    const told = ['garmin_connect', 'polar', 'strava', 'wahoo', 'apple_health'].map((source) => activityAt(Date.UTC(2026, 10, 21, 9), source));
    expect(told.map(({ sport, devices }) => `${sport}, ${devices.join()}`)).to.deep.equal([
      'cycling.road, Edge 1050', 'xc_skiing.classic, Vantage V3', 'running.trail, Strava', 'cycling.road, ELEMNT BOLT', 'cycling.road, Apple Health',
    ]);
    expect(told[0]).to.include({ start: '2026-11-20T14:42:00.000Z', startLocal: '2026-11-20T15:42:00' });
  });
});

describe('platforms/demo, a clock to hold', () => {
  it('stands still, and rings in order on the way', async () => {
    const clock = manualClock(1_000);
    const { signal } = new AbortController();
    const rung: string[] = [];
    const ring = (ms: number) => clock.wait(ms, signal).then(() => rung.push(`${ms} at ${clock.now()}`));
    void ring(500);
    void ring(200).then(() => ring(100));
    await settled();
    expect([rung, clock.pending, clock.now()]).to.deep.equal([[], 2, 1_000]);
    void clock.advance(250);
    await clock.advance(350);
    expect([rung, clock.pending, clock.now()]).to.deep.equal([['200 at 1200', '100 at 1300', '500 at 1500'], 0, 1_600]);
  });

  it('goes on for whoever begins to wait a moment after it was told to, and not before', async () => {
    const clock = manualClock(1_000);
    const advanced = clock.advance(500);
    await settled();
    expect(clock.now()).to.equal(1_000);
    await clock.wait(200, new AbortController().signal);
    await advanced;
    expect(clock.now()).to.equal(1_500);
  });

  it('goes on after a while where nobody goes by it, and waits for nobody from then on', async () => {
    const time = installFakeTime();
    try {
      const clock = manualClock(1_000);
      const advanced = clock.advance(500);
      await time.advance(5_000);
      await advanced;
      expect([clock.now(), time.pending]).to.deep.equal([1_500, 0]);
      await clock.advance(500);
      expect(clock.now()).to.equal(2_000);
    } finally {
      time.restore();
    }
  });

  it('lets go of what is aborted, with the reason', async () => {
    const clock = manualClock();
    const life = new AbortController();
    const ended = clock.wait(100, life.signal).catch((reason: unknown) => reason);
    life.abort('no more');
    expect([await ended, clock.pending]).to.deep.equal(['no more', 0]);
    expect(await clock.wait(100, life.signal).catch((reason: unknown) => reason)).to.equal('no more');
  });

  it('shows the same day each time, so that pictures stay the same', () => expect(new Date(manualClock().now()).toISOString()).to.equal('2026-11-21T09:00:00.000Z'));
});

describe('platforms/demo, by its name', () => {
  it('comes when a page names it, and has what the page says of it', async () => {
    await parts.demo();
    const time = installFakeTime();
    const connector = createConnector({ platform: 'demo', scenario: 'returning', sources: 'polar coros', noPreview: true });
    try {
      connector.start();
      for (let turn = 0; turn < 10; turn++) await time.advance(300);
      expect([connector.phase, connector.state.sources?.map(({ name }) => name)]).to.deep.equal(['connected', ['Polar', 'COROS']]);
      expect([connector.platform.preview, connector.platform.disconnectsSources, typeof connector.platform.manage]).to.deep.equal([undefined, true, 'function']);
      connector.abandon();
      expect(time.pending).to.equal(0);
    } finally {
      time.restore();
    }
  });
});
