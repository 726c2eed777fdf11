/**
 * `npm run test:runtimes [-- name …]`: every door imported, and the handler mounted by the line of the README, in each runtime that
 * npm has for this machine. They are large, and so are fetched when somebody asks: into the cache, by runtimes/package-lock.json.
 */
import { createServer } from 'node:http';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'vite';
import { createSandbox } from '../../src/sandbox/index.js';
import { tethered } from '../browsers/tethered.js';
import { until } from '../browsers/waiting.js';
import { conclude, program } from '../run/steps.js';
import { doors, serving, type Upstream, watching } from './entry.js';

const cache = resolve('node_modules/.cache/wearable-connect/ssr');
const bin = (name: string): string => join(cache, 'node_modules', '.bin', name);

/** Packages as the lockfile has them, unless they are there from the last time. */
async function install(): Promise<void> {
  const lock = readFileSync('test/ssr/runtimes/package-lock.json', 'utf8');
  const note = join(cache, 'node_modules', '.installed');
  mkdirSync(cache, { recursive: true });
  if (!existsSync(note) || readFileSync(note, 'utf8') !== lock) {
    console.log('Installing the runtimes …');
    for (const file of ['package.json', 'package-lock.json']) cpSync(join('test/ssr/runtimes', file), join(cache, file));
    cpSync('.npmrc', join(cache, '.npmrc'));
    const { code, output } = await program('npm', ['install', '--prefer-offline', '--loglevel=error'], { folder: cache });
    if (code !== 0) throw new Error(`npm install failed in ${cache}:\n${output}`);
    writeFileSync(note, lock);
  }
  const own = join(cache, 'node_modules', 'wearable-connect');
  // A copy: Deno takes what a link leads to for a part of the project, and not for a package.
  rmSync(own, { recursive: true, force: true });
  for (const part of ['package.json', 'dist']) cpSync(part, join(own, part), { recursive: true });
}

interface Runtime {
  /** As the README's table of mounts calls it. */
  readonly where: string;
  readonly file: string;
  /** What is run, and what has to be made of the module before. */
  command(module: string): Promise<readonly string[]> | readonly string[];
}

