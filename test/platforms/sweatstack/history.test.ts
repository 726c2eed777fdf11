import { expect } from '@open-wc/testing';
import type { Connection, Progress } from '../../../src/core/nouns.js';
import { newHistory, verdict, withLine } from '../../../src/platforms/sweatstack/history.js';

const start = Date.UTC(2026, 10, 14);
const day = 86_400_000;

function begin() {
  const clock = { now: start };
  let state = newHistory('garmin_connect', start);
  const history = {
    /** What the line changed, or null when there is nothing new to show. */
    line(text: string): Progress | null {
      const before = state;
      state = withLine(before, text, clock.now);
      return state.progress === before.progress ? null : state.progress;
    },
    live: (live: boolean) => void (state = { ...state, progress: { ...state.progress, live } }),
    get reachedFiveYears() {
      return verdict(state, 'syncing', false, clock.now) === 'success';
    },
    get progress() {
      return state.progress;
    },
    get quietMs() {
      return clock.now - state.newsAt;
    },
    get errors() {
      return state.errors;
    },
  };
  return { clock, history };
}

const until = (date: string): string => JSON.stringify({ backfill_loaded_until: date });
const ago = (days: number): string => until(new Date(start - days * day).toISOString());

const waiting: Progress = { source: 'garmin_connect', stage: 'waiting', ratio: null, loadedUntil: null, items: null, live: true };

