/** The table of `npm run bench`: a row a question, below it each side with its median, its p95 and how many times ours that is. */
import type { Measured, Row } from './row.js';

const number = (value: number | null): string => {
  if (value === null) return '–';
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return value.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
};

const cells = (first: string, ...rest: readonly string[]): string => `${first.padEnd(52)}${rest.map((cell) => cell.padStart(13)).join('')}`;

const line = (side: Measured): string => {
  const name = `  ${side.name} ${side.version}`.trimEnd() + (side.doesLess ? ' (does less)' : side.floor ? ' (floor)' : '');
  if (side.median === null) return `${cells(name, '–', '–', '–')}  ${side.note ?? ''}`.trimEnd();
  return `${cells(name, number(side.median), number(side.p95), side.ratio === null ? '–' : `× ${side.ratio.toFixed(2)}`)}${side.note === undefined ? '' : `  ${side.note}`}`;
};

export const printRow = ({ what, unit, lowerIsBetter, ours, peers, note }: Row): string =>
  [
    `${what}, in ${unit}${lowerIsBetter ? '' : ' (more is better)'}`,
    cells('', 'median', 'p95', 'ratio'),
    line(ours),
    ...peers.map(line),
    ...(note === undefined ? [] : [`  ${note}`]),
  ].join('\n');
