/** The files as they are published, used the way a host uses them: sources that pass their tests can still be built wrong. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { headless } from '../browsers/headless.js';
import { serving, type Serving } from '../browsers/serving.js';

/** Lit marks its versions and the metadata of its properties; in Node it also brings a stand-in for the registry. */
const ofLit = /^(lit|reactive)(\w+Versions|PropertyMetadata|ServerRoot)$|^customElements$/;

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  version: string;
  exports: Record<string, string | Record<string, string>>;
};

before(() => {
  if (!existsSync('dist/wearable-connect.js')) execFileSync(process.execPath, ['--import=tsx', 'test/run/build.ts']);
});

describe('the package', () => {
  for (const [name, offer] of Object.entries(manifest.exports)) {
    for (const target of typeof offer === 'string' ? [offer] : Object.values(offer)) {
      if (target.includes('*')) continue;
      it(`has ${target}, which ${name} promises`, () => {
        assert.ok(existsSync(target));
      });
    }
  }

  for (const entry of ['index', 'define', 'callback', 'platforms', 'react', 'server/index', 'locales/en']) {
    it(`can import ${entry} where there is no page, and nothing happens`, () => {
      const before = 'const names = new Set(Object.getOwnPropertyNames(globalThis));';
      const after = "console.log(Object.getOwnPropertyNames(globalThis).filter((name) => !names.has(name)).join());";
      const code = `${before} await import('./dist/${entry}.js'); ${after}`;
      const left = execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' }).trim();
      assert.deepEqual(left.split(',').filter((name) => name && !ofLit.test(name)), []);
    });
  }

  it('has a server’s side that knows neither Node nor a page, and brings nothing along but the token requests', () => {
    const texts: string[] = [];
    const read = (file: string): void => {
      const text = readFileSync(file, 'utf8');
      texts.push(text);
      for (const [, next = ''] of text.matchAll(/(?:from|import)\s*["'](\.[^"']+)["']/g)) read(join(file, '..', next));
    };
    read('dist/server/index.js');
    const packages = texts.flatMap((text) => [...text.matchAll(/(?:from|import)\s*["']([^."'][^"']*)["']/g)].map(([, name]) => name));
    assert.deepEqual([...new Set(packages)], ['oauth4webapi']);
    // The page that it serves is text to it.
    const spoken = /(["'])(?:(?!\1)[^\\\n]|\\.)*\1/g;
    for (const text of texts) assert.doesNotMatch(text.replace(spoken, '""'), /\b((document|window|process)\.\w|localStorage|Buffer\b|customElements)/);
  });

  it('registers nothing where there is no page, although Lit brings a stand-in for the registry', () => {
    const code = "await import('./dist/define.js'); console.log(globalThis.customElements?.get('wearable-connect'));";
    assert.equal(execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' }).trim(), 'undefined');
  });

  it('has a doctor who says so where there is no page', () => {
    const code = "const { doctor } = await import('./dist/index.js'); console.log((await doctor()).map(({ code }) => code).join());";
    assert.equal(execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' }).trim(), 'no-page');
  });

  it('tells editors and catalogues of what can be imported, by the files that are packed, and where the tag is defined', async () => {
    interface Reference {
      readonly name: string;
      readonly module?: string;
    }
    interface Told {
      readonly path: string;
      readonly declarations: readonly { readonly name: string; readonly tagName?: string; readonly superclass?: Reference }[];
      readonly exports: readonly { readonly kind: string; readonly name: string; readonly declaration: Reference }[];
    }
    const text = readFileSync('dist/custom-elements.json', 'utf8');
    const { modules } = JSON.parse(text) as { modules: readonly Told[] };
    assert.ok(!text.includes('src/'), 'nobody who installs it has the sources');
    const targets = Object.values(manifest.exports).map((offer) => (typeof offer === 'string' ? offer : offer['default']));
    for (const { path, declarations, exports } of modules) {
      assert.ok(existsSync(path) && targets.includes(`./${path}`), `${path} is no door of the package`);
      const offered = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
      for (const { name } of [...declarations, ...exports.filter(({ kind }) => kind === 'js')]) assert.ok(name in offered, `${path} exports no ${name}`);
      for (const { declaration } of exports) {
        const home = modules.find((one) => one.path === declaration.module);
        assert.ok(home?.declarations.some(({ name }) => name === declaration.name), `${path} refers to ${declaration.module ?? '?'}, which has no ${declaration.name}`);
      }
      for (const { superclass } of declarations) assert.equal(superclass?.module, undefined, 'what is inherited from has a file that is not packed');
    }
    const tags = modules.flatMap(({ declarations }) => declarations).flatMap(({ tagName }) => tagName ?? []);
    const defined = modules.flatMap(({ path, exports }) => exports.filter(({ kind }) => kind === 'custom-element-definition').map(({ name }) => [path, name]));
    assert.deepEqual([tags, defined], [['wearable-connect'], [['dist/define.js', 'wearable-connect']]]);
  });

  it('says of the React component that it is the browser’s, where server components ask', () => {
    assert.match(readFileSync('dist/react.js', 'utf8'), /^["']use client["'];/);
  });

  it('carries the licences of what it bundles', () => {
    const bundled = readFileSync('dist/THIRD-PARTY-LICENSES.txt', 'utf8');
    for (const name of ['lit-html', 'oauth4webapi']) assert.match(bundled, new RegExp(`^${name} \\d`, 'm'));
    assert.match(readFileSync('dist/sandbox/THIRD-PARTY-LICENSES.txt', 'utf8'), /^oidc-provider \d/m);
  });

  it('packs dist, the licence, the pages and nothing of the sources', () => {
    const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--loglevel=silent'], { encoding: 'utf8', shell: process.platform === 'win32' });
    const files = (JSON.parse(packed) as { files: { path: string }[] }[])[0]?.files.map(({ path }) => path) ?? [];
    const pictures = [...readFileSync('README.md', 'utf8').matchAll(/<img src="([^"]+)"/g)].map(([, path = '']) => path);
    assert.equal(pictures.length, 3);
    for (const file of ['LICENSE', 'llms.txt', 'stories/docs/server.md', ...pictures]) assert.ok(files.includes(file), file);
    assert.deepEqual(files.filter((file) => !pictures.includes(file) && !/^(dist\/|stories\/docs\/[\w-]+\.md$|package\.json$|LICENSE$|llms\.txt$|(README|CHANGELOG|CONTRIBUTING|SECURITY)\.md$)/.test(file)), []);
  });

  it('brings a sandbox that needs nothing installed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
    try {
      cpSync('dist/sandbox', join(folder, 'sandbox'), { recursive: true });
      cpSync('package.json', join(folder, 'package.json'));
      const child = spawn(process.execPath, [join(folder, 'sandbox', 'cli.js'), 'sandbox', '--port', '0'], { cwd: folder, stdio: 'pipe' });
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      await Promise.race([once(child.stdout, 'data').then(([chunk]) => (said += String(chunk))), once(child, 'exit')]);
      assert.match(said, /http:\/\/sweatstack\.localhost:\d+/);
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('the file for a script tag', () => {
  let browser: Browser;
  let server: Serving;
  let origin: string;

  before(async () => {
    server = await serving('localhost', ({ url = '/' }, response) => {
      const tag = decodeURIComponent(url.slice(2));
      const file = url.endsWith('.js');
      response.setHeader('content-type', file ? 'text/javascript' : 'text/html');
      response.setHeader('content-security-policy', "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' https://app.sweatstack.no; require-trusted-types-for 'script'");
      response.end(file ? readFileSync(`dist${url}`) : `<!doctype html><title>Host</title>${tag}<wearable-connect client-id="demo"></wearable-connect>`);
    });
    ({ origin } = server);
    browser = await headless();
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  const visit = async (tag: string): Promise<{ version: unknown; drawn: unknown; left: unknown; said: string[] }> => {
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    await page.goto(`${origin}/?${encodeURIComponent(tag)}`);
    const found = await page.evaluate(async () => {
      await customElements.whenDefined('wearable-connect');
      await new Promise((done) => setTimeout(done, 200));
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const usual = new Set(Object.getOwnPropertyNames(frame.contentWindow));
      const element = document.querySelector('wearable-connect');
      return {
        version: (customElements.get('wearable-connect') as { version?: unknown } | undefined)?.version,
        drawn: element?.shadowRoot?.querySelector('button') !== null,
        left: Object.getOwnPropertyNames(globalThis).filter((name) => !usual.has(name) && !/^\d+$/.test(name)),
      };
    });
    await page.close();
    return { ...found, left: found.left.filter((name) => !ofLit.test(name)), said };
  };

  for (const [way, tag] of Object.entries({
    'a module': '<script type="module" src="/wearable-connect.js"></script>',
    'a classic deferred script': '<script defer src="/wearable-connect.js"></script>',
    'a classic script in the head': '<script src="/wearable-connect.js"></script>',
    both: '<script defer src="/wearable-connect.js"></script><script type="module" src="/wearable-connect.js"></script>',
  })) {
    it(`works as ${way}, under a strict policy, and leaves no name behind [F23, T18]`, async () => {
      assert.deepEqual(await visit(tag), { version: manifest.version, drawn: true, left: [], said: [] });
    });
  }
});
