import { posix } from 'node:path';
import ts from 'typescript';

/** Source texts by path, as `src/core/session.ts`. */
export type Sources = Readonly<Record<string, string>>;

interface Import {
  readonly specifier: string;
  readonly line: number;
  readonly typeOnly: boolean;
}

interface Room {
  /** Imports go down only: a room never reaches one of its own floor or above, whatever `below` says. */
  readonly floor: number;
  readonly below: readonly string[];
}

/** The floor plan. A room that is not in it is itself a violation, so that nobody adds one in passing. */
const rooms: Readonly<Record<string, Room>> = {
  core: { floor: 0, below: [] },
  locales: { floor: 1, below: ['core'] },
  oauth: { floor: 1, below: ['core'] },
  sync: { floor: 1, below: ['core'] },
  platforms: { floor: 2, below: ['core', 'oauth', 'sync'] },
  server: { floor: 2, below: ['core', 'sync', 'oauth'] },
  element: { floor: 3, below: ['core', 'platforms', 'locales'] },
  sandbox: { floor: 3, below: ['core', 'sync', 'server'] },
  types: { floor: 4, below: ['core', 'platforms', 'element'] },
  doors: { floor: 4, below: ['core', 'oauth', 'sync', 'platforms', 'locales', 'element', 'types'] },
};

/** The door each third-party package comes in by. */
const packageDoors: readonly { name: string; matches: RegExp; door: string }[] = [
  { name: 'lit', matches: /^(lit|@lit)(\/|$)/, door: 'src/element/lit.ts' },
  { name: 'lean-qr', matches: /^lean-qr(\/|$)/, door: 'src/element/qr.ts' },
  { name: 'oauth4webapi', matches: /^oauth4webapi$/, door: 'src/oauth/proof.ts' },
  { name: '@floating-ui/dom', matches: /^@floating-ui\//, door: 'src/element/anchored.ts' },
  { name: 'react', matches: /^(react|react-dom|@types\/react)(\/|$)/, door: 'src/react.ts' },
];

/** Their types alone, in the file of their name: what the tag is to their users. */
const frameworks: Readonly<Record<string, string>> = {
  'src/types/preact.ts': 'preact',
  'src/types/react.ts': 'react',
  'src/types/solid.ts': 'solid-js',
  'src/types/svelte.ts': 'svelte/elements',
  'src/types/vue.ts': 'vue',
};

const sandboxPackages = /^(node:.+|oidc-provider|jose)$/;
const namesThatSayNothing = /^(utils?|helpers?|common|misc|shared|.*-?managers?)$/;
const longest = 300;

const roomOf = (file: string): string => {
  const parts = file.split('/');
  return parts.length === 2 ? 'doors' : (parts[1] ?? '');
};

const importsOf = (file: string, source: string): Import[] => {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (node: ts.Node, specifier: ts.Node | undefined, typeOnly: boolean): void => {
    const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const text = specifier && ts.isStringLiteralLike(specifier) ? specifier.text : '(not a plain string)';
    found.push({ specifier: text, line, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node, node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      add(node, node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node, node.arguments[0], false);
    } else if (ts.isImportTypeNode(node)) {
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      add(node, node.moduleReference.expression, node.isTypeOnly);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
};

const targetOf = (file: string, specifier: string): string =>
  posix.join(posix.dirname(file), specifier).replace(/\.js$/, '.ts');

/** Why this file may not import that one, or undefined. */
const refusal = (from: string, to: string, typeOnly: boolean): string | undefined => {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (here === 'platforms' && there === 'platforms') {
    const platform = (file: string): string | undefined => (file.split('/').length > 3 ? file.split('/')[2] : undefined);
    const [own, other] = [platform(from), platform(to)];
    if (other === undefined || own === other) return undefined;
    if (own === undefined) {
      return /^src\/platforms\/(by-name|parts)\.ts$/.test(from) ? undefined : 'only by-name.ts and parts.ts know the platforms by name';
    }
    return 'platforms never meet';
  }
  if (here === there && here !== 'doors') return undefined;
  if (here === 'doors') {
    const inner = ['sandbox', 'server'].find((room) => room === there);
    if (inner) return from.startsWith(`src/${inner}`) ? undefined : `only a ${inner} door reaches the ${inner}`;
    if (there === 'doors') return undefined;
  }
  if (!(rooms[here]?.below ?? []).includes(there)) return `${here} may not import ${there}`;
  if (here === 'server' && there === 'oauth' && !/^src\/oauth\/(callback[^/]*|proof|failures)\.ts$/.test(to)) {
    return 'of oauth, the server may import the callback and the token requests alone: the rest wants a page';
  }
  if (['locales', 'types'].includes(here) && !typeOnly) return `a file of ${here} may import types alone`;
  return undefined;
};

const packageRefusal = (file: string, specifier: string, typeOnly: boolean): string | undefined => {
  if (typeOnly && frameworks[file] === specifier) return undefined;
  const known = packageDoors.find(({ matches }) => matches.test(specifier));
  if (known) return file === known.door ? undefined : `${known.name} is imported in ${known.door} alone`;
  if (roomOf(file) === 'sandbox' && sandboxPackages.test(specifier)) return undefined;
  return specifier.startsWith('node:')
    ? 'Node built-ins belong to the sandbox alone'
    : 'no third-party package is imported here';
};

/** Every circle, each told once, as the path that closes it. */
const circles = (graph: ReadonlyMap<string, readonly string[]>): string[] => {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) {
      found.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return found;
};

/** What in these sources breaks the floor plan: one sentence each, naming the file and the line. */
export const violations = (sources: Sources): string[] => {
  const found: string[] = [];
  const graph = new Map<string, string[]>();
  for (const [file, source] of Object.entries(sources)) {
    const room = roomOf(file);
    if (!rooms[room]) found.push(`${file}: there is no room called ${room} in the floor plan`);
    const name = posix.basename(file).replace(/(\.d)?\.ts$/, '');
    if (namesThatSayNothing.test(name)) found.push(`${file}: a name that says nothing about what is inside`);
    const lines = source.trimEnd().split('\n').length;
    if (lines > longest) found.push(`${file}: ${lines} lines; ${longest} is the most`);

    const targets: string[] = [];
    for (const { specifier, line, typeOnly } of importsOf(file, source)) {
      const tell = (why: string | undefined): void => {
        if (why) found.push(`${file}:${line}: imports ${specifier}: ${why}`);
      };
      if (!specifier.startsWith('.')) {
        tell(packageRefusal(file, specifier, typeOnly));
        continue;
      }
      const target = targetOf(file, specifier);
      tell(target.startsWith('src/') ? refusal(file, target, typeOnly) : 'it is outside src');
      targets.push(target);
    }
    graph.set(file, targets);
  }
  return [...found, ...circles(graph).map((circle) => `${circle}: a circle`)];
};
