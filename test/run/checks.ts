import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Outcome, type Step, whole } from './steps.js';

const verdict = (problems: readonly string[]): Outcome => ({
  passed: problems.length === 0 ? 1 : 0,
  failed: problems.length === 0 ? 0 : 1,
  output: `${problems.join('\n')}\n`,
});

/** The declarations that package.json offers by name. */
const typeEntries = (): string[] => {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, string | { types: string }> };
  return Object.values(exports).flatMap((offer) => {
    if (typeof offer === 'string') return [];
    const [folder, rest] = offer.types.split('*');
    if (folder === undefined || rest === undefined) return [offer.types];
    return readdirSync(folder).filter((file) => file.endsWith(rest)).map((file) => join(folder, file));
  });
};

/** What must be true of the package once it is built. Each but the last needs dist, so they follow the build. */
const ofThePackage: readonly Step[] = [
  whole('build', 'test/run/build.ts'),
  whole('size budgets', 'test/run/size.ts', ['--built']),
  whole('publint', 'publint', ['--strict']),
  whole('are the types wrong', 'attw', ['--pack', '--profile', 'esm-only', '--no-emoji', '--no-color']),
  whole('types in every framework', 'test/types/check.ts'),
  {
    // The sandbox bundles packages, and lit brings some, that whoever installs this one does not have at hand.
    name: 'types name no hidden package',
    run: async () => {
      const allowed = /^(wearable-connect\/|lit(\/|$)|oauth4webapi$|@floating-ui\/|react(\/|$)|(preact|solid-js|svelte\/elements|vue)$|node:)/;
      const problems: string[] = [];
      const seen = new Set<string>();
      const follow = (file: string): void => {
        if (seen.has(file)) return;
        seen.add(file);
        for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)) {
          if (specifier.startsWith('.')) follow(join(dirname(file), specifier.replace(/\.js$/, '.d.ts')));
          else if (!allowed.test(specifier)) problems.push(`${file} names ${specifier}`);
        }
      };
      for (const entry of typeEntries()) follow(entry);
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
  whole('no language lacks a sentence', 'node', ['--import=tsx', '--test', '--test-reporter=./test/run/reporter.mjs', 'test/locales.test.ts']),
  whole('every row has a test', 'test/run/rows.ts', ['--check']),
  whole('the return page is up to date', 'test/run/return-page.ts', ['--check']),
  whole('nothing unused', 'knip', ['--config', 'test/run/knip.json', '--no-progress']),
];

/** Two lanes, side by side: within each, one after another. */
export const checks: readonly (readonly Step[])[] = [ofThePackage, ofTheSource];
