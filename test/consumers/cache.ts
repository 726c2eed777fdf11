/** Where the copies of the apps keep their packages from one run to the next. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { until } from '../browsers/waiting.js';

export const hashOf = (...parts: readonly (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 16);
};

/** Not below this checkout, as other caches are: Node and bundlers look for packages in every folder above, and would find the project's own there. */
function placeOutside(): string {
  const name = join('wearable-connect', `consumers-${hashOf(process.cwd())}`);
  for (const place of [process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), join(tmpdir(), `cache-${String(process.getuid?.() ?? '')}`)]) {
    try {
      mkdirSync(join(place, name), { recursive: true, mode: 0o700 });
      return resolve(place, name);
    } catch {
      // Not to be written to; the next one may be.
    }
  }
  throw new Error('There is nowhere to install apps: neither the cache folder of this user nor the one for temporary files can be written to.');
}

export const cache = placeOutside();

/** All of them together are two gigabytes: those of a checkout that has been deleted are nobody's. */
const whose = 'checkout';
writeFileSync(join(cache, whose), process.cwd());
for (const other of readdirSync(dirname(cache)).filter((name) => name.startsWith('consumers-'))) {
  const owner = join(dirname(cache), other, whose);
  if (existsSync(owner) && !existsSync(readFileSync(owner, 'utf8'))) rmSync(dirname(owner), { recursive: true, force: true });
}

/** As long as everything may take at the very most. */
const runMs = 15 * 60_000;
const kept = new Set<string>();
process.once('exit', () => {
  for (const file of kept) rmSync(file, { force: true });
});

const isAlive = (id: number): boolean => {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Nobody else works in this folder of the cache until this process has ended: two runs of one checkout take turns. */
export async function keep(name: string): Promise<void> {
  const file = join(cache, `${name}.kept`);
  await until(
    () => {
      try {
        writeFileSync(file, String(process.pid), { flag: 'wx' });
        kept.add(file);
        return true;
      } catch {
        if (!isAlive(Number(readFileSync(file, 'utf8')))) rmSync(file, { force: true }); // It was killed before it could tidy up.
        return false;
      }
    },
    () => `Another run has kept ${name} for a quarter of an hour: process ${readFileSync(file, 'utf8')}. If that is none of yours, delete ${file}.`,
    runMs,
  );
}
