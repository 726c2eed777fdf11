/** What stands in the folders beside this file, before anything is installed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Manifest {
  readonly private?: boolean;
  readonly pages?: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, Manifest & { readonly resolved?: string }>>;
}

export const sources = join('test', 'consumers');
/** Where a version can stand. */
export const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

export const readManifest = (name: string): Manifest => JSON.parse(readFileSync(join(sources, name, 'package.json'), 'utf8')) as Manifest;
export const readLock = (name: string): Lock => JSON.parse(readFileSync(join(sources, name, 'package-lock.json'), 'utf8')) as Lock;

export const appNames = (): string[] =>
  readdirSync(sources, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(sources, entry.name, 'package-lock.json')))
    .map(({ name }) => name)
    .sort();

/** npm would mend a lockfile that says something else without a word. */
export function refuseStale(name: string): void {
  const [manifest, { packages }] = [readManifest(name), readLock(name)];
  for (const kind of kinds) {
    const [wanted, locked] = [manifest[kind] ?? {}, packages['']?.[kind] ?? {}];
    const differing = [...new Set([...Object.keys(wanted), ...Object.keys(locked)])].filter((one) => wanted[one] !== locked[one]);
    if (differing.length > 0) throw new Error(`Its package-lock.json is out of date (${differing.join(', ')}): npm install --package-lock-only in its folder, with the project's .npmrc beside it.`);
  }
  const named = Object.entries(packages).find(([, { resolved }]) => resolved !== undefined);
  if (named) throw new Error(`Its package-lock.json says where ${named[0]} comes from: the project's .npmrc keeps addresses out.`);
}
