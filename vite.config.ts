/**
 * The builds, one per mode, run together by `npm run build`:
 *
 * - `npm`: modules for bundlers. Packages stay external, so that a host shares them, and code stays readable.
 * - `worker`: the same doors for where there is no document and a bundler takes what is meant for browsers.
 * - `script-tag`: one self-contained file, as a classic deferred script or a module.
 * - `inspector`, `qr`, `arrival`, `search`, `layouts`, `elsewhere`, `anchored`, `afterwards`, `hand-over`, `open-wearables`, `demo`: the parts of the former that are loaded only where somebody asks for them, as modules beside it.
 * - `callback`: the landing page of the popup. Also self-contained: it is served alone, where no bundler has been.
 * - `sandbox`: for Node, with everything inside, so that whoever never starts it installs nothing for it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { minifyHTMLLiterals } from 'minify-literals';
import { minify } from 'terser';
import { type BuildOptions, defineConfig, type Plugin, type UserConfig } from 'vite';
import { innerNames } from './test/run/inner-names.js';
import { firstStyles } from './src/element/first-styles.js';
import { englishInParts, localeFiles } from './test/run/locale-files.js';
import { patchPackages } from './test/run/patches.js';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

const manifestAt = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
const own = manifestAt('.');
const banner = `/*! ${own.name} ${own.version} | ${own.license}`;

/** Templates and styles are text to the minifier, which leaves them alone; this shortens them before it looks. */
const shortenLiterals = (): Plugin => ({
  name: 'shorten-literals',
  enforce: 'pre',
  transform: {
    filter: { id: /\/src\/.*\.ts$/, code: /\b(?:html|svg|css)`/ },
    handler: async (code, id) => {
      const shorter = await minifyHTMLLiterals(code, { fileName: id });
      return shorter ? { code: shorter.code, map: shorter.map?.toString() ?? null } : null;
    },
  },
});

/** What is bundled must carry its licence along. */
const carryLicences = (fileName = 'THIRD-PARTY-LICENSES.txt'): Plugin => ({
  name: 'carry-licences',
  generateBundle(_options, bundle) {
    const folders = new Set<string>();
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      for (const id of chunk.moduleIds) {
        const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id.replaceAll('\\', '/').replaceAll('\0', ''))?.[0];
        if (folder) folders.add(folder);
      }
    }
    const notes = [...folders].map((folder) => {
      const { name, version, license } = manifestAt(folder);
      const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
      const text = file ? readFileSync(join(folder, file), 'utf8').trim() : 'The package brings no licence file.';
      return `${name} ${version} (${license})\n\n${text}\n`;
    });
    const source = notes.sort().join(`\n${'-'.repeat(80)}\n\n`);
    this.emitFile({ type: 'asset', fileName, source });
  },
});

/** A virtual entry, so that what `define` exports never becomes a global of the host's page. */
const runOnly = (...files: readonly string[]): Plugin => ({
  name: 'run-only',
  enforce: 'pre',
  resolveId: (id) => (/\brun-only$/.test(id) ? '\0run-only' : null), // Vite has made a path of it by now.
  load: (id) => (id === '\0run-only' ? files.map((file) => `import ${JSON.stringify(join(import.meta.dirname, file))};`).join('') : null),
});

const fileOf = (part: string): string => `./wearable-connect.${part}.js`;

/**
 * The file for a script tag looks for its parts beside itself. As a module an import is relative to it; as a classic script
 * from another origin without CORS it has no base to be relative to (HTML 8.1.3.2: about:blank), so it remembers its address.
 */
const besideTheScript = (...names: readonly string[]): Plugin => ({
  name: 'beside-the-script',
  enforce: 'pre',
  resolveId(id) {
    if (names.some((name) => id === fileOf(name))) return { id, external: true };
    return id.endsWith('/parts.js') ? '\0beside-the-script' : null;
  },
  load: (id) =>
    id === '\0beside-the-script'
      ? `const src = globalThis.document?.currentScript?.src;
         const beside = (file) => import(/* @vite-ignore */ src ? new URL(file, src).href : file);
         export const parts = Object.fromEntries('${names.join(' ')}'.split(' ').map((name) => [name, () => beside(\`${fileOf('${name}')}\`)]));`
      : null,
});

/** What a bundler's page fetches a moment later, the file for a script tag has inside: the module itself, without a wait. */
const atHand = (modules: Readonly<Record<string, string>>): Plugin => ({
  name: 'at-hand',
  enforce: 'pre',
  resolveId(id, importer = '') {
    const [, file] = Object.entries(modules).find(([later]) => join(dirname(importer), id) === join(import.meta.dirname, later)) ?? [];
    return file ? join(import.meta.dirname, file) : null;
  },
});

/** Chromium compiles all of the file while it arrives, on another thread, instead of each function where it is first called (explicit compile hints). Nobody else minds. */
const eager = '//# allFunctionsCalledOnLoad\n';

/** A second minifier after the first: it reaches 2 % further, and two licence lines are all that it keeps. Statements stay apart: to brotli their semicolons cost nothing. What is no module keeps the function around it, so that it leaves no name behind. */
const tighten = (note: string, { module = false, inner = [] as readonly string[], isEager = false } = {}): Plugin => ({
  name: 'tighten',
  async generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      const { code, map } = await minify(chunk.code, {
        ecma: 2020,
        module,
        toplevel: module,
        compress: { passes: 6, unsafe: true, unsafe_arrows: true, unsafe_methods: true, sequences: false, keep_fargs: false },
        format: { comments: false, preamble: `${isEager ? eager : ''}${banner}${note} */` },
        mangle: { properties: inner.length > 0 && { regex: new RegExp(`^(?:${inner.join('|').replaceAll('$', '\\$')})$`) } },
        sourceMap: { content: JSON.stringify(chunk.map), asObject: true },
      });
      if (!code || typeof map !== 'object') throw new Error(`${chunk.fileName} could not be minified.`);
      // A classic script is read in the encoding of its page, which may be any; a byte order mark makes it UTF-8 (Encoding, 6).
      const mark = /[^\0-\x7f]/.test(code) ? '\uFEFF' : '';
      chunk.code = `${mark}${code}\n//# sourceMappingURL=${chunk.fileName}.map\n`;
      const source = bundle[`${chunk.fileName}.map`];
      if (source?.type === 'asset') source.source = JSON.stringify(map);
    }
  },
});

const landingPage = (): Plugin => ({
  name: 'landing-page',
  generateBundle() {
    const source = readFileSync('src/wearable-callback.html', 'utf8');
    this.emitFile({ type: 'asset', fileName: 'wearable-callback.html', source });
  },
});

/** For pages that are rendered on a server: what keeps the element's room, and the style of its first look as a file. */
const stylesheets = (): Plugin => ({
  name: 'stylesheets',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'wearable-connect.css', source: readFileSync('src/wearable-connect.css', 'utf8') });
    const source = firstStyles.replace(/\/\*.*?\*\//gs, '').replace(/\s+/g, ' ');
    this.emitFile({ type: 'asset', fileName: 'wearable-connect.shadow.css', source: source.trim() });
  },
});

/** Templates without what draws them: a part beside the script writes them, and the script's own Lit draws them all. */
const withoutLit = (): Plugin => ({
  name: 'without-lit',
  enforce: 'pre',
  resolveId: (id) => (id.startsWith('lit/') ? '\0without-lit' : null),
  load: (id) =>
    id === '\0without-lit'
      ? `export const html = (strings, ...values) => ({ _$litType$: 1, strings, values });
         export const nothing = Symbol.for('lit-nothing');
         export const render = () => {};`
      : null,
});

/**
 * Bundlers for workers choose Lit's build for browsers, which wants a document as soon as it is loaded. Where there is none nothing
 * is ever drawn, or only as text (src/element/markup.ts), and no part is ever loaded.
 */
const withoutParts = (): Plugin => ({
  name: 'without-parts',
  enforce: 'pre',
  resolveId: (id) => (id.endsWith('/parts.js') ? '\0without-parts' : null),
  load: (id) => (id === '\0without-parts' ? 'export const parts = {};' : null),
});

const defined = { __VERSION__: JSON.stringify(own.version) };

const shared: BuildOptions = {
  outDir: 'dist',
  emptyOutDir: false, // Each would delete what the others wrote; `npm run build` removes dist before all of them.
  target: 'es2022',
  sourcemap: true,
  copyPublicDir: false,
  reportCompressedSize: false,
};

/** One self-contained file that runs by itself and leaves no name behind. */
const single = (file: string): BuildOptions => ({
  ...shared,
  minify: 'oxc',
  lib: { entry: 'run-only', formats: ['iife'], name: 'unused', fileName: () => basename(file) },
  rolldownOptions: { output: { codeSplitting: false } },
});

/** A module beside the script, which knows it by this name. */
const part = (name: string, entry = `src/element/${name}.ts`): BuildOptions => ({
  ...shared,
  minify: 'oxc',
  lib: { entry, formats: ['es'], fileName: () => basename(fileOf(name)) },
  rolldownOptions: { output: { codeSplitting: false } },
});

/** Parts without markup. */
const plainParts = (entries: Readonly<Record<string, string>>): Record<string, () => UserConfig> =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, () => ({ plugins: [tighten('', { module: true })], build: part(name, entry) })]));

