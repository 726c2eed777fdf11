/**
 * What the package promises, in a text that a review can read: every entry with every declaration, and the element. `npm run papers`
 * writes it to test/papers/api-report.md; `npm run check` compares. What is taken away from there breaks somebody.
 */
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { declared, entries } from './declared.js';
import { type Element, type Named, readElement } from './element.js';

const printer = ts.createPrinter({ removeComments: true, omitTrailingSemicolon: false });

/** As it is declared, without what nobody outside can reach. */
function declarationOf(node: ts.Node): string {
  const statement = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  return printer
    .printNode(ts.EmitHint.Unspecified, statement, statement.getSourceFile())
    .replace(/^(export |declare |default )+/, '')
    .split('\n')
    .filter((line) => !/^\s*(#private|private |static #)/.test(line))
    .map((line) => line.replaceAll('    ', '  '))
    .join('\n');
}

/** Of data behind a type, its keys: what they lead to is nobody's business. */
function shapeOf(node: ts.Declaration): string {
  const type = ts.isVariableDeclaration(node) ? node.type : undefined;
  if (!type) return declarationOf(node);
  const name = (node as ts.VariableDeclaration).name.getText();
  return ts.isTypeLiteralNode(type)
    ? `const ${name}: { ${type.members.flatMap(({ name: key }) => key?.getText() ?? []).join(', ')} };`
    : `const ${name}: ${printer.printNode(ts.EmitHint.Unspecified, type, type.getSourceFile()).replace(/\s+/g, ' ')};`;
}

/** The names in a declaration that lead to others of ours. */
function namedIn(node: ts.Node): ts.Symbol[] {
  const { checker, isOwn } = declared();
  const found: ts.Symbol[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isIdentifier(child)) {
      const symbol = checker.getSymbolAtLocation(child);
      const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const [declaration] = target?.declarations ?? [];
      if (target && declaration && isOwn(declaration) && isTopLevel(declaration)) found.push(target);
    }
    ts.forEachChild(child, visit);
  };
  visit(node);
  return found;
}

const isTopLevel = (node: ts.Node): boolean => ts.isSourceFile(ts.isVariableDeclaration(node) ? node.parent.parent.parent : node.parent);

const fenced = (blocks: readonly string[]): string => `\`\`\`ts\n${blocks.join('\n')}\n\`\`\``;

/** Interfaces that we add to: the page's own, and a framework's. */
const augmentations = (): string[] => {
  const { program, isOwn } = declared();
  return program
    .getSourceFiles()
    .filter((file) => isOwn(file))
    .flatMap((file) => file.statements.filter((statement): statement is ts.ModuleDeclaration => ts.isModuleDeclaration(statement)))
    .map(declarationOf)
    .sort();
};

/** A line each: what is added to a list takes no line away. */
const listed = (kind: string, list: readonly Named[]): string[] => list.map(({ name }) => `- ${kind} \`${name}\``);

const tagOf = (element: Element): string =>
  [
    ...element.attributes.map(({ name, fieldName = '', type, default: initial }) => `- attribute \`${name}\`${fieldName && ` (\`${fieldName}\`)`}: \`${type?.text ?? 'string'}\`${initial === undefined ? '' : `, default \`${initial}\``}`),
    ...listed('event', element.events),
    ...listed('slot', element.slots),
    ...listed('part', element.cssParts),
    ...listed('custom property', element.cssProperties),
    ...listed('state', element.cssStates),
  ].join('\n');

export function apiReport(): string {
  const { exportsOf } = declared();
  const shown = new Map<ts.Symbol, string>();
  const behind = new Set<ts.Symbol>();
  const locales = entries().filter(({ name }) => name.includes('/locales/'));

  const chapters = entries().filter(({ name }) => !name.includes('/locales/') || name.endsWith('/en')).map(({ name, file }) => {
    const blocks: string[] = [];
    const again = new Map<string, string[]>();
    for (const symbol of exportsOf(file)) {
      const before = shown.get(symbol);
      if (before) again.set(before, [...(again.get(before) ?? []), symbol.name]);
      else {
        shown.set(symbol, name);
        blocks.push(...(symbol.declarations ?? []).map(declarationOf));
        for (const declaration of symbol.declarations ?? []) namedIn(declaration).forEach((other) => behind.add(other));
      }
    }
    const also = [...again].map(([entry, some]) => `From \`${entry}\`: ${some.map((one) => `\`${one}\``).join(', ')}.`);
    return [`## ${name}`, ...(blocks.length ? [fenced(blocks)] : []), ...also, ...(blocks.length || also.length ? [] : ['Exports nothing.'])].join('\n\n');
  });

  // What those name without exporting it, and what that names in turn.
  for (const symbol of behind) for (const declaration of symbol.declarations ?? []) namedIn(declaration).forEach((other) => behind.add(other));
  const unnamed = [...behind].filter((symbol) => !shown.has(symbol)).flatMap(({ declarations = [] }) => declarations.map(shapeOf)).sort();

  const { bin, exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Record<string, string>; exports: Record<string, unknown> };
  return [
    '# What the package promises',
    'Written by `npm run papers` from the built declarations. A line that goes is a change that breaks somebody; one that comes is a feature (CONTRIBUTING.md, “Versions”).',
    '## The package',
    [...Object.keys(exports).map((name) => `- entry \`${name}\``), ...locales.map(({ name }) => `- locale \`${name}\``), ...Object.keys(bin).map((name) => `- command \`${name}\``)].join('\n'),
    '## `<wearable-connect>`',
    tagOf(readElement()),
    ...chapters,
    '## Added to interfaces of others',
    fenced(augmentations()),
    '## Named by these, and not exported',
    fenced([...new Set(unnamed)]),
  ].join('\n\n').concat('\n');
}
