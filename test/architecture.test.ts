import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type Sources, violations } from './run/architecture.js';

const realTree = (): Sources => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return Object.fromEntries(
    files.map((file) => [`src/${file.replaceAll('\\', '/')}`, readFileSync(`src/${file}`, 'utf8')]),
  );
};

const empty = '';
const lines = (count: number): string => 'export {};\n'.repeat(count);

describe('the floor plan of src', () => {
  it('holds', () => {
    const sources = realTree();
    assert.ok(Object.keys(sources).length > 0, 'no source was read');
    assert.deepEqual(violations(sources), []);
  });
});

describe('the floor plan allows', () => {
  const allowed: Record<string, Sources> = {
    'oauth → core': { 'src/oauth/tokens.ts': `import type { A } from '../core/nouns.js';`, 'src/core/nouns.ts': empty },
    'platforms → core, oauth, sync': {
      'src/platforms/one/index.ts': `import '../../core/a.js'; import '../../oauth/b.js'; import '../../sync/c.js';`,
    },
    'a platform → what platforms share': { 'src/platforms/one/a.ts': `import { b } from '../listing.js';` },
    'by-name → every platform': { 'src/platforms/by-name.ts': `void import('./one/a.js'); void import('./two/b.js');` },
    'server → the landing page of oauth': { 'src/server/routes.ts': `import { page } from '../oauth/callback-page.js';` },
    'server → the token requests of oauth': { 'src/server/redeem.ts': `import { redeemCode } from '../oauth/proof.js';` },
    'a locale → types of core': { 'src/locales/no.ts': `import type { Strings } from '../core/strings.js';` },
    'element → locales, platforms, core': {
      'src/element/a.ts': `import '../locales/en.js'; import '../platforms/by-name.js'; import '../core/a.js';`,
    },
    'lit at its door': { 'src/element/lit.ts': `export * from 'lit'; export * from 'lit/directives/repeat.js';` },
    'oauth4webapi at its door': { 'src/oauth/proof.ts': `void import('oauth4webapi');` },
    'floating-ui at its door': { 'src/element/anchored.ts': `import { computePosition } from '@floating-ui/dom';` },
    'react at its door': { 'src/react.ts': `import type { Ref } from 'react'; import './index.js';`, 'src/index.ts': empty },
    'types → a framework, in the file of its name': {
      'src/types/solid.ts': `import type { JSX } from 'solid-js'; import type { A } from '../element/a.js'; import type { B } from './tag.js';`,
      'src/types/tag.ts': empty,
    },
    'react → types': { 'src/react.ts': `import type { A } from './types/tag.js';`, 'src/types/tag.ts': empty },
    'sandbox → Node and its own packages': {
      'src/sandbox/a.ts': `import 'node:http'; import 'oidc-provider'; import 'jose'; import '../server/handler.js';`,
    },
    'the sandbox door → sandbox': { 'src/sandbox.ts': `export * from './sandbox/a.js';` },
    'the server door → server': { 'src/server.ts': `export * from './server/handler.js';` },
    'the word import in strings and comments': { 'src/core/a.ts': `// import 'lit'\nexport const a = "import 'lit'";` },
    'three hundred lines': { 'src/core/a.ts': lines(300) },
  };
  for (const [name, sources] of Object.entries(allowed)) {
    it(name, () => {
      assert.deepEqual(violations(sources), []);
    });
  }
});

