import { readdirSync, readFileSync } from 'node:fs';
import { type Outcome, type Step, whole } from './steps.js';

const verdict = (problems: readonly string[]): Outcome => ({
  passed: problems.length === 0 ? 1 : 0,
  failed: problems.length === 0 ? 0 : 1,
  output: `${problems.join('\n')}\n`,
});

/** What must be true of the package once it is built. Each but the last needs dist, so they follow the build. */
const ofThePackage: readonly Step[] = [
  whole('build', 'test/run/build.ts'),
  whole('size budgets', 'test/run/size.ts', ['--built']),
  whole('publint', 'publint', ['--strict']),
  whole('are the types wrong', 'attw', ['--pack', '--profile', 'esm-only', '--no-emoji', '--no-color']),
  {
    // The sandbox bundles packages that whoever installs this one does not have: its types must not name them.
    name: 'types name no bundled package',
    run: async () => {
      const allowed = /^(\.|lit(\/|$)|oauth4webapi$|@floating-ui\/|react(\/|$)|node:)/;
      const files = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.d.ts'));
      const problems = files.flatMap((file) =>
        [...readFileSync(`dist/${file}`, 'utf8').matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)]
          .filter(([, specifier = '']) => !allowed.test(specifier))
          .map(([, specifier = '']) => `dist/${file} names ${specifier}`),
      );
      return verdict(problems);
    },
  },
  {
    name: 'lockfile names no registry',
    run: async () => {
      const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { resolved?: string }> };
      return verdict(
        Object.entries(lock.packages)
          .filter(([, { resolved }]) => resolved !== undefined)
          .map(([path]) => `${path} has an address: .npmrc keeps them out, so install with npm from this folder`),
      );
    },
  },
];

const ofTheSource: readonly Step[] = [
  whole('types', 'tsc', ['--noEmit', '-p', '.']),
  whole('lint', 'eslint', ['--config', 'test/run/eslint.config.js', '--max-warnings', '0', '.']),
  whole('architecture', 'node', ['--import=tsx', '--test', '--test-reporter=./test/run/reporter.mjs', 'test/architecture.test.ts']),
  whole('nothing unused', 'knip', ['--config', 'test/run/knip.json', '--no-progress']),
];

/** Two lanes, side by side: within each, one after another. */
export const checks: readonly (readonly Step[])[] = [ofThePackage, ofTheSource];
