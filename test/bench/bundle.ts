/** One way to bundle for everybody: Vite as an app uses it, then the second minifier that our own files go through. */
import { resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { minify } from 'terser';
import { build } from 'vite';

export interface Bundle {
  /** By name, as its files name each other. */
  readonly files: ReadonlyMap<string, string>;
  readonly entry: string;
  /** What runs before anything is asked for: the entry, and whatever it imports at once. */
  readonly first: readonly string[];
  /** What comes when it is asked for. */
  readonly later: readonly string[];
}

/** The same for all. What only they who wrote a file can know is not in here: names that may be shortened, packages that are cut, functions nobody calls with `new`. */
const tightened = async (code: string): Promise<string> => {
  const { code: tight } = await minify(code, { ecma: 2020, module: true, compress: { passes: 3 }, format: { comments: false } });
  return tight ?? code;
};

export async function bundled(entry: string, { external = [] as readonly string[], single = false } = {}): Promise<Bundle> {
  const made = await build({
    root: resolve(entry, '..'),
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      minify: 'oxc',
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: resolve(entry),
        external: [...external],
        preserveEntrySignatures: 'exports-only',
        checks: { moduleLevelDirective: false },
        // Names without hashes, whose letters compress by luck.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js', ...(single && { codeSplitting: false }) },
      },
    },
  });
  const chunks = [made].flat().flatMap((result) => ('output' in result ? result.output : [])).filter((output) => output.type === 'chunk');
  const first = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  for (const name of first) chunks.find(({ fileName }) => fileName === name)?.imports.forEach((needed) => first.add(needed));
  const files = new Map(await Promise.all(chunks.map(async ({ fileName, code }) => [fileName, await tightened(code)] as const)));
  const texts = (isIn: (name: string) => boolean): string[] => [...files].filter(([name]) => isIn(name)).map(([, text]) => text);
  return { files, entry: [...first][0] ?? '', first: texts((name) => first.has(name)), later: texts((name) => !first.has(name)) };
}

/** In one file, for a page that takes a script. */
export const asScript = async (entry: string): Promise<string> => (await bundled(entry, { single: true })).first.join('\n');

export const weights = {
  brotli: (text: string): number => {
    const content = Buffer.from(text);
    return brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }).length;
  },
  gzip: (text: string): number => gzipSync(text, { level: 9 }).length,
  minified: (text: string): number => Buffer.byteLength(text),
} as const;

export type Weight = keyof typeof weights;

/** Each file is compressed by itself, as a server sends it. */
export const weigh = (texts: readonly string[], as: Weight): number => texts.reduce((total, text) => total + weights[as](text), 0);
