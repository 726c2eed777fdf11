/** The app as a visitor reaches it, with the sandbox at the port where it is today. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocket } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { tethered } from '../browsers/tethered.js';
import { until } from '../browsers/waiting.js';
import type { App } from './app.js';

export interface Site {
  readonly origin: string;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

type Source = (incoming: IncomingMessage) => Answer | Promise<Answer>;

/** Where `npx wearable-connect sandbox` is, and so where the recipes look for it. */
const usualPlace = 'http://sweatstack.localhost:4710';
const types: Readonly<Record<string, string>> = {
  ...{ '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' },
  ...{ '.html': 'text/html; charset=utf-8', '.json': 'application/json', '.svg': 'image/svg+xml' },
};
const startMs = 30_000;

const files = (folder: string): Source => ({ url = '/' }) => {
  const path = normalize(decodeURIComponent(new URL(url, 'http://host').pathname));
  const file = join(folder, path.endsWith('/') ? join(path, 'index.html') : path);
  if (!existsSync(file) || !statSync(file).isFile()) return { status: 404, headers: { 'content-type': 'text/plain' }, body: Buffer.from(`There is no ${path}.`) };
  return { status: 200, headers: { 'content-type': types[extname(file)] ?? 'application/octet-stream' }, body: readFileSync(file) };
};

/** A server of the app's own, asked for what is not packed: what it says is changed on the way. */
const served = (port: number): Source => async (incoming) => {
  const body = await buffer(incoming);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers: { ...incoming.headers, 'accept-encoding': 'identity' } }, resolve).on('error', reject).end(body);
  });
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: await buffer(answer) };
};

const withoutHops = ({ 'content-length': _, 'transfer-encoding': __, connection: ___, 'keep-alive': ____, ...headers }: Answer['headers']): Answer['headers'] => headers;

function inFrontOf(source: Source, platform: string) {
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    if (incoming.url === '/favicon.ico') return void outgoing.writeHead(204).end();
    const { status, headers, body } = await source(incoming);
    const isText = /^(text\/|application\/(json|javascript))/.test(String(headers['content-type']));
    outgoing.writeHead(status, { ...withoutHops(headers), 'cache-control': 'no-store' }).end(isText ? body.toString().replaceAll(usualPlace, platform) : body);
  };
}

async function freePort(): Promise<number> {
  const server = createSocket();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function start({ manifest, folder, environment }: App, script: string): Promise<{ source: Source; end(): void }> {
  const port = await freePort();
  const log = join(folder, 'serve.log');
  const env = { ...process.env, ...environment, PORT: String(port), HOST: '127.0.0.1', NODE_ENV: 'production' };
  const { end } = tethered(['sh', '-c', `cd "$1" && exec ${script} > serve.log 2>&1`, 'sh', folder], { env });
  const [page = '/'] = manifest.pages ?? [];
  await until(
    async () => (await fetch(`http://127.0.0.1:${port}${page}`)).ok,
    (problem) => `“${script}” did not answer at ${page} with a page (${String(problem)}); it said:\n${existsSync(log) ? readFileSync(log, 'utf8') : 'nothing'}`,
    startMs,
  ).catch((error: unknown) => {
    end();
    throw error;
  });
  return { source: served(port), end };
}

/** The site of an app that has been built. */
export async function open(app: App, platform: string): Promise<Site> {
  const script = app.manifest.scripts['serve'];
  const { source, end } = script === undefined ? { source: files(join(app.folder, 'out')), end: () => {} } : await start(app, script);
  const answer = inFrontOf(source, platform);
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => outgoing.writeHead(502, { 'content-type': 'text/plain' }).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://host.localhost:${(server.address() as AddressInfo).port}`,
    close: async () => {
      end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
