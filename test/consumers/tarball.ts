/** The package as npm would publish it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { command, program } from '../run/steps.js';
import { cache, hashOf } from './cache.js';

export interface Tarball {
  readonly file: string;
  readonly hash: string;
  readonly version: string;
}

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

const packed = /^[0-9a-f]{16}\.tgz$/;
const dayMs = 24 * 60 * 60_000;

/** Another run may still install one of today. */
function forgetOld(): void {
  for (const name of readdirSync(cache).filter((entry) => packed.test(entry))) {
    const file = join(cache, name);
    if (Date.now() - statSync(file).mtimeMs > dayMs) rmSync(file, { force: true });
  }
}

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
    const [made = ''] = readdirSync(scratch);
    const hash = hashOf(readFileSync(join(scratch, made)));
    forgetOld();
    const file = join(cache, `${hash}.tgz`);
    renameSync(join(scratch, made), file);
    return { file, hash, version };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
