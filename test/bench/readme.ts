/**
 * The tables made of test/bench/results.json: `npm run bench:readme` writes them between their markers, the whole one, the short one of the
 * README and that of the handler at scale; with `--check` it only says whether they are what the figures say.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { readResults } from './results.js';
import { isScaleUpToDate, scaleFile, writeScale } from './scale.js';
import { isShortUpToDate, isUpToDate, readmeFile, speedFile, withShortTable, withTable } from './table.js';

const readme = readFileSync(readmeFile, 'utf8');
const speed = readFileSync(speedFile, 'utf8');
const results = readResults();

if (process.argv.includes('--check')) {
  const stale = [...(isShortUpToDate(readme, results) ? [] : [readmeFile]), ...(isUpToDate(speed, results) ? [] : [speedFile]), ...(isScaleUpToDate(results) ? [] : [scaleFile])];
  if (stale.length > 0) {
    console.error(`What ${stale.join(' and ')} show is not what test/bench/results.json says: npm run bench:readme writes it anew.`);
    process.exitCode = 1;
  }
} else {
  writeFileSync(readmeFile, withShortTable(readme, results));
  writeFileSync(speedFile, withTable(speed, results));
  writeScale(results);
  console.log(`${readmeFile}, ${speedFile} and ${scaleFile} have the tables of test/bench/results.json.`);
}
