import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { outOfDate, pageProblems, reportProblems } from '../papers/checks.js';
import { entries } from '../papers/declared.js';
import { readElement } from '../papers/element.js';
import { manifestProblems } from '../papers/manifest.js';
import { shippedProblems } from '../papers/shipped.js';
import { type Lane, type Outcome, program, type Step, whole } from './steps.js';

const verdict = (problems: readonly string[]): Outcome => ({
  passed: problems.length === 0 ? 1 : 0,
  failed: problems.length === 0 ? 0 : 1,
  output: `${problems.join('\n')}\n`,
});

/** Of this very process: the compiler, and what it has read, are shared by all of them. */
const here = (name: string, find: () => readonly string[] | Promise<readonly string[]>): Step => ({ name, run: async () => verdict(await find()) });

/** What must be true of the package once it is built: all but the last read dist. */
const ofThePackage: Lane = [
  whole('size budgets', 'test/run/size.ts', ['--built']),
  whole('publint', 'publint', ['--strict']),
  {
    // By itself it packs into the root, where a release may have put the tarball that it is about to publish, and takes that away again.
    name: 'are the types wrong',
    run: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'wearable-connect-packed-'));
      try {
        const packed = await program('npm', ['pack', '--silent', '--pack-destination', folder]);
        const [tarball] = readdirSync(folder);
        if (!tarball) return verdict([`npm pack packed nothing:\n${packed.output}`]);
        return await whole('attw', 'attw', [join(folder, tarball), '--profile', 'esm-only', '--no-emoji', '--no-color']).run();
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
  here('API report', reportProblems),
  here('manifest', async () => manifestProblems(readElement())),
  here('pages: blocks, names, links', pageProblems),
  here('pages: tables and digests', outOfDate),
  here('what is shipped', shippedProblems),
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
      for (const { file } of entries()) follow(file);
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

const ofTheSource: Lane = [
  whole('architecture', 'node', ['--import=tsx', '--test', '--test-reporter=./test/run/reporter.mjs', 'test/architecture.test.ts']),
  whole('no language lacks a sentence', 'node', ['--import=tsx', '--test', '--test-reporter=./test/run/reporter.mjs', 'test/locales.test.ts']),
  whole('every row has a test', 'test/run/rows.ts', ['--check']),
  whole('the return page is up to date', 'test/run/return-page.ts', ['--check']),
  whole('nothing unused', 'knip', ['--config', 'test/run/knip.json', '--no-progress']),
];

const tidy = ['--report-unused-disable-directives-severity=error'];
const typesAndLint: Lane = [
  // It is a Go program that finds out the types. On one core it finds out each but once, and does not tidy up so often.
  whole('types and lint', 'oxlint', ['--type-aware', '--type-check', '--ignore-pattern=*.js', '--ignore-pattern=*.mjs', ...tidy], { environment: { GOMAXPROCS: '1', GOGC: '200' } }),
  // By themselves, because it would find out the types of all that they import: some import dist, which is being built.
  whole('lint of scripts', 'oxlint', ['--ignore-pattern=*.ts', ...tidy]),
  whole('lint of templates', 'eslint', ['--config', 'test/run/eslint.config.js', 'src', 'test']),
];

/** As long as all the others of the package together. */
const typesOutside: Lane = [whole('types in frameworks and pages', 'test/types/check.ts')];

/** Two cores are at work until the end: by the time the build is done, so are the others, and its lane parts. */
export const checks: readonly Lane[] = [[whole('build', 'test/run/build.ts'), [ofThePackage, typesOutside]], typesAndLint, ofTheSource];
