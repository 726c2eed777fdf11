/** One folder beside this file, as a copy that has its packages installed. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { program } from '../run/steps.js';
import { cache, hashOf } from './cache.js';
import { type Manifest, readManifest, refuseStale, sources } from './folders.js';
import type { Tarball } from './tarball.js';

export interface App {
  readonly name: string;
  readonly manifest: Manifest;
  /** What is opened of it. */
  readonly pages: readonly string[];
  /** Where the copy is. */
  readonly folder: string;
  /** What its programs find around them. */
  readonly environment: NodeJS.ProcessEnv;
}

const installed = join('node_modules', '.installed');

const read = (file: string): string => readFileSync(file, 'utf8');

/** Nothing of this project's own, which npm has put into the environment: its tools would stand in for what an app has forgotten to ask for. */
function around(folder: string): NodeJS.ProcessEnv {
  const ours = Object.keys(process.env).filter((name) => /^npm_(package|lifecycle)_|^npm_config_local_prefix$|^NODE_(OPTIONS|ENV)$/.test(name)).map((name) => [name, undefined] as const);
  const elsewhere = (process.env['PATH'] ?? '').split(delimiter).filter((place) => !place.startsWith(join(process.cwd(), 'node_modules')));
  const quiet = { ASTRO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1', NG_CLI_ANALYTICS: 'false' };
  return { ...Object.fromEntries(ours), ...quiet, PATH: [join(folder, 'node_modules', '.bin'), ...elsewhere].join(delimiter) };
}

/** The newest sources beside the packages of the last time. What it has built goes. */
function copied(name: string): App {
  const folder = join(cache, name);
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder).filter((entry) => entry !== 'node_modules')) rmSync(join(folder, old), { recursive: true, force: true });
  const inherited = ['node_modules', 'out', 'dist', '.next', '.astro', '.angular'];
  for (const entry of readdirSync(join(sources, name)).filter((file) => !inherited.includes(file))) cpSync(join(sources, name, entry), join(folder, entry), { recursive: true });
  const manifest = readManifest(name);
  return { name, manifest, pages: manifest.pages ?? ['/'], folder, environment: around(folder) };
}

/**
 * The packed package beside what the lockfile says, by npm, as its users install it: unless both are there from the last time.
 * A lockfile knows the package by its contents, and each tarball has other ones; so the dependency is written in here.
 */
export async function install(name: string, { file, hash }: Tarball): Promise<App> {
  const app = copied(name);
  refuseStale(name);
  const state = hashOf(hash, read(join(app.folder, 'package.json')), read(join(app.folder, 'package-lock.json')));
  writeFileSync(join(app.folder, 'package.json'), JSON.stringify({ ...app.manifest, dependencies: { ...app.manifest.dependencies, 'wearable-connect': `file:${file}` } }, null, 2));
  if (existsSync(join(app.folder, installed)) && read(join(app.folder, installed)) === state) return app;
  rmSync(join(app.folder, installed), { force: true });
  cpSync('.npmrc', join(app.folder, '.npmrc'));
  const { code, output } = await program('npm', ['install', '--prefer-offline', '--ignore-scripts', '--include=dev', '--loglevel=error'], { folder: app.folder, environment: app.environment });
  if (code !== 0) {
    rmSync(join(app.folder, 'node_modules'), { recursive: true, force: true }); // Half a tree is worse than none.
    throw new Error(`npm install failed in ${app.folder}. Most often the package registry could not be reached: check the connection and any proxy. Its own words:\n${output}`);
  }
  writeFileSync(join(app.folder, installed), state);
  return app;
}

/** The version of what the app is made with: the first of its dependencies, or nothing. */
export function madeWith({ folder, manifest }: App): string {
  const [framework] = Object.keys(manifest.dependencies ?? {});
  if (framework === undefined) return '';
  const { version } = JSON.parse(read(join(folder, 'node_modules', framework, 'package.json'))) as { version: string };
  return `${framework} ${version}`;
}

/** Colours, and the lines of stack traces and of what was built well: the sentence would drown among them. */
// oxlint-disable-next-line no-control-regex -- the very thing that is looked for
const noise = /\x1b\[[\d;]*m|^ *(?:at |\d+: |\S+ +[\d.]+ kB │).*\n/gm;

/** One of its scripts; undefined where it has none of this name. What went wrong, or the empty string. */
export async function runScript({ manifest, folder, environment }: App, name: 'types' | 'build'): Promise<string | undefined> {
  const script = manifest.scripts[name];
  if (script === undefined) return undefined;
  const { code, output } = await program('sh', ['-c', script], { folder, environment });
  return code === 0 ? '' : output.replaceAll(noise, '') || `${script} ended with ${code}.`;
}