describe('the floor plan refuses', () => {
  const refused: Record<string, readonly [Sources, RegExp]> = {
    'core → anything': [{ 'src/core/a.ts': `import '../oauth/b.js';` }, /core may not import oauth/],
    'an import of a type alone': [{ 'src/core/a.ts': `import type { B } from '../sync/b.js';` }, /may not import sync/],
    'an import type in a type': [{ 'src/core/a.ts': `type B = import('../sync/b.js').B;` }, /may not import sync/],
    'a dynamic import': [{ 'src/core/a.ts': `void import('../sync/b.js');` }, /may not import sync/],
    'an export … from': [{ 'src/core/a.ts': `export { b } from '../sync/b.js';` }, /may not import sync/],
    'a dynamic import by an expression': [{ 'src/core/a.ts': 'void import(`./${name}.js`);' }, /third-party|plain string/],
    'oauth → sync, sideways': [{ 'src/oauth/a.ts': `import '../sync/b.js';` }, /oauth may not import sync/],
    'sync → oauth, sideways': [{ 'src/sync/a.ts': `import '../oauth/b.js';` }, /sync may not import oauth/],
    'sync → platforms, upward': [{ 'src/sync/a.ts': `import '../platforms/b.js';` }, /sync may not import platforms/],
    'platforms → element, upward': [{ 'src/platforms/a.ts': `import '../element/b.js';` }, /may not import element/],
    'platform → platform': [{ 'src/platforms/one/a.ts': `import '../two/b.js';` }, /platforms never meet/],
    'a shared file → a platform': [{ 'src/platforms/a.ts': `import './one/b.js';` }, /only by-name/],
    'server → the rest of oauth': [{ 'src/server/a.ts': `import '../oauth/window.js';` }, /the rest wants a page/],
    'server → platforms': [{ 'src/server/a.ts': `import '../platforms/b.js';` }, /server may not import platforms/],
    'element → oauth': [{ 'src/element/a.ts': `import '../oauth/b.js';` }, /element may not import oauth/],
    'element → sandbox, sideways': [{ 'src/element/a.ts': `import '../sandbox/b.js';` }, /may not import sandbox/],
    'sandbox → element, sideways': [{ 'src/sandbox/a.ts': `import '../element/b.js';` }, /may not import element/],
    'a room → a door': [{ 'src/element/a.ts': `import '../index.js';` }, /may not import doors/],
    'a locale → values': [{ 'src/locales/no.ts': `import { a } from '../core/a.js';` }, /types alone/],
    'a locale → element': [{ 'src/locales/no.ts': `import type { A } from '../element/a.js';` }, /may not import element/],
    'types → values': [{ 'src/types/tag.ts': `import { a } from '../core/a.js';` }, /types alone/],
    'types → a framework’s values': [{ 'src/types/solid.ts': `import { a } from 'solid-js';` }, /no third-party/],
    'types → another framework': [{ 'src/types/solid.ts': `import type { A } from 'vue';` }, /no third-party/],
    'element → types': [{ 'src/element/a.ts': `import type { A } from '../types/tag.js';` }, /may not import types/],
    'a door → sandbox': [{ 'src/index.ts': `export * from './sandbox/a.js';` }, /only a sandbox door/],
    'a door → server': [{ 'src/index.ts': `export * from './server/a.js';` }, /only a server door/],
    'a circle of two': [
      { 'src/core/a.ts': `import type { B } from './b.js';`, 'src/core/b.ts': `import { a } from './a.js';` },
      /a\.ts → src\/core\/b\.ts → src\/core\/a\.ts: a circle/,
    ],
    'a circle of three': [
      {
        'src/sync/a.ts': `import './b.js';`,
        'src/sync/b.ts': `export * from './c.js';`,
        'src/sync/c.ts': `void import('./a.js');`,
      },
      /a circle/,
    ],
    'a file that imports itself': [{ 'src/core/a.ts': `import './a.js';` }, /a circle/],
    'lit elsewhere': [{ 'src/element/card.ts': `import { html } from 'lit';` }, /lit is imported in/],
    'a part of lit elsewhere': [{ 'src/element/card.ts': `import '@lit/task';` }, /lit is imported in/],
    'lean-qr elsewhere': [{ 'src/element/b.ts': `import 'lean-qr';` }, /lean-qr is imported/],
    'oauth4webapi elsewhere': [{ 'src/oauth/b.ts': `import type { A } from 'oauth4webapi';` }, /oauth4webapi is imported/],
    'floating-ui elsewhere': [{ 'src/element/card.ts': `import '@floating-ui/dom';` }, /@floating-ui\/dom is imported/],
    'Node in the browser': [{ 'src/sync/a.ts': `import 'node:fs';` }, /Node built-ins/],
    'Node in the server': [{ 'src/server/a.ts': `import 'node:crypto';` }, /Node built-ins/],
    'jose in the server': [{ 'src/server/a.ts': `import 'jose';` }, /no third-party/],
    'any other package': [{ 'src/sandbox/a.ts': `import 'express';` }, /no third-party/],
    'a way out of src': [{ 'src/core/a.ts': `import '../../test/b.js';` }, /outside src/],
    'a room of its own': [{ 'src/lib/a.ts': empty }, /no room called lib/],
    'a file called utils': [{ 'src/core/utils.ts': empty }, /says nothing/],
    'a file called helpers': [{ 'src/sync/helpers.ts': empty }, /says nothing/],
    'a file called common': [{ 'src/sync/common.ts': empty }, /says nothing/],
    'a file called …-manager': [{ 'src/oauth/popup-manager.ts': empty }, /says nothing/],
    'three hundred and one lines': [{ 'src/core/a.ts': lines(301) }, /301 lines/],
  };
  for (const [name, [sources, sentence]] of Object.entries(refused)) {
    it(name, () => {
      const found = violations(sources);
      assert.equal(found.length, 1, `expected one sentence, got ${JSON.stringify(found)}`);
      assert.match(found[0] ?? '', sentence);
    });
  }
});
