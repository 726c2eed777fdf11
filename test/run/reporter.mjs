/**
 * Reports the tests of `node --test`: a line a file, everything about a failure, at the end a table of what ran in several
 * browsers, and the counts with the failures as JSON in the file named by COUNTS. The built-in reporters print the counts for people only, each Node version in its own way.
 */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { inspect } from 'node:util';
import { createTable } from './engine-table.mjs';

const describe = ({ name, file, details: { error } }, [suite]) => {
  const cause = error?.cause ?? error;
  const stack = String(cause?.stack ?? cause?.message ?? inspect(cause));
  return `  failed  ${suite ? `${suite}: ` : ''}${name} (${file ? relative('.', file) : 'no file'})\n${stack.replace(/^(?=.)/gm, '          ')}\n`;
};

export default async function* reporter(events) {
  const counts = { passed: 0, failed: 0 };
  const table = createTable();
  const trail = [];
  const failures = [];
  let [current, count] = [undefined, 0];
  /** What each file took, so that it is seen which of them a run waits for. */
  const took = new Map();
  const seconds = (file) => (took.has(file) ? `${(took.get(file) / 1000).toFixed(1)} s` : '').padStart(8);
  const line = () => (count === 0 ? '' : `  ${String(count).padStart(4)}  ${seconds(current)}  ${current ? relative('.', current) : ''}\n`);
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    if (type === 'test:start') trail.splice(data.nesting, trail.length, data.name);
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const suite = data.details.type === 'suite';
    if (suite) table.took(data.name, data.details.duration_ms);
    if (data.nesting === 0) took.set(data.file, (took.get(data.file) ?? 0) + data.details.duration_ms);
    if (type === 'test:fail') {
      // A suite or a test fails along with what is inside it; the cause is told, and counted, once.
      if (data.details.error?.failureType === 'subtestsFailed') continue;
      counts.failed += 1;
      table.add(trail.slice(0, data.nesting), data.name, 'failed');
      failures.push(describe(data, trail.slice(0, data.nesting)));
      yield failures.at(-1);
    } else if (!suite && data.skip === undefined && data.todo === undefined) {
      counts.passed += 1;
      table.add(trail.slice(0, data.nesting), data.name, 'passed');
    } else {
      continue;
    }
    if (data.file !== current) {
      yield line();
      [current, count] = [data.file, 0];
    }
    count += 1;
  }
  yield line();
  yield String(table);
  if (process.env.COUNTS) writeFileSync(process.env.COUNTS, JSON.stringify({ ...counts, failures }));
}
