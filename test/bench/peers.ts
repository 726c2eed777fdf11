/** What is compared with: installed by the bench itself, into a cache, exactly as test/bench/peers/package-lock.json says. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const peersFolder = join('node_modules', '.cache', 'wearable-connect', 'bench', 'peers');
const from = 'test/bench/peers';
const installed = join(peersFolder, 'node_modules', '.package-lock.json');
const stamp = join(peersFolder, 'installed-by');

/** Says what it does, since it takes a while and asks the package registry; nothing where everything is there already. */
export function installPeers(): void {
  const lock = readFileSync(join(from, 'package-lock.json'), 'utf8');
  // The entries lie beside the packages that they import; they are small, so they are always today's.
  cpSync(from, peersFolder, { recursive: true });
  if (existsSync(installed) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing the peers to compare with (npm ci in test/bench/peers); about 20 seconds the first time …');
  cpSync('.npmrc', join(peersFolder, '.npmrc'));
  // Their scripts after installing are for Node and for other packages; what a page loads needs none of them.
  const windows = process.platform === 'win32';
  const { status } = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', '--ignore-scripts', '--loglevel=error'], { cwd: peersFolder, stdio: ['ignore', 'ignore', 'inherit'], shell: windows, timeout: 300_000 });
  if (status !== 0) {
    throw new Error(
      'The peers could not be installed; npm’s own words are above. Most often the package registry could not be reached: check the connection and ' +
        'any proxy, then run `npm run bench` again. The sections that have no peers run without them: npm run bench -- many handler',
    );
  }
  writeFileSync(stamp, lock);
}

/** As it is installed. */
export const peerVersion = (name: string): string =>
  (JSON.parse(readFileSync(join(peersFolder, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;
