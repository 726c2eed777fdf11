/**
 * The standard sports of Open Sport Taxonomy 0.10.0 (github.com/SweatStack/open-sport-taxonomy, schema.yaml, MIT licence).
 * A label is only spelled out where it is not the tail before the head: `running.trail` is trail running.
 */
const standard = `alpine_skiing
cycling cycling+assisted=e-bike_ride cycling+commute=bike_commute
cycling+stationary=indoor_cycling cycling+stationary+virtual=virtual_indoor_cycling
cycling.cyclocross=cyclocross cycling.gravel cycling.mountain=mountain_biking cycling.mountain+assisted=e-mountain_biking
cycling.road cycling.time_trial cycling.track
generic hand_cycling
rowing rowing+stationary=indoor_rowing rowing+stationary+virtual=virtual_indoor_rowing
running running+race=running_race
running+stationary=treadmill_running running+stationary+virtual=virtual_treadmill_running
running.road running.track running.trail
snowboarding
swimming swimming.open_water swimming.pool
walking walking+stationary=treadmill_walking walking.hiking=hiking
xc_skiing=XC_skiing xc_skiing+roller=roller_skiing
xc_skiing.classic xc_skiing.classic+roller=classic_roller_skiing xc_skiing.double_poling
xc_skiing.skate xc_skiing.skate+roller=skate_roller_skiing`;

const words = (token: string): string => token.replace(/[._\s]+/g, ' ').trim();

function labelOf(sport: string): string | null {
  const entry = standard.split(/\s/).find((known) => known === sport || known.startsWith(`${sport}=`));
  if (!entry) return null;
  const [code = '', label] = entry.split('=');
  const [head = '', tail] = code.split('.');
  return words(label ?? (tail ? `${tail} ${labelOf(head)}` : code));
}

/**
 * A name to show for a sport, in the taxonomy's own words and case. An unknown one takes the name of its nearest known
 * parent; circumstances without a name of their own follow in parentheses: "road cycling (race)". Never throws.
 */
export function sportName(sport: unknown): string {
  const [code = '', ...modifiers] = typeof sport === 'string' ? sport.slice(0, 80).toLowerCase().split('+').map((part) => part.trim()) : [];
  const circumstances = [...new Set(modifiers.filter(Boolean))].sort();
  const withThem = (label: string): string => (circumstances.length ? `${label} (${circumstances.map(words).join(', ')})` : label);

  for (let known = code; known; known = known.slice(0, Math.max(0, known.lastIndexOf('.')))) {
    const whole = labelOf([known, ...circumstances].join('+'));
    if (whole) return whole;
    const label = labelOf(known);
    if (label) return withThem(label);
  }
  return withThem(words(code) || 'generic');
}
