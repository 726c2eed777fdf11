/** `npm run size`: what the files for a page without a bundler weigh, and what in them weighs it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { command } from './steps.js';

const { budgets, firstLoadBudget } = JSON.parse(readFileSync('package.json', 'utf8')) as { budgets: Record<string, number>; firstLoadBudget: number };

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

/** The entry `define` as a bundler serves it, with its packages: what a page loads before the list is drawn, and what comes while that is read. */
async function firstLoad(): Promise<{ readonly entry: readonly string[]; readonly ready: readonly string[] }> {
  const { output } = (await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      // Without hashes: which letters those have, and how they compress, changes with every byte of whatever is loaded later.
      rolldownOptions: { input: 'dist/define.js', output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' } },
    },
  })) as Rolldown.RolldownOutput;
  const chunks = output.filter((file): file is Rolldown.OutputChunk => file.type === 'chunk');
  const closure = (names: readonly string[], found = new Set<string>()): Set<string> => {
    for (const name of names) if (!found.has(name)) closure(chunks.find(({ fileName }) => fileName === name)?.imports ?? [], found.add(name));
    return found;
  };
  const has = (source: string) => ({ moduleIds }: Rolldown.OutputChunk): boolean => moduleIds.some((id) => existsSync(id) && readFileSync(id, 'utf8').includes(`// ${source}`));
  const entry = closure(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  const follow = ['src/core/session.ts', 'src/element/whole-kit.ts', 'src/platforms/sweatstack/platform.ts'].flatMap((source) => {
    const found = chunks.filter(has(source)).map(({ fileName }) => fileName);
    if (found.length !== 1) throw new Error(`${found.length} chunks have ${source} in them, expected one.`);
    return found;
  });
  const codeOf = (names: Iterable<string>): string[] => [...names].map((name) => chunks.find(({ fileName }) => fileName === name)?.code ?? '');
  return { entry: codeOf(entry), ready: codeOf(closure(follow, new Set(entry))) };
}

const sum = (codes: readonly string[], weigh: (content: Buffer) => number): number => codes.reduce((total, code) => total + weigh(Buffer.from(code)), 0);
const row = (name: string, codes: readonly string[], ...rest: readonly number[]): string =>
  cells(name, ...[(content: Buffer) => content.length, (content: Buffer) => gzipSync(content, { level: 9 }).length, brotli].map((weigh) => sum(codes, weigh)), ...rest);

const { entry, ready } = await firstLoad();
const first = sum(entry, brotli);
console.log(row('npm: define, lit inside', entry, firstLoadBudget, firstLoadBudget - first));
console.log(row('  … and what follows it', ready));
if (first > firstLoadBudget) {
  process.exitCode = 1;
  console.error(`  the first load is ${first - firstLoadBudget} bytes over its budget (brotli; "firstLoadBudget" in package.json)`);
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
