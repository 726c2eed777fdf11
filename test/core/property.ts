/**
 * What holds for every input, tried on a few hundred of them. They are the same few hundred in every run; what fails names its
 * seed, and `SEED=<seed> npm run test:unit -- properties` draws it again.
 */
import * as fc from 'fast-check';

declare const __SEED__: number;

export const holds = <T>(inputs: fc.Arbitrary<T>, check: (input: T) => unknown, runs = 200): Promise<void> =>
  fc.assert(fc.asyncProperty(inputs, async (input) => void (await check(input))), { seed: __SEED__, numRuns: runs, includeErrorInReport: true });

/** What no server should say: any JSON, and more often than chance would have it what breaks a naive reader. */
export const oddJson: fc.Arbitrary<unknown> = fc
  .oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom<unknown>(null, true, '', ' ', 0, -1, 1e308, '3600', [], [[null]], {}, { toString: null }, { toString: null, valueOf: 5 }),
    fc.constantFrom<unknown>('\u0000', '\ud800', '\u202e', '<img src=x onerror=alert(1)>', 'x'.repeat(5000), '2026-02-31', '9999-12-31T23:59:60+99:99', 'PT', 'P1'),
    fc.constant(JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}') as unknown),
  )
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);

/** Mostly an object that has these members, or some of them; each of them may be anything. */
export const oddRecord = (members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  fc
    .oneof({ weight: 6, arbitrary: fc.record(members, { requiredKeys: [] }) }, { weight: 1, arbitrary: oddJson })
    .map((value) => JSON.parse(JSON.stringify(value)) as unknown);

/** More often right than not: what is odd everywhere at once is refused at the first look, and proves little. */
export const mostly = (right: unknown, odd: fc.Arbitrary<unknown> = oddJson): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: odd });

/** Everything of an error that somebody could read, log or send away: what it says, what it holds, and all that caused it. */
export function readable(thing: unknown, depth = 0): string {
  if (thing instanceof Response || thing instanceof Request) return 'canary: a whole answer hangs on it';
  if (depth > 6 || typeof thing !== 'object' || thing === null || thing instanceof URLSearchParams) return String(thing);
  const own = Object.getOwnPropertyNames(thing).map((name) => `${name}: ${readable(Reflect.get(thing, name), depth + 1)}`);
  return [...own, thing instanceof Error ? thing.message : '', JSON.stringify(thing)].join('\n');
}
