/** Every door, imported where there is no document: the Node of this machine; the other runtimes have `npm run test:runtimes`. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { doors, importing, watching } from './entry.js';

const run = promisify(execFile);

interface Findings {
  readonly did: readonly string[];
  readonly globals: readonly string[];
  readonly offered: Readonly<Record<string, readonly string[]>>;
}

describe('every door, where there is no document', () => {
  let folder = '';
  before(() => {
    mkdirSync('node_modules/.cache/wearable-connect', { recursive: true });
    folder = mkdtempSync(resolve('node_modules/.cache/wearable-connect/doors-'));
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(process.cwd(), join(folder, 'node_modules', 'wearable-connect'), 'junction');
    cpSync(watching, join(folder, 'watching.mjs'));
    writeFileSync(join(folder, 'entry.mjs'), `${importing()}\nconsole.log(JSON.stringify(findings));`);
    writeFileSync(join(folder, 'shim.mjs'), `import '@lit-labs/ssr';\n`);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const ways: Readonly<Record<string, readonly string[]>> = {
    'in Node': [],
    'as a bundler for workers takes them': ['--conditions=worker', '--conditions=browser'],
    'beside elements that are rendered on a server': ['--import', './shim.mjs'],
  };
  for (const [how, parameters] of Object.entries(ways))
    it(`${how}: does nothing, and the process ends by itself`, async () => {
      const { stdout, stderr } = await run(process.execPath, [...parameters, 'entry.mjs'], { cwd: folder, timeout: 30_000 });
      const { did, globals, offered } = JSON.parse(stdout) as Findings;
      assert.deepEqual({ did, globals, stderr }, { did: [], globals: [], stderr: '' });
      assert.deepEqual(Object.keys(offered), doors());
      assert.ok(offered['wearable-connect']?.includes('createConnector'));
      assert.deepEqual(offered['wearable-connect/ssr'], ['declarativeShadowRoot', 'elementRenderer']);
    });
});