/** As a bundler for workers does it, for a configuration that lets it call this machine. */
async function bundled(module: string): Promise<string> {
  const folder = join(cache, 'worker');
  await build({
    configFile: false,
    logLevel: 'error',
    root: cache,
    publicDir: false,
    resolve: { conditions: ['workerd', 'worker', 'browser'] },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { outDir: folder, minify: false, lib: { entry: module, formats: ['es'], fileName: () => 'worker.mjs' }, rolldownOptions: { output: { codeSplitting: false } } },
  });
  const configuration = join(folder, 'workerd.capnp');
  writeFileSync(
    configuration,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (modules = [(name = "worker", esModule = embed "worker.mjs")], compatibilityDate = "2026-11-01", globalOutbound = "outside")),
    (name = "outside", network = (allow = ["public", "private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);`,
  );
  return configuration;
}

const runtimes: Readonly<Record<string, Runtime>> = {
  node: { where: 'Node', file: process.execPath, command: (module) => [process.execPath, module] },
  'node-22': { where: 'Node', file: bin('node'), command: (module) => [bin('node'), module] },
  deno: { where: 'Deno', file: bin('deno'), command: (module) => [bin('deno'), 'run', '--allow-all', '--node-modules-dir=manual', module] },
  bun: { where: 'Bun', file: bin('bun'), command: (module) => [bin('bun'), 'run', module] },
  workerd: { where: 'Cloudflare Workers', file: bin('workerd'), command: async (module) => [bin('workerd'), 'serve', '--control-fd=3', await bundled(module)] },
};

const cookie = 'session=kari';
const asked = async (origin: string, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${origin}${path}`, { ...init, headers: { cookie, origin: 'https://club.example', 'x-wearable-connect': '1', 'content-type': 'application/json' }, signal: AbortSignal.timeout(10_000) });

/** Each gives what is wrong, or nothing. */
const questions: Readonly<Record<string, (origin: string) => Promise<string | false>>> = {
  'imports do nothing': async (origin) => {
    const { did, globals, offered } = (await (await fetch(`${origin}/findings`)).json()) as { did: string[]; globals: string[]; offered: object };
    const missing = doors().filter((door) => !(door in offered));
    return [...did, ...globals.map((name) => `a global ${name}`), ...missing.map((door) => `no ${door}`)].join(', ') || false;
  },
  'knows nobody': async (origin) => {
    const { status } = await fetch(`${origin}/wearables/sources`);
    return status !== 401 && `401 was expected, ${status} came`;
  },
  sources: async (origin) => {
    const { sources } = (await (await asked(origin, '/wearables/sources')).json()) as { sources?: unknown[] };
    return !sources?.length && 'there are none';
  },
  authorizations: async (origin) => {
    const { url = '' } = (await (await asked(origin, '/wearables/authorizations', { method: 'POST', body: '{"source":"polar"}' })).json()) as { url?: string };
    return !url.startsWith('http') && `no address, but ${url}`;
  },
  updates: async (origin) => {
    const answer = await asked(origin, '/wearables/updates');
    const reader = answer.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    await reader?.cancel();
    return !value?.length && `nothing came (${answer.status})`;
  },
};

async function tried(name: string, { where, file, command }: Runtime, sandboxUrl: string, apiKey: string): Promise<Readonly<Record<string, string | false>>> {
  if (!existsSync(file)) return { [name]: 'npm has none for this machine' };
  let port = 0;
  const listening = createServer((request, response) => {
    void text(request).then((said) => {
      port = Number(said);
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await until(() => listening.listening, () => 'no port is free');
  const upstream: Upstream = { url: sandboxUrl, apiKey, origin: 'https://club.example', tell: `http://127.0.0.1:${(listening.address() as AddressInfo).port}/` };
  const module = join(cache, `${name}.mjs`);
  cpSync(watching, join(cache, 'watching.mjs'));
  writeFileSync(module, serving(where, upstream));
  const log = join(cache, `${name}.log`);
  const { process: child, end } = tethered(['sh', '-c', 'exec "$@" > "$0" 2>&1', log, ...(await command(module))]);
  // workerd says on a pipe where it listens; the others call.
  child.stdio[3]?.on('data', (line: Buffer) => (port = Number(/"port":(\d+)/.exec(String(line))?.[1] ?? port)));
  try {
    await until(() => port > 0, () => `it never listened: ${existsSync(log) ? readFileSync(log, 'utf8') : ''}`, 20_000);
    const found: Record<string, string | false> = {};
    for (const [question, ask] of Object.entries(questions)) found[question] = await ask(`http://127.0.0.1:${port}`).catch((error: unknown) => `${String(error)} ${readFileSync(log, 'utf8').slice(0, 600)}`);
    return found;
  } catch (error) {
    return { listens: String(error) };
  } finally {
    end();
    listening.close();
    listening.closeAllConnections();
  }
}

await install();
const wanted = process.argv.slice(2).filter((name) => !name.startsWith('-'));
const sandbox = await createSandbox({ port: 0, quiet: true });
const outcomes: { passed: number; failed: number; output: string }[] = [];
try {
  const url = `http://127.0.0.1:${new URL(sandbox.openWearables).port}`;
  for (const [name, runtime] of Object.entries(runtimes).filter(([one]) => wanted.length === 0 || wanted.includes(one))) {
    const found = Object.entries(await tried(name, runtime, url, sandbox.openWearablesKey));
    const version = /\d[\d.-]+/.exec((await program(runtime.file, ['--version'])).output)?.[0] ?? '';
    console.log(`  ${name.padEnd(10)}${version.padEnd(14)}${found.map(([question, wrong]) => `${wrong === false ? '✓' : '✗'} ${question}`).join('   ')}`);
    for (const [question, wrong] of found) if (wrong !== false) console.log(`      ${question}: ${wrong}`);
    outcomes.push({ passed: found.filter(([, wrong]) => wrong === false).length, failed: found.filter(([, wrong]) => wrong !== false).length, output: '' });
  }
} finally {
  await sandbox.close();
}
conclude(outcomes);
process.exit();
