/**
 * `npm run test:consumers [-- name …]`: the package as its users have it. README.md beside this file says what is asked of each.
 * `--quick` leaves it at those that stand for the rest in `npm test`.
 */
import { writeFileSync } from 'node:fs';
import { createSandbox } from '../../src/sandbox/index.js';
import { absent, engines } from '../browsers/engines.js';
import { conclude } from '../run/steps.js';
import { checkedByAngular } from '../types/angular.js';
import { type App, install, madeWith, runScript } from './app.js';
import { keep } from './cache.js';
import { appNames } from './folders.js';
import { open } from './site.js';
import { cellsOf, heading, legend, type Row, rowOf } from './table.js';
import { pack } from './tarball.js';
import { visit } from './visit.js';

/** Without a bundler and with one, with a wrapper and without, compiled and not. */
const quick = ['html', 'esm', 'preact', 'react-19', 'solid'];
const atOnce = 2;

const parameters = process.argv.slice(2);
const all = appNames();
const asked = parameters.filter((name) => !name.startsWith('-'));
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}; there are ${all.join(', ')}.`);
  process.exit(1);
}
const names = all.filter((name) => (asked.length > 0 ? asked.includes(name) : !parameters.includes('--quick') || quick.includes(name)));

const chromium = engines.find(({ name }) => name === 'Chromium');
if (!chromium) {
  console.error(absent.map(({ sentence }) => sentence).join('\n') || 'ENGINES leaves Chromium out, and the apps are opened there.');
  process.exit(1);
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Promises that begin two at a time, in this order; each is waited for where it is needed. */
function twoAtATime<T>(work: readonly (() => Promise<T>)[]): Promise<T>[] {
  const begun: Promise<T>[] = [];
  for (const [at, one] of work.entries()) {
    const before = begun[at - atOnce];
    const mine = before ? before.then(one, one) : one();
    mine.catch(() => {}); // Told where it is waited for.
    begun.push(mine);
  }
  return begun;
}

const began = performance.now();
const tarball = await pack();
console.log(`wearable-connect ${tarball.version} from ${tarball.file}`);
// One after another, in the same order whoever asks: so nobody waits for somebody who waits for them.
for (const name of names) await keep(name);
const installs = twoAtATime(names.map((name) => () => install(name, tarball)));
const browser = await chromium.launch();

/** Each of its pages as a row. */
async function tried(name: string, installing: Promise<App>): Promise<Row[]> {
  let start = performance.now();
  const row = (page: string, version: string, findings: Row['findings']): Row => {
    const seconds = (performance.now() - start) / 1000;
    start = performance.now();
    return { name: page === '/' ? name : `${name}${page}`, version, seconds, findings };
  };
  let app: App;
  try {
    app = await installing;
  } catch (error) {
    return [row('/', '', { build: sentence(error) })];
  }
  const version = madeWith(app);
  const itself = await runScript(app, 'types');
  const types = name === 'angular' && itself === '' ? await checkedByAngular(app.folder, app.environment) : itself;
  const build = await runScript(app, 'build');
  const [first = '/'] = app.pages;
  if (build !== undefined && build !== '') return [row(first, version, { types, build })];
  const sandbox = await createSandbox({ port: 0, quiet: true, historySeconds: 2, lineEverySeconds: 0.2, streamSeconds: 60 });
  try {
    const site = await open(app, sandbox.sweatstack);
    try {
      const rows: Row[] = [];
      for (const page of app.pages) {
        sandbox.reset();
        rows.push(row(page, version, { ...(page === first ? { types, build } : {}), ...(await visit(browser, sandbox, site.origin + page)) }));
      }
      return rows;
    } finally {
      await site.close();
    }
  } catch (error) {
    return [row(first, version, { types, build, connect: sentence(error) })];
  } finally {
    await sandbox.close();
  }
}

const rows: Row[] = [];
console.log(`\n${heading}`);
try {
  for (const [at, name] of names.entries()) {
    for (const row of await tried(name, installs[at] as Promise<App>)) {
      rows.push(row);
      console.log(rowOf(row));
    }
  }
} finally {
  await browser.close();
}
const cells = rows.flatMap(cellsOf);
const counts = { passed: cells.filter(({ outcome }) => outcome === 'passed').length, failed: cells.filter(({ outcome }) => outcome === 'failed').length };
console.log(`\n${names.length} apps in ${((performance.now() - began) / 1000).toFixed(0)} s`);
if (process.env['COUNTS']) {
  writeFileSync(process.env['COUNTS'], JSON.stringify(counts)); // Who asks for them adds them up.
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
} else {
  console.log(legend);
  conclude([{ ...counts, output: '' }]);
}
