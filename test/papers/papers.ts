/**
 * `npm run papers`: writes into README.md, llms.txt, stories/docs and test/papers/api-report.md what is made of the build. Run it after `npm run build`
 * where something public, or a file that is pinned, has changed; `npm run check` says when. `--check` writes nothing.
 */
import { writeFileSync } from 'node:fs';
import { command } from '../run/steps.js';
import { outOfDate } from './checks.js';
import { written } from './pages.js';

if (process.argv.includes('--check')) {
  const problems = outOfDate();
  console.log(problems.join('\n'));
  process.exitCode = problems.length ? 1 : 0;
} else {
  if (!process.argv.includes('--built')) {
    const { code, output } = await command('test/run/build.ts', []);
    if (code !== 0) throw new Error(output);
  }
  for (const { file, is, should } of written()) {
    if (is === should) continue;
    writeFileSync(file, should);
    console.log(`wrote ${file}`);
  }
}
