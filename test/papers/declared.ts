/** The declarations of the built package, read with the compiler that an integrator reads them with. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

export interface Entry {
  /** As it is imported. Where a star stood in package.json, one of each is here. */
  readonly name: string;
  readonly file: string;
}

export const entries = (): readonly Entry[] => {
  const { name: own, exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; exports: Record<string, string | { types: string }> };
  return Object.entries(exports).flatMap(([name, offer]) => {
    if (typeof offer === 'string') return [];
    const called = name.replace('.', own);
    const [folder, rest] = offer.types.split('*');
    if (folder === undefined || rest === undefined) return [{ name: called, file: offer.types }];
    return readdirSync(folder).filter((file) => file.endsWith(rest)).sort().map((file) => ({ name: called.replace('*', file.slice(0, -rest.length)), file: join(folder, file) }));
  });
};

export interface Declared {
  readonly checker: ts.TypeChecker;
  readonly program: ts.Program;
  /** What a module exports, by name, each where it was declared. */
  exportsOf(file: string): readonly ts.Symbol[];
  /** Whether this is ours, and not the language's or another package's. */
  isOwn(node: ts.Node): boolean;
}

let read: Declared | undefined;

/** Read once, for all that ask. */
export function declared(): Declared {
  if (read) return read;
  const options: ts.CompilerOptions = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, target: ts.ScriptTarget.ES2022, types: [], strict: true, noLib: true, noEmit: true };
  const host = ts.createCompilerHost(options);
  // Only what is ours: neither the language nor a framework has to be read to know what we say.
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) => ({ resolvedModule: text.startsWith('.') ? { resolvedFileName: resolve(dirname(from), text.replace(/\.js$/, '.d.ts')), extension: ts.Extension.Dts } : undefined }));
  const program = ts.createProgram({ rootNames: entries().map(({ file }) => resolve(file)), options, host });
  const checker = program.getTypeChecker();
  const own = resolve('dist');
  read = {
    checker,
    program,
    exportsOf(file) {
      const source = program.getSourceFile(resolve(file));
      const module = source && checker.getSymbolAtLocation(source);
      const found = module ? checker.getExportsOfModule(module) : [];
      return found.map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol)).sort((one, other) => (one.name < other.name ? -1 : 1));
    },
    isOwn: (node) => resolve(node.getSourceFile().fileName).startsWith(own),
  };
  return read;
}
