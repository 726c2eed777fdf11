/**
 * `npm run bench [-- section …]`: measures ours beside the peers, prints one table and keeps it in test/bench/results.json.
 * Each section has a process of its own, with an end to its time: none of them finds what another one left in memory, and none hangs.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from '../run/steps.js';
import { buildWhereNeeded } from '../run/built.js';
import { installPeers } from './peers.js';
import { printRow } from './print.js';
import { busyFrom, keepResults, resultsFile, type SectionResult, sectionNames } from './results.js';
import { ahead } from './row.js';

const here = sectionNames.filter((name) => existsSync(`test/bench/${name}.ts`));
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const unknown = asked.filter((name) => !here.includes(name));
if (unknown.length > 0) {
  console.error(`There is no section called ${unknown.join(', ')}; there are ${here.join(', ')}.`);
  process.exit(1);
}

const names = asked.length > 0 ? asked : here;
/** The others need nothing that would have to be installed first. */
const besidePeers: readonly string[] = ['weight', 'start', 'click', 'stream'];
/** Nearly twice what the slowest takes where nothing else runs: one that hangs is a failure, not a wait. */
const minutes = 10;
const folder = mkdtempSync(join(tmpdir(), 'wearable-bench-'));
const results: Record<string, SectionResult> = {};
try {
  await buildWhereNeeded();
  if (names.some((name) => besidePeers.includes(name))) installPeers();
  for (const name of names) {
    console.log(`\n── ${name}`);
    const file = join(folder, `${name}.json`);
    const { code, output } = await command('test/bench/section.ts', [name, file], { minutes, live: true });
    if (code !== 0 || !existsSync(file)) {
      process.exitCode = 1;
      console.error(`The section ${name} failed: ${output.trim().split('\n').at(-1) ?? ''}`);
      continue;
    }
    const found = JSON.parse(readFileSync(file, 'utf8')) as SectionResult;
    results[name] = found;
    for (const row of found.rows) console.log(`\n${printRow(row)}`);
    console.log(`\n── ${name}: ${found.seconds} s`);
    if ((found.others ?? 0) >= busyFrom) console.log(`Other work took ${Math.round((found.others ?? 0) * 100)} % of this machine when the section began: its times are not those of a quiet one, and the tables say so.`);
  }
} catch (problem) {
  process.exitCode = 1;
  console.error(`\n${problem instanceof Error ? problem.message : String(problem)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

if (Object.keys(results).length > 0) {
  keepResults(results);
  const behind = Object.values(results).flatMap(({ rows }) => rows.flatMap((one) => ahead(one).map(({ name }) => `${one.section}: ${one.what}, in ${one.unit}: ${name} is ahead`)));
  const floors = new Set(Object.values(results).flatMap(({ rows }) => rows.flatMap(({ peers }) => peers.filter(({ floor }) => floor).map(({ name }) => name))));
  console.log(`\n${behind.length === 0 ? 'No peer is ahead in any row.' : behind.join('\n')}`);
  for (const name of floors) console.log(`${name}: a floor, what ours does more is counted on top of it.`);
  console.log(`Kept in ${resultsFile}; \`npm run bench:readme\` writes the table of the README from it.`);
}
