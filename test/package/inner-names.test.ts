/** What is shortened in the file for a script tag (test/run/inner-names.ts) must be nobody else's to read. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { innerNames } from '../run/inner-names.js';

/** What crosses to platforms, pages, storage, the parts beside the script, or is looked up by its name. */
const promised = ['core/events', 'core/tokens-event', 'core/nouns', 'core/platform', 'element/late-parts', 'element/say', 'locales/en', 'oauth/attempt', 'oauth/protocol', 'platforms/configuration'];

const treeOf = (file: string): ts.SourceFile => ts.createSourceFile(file, readFileSync(`src/${file}`, 'utf8'), ts.ScriptTarget.Latest, true);

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

function membersIn(tree: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  visit(tree, (node) => {
    if ((ts.isPropertySignature(node) || ts.isMethodSignature(node) || ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node) || ts.isMethodDeclaration(node) || ts.isGetAccessor(node)) && node.name) names.add(node.name.getText().replace(/^['"]|['"]$/g, ''));
  });
  return names;
}

/** `thing['name']` and `'name' in thing`: what is shortened elsewhere would not be found. */
function lookedUpIn(tree: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  visit(tree, (node) => {
    if (ts.isElementAccessExpression(node) && ts.isStringLiteral(node.argumentExpression)) names.add(node.argumentExpression.text);
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword && ts.isStringLiteral(node.left)) names.add(node.left.text);
  });
  return names;
}

function readIn(tree: ts.SourceFile): Set<string> {
  const names = membersIn(tree);
  visit(tree, (node) => {
    if (ts.isPropertyAccessExpression(node)) names.add(node.name.text);
    if (ts.isShorthandPropertyAssignment(node)) names.add(node.name.text);
    if (ts.isBindingElement(node)) names.add((node.propertyName ?? node.name).getText());
  });
  return names;
}

const shared = (names: ReadonlySet<string>): readonly string[] => innerNames.filter((name) => names.has(name));

describe('inner names', () => {
  it('are each there once, in order', () => assert.equal(new Set(innerNames).size, innerNames.length));

  for (const file of promised)
    it(`are none of ${file}’s`, () => {
      const members = membersIn(treeOf(`${file}.ts`));
      assert.ok(members.size > 0);
      assert.deepEqual(shared(members), []);
    });

  it('are none of the element’s own', () => {
    const members = membersIn(treeOf('element/wearable-connect.ts'));
    // What a life and a drawing are given, the element writes down, too: those stay between the two.
    const given = new Set(['dispatch', 'isWatched', 'onState', 'onStep', 'attribute', 'initial', 'willUpdate']);
    assert.ok(members.has('clientId'));
    assert.deepEqual(shared(members).filter((name) => !given.has(name)), []);
  });

  // A platform meets the file through core/platform alone; what else they call alike is each one's own.
  for (const file of readdirSync('dist').filter((name) => /^wearable-connect\.(?!demo|open-wearables).+\.js$/.test(name)))
    it(`are none that ${file} reads`, () => assert.deepEqual(shared(readIn(treeOf(`../dist/${file}`))), []));

  it('are never looked up by a text', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /^(core|element|oauth|platforms|sync)\/.*\.ts$/.test(file) && !/doctor|^platforms\/(demo|open-wearables)\//.test(file));
    assert.deepEqual(files.flatMap((file) => shared(lookedUpIn(treeOf(file))).map((name) => `${file}: ${name}`)), []);
  });
});
