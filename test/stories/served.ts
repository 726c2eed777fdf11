/**
 * What any web space would do with the static Storybook: files by their paths below a folder that is not the root, a folder by
 * its index.html, no answer made up for what is not there. What was asked for in vain is remembered.
 */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export interface Served {
  /** Ends in a slash. */
  readonly url: string;
  readonly missing: readonly string[];
  close(): Promise<void>;
}

const fileAt = (folder: string, path: string): string | null => {
  const file = join(folder, normalize(decodeURIComponent(path === '' || path.endsWith('/') ? `${path}index.html` : path)));
  return file.startsWith(folder) && statSync(file, { throwIfNoEntry: false })?.isFile() ? file : null;
};

/** `folders`: by the path that each is found at. */
export async function serve(folders: Readonly<Record<string, string>>): Promise<Served> {
  const missing: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/favicon.ico') {
      response.writeHead(204).end(); // A browser asks for that by itself.
      return;
    }
    const at = Object.keys(folders).find((path) => pathname.startsWith(path));
    const file = at === undefined ? null : fileAt(folders[at] ?? '', pathname.slice(at.length));
    if (file === null) {
      missing.push(pathname);
      response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here.');
      return;
    }
    // A page is loaded a hundred times in a run; what it is made of, once.
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'cache-control': 'max-age=3600' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${Object.keys(folders)[0] ?? '/'}`,
    missing,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
