import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './steps.js';

/** The newest change below a folder, in milliseconds since 1970. */
const changedAt = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce((latest, file) => Math.max(latest, statSync(join(folder, file)).mtimeMs), 0);

/** What is measured, or soaked, is what the sources say now. A build that is there and no older is used as it is. */
export async function buildWhereNeeded(): Promise<void> {
  const built = existsSync('dist/wearable-connect.js') ? statSync('dist/wearable-connect.js').mtimeMs : 0;
  if (built > 0 && (process.argv.includes('--built') || built >= Math.max(changedAt('src'), statSync('vite.config.ts').mtimeMs))) return;
  console.log('Building dist first (npm run build) …');
  const { code, output } = await command('test/run/build.ts', []);
  if (code !== 0) throw new Error(`dist could not be built:\n${output}`);
}
