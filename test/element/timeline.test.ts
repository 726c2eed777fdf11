import { expect } from '@open-wc/testing';
import { marksOf } from '../../src/element/timeline.js';
import { progress } from './fake.js';

const now = Date.UTC(2026, 6, 1);

describe('element/timeline', () => {
  it('ends today, and begins where fraction and earliest day together say', () => {
    // Half of the whole is a year and a half: it begins in July 2023.
    const marks = marksOf(progress({ ratio: 0.5, loadedUntil: '2025-01-01T00:00:00Z' }), now, 6);
    expect(marks.map(({ year, isNamed }) => [year, isNamed])).to.deep.equal([
      [2026, true],
      [2025, true],
      [2024, true],
    ]);
    const [at2026 = 0, at2025 = 0] = marks.map(({ at }) => at);
    expect(at2025, 'half way: that day is the first of the year').to.be.closeTo(0.5, 0.001);
    expect(at2026).to.be.closeTo(1 - 181 / 1092, 0.001);
  });

  const nothing: Readonly<Record<string, Parameters<typeof progress>[0]>> = {
    'no earliest day': { loadedUntil: null },
    'no date at all': { loadedUntil: 'once' },
    'no fraction': { ratio: null },
    'a fraction of nothing': { ratio: 0 },
    'today': { loadedUntil: '2026-07-01T00:00:00Z' },
    'a day to come': { loadedUntil: '2027-01-01T00:00:00Z' },
    'longer than anybody lives': { ratio: 0.001, loadedUntil: '2024-01-01T00:00:00Z' },
  };
  for (const [what, changes] of Object.entries(nothing)) it(`makes up no scale from ${what}`, () => expect(marksOf(progress(changes), now, 6)).to.deep.equal([]));

  it('makes up no scale from nothing', () => expect(marksOf(null, now, 6)).to.deep.equal([]));

  for (const [room, named] of [
    [12, [2026, 2025, 2024, 2023, 2022, 2021, 2020, 2019, 2018]],
    [5, [2026, 2024, 2022, 2020, 2018]],
    [2, [2026, 2021]],
    [0, [2026]],
  ] as const)
    it(`names as many years as there is room for: ${room}`, () => {
      const marks = marksOf(progress({ ratio: 1, loadedUntil: '2017-06-01T00:00:00Z' }), now, room);
      expect(marks.filter(({ isNamed }) => isNamed).map(({ year }) => year)).to.deep.equal(named);
      expect(marks, 'every year has its mark').to.have.length(9);
    });

  it('names none that would stand over the edge', () => {
    const [last] = marksOf(progress({ ratio: 1, loadedUntil: '2020-06-01T00:00:00Z' }), Date.UTC(2026, 0, 5), 6);
    expect(last).to.include({ year: 2026, isNamed: false });
  });
});
