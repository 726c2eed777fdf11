/** What an app gets that bundles the npm build: what is heavy or rare comes when it is asked for, and whoever imports types and classes alone gets no side effect. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { before, describe, it } from 'node:test';
import { build, type Rolldown } from 'vite';

/** An app with one line in it, which imports the package by its files, as a bundler finds them in package.json. */
async function bundled(line: string): Promise<readonly Rolldown.OutputChunk[]> {
  const made = await build({
    ...{ configFile: false, logLevel: 'silent', publicDir: false },
    plugins: [{ name: 'app', resolveId: (id) => (id === 'app' ? '\0app' : null), load: (id) => (id === '\0app' ? line : null) }],
    build: { write: false, target: 'es2022', modulePreload: false, reportCompressedSize: false, rolldownOptions: { input: 'app', preserveEntrySignatures: 'allow-extension' } },
  });
  return [made].flat().flatMap((result) => ('output' in result ? result.output : [])).filter((output) => output.type === 'chunk');
}

/** The entry, and whatever it imports at once. */
function firstOf(chunks: readonly Rolldown.OutputChunk[]): readonly Rolldown.OutputChunk[] {
  const names = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  for (const name of names) chunks.find(({ fileName }) => fileName === name)?.imports.forEach((needed) => names.add(needed));
  return chunks.filter(({ fileName }) => names.has(fileName));
}

/** Of our files their sources, of others the package. */
function originsOf(chunks: readonly Rolldown.OutputChunk[]): readonly string[] {
  const modules = chunks.flatMap(({ modules: all }) => Object.entries(all).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? id : [])));
  return [...new Set(modules.flatMap((id) => {
    const [, name] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id) ?? [];
    if (name) return name;
    if (!existsSync(`${id}.map`)) return [];
    const { sources } = JSON.parse(readFileSync(`${id}.map`, 'utf8')) as { sources: readonly string[] };
    return sources.map((source) => relative('.', resolve(id, '..', source)));
  }))];
}

const late: Readonly<Record<string, RegExp>> = {
  'the position of a popover': /floating-ui|element\/(anchored|layouts)/,
  'a QR code': /lean-qr|element\/qr/,
  'the inspector and the doctor': /element\/inspector(?!\w)|oauth\/doctor/,
  'other languages': /locales\/(?!en\.)|element\/languages/,
  'what signs in, and how that looks': /core\/(session|machine)|platforms\/connector\.ts|platforms\/sweatstack\/|oauth\/(sign-in|attempt|proof)|views\/(authorizing|account)|en\.moving/,
  'what finishes a sign-in in the page itself': /oauth\/landing\.ts/,
  'the window between two others': /element\/relay/,
  'what is drawn after signing in': /element\/(arrival|search)/,
  'the other platforms': /platforms\/(open-wearables|demo)\//,
  'the sandbox or a server': /src\/(sandbox|server)\//,
};

describe('an app that imports wearable-connect/define', { timeout: 60_000 }, () => {
  let first: readonly string[];
  let later: readonly string[];

  before(async () => {
    const chunks = await bundled("import '/dist/define.js';");
    const beginning = firstOf(chunks);
    first = originsOf(beginning);
    later = originsOf(chunks.filter((chunk) => !beginning.includes(chunk)));
  });

  it('gets the element at once', () => {
    for (const needed of ['lit-html', 'src/element/wearable-connect.ts', 'src/element/views/choosing.ts', 'src/locales/en.early.ts']) assert.ok(first.includes(needed), `${needed} is in ${first.join(', ')}`);
  });

  for (const [what, pattern] of Object.entries(late))
    it(`gets ${what} only when it is asked for`, () => {
      assert.deepEqual(first.filter((origin) => pattern.test(origin)), []);
      if (!what.startsWith('the sandbox')) assert.ok(later.some((origin) => pattern.test(origin)), 'but then it does');
    });
});

describe('an app that draws its own', { timeout: 60_000 }, () => {
  it('gets the connector and nothing of the element', async () => {
    const first = originsOf(firstOf(await bundled("import { createConnector } from '/dist/index.js'; globalThis.connect = createConnector;")));
    assert.ok(first.includes('src/platforms/connector.ts'), first.join());
    assert.deepEqual(first.filter((origin) => /^lit|src\/element\//.test(origin)), []);
  });
});

describe('an app that imports a name it does not use', { timeout: 60_000 }, () => {
  for (const entry of ['index', 'platforms', 'react', 'server/index', 'server/redis'])
    it(`from ${entry} has nothing of it in its bundle`, async () => {
      const chunks = await bundled(`import * as all from '/dist/${entry}.js';`);
      assert.equal(firstOf(chunks).map(({ code }) => code.trim()).join(''), '');
    });

  it('from define has the element all the same: that is what it is for', async () => {
    assert.match((await bundled("import '/dist/define.js';")).map(({ code }) => code).join(''), /customElements\.define/);
  });
});
