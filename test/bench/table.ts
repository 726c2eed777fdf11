/** The figures as Markdown: all of them for the page about speed, and for the README those that weigh, or that others have too. */
import { busyFrom, type Results } from './results.js';
import { ahead, level, type Measured, type Row } from './row.js';

/** A row of `weight.ts`: its peers are the same script without one measure each. */
export const otherwise = 'the script, and what it would weigh otherwise';

export const speedFile = 'stories/docs/speed.md';
export const readmeFile = 'README.md';

const put = (name: string, file: string, page: string, table: string): string => {
  const place = new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- /${name} -->)`);
  if (!place.test(page)) throw new Error(`${file} has no place for the table: it goes between <!-- ${name} --> and <!-- /${name} -->.`);
  return page.replace(place, (_, before: string, after: string) => `${before}${table}${after}`);
};

export const withTable = (page: string, results: Results): string => put('costs', speedFile, put('bench', speedFile, page, tableOf(results)), costsOf(results));
export const withShortTable = (readme: string, results: Results): string => put('measured', readmeFile, readme, tableOf(results, isShort));

export const isUpToDate = (page: string, results: Results): boolean => withTable(page, results) === page;
export const isShortUpToDate = (readme: string, results: Results): boolean => withShortTable(readme, results) === readme;

/** Ours by weight, and whatever another package does as a whole, too. */
const isShort = ({ section, peers }: Row): boolean => section === 'weight' || (section !== 'handler' && peers.some(({ median, doesLess, floor }) => median !== null && !doesLess && !floor));

const shortened = (value: number): string =>
  value.toLocaleString('en', Number.isInteger(value) || value >= 100 ? { maximumFractionDigits: 0 } : { maximumFractionDigits: value >= 10 ? 1 : 2 });

const figure = ({ median, p95 }: Measured): string => {
  if (median === null) return '–';
  return p95 === null || p95 === median ? shortened(median) : `${shortened(median)} (${shortened(p95)})`;
};

/** Ours as it is; of each peer also how many times ours that is. One that could not do it is left out. */
const peer = (side: Measured): string[] =>
  side.median === null ? [] : [`${side.name} ${figure(side)}${side.ratio === null ? '' : `, × ${side.ratio.toFixed(side.ratio < 10 ? 1 : 0)}`}`];

/** Those who answer the whole question; then, each named as such, those who do less, and what is a floor. */
function beside(peers: readonly Measured[]): string {
  const whole = peers.filter(({ doesLess, floor }) => !doesLess && !floor).flatMap(peer);
  const named = (name: string, some: readonly string[]): string[] => (some.length > 0 ? [`${name}: ${some.join('; ')}`] : []);
  const less = named('does less', peers.filter(({ doesLess }) => doesLess).flatMap(peer));
  return [...whole, ...less, ...named('floor', peers.filter(({ floor }) => floor).flatMap(peer))].join('<br>') || '–';
}

const line = ({ what, unit, lowerIsBetter, ours, peers }: Row): string => `| ${what}${lowerIsBetter ? '' : ' (more is better)'} | ${unit} | **${figure(ours)}** | ${beside(peers)} |`;

/** What is compared is not always the same: each lack once, with those who have it. */
function lacks(rows: readonly Row[]): string {
  const told = new Map<string, Set<string>>();
  for (const { name, note } of rows.flatMap(({ section, peers }) => peers.filter(({ doesLess }) => doesLess ?? section === 'weight'))) if (note !== undefined) told.set(note, (told.get(note) ?? new Set()).add(name));
  return [...told].map(([note, names]) => `${[...names].join(', ')}: ${note}.`).join(' ');
}

/** Each question once, of all that was measured, shown above or not. */
function named(rows: readonly Row[], who: (row: Row) => readonly Measured[], figure: 'median' | 'p95' = 'median'): readonly string[] {
  const told = new Map<string, string>();
  for (const row of rows) {
    const sides = who(row).map((side) => `${side.name} ${shortened(side[figure] ?? NaN)}`);
    if (sides.length > 0 && !told.has(row.what)) told.set(row.what, `${row.what} (${sides.join(', ')}; ours ${shortened(row.ours[figure] ?? NaN)} ${row.unit})`);
  }
  return [...told.values()];
}

/** Where a peer did better than ours, or as well, or better in its slowest runs alone. A build of our own is no peer. */
function behind(all: readonly Row[]): string {
  const rows = all.filter(({ what }) => what !== otherwise);
  const better = named(rows, ahead);
  const same = named(rows, level);
  const slowest = named(rows.filter((row) => ahead(row).length === 0), (row) => ahead(row, 'p95'), 'p95');
  return [
    better.length === 0 ? 'Behind nobody who does the same, in any row; whoever does less is named so.' : `Behind: ${better.join('; ')}.`,
    ...(same.length === 0 ? [] : [`Level: ${same.join('; ')}.`]),
    ...(slowest.length === 0 ? [] : [`Behind in the slowest runs (p95) alone: ${slowest.join('; ')}.`]),
  ].join(' ');
}

/** What is called a floor is explained where there is one. */
const floors = (rows: readonly Row[]): string[] =>
  rows.some(({ peers }) => peers.some(({ floor }) => floor)) ? ['A floor is no rival: it is the same server doing nothing of its own, and what the handler does more is counted on top of it.'] : [];

/** What packages cost in the files for a script tag, and what each measure takes off the script. */
function costsOf({ weight }: Results): string {
  const rows = weight?.rows ?? [];
  const costs = rows.flatMap(({ what, ours }) => {
    const [, name, file] = /^what (.+) costs in (.+)$/.exec(what) ?? [];
    return name ? [`| ${name} | in \`${file}\` | ${shortened(ours.median ?? NaN)} |`] : [];
  });
  const won = rows.filter(({ what }) => what === otherwise).flatMap(({ ours, peers }) => peers.map(({ name, median }) => `| the script ${name} | would weigh more by | ${shortened((median ?? NaN) - (ours.median ?? NaN))} |`));
  return ['| What | | bytes brotli |', '| --- | --- | --- |', ...costs, ...won, ''].join('\n');
}

