import { expect } from '@open-wc/testing';
import { activityFrom } from '../../../src/platforms/sweatstack/activity.js';

const full = {
  id: '01JQ8ACTIVITY',
  source_id: '01JQ8SOURCE',
  sport: 'cycling.road+stationary',
  start: '2026-11-14T06:30:00Z',
  end: '2026-11-14T07:42:03.5Z',
  start_local: '2026-11-14T07:30:00',
  duration: 'PT1H12M3.5S',
  distance: 31_400.5,
  devices: ['Garmin Edge 540', 'Polar H10'],
  metrics: ['power', 'heart_rate'],
  summary: { distance: { sum: 1 } },
  laps: null,
};

describe('platforms/sweatstack/activity', () => {
  it('is read whole', () => {
    expect(activityFrom(full)).to.deep.equal({
      id: '01JQ8ACTIVITY',
      sport: 'cycling.road+stationary',
      sportName: 'road cycling (stationary)',
      start: '2026-11-14T06:30:00.000Z',
      startLocal: '2026-11-14T07:30:00',
      durationSeconds: 4323.5,
      distanceMeters: 31_400.5,
      devices: ['Garmin Edge 540', 'Polar H10'],
    });
  });

  it('is called by as much of its code as anybody reads', () => {
    expect(activityFrom({ id: 'a', sport: 'x'.repeat(100_000) })?.sportName.length).to.equal(80);
  });

  it('is read where only the id is there', () => {
    expect(activityFrom({ id: 'a' })).to.deep.equal({
      id: 'a',
      sport: 'generic',
      sportName: 'generic',
      start: null,
      startLocal: null,
      durationSeconds: null,
      distanceMeters: null,
      devices: [],
    });
  });

  for (const nothing of [null, undefined, '', 'text', 7, true, [], [full], {}, { id: null }, { id: '' }, { id: {} }, { ...full, id: '  ' }])
    it(`is none: ${JSON.stringify(nothing)?.slice(0, 30)}`, () => expect(activityFrom(nothing)).to.equal(null));

  const fields: Record<string, readonly (readonly [raw: object, value: unknown])[]> = {
    start: [
      [{ start: '2026-11-14T06:30:00.123456Z' }, '2026-11-14T06:30:00.123Z'],
      [{ start: '2026-11-14T07:30:00+01:00' }, '2026-11-14T06:30:00.000Z'],
      [{ start: '2026-11-14T07:30:00+0100' }, '2026-11-14T06:30:00.000Z'],
      [{ start: '2026-11-13T22:30:00-08' }, '2026-11-14T06:30:00.000Z'],
      [{ start: '2026-11-14T06:30:00.667483' }, '2026-11-14T06:30:00.667Z'],
      [{ start: '2026-11-14T06:30' }, '2026-11-14T06:30:00.000Z'],
      [{ start: '2026-11-14 06:30:00' }, '2026-11-14T06:30:00.000Z'],
      [{ start: '2026-11-14' }, '2026-11-14T00:00:00.000Z'],
      [{ start: 'yesterday' }, null],
      [{ start: '2026-13-45T99:00:00Z' }, null],
      [{ start: 1_700_000_000 }, null],
      [{ start: {} }, null],
    ],
    startLocal: [
      [{ start_local: '2026-11-14T07:30:00' }, '2026-11-14T07:30:00'],
      [{ start_local: '2026-11-14T07:30:00.250000' }, '2026-11-14T07:30:00.250000'],
      [{ start_local: 5 }, null],
    ],
    durationSeconds: [
      [{ duration: 'PT1H2M3.5S' }, 3723.5],
      [{ duration: 'PT1H2M3,5S' }, 3723.5],
      [{ duration: 'P1DT2H' }, 93_600],
      [{ duration: 'P1W' }, 604_800],
      [{ duration: 'P1D' }, 86_400],
      [{ duration: 'PT0S' }, 0],
      [{ duration: 'PT90M' }, 5400],
      [{ duration: 3600 }, 3600],
      [{ duration: 3600.5 }, 3600.5],
      [{ duration: '3600.5' }, 3600.5],
      [{ duration: '-PT5M' }, null],
      [{ duration: -5 }, null],
      [{ duration: 'P' }, null],
      [{ duration: 'PT' }, null],
      [{ duration: 'PT1.2.3S' }, null],
      [{ duration: 'an hour' }, null],
      [{ duration: null }, null],
      [{ duration: NaN }, null],
      [{ duration: [3600] }, null],
    ],
    distanceMeters: [
      [{ distance: 0 }, 0],
      [{ distance: 1500, summary: { distance: { sum: 2 } } }, 1500],
      [{ distance: null, summary: { distance: { sum: 1500 } } }, 1500],
      [{ summary: { distance: { sum: '1500' } } }, 1500],
      [{ distance: -1 }, null],
      [{ distance: 'far' }, null],
      [{ distance: Infinity }, null],
      [{ summary: null }, null],
      [{ summary: { distance: null } }, null],
      [{ summary: 'x' }, null],
    ],
    devices: [
      [{ devices: null }, []],
      [{ devices: 'Garmin' }, []],
      [{ devices: ['Garmin', null, 7, {}, '  ', ' Polar '] }, ['Garmin', 'Polar']],
      [{ devices: Array.from({ length: 50 }, (_, index) => `d${index}`) }, Array.from({ length: 10 }, (_, index) => `d${index}`)],
    ],
    sportName: [
      [{ sport: 'underwater.basket_weaving' }, 'underwater basket weaving'],
      [{ sport: null }, 'generic'],
      [{ sport: 12 }, 'generic'],
    ],
    id: [[{ id: 42 }, '42']],
  };
  for (const [field, cases] of Object.entries(fields))
    describe(field, () => {
      for (const [raw, value] of cases)
        it(JSON.stringify(raw).slice(0, 60), () => {
          expect(activityFrom({ id: 'a', ...raw })).to.have.deep.property(field, value);
        });
    });
});
