import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { command, type Outcome, type Step } from './steps.js';

/** Rooms whose tests run in a browser, where their code does. Others drive every browser from outside; the rest is Node's. */
const inBrowser = ['core', 'oauth', 'sync', 'platforms', 'element', 'locales'];
const ofBrowsers = ['browsers', 'journeys', 'situations'];
const ofStories = ['stories', 'screens'];

const roomOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : '');

/** Node 20 does not expand globs for its test runner, and a list made here leaves no test file out unnoticed. */
const testFiles = (): string[] =>
  readdirSync('test', { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.test.ts'))
    .sort();

const named = (files: readonly string[]): string[] => files.map((file) => `test/${file}`);
const browserFiles = (): string[] => named(testFiles().filter((file) => inBrowser.includes(roomOf(file))));
const browserDrivingFiles = (): string[] => named(testFiles().filter((file) => ofBrowsers.includes(roomOf(file))));
const storyFiles = (): string[] => named(testFiles().filter((file) => ofStories.includes(roomOf(file))));
/** It waits for real leases to run out: begun last, it would go on alone for a minute. */
const isLongest = (file: string): boolean => file === 'server/updates-processes.test.ts';
const nodeFiles = (): string[] =>
  named(
    testFiles()
      .filter((file) => ![...inBrowser, ...ofBrowsers, ...ofStories].includes(roomOf(file)))
      .sort((one, other) => Number(isLongest(other)) - Number(isLongest(one))),
  );

/** Runs a test runner that leaves its counts in the file it finds in COUNTS. */
const counted = async (tool: string, parameters: readonly string[], { minutes = 12, live = true, environment = {} } = {}): Promise<Outcome> => {
  const counts = join(tmpdir(), `wearable-connect-${process.pid}-${Math.round(performance.now() * 1000)}.json`);
  try {
    const { code, output } = await command(tool, parameters, { live, environment: { ...environment, COUNTS: counts }, minutes });
    if (!existsSync(counts)) return { passed: 0, failed: 1, output: `${output.slice(-300)}${tool} ended (${code}) without counting its tests.` };
    const { passed, failed, failures = [] } = JSON.parse(readFileSync(counts, 'utf8')) as { passed: number; failed: number; failures?: string[] };
    // A runner can fail where no test did: a file that does not load, an error nobody caught.
    return { passed, failed: code === 0 ? failed : Math.max(failed, 1), output: live ? '' : output, failures };
  } finally {
    rmSync(counts, { force: true });
  }
};

const nothing: Outcome = { passed: 0, failed: 0, output: '' };

/** `minutes`: for a whole file; one that hangs is a failure, not a wait. */
const nodeTest = async (files: readonly string[], atOnce: number, minutes = 4): Promise<Outcome> => {
  if (files.length === 0) return nothing;
  const runner = ['--import=tsx', '--test', `--test-concurrency=${atOnce}`, `--test-timeout=${minutes * 60_000}`];
  const reporter = ['--test-reporter=./test/run/reporter.mjs', '--test-reporter-destination=stdout'];
  return counted('node', [...runner, ...reporter, ...files], { minutes: 6 * minutes });
};

/**
 * The same, several files to a process, which share what is dear to start (test/browsers/shared.ts). More lanes than run at once, so that
 * the last of them does not go on for long by itself.
 */
const inLanes = async (files: readonly string[], lanes: number, atOnce: number, minutes: number): Promise<Outcome> => {
  const folder = mkdtempSync(join(tmpdir(), 'wearable-connect-lanes-'));
  try {
    const entries = Array.from({ length: Math.min(lanes, files.length) }, (_, lane) => {
      const entry = join(folder, `lane-${lane + 1}.mts`);
      writeFileSync(entry, files.filter((_file, at) => at % lanes === lane).map((file) => `import ${JSON.stringify(pathToFileURL(resolve(file)).href)};\n`).join(''));
      return entry;
    });
    return await nodeTest(entries, atOnce, minutes);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Which of these files were asked for on the command line: any part of a path will do. */
const asked = (files: readonly string[]): string[] => {
  const parts = process.argv.slice(3).filter((argument) => !argument.startsWith('-'));
  return files.filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)));
};

export const nodeSuite: Step = {
  name: 'tests in Node',
  run: () => nodeTest(asked(nodeFiles()), cpus().length + 1), // One of them waits more than it works.
};

/**
 * Journeys and situations in every browser that is here. Three lanes at a time, each on a display of its own: with more, windows
 * that open all at once leave none of them the time that a visitor's would have. Where tests decide over a change, a browser that is missing is a failure.
 */
export const browserSuite: Step = {
  name: 'journeys and situations in real browsers',
  run: async () => {
    const { absent, engines } = await import('../browsers/engines.js');
    const outcome = engines.length === 0 ? nothing : await inLanes(asked(browserDrivingFiles()), 9, 3, 15);
    for (const { sentence } of absent) console.log(sentence);
    return process.env['CI'] === 'true' ? { ...outcome, failed: outcome.failed + absent.length } : outcome;
  },
};

export const unitSuite: Step = {
  name: 'unit and component tests in Chromium',
  run: () => {
    const files = asked(browserFiles());
    return files.length === 0
      ? Promise.resolve(nothing)
      : counted('wtr', ['--config', 'test/web-test-runner.config.js', '--files', ...files]);
  },
};

/** Builds the static Storybook once, opens every story of it, and holds their pictures against the approved ones. */
export const storySuite: Step = {
  name: 'stories',
  run: async () => {
    const { buildStories } = await import('../stories/built.js');
    process.env['STORIES'] = await buildStories();
    return nodeTest(asked(storyFiles()), 1, 5);
  },
};

/** The packed package in five small apps, each with its own tools; `npm run test:consumers` has all of them. They are made beside the stories. */
export const consumerSuite: Step = {
  name: 'apps that install the package',
  run: () => counted('test/consumers/consumers.ts', ['--quick'], { live: false, environment: { PATIENCE: '30' } }),
};

/**
 * Everything that can go wrong, drawn from one seed, for five minutes, the same for every change; `npm run soak` draws its own. It
 * waits more than it works, and leaves the machine to whatever runs beside it.
 */
export const soakSuite: Step = {
  name: 'soak',
  run: () => counted('test/soak/soak.ts', ['--minutes', '5', '--seed', 'ci'], { live: false }),
};