/** Who measures on a machine that does something else measures that too. */
const busy = (shares: readonly number[]): string => (Math.max(...shares) < busyFrom ? '' : `, of which other work took up to ${Math.round(Math.max(...shares) * 100)} %`);

export function tableOf(results: Results, isShown: (row: Row) => boolean = () => true): string {
  const sections = Object.values(results);
  if (sections.length === 0) return 'Nothing has been measured yet: `npm run bench`.\n';
  const all = sections.flatMap(({ rows }) => rows);
  const rows = all.filter(isShown);
  // Against the handler there are no packages, only what one would do without it.
  const versions = new Map(rows.filter(({ section }) => section !== 'handler').flatMap(({ peers }) => peers).filter(({ version, floor }) => version !== '' && !floor).map(({ name, version }) => [name, version]));
  const told = (of: (section: (typeof sections)[number]) => string): string => [...new Set(sections.map(of))].join(' and ');
  return [
    '| What | In | Ours: median (p95) | Peers: median (p95), as a multiple of ours |',
    '| --- | --- | --- | --- |',
    ...rows.filter(({ detail }) => !detail).map(line),
    '',
    [behind(all), ...floors(rows)].join(' '),
    '',
    ...[lacks(rows.filter(({ detail }) => !detail))].filter(Boolean).flatMap((sentence) => [sentence, '']),
    `Measured on ${told(({ date }) => date)} with ${told(({ browser }) => browser)} and Node ${told(({ node }) => node)} on ${told(({ cores }) => String(cores))} cores${busy(sections.map(({ others = 0 }) => others))}; ${[...versions].map(([name, version]) => `${name} ${version}`).join(', ')}.`,
    '',
  ].join('\n');
}
