/** The folders of the apps, all of them: `npm test` installs only a few. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { appNames, kinds, readLock, readManifest, refuseStale, sources } from './folders.js';

const frameworks = ['angular', 'astro', 'esm', 'html', 'next', 'preact', 'react-18', 'react-19', 'solid', 'svelte', 'vue'];

it('there is an app for every way to embed the tag', () => {
  assert.deepEqual(appNames(), frameworks);
});

for (const name of frameworks)
  describe(`the app ${name}`, () => {
    const manifest = readManifest(name);

    it('is never published, and can be checked and built', () => {
      assert.equal(manifest.private, true);
      assert.ok(manifest.scripts['types'] && manifest.scripts['build']);
    });

    it('names exact versions, and a lockfile that agrees and names no registry', () => {
      for (const [, version] of kinds.flatMap((kind) => Object.entries(manifest[kind] ?? {}))) assert.match(version, /^\d+\.\d+\.\d+$/);
      refuseStale(name);
    });

    it('leaves the package to the tarball', () => {
      const named = [...kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {})), ...Object.keys(readLock(name).packages)];
      assert.deepEqual(named.filter((one) => /(^|\/)wearable-connect$/.test(one)), []);
    });

    it('looks for the platform where the sandbox is by default', () => {
      const files = readdirSync(join(sources, name), { recursive: true, encoding: 'utf8' }).filter((file) => /\.(html|js|tsx?|vue|svelte|astro)$/.test(file) && !file.includes('node_modules'));
      assert.ok(files.some((file) => readFileSync(join(sources, name, file), 'utf8').includes('http://sweatstack.localhost:4710')));
    });
  });
