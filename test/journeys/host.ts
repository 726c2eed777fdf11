/** A host's site as a stranger would build it: static files of the package, one page with the tag. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readdir, readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { text } from 'node:stream/consumers';
import { watcher } from './watcher.js';

export interface Host {
  readonly origin: string;
  /** What its pages said on their consoles, for a driver that reads none. */
  readonly said: readonly string[];
  /** The page at this path, from now on. */
  serve(path: string, body: string): void;
  /**
   * A server of the host's own, which answers before its pages do (false: not mine). What the one before it has open is cut off
   * in the middle, as when a server is started anew.
   */
  mount(answer: Mounted): void;
  /** What that server was asked for, in order. */
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

export type Mounted = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly isOpen: boolean;
}

const dist = new URL('../../dist/', import.meta.url);
const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.html': 'text/html; charset=utf-8' };

/** The script and its parts, and the landing page with its own: what the README asks a host to put on their site. */
async function filesOfThePackage(): Promise<ReadonlyMap<string, { type: string; body: Buffer }>> {
  const names = (await readdir(dist)).filter((name) => /^(wearable-connect(\.[\w-]+)?|callback)\.js$|^wearable-callback\.html$/.test(name));
  if (!names.includes('wearable-connect.js')) throw new Error('dist has no wearable-connect.js yet: npm run build');
  const files = names.map(async (name) => [`/${name}`, { type: types[extname(name)] ?? '', body: await readFile(new URL(name, dist)) }] as const);
  return new Map(await Promise.all(files));
}

/** Every event, in order, as the page hears it: what can be copied of its detail, and what only a listener can read; and every window. */
const recorder = `{
  window.heard = [];
  window.opened = [];
  const open = window.open;
  window.open = (...wishes) => {
    const opened = open.apply(window, wishes);
    if (opened) window.opened.push(opened);
    return opened;
  };
  const names = ['change', 'tokens', 'connected', 'connections', 'preview', 'progress', 'complete', 'cancelled', 'error', 'disconnected', 'wire'];
  const widget = document.querySelector('wearable-connect');
  for (const name of names) widget.addEventListener('wearable-' + name, (event) => {
    const copy = JSON.parse(JSON.stringify(event.detail));
    window.heard.push({ name, ...copy, ...(name === 'tokens' ? { token: event.detail.accessToken, hasRefresh: !!event.detail.refreshToken, secrets: [event.detail.accessToken, event.detail.refreshToken, event.detail.idToken].filter(Boolean) } : {}) });
  });
}`;

/**
 * Sends home what the page says on its console, at once: a page that goes takes its console with it. WebKit tells a page that
 * is being left of the imports it stops; in the other browsers nobody hears of them any more.
 */
const listener = `{
  let leaving = false;
  addEventListener('beforeunload', () => { leaving = true; });
  addEventListener('pageshow', () => { leaving = false; });
  const tell = (line) => (leaving && line.includes('Importing a module script failed')) || navigator.sendBeacon('/console', line);
  for (const kind of ['error', 'warn']) {
    const say = console[kind];
    console[kind] = (...words) => { tell(kind + ': ' + words.join(' ')); say.apply(console, words); };
  }
  for (const kind of ['error', 'unhandledrejection']) addEventListener(kind, ({ error, reason }) => tell('uncaught: ' + (error ?? reason)));
}`;

/** `listening`: its pages tell what they say on their consoles. Only where nobody else can: it takes the console's place. */
export async function createHost({ listening }: { listening: boolean }): Promise<Host> {
  const pages = new Map<string, string>();
  const said: string[] = [];
  const asked: Asked[] = [];
  const open = new Set<ServerResponse>();
  let mounted: Mounted = () => false;
  const files = await filesOfThePackage();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const page = pages.get(pathname);
    const file = files.get(pathname);
    if (mounted(request, response)) {
      asked.push({
        method: request.method ?? '',
        path: pathname,
        get isOpen() {
          return open.has(response);
        },
      });
      open.add(response);
      response.once('close', () => open.delete(response));
      return;
    }
    if (pathname === '/welcome') return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html><title>Welcome</title><p>Welcome');
    if (page !== undefined) return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    if (pathname === '/recorder.js') return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(recorder);
    if (pathname === '/watcher.js') return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(watcher);
    if (pathname === '/listener.js') return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(listening ? listener : '');
    if (pathname === '/console') return void text(request).then((line) => said.push(line), () => {}).finally(() => response.writeHead(204).end());
    if (pathname === '/favicon.ico') return void response.writeHead(204).end();
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-store' }).end(file.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://host.localhost:${(server.address() as AddressInfo).port}`,
    said,
    asked,
    serve: (path, body) => void pages.set(path, document(body)),
    mount(answer) {
      for (const response of open) response.destroy();
      mounted = answer;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const document = (body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title><script src="/listener.js"></script><script src="/watcher.js"></script><script src="/wearable-connect.js" defer></script></head><body><h1>Host</h1>${body}<script src="/recorder.js" defer></script></body></html>`;
