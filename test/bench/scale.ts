/** What the handler costs for very many, reckoned from what test/bench/results.json says of a thousand: for stories/docs/scale.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { furtherTab, needed, type Quality, type RedisQuality, rowName, type State } from './handler-names.js';
import type { Results } from './results.js';

const markers = /(<!-- scale -->\n)[^]*?(<!-- \/scale -->)/;
export const scaleFile = 'stories/docs/scale.md';

/** Assumed, as the page says: nobody has measured how many of a site's visitors have just connected, nor what is around each write where the site is. */
const share = 0.05;
const frameBytes = 75;

const instanceKb = 1024 * 1024;
const monthSeconds = 30 * 86_400;
/** How many have the page open at the same moment, of a million. */
const crowds = { 'one in a hundred': 10_000, 'one in ten': 100_000, 'all of them at once': 1_000_000 };

/** Of one user, but `work` and `redisWork` of a thousand: in % of a core. */
type Costs = Readonly<Record<Quality | RedisQuality, number>>;

interface Inputs {
  readonly rest: Costs;
  readonly import: Costs;
  readonly furtherTabKb: number;
}

/** What has to be measured before anything can be reckoned. */
export function missingFrom({ handler }: Results): readonly string[] {
  const known = new Set(handler?.rows.flatMap(({ what, ours }) => (ours.median === null ? [] : [what])));
  return [...needed('rest'), ...needed('import'), furtherTab].filter((name) => !known.has(name));
}

export function inputsFrom({ handler }: Results): Inputs {
  const valueOf = (name: string): number => handler?.rows.find(({ what }) => what === name)?.ours.median ?? NaN;
  const of = (state: State): Costs => {
    const value = (quality: Quality | RedisQuality): number => valueOf(rowName(state, true, quality));
    return {
      work: value('work'), asked: value('asked') / 1000, heapKb: value('heapKb'), processKb: value('processKb'), bytes: value('bytes'), pieces: value('pieces'),
      redisCommands: value('redisCommands'), redisWork: value('redisWork'), redisKb: value('redisKb'),
    };
  };
  return { rest: of('rest'), import: of('import'), furtherTabKb: valueOf(furtherTab) };
}

const two = (value: number): string => value.toLocaleString('en', value >= 10 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 2 });
const large = (value: number): string => Number(value.toPrecision(2)).toLocaleString('en');

function costsTable({ rest, import: busy }: Inputs): string[] {
  const line = (what: string, of: (costs: Costs) => string): string => `| ${what} | ${of(rest)} | ${of(busy)} |`;
  return [
    '| of a user with one tab | at rest | whose history comes in |',
    '| --- | --: | --: |',
    line('work of the handler for a thousand, % of a core', ({ work }) => two(work)),
    line('memory of the process as it runs; its heap after collection, KB', ({ processKb, heapKb }) => `${two(processKb)}; ${two(heapKb)}`),
    line('requests to Open Wearables a second', ({ asked }) => two(asked)),
    line('commands of Redis a second, those in its scripts too', ({ redisCommands }) => two(redisCommands)),
    line('work of Redis for a thousand, % of a core', ({ redisWork }) => two(redisWork)),
    line('memory of Redis, KB', ({ redisKb }) => two(redisKb)),
    line('to the browser, bytes a second', ({ bytes }) => two(bytes)),
    line('writes to the browser a second', ({ pieces }) => two(pieces)),
  ];
}

function crowdsTable({ rest, import: busy }: Inputs): string[] {
  const columns = Object.values(crowds);
  const sum = (open: number, of: (costs: Costs) => number): number => open * (of(rest) * (1 - share) + of(busy) * share);
  const line = (what: string, of: (open: number) => string): string => `| ${what} | ${columns.map(of).join(' | ')} |`;
  const cores = (open: number): number => sum(open, ({ work }) => work / 100 / 1000);
  const memoryKb = (open: number): number => sum(open, ({ processKb }) => processKb);
  const egress = (open: number): number => sum(open, ({ bytes, pieces }) => bytes + pieces * frameBytes);
  const gb = (bytesKb: number): string => two(bytesKb / 1024 / 1024);
  return [
    `| of a million users, the page is open for | ${Object.entries(crowds).map(([name, open]) => `${name}: ${open.toLocaleString('en')}`).join(' | ')} |`,
    `| --- | ${columns.map(() => '--:').join(' | ')} |`,
    line('whose history comes in', (open) => large(open * share)),
    line('cores of the handler', (open) => two(cores(open))),
    line('memory of its processes, GB', (open) => gb(memoryKb(open))),
    line('instances of one core and 1 GB, half full', (open) => large(Math.ceil(Math.max(cores(open), memoryKb(open) / instanceKb) * 2))),
    line('requests to Open Wearables a second', (open) => large(sum(open, ({ asked }) => asked))),
    line('commands of Redis a second', (open) => large(sum(open, ({ redisCommands }) => redisCommands))),
    line('cores of Redis', (open) => two(sum(open, ({ redisWork }) => redisWork / 100 / 1000))),
    line('memory of Redis, GB', (open) => gb(sum(open, ({ redisKb }) => redisKb))),
    line('egress, Mbit/s', (open) => two((egress(open) * 8) / 1e6)),
    line('egress a month, TB', (open) => two((egress(open) * monthSeconds) / 1e12)),
  ];
}

export function scaleTable(results: Results): string {
  const missing = missingFrom(results);
  const { handler } = results;
  if (missing.length > 0 || !handler) return `Not measured yet: \`npm run bench -- handler\`. What lacks is “${missing[0]}”${missing.length > 1 ? `, and ${missing.length - 1} more` : ''}.\n`;
  const inputs = inputsFrom(results);
  return [
    `Measured on ${handler.date}, Node ${handler.node}, ${handler.cores} cores: one instance with Redis, and a thousand users with one tab each. At rest: connected, and the history is done. Whose history comes in: there is news at each look.`,
    '',
    ...costsTable(inputs),
    '',
    `A further tab that has a stream of its own: ${two(inputs.furtherTabKb)} KB of the process. Calculated from these:`,
    '',
    ...crowdsTable(inputs),
    '',
    `Assumed, not measured: one in ${1 / share} of those who have the page open watches a history come in; each of them has one tab; each has one connection, not Garmin, and Open Wearables answers as briefly as that of the bench; TCP, IP and TLS add ${frameBytes} bytes to each write.`,
    '',
  ].join('\n');
}

export function withScale(text: string, results: Results): string {
  if (!markers.test(text)) throw new Error(`${scaleFile} has no place for the table: it goes between <!-- scale --> and <!-- /scale -->.`);
  return text.replace(markers, (_, before: string, after: string) => `${before}${scaleTable(results)}${after}`);
}

export const isScaleUpToDate = (results: Results): boolean => withScale(readFileSync(scaleFile, 'utf8'), results) === readFileSync(scaleFile, 'utf8');

export const writeScale = (results: Results): void => writeFileSync(scaleFile, withScale(readFileSync(scaleFile, 'utf8'), results));
