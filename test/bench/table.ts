/** The figures as Markdown, for the README. */
import type { Results } from './results.js';
import type { Measured, Row } from './row.js';

const markers = /(<!-- bench -->\n)[^]*?(<!-- \/bench -->)/;

export function withTable(readme: string, results: Results): string {
  if (!markers.test(readme)) throw new Error('README.md has no place for the table: it goes between <!-- bench --> and <!-- /bench -->.');
  return readme.replace(markers, (_, before: string, after: string) => `${before}${tableOf(results)}${after}`);
}

export const isUpToDate = (readme: string, results: Results): boolean => withTable(readme, results) === readme;

const shortened = (value: number): string =>
  value.toLocaleString('en', Number.isInteger(value) || value >= 100 ? { maximumFractionDigits: 0 } : { maximumFractionDigits: value >= 10 ? 1 : 2 });

const figure = ({ median, p95 }: Measured): string => {
  if (median === null) return '–';
  return p95 === null || p95 === median ? shortened(median) : `${shortened(median)} (${shortened(p95)})`;
};

/** Ours as it is; of each peer also how many times ours that is. One that could not do it is left out. */
const peer = (side: Measured): string[] =>
  side.median === null ? [] : [`${side.name} ${figure(side)}${side.ratio === null ? '' : `, × ${side.ratio.toFixed(side.ratio < 10 ? 1 : 0)}`}`];

/** Those who answer the whole question; then, each named as such, those who do less. */
function beside(peers: readonly Measured[]): string {
  const whole = peers.filter(({ doesLess }) => !doesLess).flatMap(peer);
  const less = peers.filter(({ doesLess }) => doesLess).flatMap(peer);
  return [...whole, ...(less.length > 0 ? [`does less: ${less.join('; ')}`] : [])].join('<br>') || '–';
}

const line = ({ what, unit, lowerIsBetter, ours, peers }: Row): string => `| ${what}${lowerIsBetter ? '' : ' (more is better)'} | ${unit} | **${figure(ours)}** | ${beside(peers)} |`;

/** What is compared is not always the same: each lack once, with those who have it. */
function lacks(rows: readonly Row[]): string {
  const told = new Map<string, Set<string>>();
  for (const { name, note } of rows.filter(({ section }) => section === 'weight').flatMap(({ peers }) => peers)) if (note !== undefined) told.set(note, (told.get(note) ?? new Set()).add(name));
  return [...told].map(([note, names]) => `${[...names].join(', ')}: ${note}.`).join(' ');
}

export function tableOf(results: Results): string {
  const sections = Object.values(results);
  if (sections.length === 0) return 'Nothing has been measured yet: `npm run bench`.\n';
  const rows = sections.flatMap(({ rows }) => rows);
  const versions = new Map(rows.flatMap(({ peers }) => peers).filter(({ version }) => version !== '').map(({ name, version }) => [name, version]));
  const told = (of: (section: (typeof sections)[number]) => string): string => [...new Set(sections.map(of))].join(' and ');
  return [
    '| What | In | Ours: median (p95) | Peers: median (p95), as a multiple of ours |',
    '| --- | --- | --- | --- |',
    ...rows.filter(({ detail }) => !detail).map(line),
    '',
    ...[lacks(rows.filter(({ detail }) => !detail))].filter(Boolean).flatMap((sentence) => [sentence, '']),
    `Measured on ${told(({ date }) => date)} with ${told(({ browser }) => browser)} and Node ${told(({ node }) => node)} on ${told(({ cores }) => String(cores))} cores; ${[...versions].map(([name, version]) => `${name} ${version}`).join(', ')}.`,
    '',
  ].join('\n');
}
