import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countsFrom, runFrom } from '../../src/server/open-wearables/runs.js';
import { stream } from '../sandbox/replaying.js';

const event = (more: object) => ({ provider: 'strava', scope: 'historical', timestamp: '2026-11-21T04:05:09Z', ...more });

describe('a word that nobody knows yet', () => {
  for (const word of ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'unheard-of', 5, null, { toString: 1, valueOf: 1 }])
    it(`means still at it, though every object has it: ${JSON.stringify(word)}`, () => {
      assert.deepEqual(runFrom([event({ stage: word, status: word })], 'strava', 0), { id: '', stage: 'fetching', ratio: null, end: null, at: Date.UTC(2026, 10, 21, 4, 5, 9) });
    });
});

describe('a word that is known', () => {
  for (const [stage, status, end] of [['completed', 'success', 'success'], ['completed', 'skipped', 'partial'], ['failed', 'unheard-of', 'failed'], ['cancelled', 'cancelled', 'failed'], ['queued', 'queued', null]] as const)
    it(`${stage}, ${status}: ${String(end)}`, () => {
      assert.equal(runFrom([event({ stage, status })], 'strava', 0)?.end, end);
    });
});

const counted: Record<string, [json: unknown, source: string, counts: object | null]> = {
  'workouts and sleeps': [{ by_provider: [{ provider: 'strava', data_points: 5, workout_count: 3, sleep_count: 2 }] }, 'strava', { items: 5, all: 10 }],
  'points alone: no number that a visitor would recognise, and not nothing': [{ by_provider: [{ provider: 'strava', data_points: 5_000, workout_count: 0, sleep_count: 0 }] }, 'strava', { items: null, all: 5_000 }],
  'nothing yet': [{ by_provider: [{ provider: 'strava', data_points: 0, workout_count: 0, sleep_count: 0 }] }, 'strava', { items: 0, all: 0 }],
  'a list without it: nothing has come': [{ by_provider: [{ provider: 'whoop', data_points: 9 }] }, 'strava', { items: 0, all: 0 }],
  'an empty list: nothing has come': [{ by_provider: [] }, 'strava', { items: 0, all: 0 }],
  'no list: nobody knows': [{ total_workouts: 3 }, 'strava', null],
  'no answer: nobody knows': [null, 'strava', null],
};
describe('what is there so far, by the counts:', () => {
  for (const [what, [json, source, counts]] of Object.entries(counted)) it(what, () => assert.deepEqual(countsFrom(json)(source), counts));
});

describe('what a real server told on its stream', () => {
  const told = stream.lines.flatMap(({ line }) => (line.startsWith('data: ') ? [JSON.parse(line.slice(6)) as Record<string, unknown>] : []));
  /** Newest first, as `sync/recent` lists them. */
  const until = (id: string, stage: string) => told.slice(0, told.findIndex(({ run_id: run, stage: at }) => String(run).startsWith(id) && at === stage) + 1).reverse();

  it('is of Garmin’s history what the history told, not what each push of data did, though an account that two users have calls both the same', () => {
    const pushes = told.filter(({ run_id: run, source }) => source === 'linked_account' && String(run).startsWith('garmin_webhook_'));
    assert.equal(pushes.length, 5);
    for (const { run_id: run } of pushes) assert.equal(runFrom(until(String(run), 'completed'), 'garmin', 0)?.end, null, String(run));
    assert.equal(runFrom(told.slice().reverse(), 'garmin', 0)?.end, 'success');
  });

  it('is no history where it is a pull of what is new, whichever word of it came last', () => {
    const live = 'pull_517a51826d8940f0';
    const linked = told.map((one) => (one['run_id'] === live ? { ...one, source: 'linked_account' } : one));
    for (const stage of ['started', 'fetching', 'completed']) {
      const events = linked.slice(0, linked.findIndex(({ run_id: run, stage: at }) => run === live && at === stage) + 1).reverse();
      const { run_id: run } = told.findLast(({ provider, source, stage: at }) => provider === 'strava' && source === 'backfill' && at === 'completed') ?? {};
      assert.deepEqual(runFrom(events, 'strava', 0), runFrom(until(String(run), 'completed'), 'strava', 0), stage);
      assert.equal(runFrom(events.filter(({ run_id: id }) => id === live), 'strava', 0), null, stage);
    }
  });

  it('is the history of an account that another user has already, under the word for both', () => {
    const linked = told.map((one) => (one['source'] === 'backfill' ? { ...one, source: 'linked_account' } : one));
    for (const source of ['strava', 'garmin']) assert.deepEqual(runFrom(linked.slice().reverse(), source, 0), runFrom(told.slice().reverse(), source, 0));
  });
});