/** Parts with no package inside. */
const ownParts = (...names: readonly string[]): Record<string, () => UserConfig> =>
  Object.fromEntries(names.map((name) => [name, () => ({ plugins: [withoutLit(), shortenLiterals(), tighten('', { module: true })], build: part(name) })]));

const locales = (): Record<string, string> =>
  Object.fromEntries(
    (existsSync('src/locales') ? readdirSync('src/locales') : [])
      .filter((file) => file.endsWith('.ts') && file !== 'en.ts') // English is made of parts (test/run/locale-files.ts).
      .map((file) => [`locales/${file.slice(0, -3)}`, `src/locales/${file}`]),
  );

/** Doors to the element, beside those for browsers, in the package's exports. */
const doors = { index: 'src/index.ts', define: 'src/define.ts', platforms: 'src/platforms.ts', react: 'src/react.ts', ssr: 'src/ssr.ts' };

const modes: Record<string, () => UserConfig> = {
  npm: () => ({
    plugins: [shortenLiterals(), englishInParts(), localeFiles(), stylesheets()],
    build: {
      ...shared,
      minify: false,
      lib: {
        // The connector has a file of its own, so that whoever draws their own gets nothing of the element.
        entry: { ...doors, 'server/index': 'src/server/index.ts', 'server/redis': 'src/server/redis.ts', 'wearable-connect.words': 'src/element/languages.ts', 'chunks/connector': 'src/platforms/connector.ts', ...locales() },
        formats: ['es'],
      },
      rolldownOptions: {
        external: [/^lit(\/|$)/, /^@lit\//, 'oauth4webapi', /^@floating-ui\//, 'react'],
        checks: { moduleLevelDirective: false }, // 'use client' stays where it belongs: at the head of an entry.
        output: { chunkFileNames: 'chunks/[name].js' },
      },
    },
  }),
  worker: () => ({
    plugins: [withoutLit(), withoutParts(), shortenLiterals()],
    build: {
      ...shared,
      outDir: 'dist/worker',
      sourcemap: false,
      minify: false,
      lib: { entry: doors, formats: ['es'] },
      rolldownOptions: {
        external: ['oauth4webapi', 'react'],
        checks: { moduleLevelDirective: false },
        output: { chunkFileNames: 'chunks/[name].js' },
      },
    },
  }),
  'script-tag': () => ({
    // Its prose and its markup first: brotli finds more of them again further down, half a percent of the file.
    plugins: [runOnly('src/element/styles.ts', 'src/element/card.ts', 'src/define.ts'), patchPackages(own.name), atHand({ 'src/platforms/later.js': 'src/platforms/sweatstack/platform.ts', 'src/platforms/sweatstack/later.js': 'src/platforms/sweatstack/account.ts', 'src/element/connect-later.js': 'src/element/connect-now.ts', 'src/element/first-kit.js': 'src/element/whole-kit.ts', 'src/oauth/ahead.js': 'src/oauth/no-ahead.ts', 'src/oauth/land-later.js': 'src/oauth/landing.ts' }), besideTheScript('inspector', 'qr', 'arrival', 'search', 'layouts', 'anchored', 'afterwards', 'hand-over', 'elsewhere', 'words', 'open-wearables', 'demo'), shortenLiterals(), carryLicences(), tighten(', THIRD-PARTY-LICENSES.txt', { inner: process.env['WITHOUT'] === 'inner names' ? [] : innerNames, isEager: true })],
    build: single('dist/wearable-connect.js'),
  }),
  ...ownParts('arrival', 'search', 'layouts', 'elsewhere'),
  ...plainParts({
    afterwards: 'src/platforms/sweatstack/afterwards.ts',
    'hand-over': 'src/platforms/sweatstack/hand-over.ts',
    'open-wearables': 'src/platforms/open-wearables/platform.ts',
    demo: 'src/platforms/demo/platform.ts',
  }),
  anchored: () => ({
    plugins: [carryLicences('THIRD-PARTY-LICENSES.anchored.txt'), tighten(', THIRD-PARTY-LICENSES.anchored.txt', { module: true })],
    build: part('anchored'),
  }),
  inspector: () => ({
    plugins: [withoutLit(), shortenLiterals(), tighten('', { module: true })],
    define: { ...defined, __TRUSTED_TYPES_POLICY__: JSON.stringify(own.name) },
    build: part('inspector'),
  }),
  qr: () => ({
    plugins: [withoutLit(), carryLicences('THIRD-PARTY-LICENSES.qr.txt'), tighten(', THIRD-PARTY-LICENSES.qr.txt', { module: true })],
    build: part('qr'),
  }),
  callback: () => ({
    plugins: [runOnly('src/callback.ts'), landingPage(), tighten('')],
    build: single('dist/callback.js'),
  }),
  sandbox: () => ({
    plugins: [carryLicences()],
    ssr: { noExternal: true, target: 'node' },
    build: {
      ...shared,
      outDir: 'dist/sandbox',
      target: 'node20',
      sourcemap: false,
      ssr: true,
      rolldownOptions: {
        input: { index: 'src/sandbox/index.ts', cli: 'src/sandbox/cli.ts' },
        checks: { eval: false }, // A dependency of a dependency, to name a function it wraps.
        output: { chunkFileNames: 'chunks/[name].js' },
      },
    },
  }),
};

export default defineConfig(({ mode }) => ({
  publicDir: false,
  define: defined,
  ...modes[mode]?.(),
}));
