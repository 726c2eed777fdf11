/** What the handler costs for very many, reckoned from what test/bench/results.json says of few: for stories/docs/scale.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Results } from './results.js';

const markers = /(<!-- scale -->\n)[^]*?(<!-- \/scale -->)/;
export const scaleFile = 'stories/docs/scale.md';

/** A tab that is open hears a heartbeat each fifteen seconds; one whose history comes in an event with each look. By the bytes of both, with TCP and TLS around them. */
const heartbeatBytes = 100 / 15;
const eventBytes = 450 / 3;
/** What Open Wearables is asked for a user, a second: one request each fifteen seconds, three each three seconds. */
const [idleRequests, busyRequests] = [1 / 15, 1];
/** A tab meets the hub once a second on its instance; so does nobody without one. */
const instanceKb = 1024 * 1024;
const monthSeconds = 30 * 86_400;

/** How many have the page open at the same moment, of a million; one in twenty of them watches a history come in. */
const crowds = { 'one in a hundred': 10_000, 'one in ten': 100_000, 'all of them at once': 1_000_000 };
const share = 0.05;

interface Inputs {
  readonly listenerKb: number;
  readonly userKb: number;
  readonly coreOfThousand: number;
  readonly commands: number;
  readonly hubKb: number;
}

/** Null where it has not been measured. */
export function inputsFrom({ handler }: Results): Inputs | null {
  const valueOf = (start: RegExp): number => handler?.rows.find(({ what }) => start.test(what))?.ours.median ?? NaN;
  const inputs = {
    listenerKb: valueOf(/^1,000 listeners, .*heap/),
    userKb: valueOf(/^1,000 users with one tab each: heap/),
    coreOfThousand: valueOf(/^1,000 users whose histories come in: work/) / 100,
    commands: valueOf(/^4 instances, .*commands for a user/),
    hubKb: valueOf(/^4 instances, .*memory there for a user/),
  };
  return Object.values(inputs).some(Number.isNaN) ? null : inputs;
}

const two = (value: number): string => value.toLocaleString('en', value >= 10 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 2 });
const large = (value: number): string => Number(value.toPrecision(2)).toLocaleString('en');

export function scaleTable(results: Results): string {
  const inputs = inputsFrom(results);
  const handler = results['handler'];
  if (!inputs || !handler) return 'Nothing has been measured yet: `npm run bench -- handler`.\n';
  const { listenerKb, userKb, coreOfThousand, commands, hubKb } = inputs;
  const columns = Object.values(crowds);
  const line = (what: string, of: (open: number, busy: number) => string): string => `| ${what} | ${columns.map((open) => of(open, open * share)).join(' | ')} |`;
  const cores = (open: number, busy: number): number => (busy * coreOfThousand) / 1000 + ((open - busy) * coreOfThousand * (idleRequests / busyRequests)) / 1000;
  const memory = (open: number): number => open * userKb;
  return [
    `Measured on ${handler.date}, Node ${handler.node}, ${handler.cores} cores: ${two(userKb)} KB of heap for a user with one tab, ${two(listenerKb)} KB for each further one; ${two(coreOfThousand * 100)} % of a core for a thousand users whose histories come in; with Redis ${two(commands)} commands a second for a user on an instance, and ${two(hubKb)} KB there.`,
    '',
    `| of a million users, the page is open for | ${Object.entries(crowds).map(([name, open]) => `${name}: ${open.toLocaleString('en')}`).join(' | ')} |`,
    `| --- | ${columns.map(() => '--:').join(' | ')} |`,
    line('whose history comes in', (_, busy) => large(busy)),
    line('cores of the handler', (open, busy) => two(Math.max(0.1, cores(open, busy)))),
    line('memory of the handler, GB', (open) => two(memory(open) / 1024 / 1024)),
    line('instances of one core and 1 GB, half full', (open, busy) => large(Math.ceil(Math.max(cores(open, busy), memory(open) / instanceKb) * 2))),
    line('requests to Open Wearables a second', (open, busy) => large(busy * busyRequests + (open - busy) * idleRequests)),
    line('commands of Redis a second', (open) => large(open * commands)),
    line('memory of Redis, GB', (open) => two((open * hubKb) / 1024 / 1024)),
    line('egress, Mbit/s', (open, busy) => two(((open * heartbeatBytes + busy * eventBytes) * 8) / 1e6)),
    line('egress a month, TB', (open, busy) => two(((open * heartbeatBytes + busy * eventBytes) * monthSeconds) / 1e12)),
    '',
  ].join('\n');
}

export function withScale(text: string, results: Results): string {
  if (!markers.test(text)) throw new Error(`${scaleFile} has no place for the table: it goes between <!-- scale --> and <!-- /scale -->.`);
  return text.replace(markers, (_, before: string, after: string) => `${before}${scaleTable(results)}${after}`);
}

export const isScaleUpToDate = (results: Results): boolean => withScale(readFileSync(scaleFile, 'utf8'), results) === readFileSync(scaleFile, 'utf8');

export const writeScale = (results: Results): void => writeFileSync(scaleFile, withScale(readFileSync(scaleFile, 'utf8'), results));
