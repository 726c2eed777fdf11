/** Garmin's backfill: five types one after another, each waited for up to five minutes, then a second round for those that did not come. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { garminRunFrom } from '../../src/server/open-wearables/runs.js';
import { createUpdates, event, gist, matrix, row } from './updates-rig.js';

const minute = 60_000;
const types = ['sleeps', 'dailies', 'activities', 'activityDetails', 'hrv'];
const cells = (done: number, late: number, failed = 0): string[] => types.map((_, index) => (index < done ? 'done' : index < done + late ? 'timed_out' : index < done + late + failed ? 'failed' : 'pending'));
const retrying = (of: readonly string[], type: string) => matrix('retry_in_progress', of, { in_progress: true, retry_phase: true, retry_type: type, retry_window: 0 });

describe('the fraction of Garmin’s backfill', () => {
  const table: Record<string, [json: object, ratio: number | null, end: string | null]> = {
    'counts what has come': [matrix('in_progress', cells(2, 0)), 0.4, null],
    'does not count what was late: it is asked for once more': [matrix('in_progress', cells(2, 2)), 0.4, null],
    'nor in the second round': [retrying(cells(4, 1), 'hrv'), 0.8, null],
    'nor where nothing came in the first': [retrying(cells(0, 5), 'sleeps'), 0, null],
    'counts what was refused: nobody asks for it again': [matrix('in_progress', cells(2, 0, 2)), 0.8, null],
    'is not whole while it goes on, whatever the cells say': [matrix('in_progress', cells(5, 0)), 0.8, null],
    'nor in a second round whose last has failed': [retrying(cells(4, 0, 1), 'hrv'), 0.8, null],
    'is whole at the end': [matrix('complete', cells(5, 0)), 1, 'success'],
    'is whole at an end without all of it': [matrix('complete', cells(3, 2)), 1, 'partial'],
    'is whole where it stopped with nothing outstanding': [matrix('pending', cells(3, 2)), 1, 'partial'],
    'is none where all was late, and that was the end': [matrix('complete', cells(0, 5)), null, 'failed'],
  };
  for (const [what, [json, ratio, end]] of Object.entries(table))
    it(what, () => {
      const run = garminRunFrom(json);
      assert.deepEqual([run?.ratio, run?.end], [ratio, end]);
    });
});

describe('a backfill whose types are all late', () => {
  it('is followed to its end, fifty minutes later: each that is given up, or tried again, is news', async () => {
    const rig = createUpdates();
    rig.rows['kari'] = [row('garmin', rig.clock.now())];
    rig.state.events = [event('garmin', 'started', 'in_progress', rig.clock.now())];
    rig.state.counts = [];
    const said: string[] = [];
    // A stream ends after ten minutes; who reads it comes back.
    const fiveMinutes = async (table: object): Promise<void> => {
      rig.state.garmin = table;
      const heard = await rig.listen();
      await rig.clock.advance(5 * minute);
      heard.leave();
      said.push(...gist(heard.said));
    };
    for (const late of [0, 1, 2, 3, 4]) await fiveMinutes(matrix('in_progress', cells(0, late)));
    for (const type of types) await fiveMinutes(retrying(cells(0, 5), type));
    assert.deepEqual([...new Set(said)], ['progress garmin fetching 0', 'connections garmin:syncing']);
    await fiveMinutes(matrix('complete', cells(4, 0, 1)));
    assert.equal(said.at(-1), 'complete partial');
  });

  it('is given up after ten minutes in which the second round stands still', async () => {
    const rig = createUpdates();
    rig.rows['kari'] = [row('garmin', rig.clock.now())];
    rig.state.garmin = retrying(cells(4, 1), 'hrv');
    const first = await rig.listen();
    await rig.clock.advance(9.5 * minute);
    const second = await rig.listen();
    await rig.clock.advance(minute);
    for (const heard of [first, second]) heard.leave();
    assert.deepEqual([...first.said, ...second.said].filter(({ event: name }) => name === 'complete').map(({ data }) => data['outcome']), ['unknown']);
  });
});
