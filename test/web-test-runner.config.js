/**
 * The tests that need a browser. Which files they are, test/run/suites.ts says: run `npm run test:unit`, or
 * `npm run test:unit -- <part of a file name>`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { plainChromium } from './browsers/chromium.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

const testsIn = (suite) => [...(suite?.tests ?? []), ...(suite?.suites ?? []).flatMap(testsIn)];

/** The runner prints no totals; whoever started it finds them in the file named by COUNTS. */
const counting = () => ({
  onTestRunFinished({ sessions }) {
    const counts = { passed: 0, failed: 0, failures: [] };
    for (const { testResults, passed, testFile } of sessions) {
      const tests = testsIn(testResults).filter(({ skipped }) => !skipped);
      const failures = tests.filter((test) => !test.passed);
      counts.passed += tests.length - failures.length;
      // A file that did not load, or threw outside a test, fails without a failed test.
      counts.failed += passed ? 0 : Math.max(failures.length, 1);
      counts.failures.push(...failures.map(({ name, error }) => `  failed  ${name} (${relative(root, testFile)})\n          ${error?.message ?? 'without a word'}\n`));
    }
    if (process.env.COUNTS) writeFileSync(process.env.COUNTS, JSON.stringify(counts));
    else console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
  },
});

export default {
  rootDir: root,
  nodeResolve: { exportConditions: ['production', 'default'] },
  plugins: [
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: `${root}tsconfig.json`,
      // What the property tests draw from is the same in every run; SEED=… gives them another few hundred.
      define: { __VERSION__: JSON.stringify(version), __SEED__: String(Number(process.env.SEED ?? 20_261_114)) },
    }),
  ],
  testFramework: { config: { timeout: 20_000 } },
  testsFinishTimeout: 60_000,
  concurrency: 2,
  reporters: [defaultReporter({ reportTestProgress: process.stdout.isTTY === true }), counting()],
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: process.env.CHROME_PATH,
        args: [...plainChromium],
      },
    }),
  ],
};
