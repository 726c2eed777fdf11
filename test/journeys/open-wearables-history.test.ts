/** How the history of a member comes in, or does not: told to every tab by one poller, whatever happens to the server. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { until } from '../browsers/waiting.js';
import type { OpenWearablesChanges } from '../../src/sandbox/index.js';
import type { Heard } from './heard.js';
import { inEveryEngineAtTheClub } from './open-wearables-rig.js';
import type { Visitor } from './visitor.js';

interface Silence {
  readonly source: string;
  readonly goesWrong: OpenWearablesChanges;
  /** Nothing tells that it is over but that nothing comes any more. */
  readonly isSilent: boolean;
  readonly outcome: string;
  readonly history: string;
}

const silences: Readonly<Record<string, Silence>> = {
  'Garmin refuses it, and says nothing': { source: 'garmin', goesWrong: { garminRefused: true }, isSilent: false, outcome: 'partial', history: 'unknown' },
  'Garmin was connected without permission for it': { source: 'garmin', goesWrong: { historyNotGranted: true }, isSilent: false, outcome: 'partial', history: 'action_required' },
  'it cannot be read there': { source: 'strava', goesWrong: { pullFails: true }, isSilent: false, outcome: 'partial', history: 'unknown' },
  'it was never begun': { source: 'strava', goesWrong: { noAutomaticHistory: true, historyDropped: true }, isSilent: true, outcome: 'unknown', history: 'unknown' },
  'it begins, and then nothing': { source: 'strava', goesWrong: { historyStuck: true }, isSilent: true, outcome: 'unknown', history: 'unknown' },
};

const tenMinutes = 600_000;

/** Garmin's five come one after the other, so much apart: longer than any test takes, so that each comes when it is told to. */
const step = 300_000;

const historyIn = ({ connections }: Heard): unknown => (connections as { history: string }[])[0]?.history;

const progressOf = async (visitor: Visitor, source: string): Promise<Heard[]> => (await visitor.heard()).filter((event) => event.name === 'progress' && event['source'] === source);

inEveryEngineAtTheClub('the history of a member', (stage) => {
  for (const [name, { source, goesWrong, isSilent, outcome, history }] of Object.entries(silences))
    it(`is not waited for without end: ${name}`, async () => {
      stage.goesWrong(goesWrong);
      await stage.isConnected(source);
      const visitor = await stage.arrive();
      if (isSilent) {
        await visitor.hears('progress', { source });
        assert.ok(!(await visitor.heard()).some((event) => event.name === 'complete'), 'it may still come');
        await stage.passes(tenMinutes);
      }
      assert.equal(historyIn(await visitor.hears('complete', { outcome })), history);
      await visitor.hearsPhase('connected');
      assert.ok(!(await visitor.heard()).some((event) => event.name === 'error'), 'they are connected all the same');
    });

  it('is asked for once, however many tabs and devices listen; the tabs of one share a stream', async () => {
    await stage.begin({ historySeconds: (5 * step) / 1000 });
    await stage.isConnected('garmin');
    const visitor = await stage.arrive();
    await visitor.hears('progress', { source: 'garmin' });
    const first = visitor.page;
    const second = await visitor.opensTab(await first.url());
    const elsewhere = await stage.arrive();
    await elsewhere.hears('progress', { source: 'garmin' });
    await stage.passes(step);
    for (const page of [second, first]) {
      visitor.page = page;
      await until(async () => (await progressOf(visitor, 'garmin')).at(-1)?.['ratio'] === 0.2, async () => `a tab did not hear: ${JSON.stringify(await visitor.heard())}`);
    }
    await elsewhere.hears('progress', { source: 'garmin', ratio: 0.2 });
    await until(() => stage.streams.open === 2, () => `${stage.streams.open} streams are open: one for two tabs and one for the other device were expected`);
    const before = stage.asked(/\/sync\/recent/);
    const since = stage.time.now();
    await until(() => stage.asked(/\/sync\/recent/) >= before + 4, () => 'Open Wearables is not asked any more');
    const looks = stage.asked(/\/sync\/recent/) - before;
    assert.ok(looks <= 2 + (stage.time.now() - since) / 3000, `${looks} looks in ${(stage.time.now() - since) / 1000} seconds`);
    await stage.passes(5 * step);
    for (const page of [second, first]) {
      visitor.page = page;
      await visitor.hears('complete', { outcome: 'success' });
    }
    await elsewhere.hears('complete', { outcome: 'success' });
  });

  it('comes in to its end though the server is started anew in the middle', async () => {
    await stage.begin({ historySeconds: (5 * step) / 1000 });
    await stage.isConnected('garmin');
    const visitor = await stage.arrive();
    for (const ratio of [0.2, 0.4]) {
      await stage.passes(step);
      await visitor.hears('progress', { source: 'garmin', ratio });
    }
    stage.restart();
    // While nobody listens it moves on.
    await stage.passes(step);
    await visitor.hears('progress', { source: 'garmin', ratio: 0.6, live: true });
    await stage.passes(2 * step);
    await visitor.hears('complete', { outcome: 'success' });
    const told = await progressOf(visitor, 'garmin');
    const ratios = told.map(({ ratio }) => Number(ratio));
    assert.deepEqual(ratios, [...ratios].sort((one, other) => one - other), 'never backwards');
    assert.equal(told.at(-1)?.['stage'], 'done');
    assert.ok(Number(told.at(-1)?.['items']) > 0);
    assert.ok(!(await visitor.heard()).some(({ name }) => name === 'error'));
    visitor.forgives(/ERR_|NetworkError|updates/);
  });

  it('is told to nobody who has signed out of the site meanwhile', async () => {
    await stage.begin({ historySeconds: (5 * step) / 1000 });
    await stage.isConnected('garmin');
    const visitor = await stage.arrive();
    await visitor.hears('progress', { source: 'garmin' });
    assert.equal(await visitor.page.evaluate(() => fetch('/club/session', { method: 'DELETE' }).then(({ status }) => status)), 204);
    // No stream is longer than ten minutes: who comes back is asked again who they are.
    await stage.passes(tenMinutes);
    const error = await visitor.hears('error', { code: 'session_expired' });
    assert.equal(error.attempt, undefined, 'it belongs to the session, not to an attempt');
    await visitor.hearsPhase('failed');
    visitor.forgives(/status of 401/);
  });
});
