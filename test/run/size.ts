/** `npm run size`: what the files for a page without a bundler weigh, and what in them weighs it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { command } from './steps.js';

const { budgets } = JSON.parse(readFileSync('package.json', 'utf8')) as { budgets: Record<string, number> };

/** `npm run check` has built already. */
if (!process.argv.includes('--built')) {
  const { code, output } = await command('test/run/build.ts', []);
  if (code !== 0) console.error(output);
}

const brotli = (content: Buffer): number =>
  brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }).length;

const cells = (first: string, ...rest: readonly (string | number)[]): string =>
  `  ${first.padEnd(30)}${rest.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell).padStart(11)).join('')}`;

/** One budget for every file of a folder, where a star stands for its name. */
const filesOf = (path: string): string[] => {
  const [folder, ending] = path.split('*');
  return ending === undefined ? [path] : readdirSync(folder ?? '').filter((file) => file.endsWith(ending)).map((file) => `${folder}${file}`);
};

console.log(cells('file', 'minified', 'gzip', 'brotli', 'budget', 'left'));
for (const [file, budget] of Object.entries(budgets).flatMap(([path, most]) => filesOf(path).map((file) => [file, most] as const))) {
  if (!existsSync(file)) {
    console.error(`  ${file} was not built`);
    process.exit(1);
  }
  const content = readFileSync(file);
  const weight = brotli(content);
  console.log(cells(file, content.length, gzipSync(content, { level: 9 }).length, weight, budget, budget - weight));
  if (weight > budget) {
    process.exitCode = 1;
    console.error(`  ${file} is ${weight - budget} bytes over its budget (brotli; "budgets" in package.json)`);
  }
}

/** A package by its name, a file of ours by its room. */
const ownerOf = (source: string): string =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? /\bsrc\/([^/]+)\//.exec(source)?.[1] ?? 'doors and glue';

/** Bytes of the minified code by where the source map says they came from. */
const shares = (file: string): Map<string, number> => {
  const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMapPayload);
  const found = new Map<string, number>();
  for (const [line, text] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (/^\/[*/]/.test(text)) continue;
    for (let column = 0; column < text.length; column += 1) {
      const entry = map.findEntry(line, column);
      const owner = ownerOf('originalSource' in entry ? entry.originalSource : '');
      found.set(owner, (found.get(owner) ?? 0) + Buffer.byteLength(text.charAt(column)));
    }
  }
  return found;
};

const heaviest = 'dist/wearable-connect.js';
const parts = [...shares(heaviest)].sort(([, one], [, other]) => other - one);
const whole = parts.reduce((total, [, count]) => total + count, 0);
console.log(`\n${cells(`inside ${heaviest}`, 'minified', 'share')}`);
for (const [owner, count] of parts) console.log(cells(owner, count, `${((count / whole) * 100).toFixed(1)} %`));
