/** A host's site as a stranger would build it: static files of the package, one page with the tag. */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';

export interface Host {
  readonly origin: string;
  /** The page at this path, from now on. */
  serve(path: string, body: string): void;
  close(): Promise<void>;
}

const files: Readonly<Record<string, string>> = {
  '/wearable-connect.js': 'text/javascript',
  '/callback.js': 'text/javascript',
  '/wearable-callback.html': 'text/html; charset=utf-8',
};

/** Every event, in order, as the page hears it: what can be copied of its detail, and what only a listener can read. */
const recorder = `
  window.heard = [];
  const names = ['change', 'tokens', 'connected', 'connections', 'preview', 'progress', 'complete', 'cancelled', 'error', 'disconnected', 'wire'];
  const widget = document.querySelector('wearable-connect');
  for (const name of names) widget.addEventListener('wearable-' + name, (event) => {
    const copy = JSON.parse(JSON.stringify(event.detail));
    window.heard.push({ name, ...copy, ...(name === 'tokens' ? { token: event.detail.accessToken, hasRefresh: !!event.detail.refreshToken } : {}) });
  });
`;

export async function createHost(): Promise<Host> {
  const pages = new Map<string, string>();
  const built = new Map(await Promise.all(Object.keys(files).map(async (file) => [file, await readFile(new URL(`../../dist${file}`, import.meta.url))] as const)));
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const page = pages.get(pathname);
    const type = files[pathname];
    if (page !== undefined) return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    if (pathname === '/recorder.js') return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(recorder);
    if (pathname === '/favicon.ico') return void response.writeHead(204).end();
    if (!type) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(built.get(pathname));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://host.localhost:${(server.address() as AddressInfo).port}`,
    serve: (path, body) => void pages.set(path, document(body)),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const document = (body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title><script src="/wearable-connect.js" defer></script></head><body><h1>Host</h1>${body}<script src="/recorder.js" defer></script></body></html>`;
