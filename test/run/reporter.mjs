/**
 * Reports the tests of `node --test`: a line a file, everything about a failure, and the counts as JSON in the file named
 * by COUNTS. The built-in reporters print the counts for people only, each Node version in its own way.
 */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

const describe = ({ name, file, details: { error } }) => {
  const cause = error?.cause ?? error;
  const stack = String(cause?.stack ?? cause?.message ?? cause);
  return `  failed  ${name} (${file ? relative('.', file) : 'no file'})\n${stack.replace(/^(?=.)/gm, '          ')}\n`;
};

export default async function* reporter(events) {
  const counts = { passed: 0, failed: 0 };
  let [current, count] = [undefined, 0];
  const line = () => (count === 0 ? '' : `  ${String(count).padStart(4)}  ${current ? relative('.', current) : ''}\n`);
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const suite = data.details.type === 'suite';
    if (type === 'test:fail') {
      // A suite or a test fails along with what is inside it; the cause is told, and counted, once.
      if (data.details.error?.failureType === 'subtestsFailed') continue;
      counts.failed += 1;
      yield describe(data);
    } else if (!suite && data.skip === undefined && data.todo === undefined) {
      counts.passed += 1;
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
  if (process.env.COUNTS) writeFileSync(process.env.COUNTS, JSON.stringify(counts));
}