describe('platforms/sweatstack/history', () => {
  describe('a line', () => {
    const read: readonly (readonly [line: string, loadedUntil: string])[] = [
      ['{"backfill_loaded_until": "2024-09-27T00:56:34.667483"}', '2024-09-27T00:56:34.667Z'],
      ['{"backfill_loaded_until":"2024-09-27T00:56:34Z"}', '2024-09-27T00:56:34.000Z'],
      ['{"backfill_loaded_until":"2024-09-27T02:56:34+02:00","percent":50}', '2024-09-27T00:56:34.000Z'],
      ['data: {"backfill_loaded_until":"2024-09-27"}', '2024-09-27T00:00:00.000Z'],
      ['data:{"backfill_loaded_until":"2024-09-27T00:00:00"}\r', '2024-09-27T00:00:00.000Z'],
    ];
    for (const [line, loadedUntil] of read)
      it(`is read: ${line} [F20]`, () => {
        const { history } = begin();
        expect(history.line(line)).to.include({ stage: 'fetching', loadedUntil, source: 'garmin_connect', items: null, live: true });
      });

    for (const line of ['null', '{"backfill_loaded_until":null}', 'data: null'])
      it(`says that nothing has come yet, once: ${line}`, () => {
        const { history } = begin();
        expect(history.line(line)).to.deep.equal(waiting);
        expect(history.line(line)).to.equal(null);
      });

    for (const line of ['', '  ', 'data:', ': keep-alive', 'event: progress', 'id: 7', 'retry: 100'])
      it(`says nothing: ${JSON.stringify(line)} [F20, F21]`, () => {
        const { history } = begin();
        expect(history.line(line)).to.equal(null);
      });

    for (const line of ['{', '<html>', '7', '"text"', '[]', '{}', 'true', until('soon'), '{"backfill_loaded_until":5}', '{"error":null}', '{"error":""}'])
      it(`makes no sense: ${line}`, () => {
        const { history } = begin();
        expect(history.line(line)).to.equal(null);
        expect([history.progress, history.errors]).to.deep.equal([waiting, 0]);
      });

    it('counts trouble in a row', () => {
      const { history } = begin();
      const counts = ['{"error":"x"}', '{"error":"x"}', '{', '', 'null', '{"error":"y"}', ago(5), '{"error":"z"}', '{"error":"z"}'].map((line) => {
        history.line(line);
        return history.errors;
      });
      expect(counts).to.deep.equal([1, 2, 2, 2, 0, 1, 0, 1, 2]);
    });
  });

  describe('going back in time', () => {
    it('is a fraction of five years', () => {
      const { history } = begin();
      expect(history.line(ago(0))).to.have.property('ratio', 0);
      expect(history.line(ago(365.25))?.ratio).to.be.closeTo(0.2, 1e-9);
      expect(history.line(ago(5 * 365.25))).to.have.property('ratio', 1);
      expect(history.line(ago(20_000))).to.have.property('ratio', 1);
    });

    it('never runs backwards', () => {
      const { history } = begin();
      const shown = [100, 300, 200, 300, 0, 301].map((days) => history.line(ago(days))?.ratio ?? null);
      expect(shown.map((ratio) => ratio !== null)).to.deep.equal([true, true, false, false, false, true]);
      expect(history.progress.loadedUntil).to.equal(new Date(start - 301 * day).toISOString());
      expect(history.line('null'), 'nor to nothing').to.equal(null);
      expect(history.progress.stage).to.equal('fetching');
    });

    it('never runs backwards when the clock does [F22]', () => {
      const { clock, history } = begin();
      const before = history.line(ago(100))?.ratio ?? 1;
      clock.now -= 90 * day;
      expect(history.line(ago(101))?.ratio).to.equal(before);
    });

    it('ignores the future, but for a slow clock', () => {
      const { history } = begin();
      expect(history.line(until('2099-01-01T00:00:00'))).to.equal(null);
      expect(history.line(ago(-1.1))).to.equal(null);
      expect(history.progress).to.deep.equal(waiting);
      expect(history.line(ago(-0.1))).to.include({ stage: 'fetching', ratio: 0 });
    });

    it('knows five years when it sees them', () => {
      for (const [days, reached] of [[5 * 365, true], [5 * 365.25, true], [5 * 365 + 2, true], [1824.3, true], [1824.2, false], [1000, false]] as const) {
        const { history } = begin();
        history.line(ago(days));
        expect(history.reachedFiveYears, `${days} days`).to.equal(reached);
      }
      expect(begin().history.reachedFiveYears).to.equal(false);
    });

    it('tells moving from talking', () => {
      const { clock, history } = begin();
      history.line(ago(100));
      const { loadedUntil } = history.progress;
      clock.now += 60_000;
      for (const line of [ago(100), ago(90), 'null', '{', '{"error":"x"}', until('2099-01-01')]) history.line(line);
      expect(history.progress).to.include({ loadedUntil });
      expect(history.quietMs).to.equal(60_000);
      history.line(ago(101));
      expect(history.progress).not.to.include({ loadedUntil });
      expect(history.quietMs).to.equal(0);
    });
  });

  it('does not touch whether it is live', () => {
    const { history } = begin();
    history.live(false);
    expect(history.line(ago(100))).to.include({ live: false, stage: 'fetching' });
  });

  describe('the verdict', () => {
    interface Evidence {
      readonly history: Connection['history'] | null;
      readonly reachedFiveYears: boolean;
      readonly stalled: boolean;
      readonly quietMs: number;
    }
    const open: Evidence = { history: 'syncing', reachedFiveYears: false, stalled: false, quietMs: 0 };
    const stalled = { stalled: true };
    const table: readonly (readonly [what: string, evidence: Partial<Evidence>, outcome: string | null])[] = [
      ['still arriving', {}, null],
      ['the status says ready', { history: 'ready' }, 'success'],
      ['ready, and nothing ever moved', { history: 'ready', ...stalled, quietMs: 600_000 }, 'success'],
      ['five years, status ready', { reachedFiveYears: true, history: 'ready' }, 'success'],
      ['five years, no status', { reachedFiveYears: true, history: null }, 'success'],
      ['five years, status still syncing', { reachedFiveYears: true }, 'success'],
      ['five years, not shared', { reachedFiveYears: true, history: 'action_required' }, 'partial'],
      ['five years, not to be had', { reachedFiveYears: true, history: 'unavailable' }, 'partial'],
      ['not shared, and ten minutes', { history: 'action_required', quietMs: 600_000 }, 'unknown'],
      ['no status, still moving', { history: null }, null],
      ['no status, no movement', { history: null, ...stalled }, 'unknown'],
      ['unknown status, no movement', { history: 'unknown', ...stalled }, 'unknown'],
      ['syncing without movement: wait', { ...stalled, quietMs: 120_000 }, null],
      ['ten minutes, almost', { ...stalled, quietMs: 599_999 }, null],
      ['ten minutes', { ...stalled, quietMs: 600_000 }, 'unknown'],
      ['ten minutes, no status', { history: null, quietMs: 600_000 }, 'unknown'],
      ['not shared, but something may still come', { history: 'action_required' }, null],
      ['not shared, and nothing comes', { history: 'action_required', ...stalled }, 'partial'],
      ['not to be had, and nothing comes', { history: 'unavailable', ...stalled }, 'partial'],
    ];
    for (const [what, evidence, outcome] of table)
      it(`${what}: ${outcome}`, () => {
        const { history, reachedFiveYears, quietMs, ...more } = { ...open, ...evidence };
        const { progress, ...state } = newHistory(null, start - quietMs);
        const loadedUntil = reachedFiveYears ? new Date(start - 5 * 365 * day).toISOString() : null;
        expect(verdict({ ...state, progress: { ...progress, loadedUntil } }, history, more.stalled, start)).to.equal(outcome);
      });
  });
});
