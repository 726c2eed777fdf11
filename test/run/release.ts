/**
 * `npm run release [-- major | minor | patch] [-- --for-real]`: says what would be published, and why it may be called that. Changes nothing, unless it
 * is for real: then it writes the version, the heading of the changelog, the tables and the digests, and packs. It never publishes, commits or tags: a
 * person looks first, and the registry's provenance comes from where the package is built in public (CONTRIBUTING.md, “Releasing”).
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { reportFile } from '../papers/pages.js';
import { command } from './steps.js';
import { type Bump, changeOf, comingIn, isAtLeast, leastBump, nextVersion, released, withVersion } from './versions.js';

const stop = (sentence: string): never => {
  console.error(`\n${sentence}\n`);
  process.exit(1);
};

const git = (...parameters: readonly string[]): string => execFileSync('git', parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** As it was when that version was released; nothing, where it never was. */
function reportOf(version: string): string | null {
  try {
    return git('show', `v${version}:${reportFile}`);
  } catch {
    return null;
  }
}

const run = async (tool: string, ...parameters: readonly string[]): Promise<void> => {
  const { code } = await command(tool, parameters, { live: true, minutes: 10 });
  if (code !== 0) stop(`${tool} failed: nothing is released.`);
};

/** What would be in the package. */
function contents(...more: readonly string[]): void {
  const packed = execFileSync('npm', ['pack', '--json', '--loglevel=silent', ...more], { encoding: 'utf8', shell: process.platform === 'win32' });
  const [{ filename, size, unpackedSize, integrity, files }] = JSON.parse(packed) as [{ filename: string; size: number; unpackedSize: number; integrity: string; files: { path: string; size: number }[] }];
  for (const { path, size: bytes } of files) console.log(`  ${path.padEnd(56)}${bytes.toLocaleString('en').padStart(12)}`);
  console.log(`\n${filename}: ${files.length} files, ${size.toLocaleString('en')} bytes packed, ${unpackedSize.toLocaleString('en')} unpacked\n${integrity}`);
}

const asked = process.argv.slice(2).find((word): word is Bump => /^(major|minor|patch)$/.test(word));
const isForReal = process.argv.includes('--for-real');

const changed = git('status', '--porcelain').trim();
if (changed) stop(`The tree is not clean; commit or remove what is not meant to be released:\n${changed}`);

const { version, repository } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string; repository?: unknown };
if (isForReal && !repository) stop('package.json names no `repository`, and without one the registry takes no provenance (CONTRIBUTING.md, “Releasing”).');
const before = reportOf(version);
const change = changeOf(before ?? '', readFileSync(reportFile, 'utf8'));
const changelog = readFileSync('CHANGELOG.md', 'utf8');
if (!comingIn(changelog)) stop('CHANGELOG.md says nothing under “Unreleased”: whoever updates wants to know what changed.');

const least = leastBump(change, version);
const bump = asked ?? least;
// A version that has no tag was never released: it is the next one.
const next = before === null ? version : nextVersion(version, bump);
if (before === null) console.log(`There is no tag v${version}: it has not been released yet, and is next.`);
else {
  console.log(`Since v${version} ${change.gone.length} lines of ${reportFile} have gone, ${change.come.length} have come: at least a ${least} version.`);
  for (const line of change.gone) console.log(`  - ${line}`);
  for (const line of change.come) console.log(`  + ${line}`);
  if (!isAtLeast(bump, least)) stop(`A ${bump} version is too little: use ${least}, or keep what was there.`);
}

console.log(`\nChecking ${version} …`);
await run('test/run/check.ts');

if (isForReal) {
  for (const file of ['package.json', 'package-lock.json']) writeFileSync(file, withVersion(readFileSync(file, 'utf8'), version, next));
  writeFileSync('CHANGELOG.md', released(changelog, next, new Date().toISOString().slice(0, 10)));
  await run('test/papers/papers.ts'); // Builds: the version is in every file.
  contents();
  console.log(`\n${next} is packed. Look at “git diff”, then:\n  git commit -am "chore(release): ${next}"\n  git tag v${next}\nand publish it as CONTRIBUTING.md says, under “Releasing”.`);
} else {
  contents('--dry-run');
  console.log(`\n${next} would be published, with these words:\n\n${comingIn(changelog)}\n\nNothing was changed. “npm run release -- ${before === null ? '' : `${bump} `}--for-real” writes and packs it.`);
}
