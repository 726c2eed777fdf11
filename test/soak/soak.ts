/**
 * `npm run soak`: whole journeys of a real visitor in a real browser, while whatever can go wrong goes wrong, for as long as is
 * asked for. What is held against each attempt is in rules.ts, secrets.ts and page.ts; what can go wrong in the three lists of faults.
 *
 *   npm run soak -- --minutes 30 --seed S --engine chromium
 *   npm run soak -- --seed S --attempt N    plays one attempt again; --page N all those on its page; --talk tells each step
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildWhereNeeded } from '../run/built.js';
import { stepAside } from './aside.js';

// It runs beside other suites, at whatever pace they leave it, and its browser with it.
process.env['PATIENCE'] ??= '60';
await stepAside();

const usage = 'npm run soak -- [--minutes 30] [--seed S] [--engine chromium | firefox] [--attempt N | --page N] [--talk]';

const stop = (sentence: string): never => {
  console.error(`${sentence}\n${usage}`);
  process.exit(1);
};

function asked() {
  try {
    return parseArgs({
      options: {
        minutes: { type: 'string', default: '30' },
        seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
        engine: { type: 'string', default: 'chromium' },
        attempt: { type: 'string' },
        page: { type: 'string' },
        talk: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (thrown) {
    return stop(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

const values = asked();
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const numberOf = (name: 'minutes' | 'attempt' | 'page'): number | null => {
  const text = values[name];
  if (text === undefined) return null;
  return Number.isFinite(Number(text)) && text !== '' ? Number(text) : stop(`--${name} wants a number: got ${JSON.stringify(text)}.`);
};
const wishes = { minutes: numberOf('minutes') ?? 30, attempt: numberOf('attempt'), page: numberOf('page'), isTalkative: values.talk };
process.env['ENGINES'] = values.engine;
// The pages of the soak are made of it.
await buildWhereNeeded();

const { engines, absent } = await import('../browsers/engines.js');
const { createSoak } = await import('./soaking.js');

const [engine] = engines;
if (!engine || engine.name === 'WebKit') {
  // WebKit's driver knows a window only by asking anew, so nobody could say which of them is whose.
  console.error(absent[0]?.sentence ?? `There is no ${values.engine} to soak in: chromium or firefox.`);
  process.exit(1);
}
const { passed, failed } = await createSoak(engine, values.seed).run(wishes);
if (process.env['COUNTS']) writeFileSync(process.env['COUNTS'], JSON.stringify({ passed, failed }));
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
