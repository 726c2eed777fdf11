import { expect } from '@open-wc/testing';
import type { State } from '../../src/core/state.js';
import { initial } from '../../src/core/state.js';
import { foreseen } from '../../src/platforms/foreseen.js';
import type { Foreseeable } from '../../src/platforms/foreseen.js';
import { surround } from '../oauth/surroundings.js';

const about: Foreseeable = { platform: 'sweatstack', clientId: 'app', sources: null };
const seen = (state: State = initial, more: Partial<Foreseeable> = {}): string =>
  ((shown) => `${shown.phase} ${(shown.sources ?? []).map(({ name }) => name).join(', ')}`.trim())(foreseen(state, { ...about, ...more }));

describe('platforms/foreseen', () => {
  let around: ReturnType<typeof surround>;
  beforeEach(() => {
    around = surround();
  });
  afterEach(() => around.restore());

  it('knows what SweatStack offers before it is there', () => {
    expect(seen()).to.equal('choosing Garmin Connect, Intervals.icu, Wahoo');
    expect(foreseen(initial, about)).to.deep.include({ notice: null, account: null });
  });

  for (const sources of ['polar_flow wahoo', 'polar_flow, wahoo', ['polar_flow', 'wahoo']])
    it(`and what the page offers of it: ${JSON.stringify(sources)}`, () => {
      expect(seen(initial, { sources })).to.equal('choosing Polar Flow, Wahoo');
    });

  const unforeseeable: Record<string, readonly [State, Partial<Foreseeable>]> = {
    'of the other platform': [initial, { platform: 'open-wearables' }],
    'of a platform of the page’s own': [initial, { platform: {} }],
    'without a client id': [initial, { clientId: null }],
    'with a client id that is none': [initial, { clientId: ' ' }],
    'once the list is known': [{ ...initial, sources: [] }, {}],
    'of what has failed': [{ ...initial, phase: 'failed', source: null, resume: 'loading', error: null as never }, {}],
  };
  for (const [what, [state, more]] of Object.entries(unforeseeable))
    it(`foresees nothing ${what}`, () => {
      expect(foreseen(state, { ...about, ...more })).to.equal(state);
    });

  for (const shelf of ['session', 'local'] as const)
    it(`nor where an earlier page left something: ${shelf} storage`, () => {
      globalThis[`${shelf}Storage`].setItem('theirs', '1');
      expect(seen()).to.contain('choosing');
      globalThis[`${shelf}Storage`].setItem('wc1:t:app@app.sweatstack.no', '{}');
      expect(foreseen(initial, about)).to.equal(initial);
    });
});
