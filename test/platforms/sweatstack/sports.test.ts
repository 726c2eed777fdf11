import { expect } from '@open-wc/testing';
import { sportName } from '../../../src/platforms/sweatstack/sports.js';

/** Open Sport Taxonomy 0.10.0, written out. */
const standard: Record<string, string> = {
  alpine_skiing: 'alpine skiing',
  cycling: 'cycling',
  'cycling+assisted': 'e-bike ride',
  'cycling+commute': 'bike commute',
  'cycling+stationary': 'indoor cycling',
  'cycling+stationary+virtual': 'virtual indoor cycling',
  'cycling.cyclocross': 'cyclocross',
  'cycling.gravel': 'gravel cycling',
  'cycling.mountain': 'mountain biking',
  'cycling.mountain+assisted': 'e-mountain biking',
  'cycling.road': 'road cycling',
  'cycling.time_trial': 'time trial cycling',
  'cycling.track': 'track cycling',
  generic: 'generic',
  hand_cycling: 'hand cycling',
  rowing: 'rowing',
  'rowing+stationary': 'indoor rowing',
  'rowing+stationary+virtual': 'virtual indoor rowing',
  running: 'running',
  'running+race': 'running race',
  'running+stationary': 'treadmill running',
  'running+stationary+virtual': 'virtual treadmill running',
  'running.road': 'road running',
  'running.track': 'track running',
  'running.trail': 'trail running',
  snowboarding: 'snowboarding',
  swimming: 'swimming',
  'swimming.open_water': 'open water swimming',
  'swimming.pool': 'pool swimming',
  walking: 'walking',
  'walking+stationary': 'treadmill walking',
  'walking.hiking': 'hiking',
  xc_skiing: 'XC skiing',
  'xc_skiing+roller': 'roller skiing',
  'xc_skiing.classic': 'classic XC skiing',
  'xc_skiing.classic+roller': 'classic roller skiing',
  'xc_skiing.double_poling': 'double poling XC skiing',
  'xc_skiing.skate': 'skate XC skiing',
  'xc_skiing.skate+roller': 'skate roller skiing',
};

const others: readonly (readonly [sport: unknown, name: string, why: string])[] = [
  ['cycling.road+race', 'road cycling (race)', 'a circumstance without a name of its own'],
  ['cycling.road+stationary+virtual', 'road cycling (stationary, virtual)', 'two of them'],
  ['cycling.trainer', 'cycling', 'a name from before June 2026: its parent'],
  ['running.trail.night.uphill', 'trail running', 'the nearest parent'],
  ['cycling.downhill+stationary', 'indoor cycling', 'the parent, in the same circumstances'],
  ['cycling.downhill+race', 'cycling (race)', 'the parent, with the circumstance'],
  ['cycling+virtual+stationary', 'virtual indoor cycling', 'circumstances in any order'],
  ['cycling+race+race', 'cycling (race)', 'said twice'],
  ['parkour.free_running+solo', 'parkour free running (solo)', 'nothing known: made of its parts'],
  ['cross_country_skiing', 'cross country skiing', 'an old name without a parent'],
  ['unknown', 'unknown', 'an old word for it'],
  [' Cycling.Road ', 'road cycling', 'case and space'],
  ['cyclin', 'cyclin', 'a beginning is not a parent'],
  ['constructor', 'constructor', 'a word every object knows'],
  ['', 'generic', 'empty'],
  ['   ', 'generic', 'blank'],
  ['+', 'generic', 'a lone plus'],
  ['+race', 'generic (race)', 'no sport'],
  ['...', 'generic', 'only dots'],
  [null, 'generic', 'null'],
  [undefined, 'generic', 'undefined'],
  [7, 'generic', 'a number'],
  [{}, 'generic', 'an object'],
  [['running'], 'generic', 'a list'],
];

describe('platforms/sweatstack/sports', () => {
  it('has all thirty-nine', () => expect(Object.keys(standard)).to.have.length(39));

  for (const [sport, name] of Object.entries(standard)) it(`${sport}: ${name}`, () => expect(sportName(sport)).to.equal(name));

  for (const [sport, name, why] of others) it(`${String(sport)}: ${name} (${why})`, () => expect(sportName(sport)).to.equal(name));

  it('keeps the name of something endless short', () => {
    expect(sportName('x'.repeat(100_000)).length).to.be.at.most(80);
    expect(sportName('a.'.repeat(100_000)).length).to.be.at.most(80);
  });
});
