/** What is in a built file: what each package costs there, and what each measure against its weight has won. */
import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { build, loadConfigFromFile, type PluginOption, type UserConfig } from 'vite';
import { weigh, weights } from './bundle.js';

/** lit is several packages; each is told by the name under which we know it. */
const packageOf = (source: string): string | undefined => {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source) ?? [];
  if (name === undefined) return undefined;
  return /^(lit|@lit|@floating-ui)/.exec(name)?.[0].replace('@floating-ui', '@floating-ui/dom').replace('@lit', 'lit') ?? name;
};

/** Bytes of brotli that a file would be lighter without each package in it: its characters are left out, and the rest is weighed again. */
export function costs(file: string): ReadonlyMap<string, number> {
  const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMapPayload);
  const text = readFileSync(file, 'utf8');
  const owners = text.split('\n').map((line, row) =>
    Array.from(line, (_, column) => {
      const entry = map.findEntry(row, column);
      return packageOf('originalSource' in entry ? entry.originalSource : '');
    }),
  );
  const without = (name: string): string => text.split('\n').map((line, row) => [...line].filter((_, column) => owners[row]?.[column] !== name).join('')).join('\n');
  const names = new Set(owners.flat().filter((name) => name !== undefined));
  const whole = weights.brotli(text);
  return new Map([...names].map((name) => [name, whole - weights.brotli(without(name))]));
}

/** How the configuration of the script-tag file looks without one of the measures. */
type Without = (config: UserConfig) => UserConfig;

const withoutPlugin = (name: string): Without => ({ plugins = [], ...config }) => ({ ...config, plugins: plugins.filter((plugin: PluginOption) => !(plugin && 'name' in plugin && plugin.name === name)) });

/** `environment`: what vite.config.ts reads of it. */
const measures: Readonly<Record<string, { readonly change?: Without; readonly environment?: string }>> = {
  'as it is': {},
  'for browsers of 2017': { change: (config) => ({ ...config, build: { ...config.build, target: 'es2017' } }) },
  'without the second minifier': { change: withoutPlugin('tighten') },
  'without shortened inner names': { environment: 'inner names' },
  'without shortened templates and styles': { change: withoutPlugin('shorten-literals') },
  'without patches of packages': { change: withoutPlugin('patch-packages') },
};

async function built({ change = (config) => config, environment }: (typeof measures)[string]): Promise<string> {
  if (environment !== undefined) process.env['WITHOUT'] = environment;
  try {
    const loaded = await loadConfigFromFile({ command: 'build', mode: 'script-tag' }, 'vite.config.ts', undefined, 'silent');
    if (!loaded) throw new Error('vite.config.ts could not be read.');
    const config = change(loaded.config);
    const made = await build({ ...config, configFile: false, logLevel: 'silent', build: { ...config.build, write: false, sourcemap: config.build?.sourcemap ?? true } });
    return [made].flat().flatMap((result) => ('output' in result ? result.output : [])).flatMap((output) => (output.type === 'chunk' ? [output.code] : [])).join('\n');
  } finally {
    delete process.env['WITHOUT'];
  }
}

/** The script-tag file in bytes of brotli: as it is, then without each measure. */
export async function won(): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const [name, measure] of Object.entries(measures)) found.set(name, weigh([await built(measure)], 'brotli'));
  return found;
}
