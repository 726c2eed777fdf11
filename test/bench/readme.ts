/**
 * The table of the README, made of test/bench/results.json: `npm run bench:readme` writes it between its markers; with `--check`
 * it only says whether it is what the figures say.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { readResults } from './results.js';
import { isScaleUpToDate, scaleFile, writeScale } from './scale.js';
import { isUpToDate, withTable } from './table.js';

const file = 'README.md';
const readme = readFileSync(file, 'utf8');
const results = readResults();

if (process.argv.includes('--check')) {
  const stale = [...(isUpToDate(readme, results) ? [] : [file]), ...(isScaleUpToDate(results) ? [] : [scaleFile])];
  if (stale.length > 0) {
    console.error(`What ${stale.join(' and ')} show is not what test/bench/results.json says: npm run bench:readme writes it anew.`);
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, withTable(readme, results));
  writeScale(results);
  console.log(`${file} and ${scaleFile} have the tables of test/bench/results.json.`);
}
