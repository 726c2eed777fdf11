/** The package as npm would publish it. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { command, program } from '../run/steps.js';

export interface Tarball {
  readonly file: string;
  readonly hash: string;
  readonly version: string;
}

export const hashOf = (...parts: readonly (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 16);
};

/** Not below this checkout, as other caches are: Node and bundlers look for packages in every folder above, and would find the project's own there. */
function placeOutside(): string {
  const name = join('wearable-connect', `consumers-${hashOf(process.cwd())}`);
  for (const place of [process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), join(tmpdir(), String(process.getuid?.() ?? ''))]) {
    try {
      mkdirSync(join(place, name), { recursive: true, mode: 0o700 });
      return join(place, name);
    } catch {
      // Not to be written to; the next one may be.
    }
  }
  throw new Error('There is nowhere to install apps: neither the cache folder of this user nor the one for temporary files can be written to.');
}

export const cache = resolve(placeOutside());

const newest = (files: readonly string[]): number => Math.max(...files.map((file) => statSync(file).mtimeMs));

function isUpToDate(): boolean {
  const built = 'dist/wearable-connect.js';
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((file) => join('src', file));
  return existsSync(built) && existsSync('dist/custom-elements.json') && statSync(built).mtimeMs > newest([...sources, 'vite.config.ts']);
}

const done = ({ code, output }: { code: number; output: string }, what: string): string => {
  if (code !== 0) throw new Error(`${what} failed:\n${output}`);
  return output;
};

/** `TARBALL` names one that is there, such as the one about to be published; else the package is built where it has to be, and packed. */
export async function pack(): Promise<Tarball> {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const given = process.env['TARBALL'];
  if (given) return { file: resolve(given), hash: hashOf(readFileSync(given)), version };
  if (!isUpToDate()) {
    console.log('Building the package …');
    done(await command('test/run/build.ts', []), 'npm run build');
  }
  const scratch = join(cache, `packing-${process.pid}`);
  mkdirSync(scratch, { recursive: true });
  try {
    done(await program('npm', ['pack', '--loglevel=error', '--pack-destination', scratch]), 'npm pack');
    const [packed = ''] = readdirSync(scratch);
    const hash = hashOf(readFileSync(join(scratch, packed)));
    for (const old of readdirSync(cache).filter((name) => name.endsWith('.tgz') && name !== `${hash}.tgz`)) rmSync(join(cache, old), { force: true });
    const file = join(cache, `${hash}.tgz`);
    renameSync(join(scratch, packed), file);
    return { file, hash, version };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
