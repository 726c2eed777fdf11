/** The module that each runtime is given: it imports every door first, and then mounts the handler by the line of the README. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Goes beside the module: some runtimes want everything in one place. */
export const watching = join(import.meta.dirname, 'watching.mjs');

/** Everything a page or a server imports by name; the sandbox is for Node, and says so. */
export function doors(): string[] {
  const { name, exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; exports: Record<string, string | { default?: string }> };
  return Object.entries(exports).flatMap(([door, offer]) => {
    if (typeof offer === 'string' || !offer.default || door === './sandbox') return [];
    const specifier = join(name, door);
    if (!door.includes('*')) return [specifier];
    return readdirSync('dist/locales').filter((file) => file.endsWith('.js')).map((file) => specifier.replace('*', file.slice(0, -3)));
  });
}

/** Gives `findings`, with the names that each door offers. */
export const importing = (): string => `
import { findings as look } from './watching.mjs';
${doors().map((door, at) => `import * as door${at} from ${JSON.stringify(door)};`).join('\n')}
const offered = Object.fromEntries([${doors().map((door, at) => `[${JSON.stringify(door)}, Object.keys(door${at})]`).join(', ')}]);
const findings = { ...look(), offered };
`;

export interface Upstream {
  readonly url: string;
  readonly apiKey: string;
  readonly origin: string;
  /** Who wants to know where it listens. */
  readonly tell: string;
}

const mounted = (where: string): string => new RegExp(`^\\| ${where} \\| \`([^\`]+)\``, 'm').exec(readFileSync('README.md', 'utf8'))?.[1] ?? '';

/** The README's own line, with a port of our choice around what it calls. */
const mounts: Readonly<Record<string, (line: string) => string>> = {
  Deno: (line) => `const Deno = { serve: (handler) => globalThis.Deno.serve({ hostname: '127.0.0.1', port: 0, onListen: listens }, handler) };\n${line};`,
  Bun: (line) => `const Bun = { serve: (options) => listens(globalThis.Bun.serve({ ...options, hostname: '127.0.0.1', port: 0 })) };\n${line};`,
  Node: (line) => `const server = ${line.replace(/\.listen\(.*$/, '')};\nserver.listen(0, '127.0.0.1', () => listens(server.address()));`,
  'Cloudflare Workers': (line) => line,
};

export const serving = (where: string, { url, apiKey, origin, tell }: Upstream): string => `
${importing()}
${where === 'Node' ? `import { createServer } from 'node:http';\nimport { getRequestListener } from '@hono/node-server';` : ''}
import { createHandler } from 'wearable-connect/server';
const answer = createHandler({
  openWearables: ${JSON.stringify({ url, apiKey })},
  origin: ${JSON.stringify(origin)},
  secret: 'a secret of sixteen characters and more',
  authenticate: (request) => (request.headers.get('cookie') === 'session=kari' ? { userId: 'kari' } : null),
});
const handler = (request) => (new URL(request.url).pathname === '/findings' ? Response.json(findings) : answer(request));
const listens = ({ port }) => fetch(${JSON.stringify(tell)}, { method: 'POST', body: String(port) });
${mounts[where]?.(mounted(where)) ?? ''}
`;
