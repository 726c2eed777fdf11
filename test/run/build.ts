/** `npm run build`: everything the package contains, into dist. */
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { command } from './steps.js';

const tool = async (name: string, ...parameters: string[]): Promise<void> => {
  const { code, output } = await command(name, parameters);
  if (code !== 0) throw new Error(output);
};

const bundle = async (mode: string): Promise<void> => {
  await build({ mode, logLevel: 'warn' });
};

const began = performance.now();
rmSync('dist', { recursive: true, force: true });

// Every part is tried, whatever becomes of the others: one mistake is told once, not hidden behind the first.
const parts = {
  types: tool('tsc', '-p', 'test/run/declarations.json'),
  manifest: tool('cem', 'analyze', '--config', 'test/run/manifest.config.mjs', '--outdir', 'dist').then(() => tool('test/run/editor-data.ts')),
  npm: bundle('npm'),
  worker: bundle('worker'),
  'script-tag': bundle('script-tag'),
  inspector: bundle('inspector'),
  qr: bundle('qr'),
  arrival: bundle('arrival'),
  search: bundle('search'),
  layouts: bundle('layouts'),
  elsewhere: bundle('elsewhere'),
  anchored: bundle('anchored'),
  afterwards: bundle('afterwards'),
  'hand-over': bundle('hand-over'),
  'open-wearables': bundle('open-wearables'),
  demo: bundle('demo'),
  callback: bundle('callback'),
  sandbox: bundle('sandbox'),
};
const outcomes = await Promise.allSettled(Object.values(parts));
for (const [index, name] of Object.keys(parts).entries()) {
  const outcome = outcomes[index];
  if (outcome?.status !== 'rejected') continue;
  process.exitCode = 1;
  console.error(`build: ${name} failed\n${outcome.reason instanceof Error ? outcome.reason.message : String(outcome.reason)}\n`);
}

// npm sets this bit when it installs the package; a checkout that runs its own build has no npm to do it.
if (existsSync('dist/sandbox/cli.js')) chmodSync('dist/sandbox/cli.js', 0o755);

const bytes = (count: number): string => count.toLocaleString('en').padStart(11);
console.log(`  ${'file'.padEnd(34)}      bytes       gzip     brotli`);
for (const file of existsSync('dist') ? readdirSync('dist', { recursive: true, encoding: 'utf8' }).sort() : []) {
  if (!/\.(js|html)$/.test(file)) continue;
  const content = readFileSync(`dist/${file}`);
  const sizes = [content, gzipSync(content, { level: 9 }), brotliCompressSync(content)].map(({ length }) => bytes(length));
  console.log(`  ${`dist/${file}`.padEnd(34)}${sizes.join('')}`);
}
console.log(`built in ${((performance.now() - began) / 1000).toFixed(1)} s`);
