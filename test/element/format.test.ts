import { expect } from '@open-wc/testing';
import { formatDistance, formatDuration, formatLocalStart, formatMonth } from '../../src/element/format.js';

/** Languages put spaces of many kinds between numbers and units, and browsers change their mind about which. */
const spaced = (text: string): string => text.replace(/\s/g, ' ');

const strange = ['', 'x', 'not a language', 'en_US', '!!', 'en-US-', 'tlh', 'a'.repeat(500)];

describe('element/format', () => {
  describe('a distance', () => {
    const table: readonly (readonly [meters: number, lang: string, text: string])[] = [
      [0, 'en-AU', '0 m'],
      [850.4, 'en-AU', '850 m'],
      [999.4, 'en-AU', '999 m'],
      [999.6, 'en-AU', '1 km'],
      [1500, 'en-AU', '1.5 km'],
      [5017, 'en-AU', '5.02 km'],
      [9994, 'en-AU', '9.99 km'],
      [9999, 'en-AU', '10 km'],
      [10_260, 'en-AU', '10.3 km'],
      [42_195, 'en-AU', '42.2 km'],
      [95_440, 'en-AU', '95.4 km'],
      [99_960, 'en-AU', '100 km'],
      [1_234_567, 'en-AU', '1,235 km'],
      [42_195, 'de', '42,2 km'],
      [42_195, 'nb', '42,2 km'],
      [42_195, 'en', '42.2 km'],
      [42_195, 'de-US', '26,2 mi'],
      [5000, 'en-US', '3.11 mi'],
      [5000, 'en_US', '3.11 mi'],
      [5000, 'en-GB', '3.11 mi'],
      [5000, 'en-LR', '3.11 mi'],
      [400, 'en-US', '0.25 mi'],
      [42_195, 'en-US', '26.2 mi'],
      [300_000, 'en-US', '186 mi'],
      [-1, 'en', ''],
      [NaN, 'en', ''],
      [Infinity, 'en', ''],
    ];
    for (const [meters, lang, text] of table)
      it(`${meters} ${lang}: ${text}`, () => expect(spaced(formatDistance(meters, lang))).to.equal(text));
  });

  describe('a duration', () => {
    const table: readonly (readonly [seconds: number, text: string])[] = [
      [0, '0:00'],
      [35.2, '0:35'],
      [59.6, '1:00'],
      [42 * 60, '42:00'],
      [3599.6, '1:00:00'],
      [4323, '1:12:03'],
      [100 * 3600, '100:00:00'],
      [-1, ''],
      [NaN, ''],
    ];
    for (const [seconds, text] of table) it(`${seconds}: ${text}`, () => expect(formatDuration(seconds)).to.equal(text));
  });

  describe('a local start', () => {
    const table: readonly (readonly [startLocal: string, lang: string, text: string])[] = [
      ['2026-11-14T07:30:00', 'en-US', 'Nov 14, 2026, 7:30 AM'],
      ['2026-11-14T07:30:00', 'en-GB', '14 Nov 2026, 07:30'],
      ['2026-11-14T07:30:00', 'de', '14.11.2026, 07:30'],
      ['2026-11-14T23:59:59.999999', 'en-GB', '14 Nov 2026, 23:59'],
      ['2026-11-14T23:30:00+09:00', 'en-GB', '14 Nov 2026, 23:30'],
      ['2026-11-14 00:05', 'en-GB', '14 Nov 2026, 00:05'],
      ['2026-11-14', 'en-GB', '14 Nov 2026'],
      ['this morning', 'en', ''],
      ['2026-13-45T99:99', 'en', ''],
      ['', 'en', ''],
    ];
    for (const [startLocal, lang, text] of table)
      it(`${startLocal} ${lang}: ${text}`, () => expect(spaced(formatLocalStart(startLocal, lang))).to.equal(text));
  });

  it('names a month, by UTC', () => {
    expect(formatMonth('2023-03-01T00:00:00.000Z', 'en')).to.equal('March 2023');
    expect(formatMonth('2023-03-31T23:59:59.000Z', 'nb')).to.equal('mars 2023');
    expect(formatMonth('once', 'en') + formatMonth('', 'en')).to.equal('');
  });

  for (const lang of strange)
    it(`survives a language called ${JSON.stringify(lang.slice(0, 20))}`, () => {
      const texts = [
        formatDistance(5000, lang),
        formatDuration(4323),
        formatLocalStart('2026-11-14T07:30:00', lang),
        formatMonth('2023-03-03T00:00:00.000Z', lang),
      ];
      for (const text of texts) expect(text).to.match(/\d/);
    });
});
