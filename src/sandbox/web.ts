import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request and its answer, with what every page needs at hand. */
export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly method: string;
  readonly url: URL;
  /** The named segments of the route that matched. */
  readonly params: Readonly<Record<string, string>>;
  /** Read once, on demand; 64 kB at most. */
  text(): Promise<string>;
  form(): Promise<URLSearchParams>;
}

export type Handler = (exchange: Exchange) => void | Promise<void>;
/** Method, path with `:named` segments, handler. */
export type Route = readonly [method: string, path: string, handler: Handler];

export class HttpError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const bodyLimit = 64 * 1024;

async function readText(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += (chunk as Buffer).length;
    if (size > bodyLimit) throw new HttpError(413, 'The body is larger than 64 kB.');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function createExchange(req: IncomingMessage, res: ServerResponse, origin: string): Exchange {
  let text: Promise<string> | undefined;
  const read = (): Promise<string> => (text ??= readText(req));
  return {
    req, res, params: {},
    method: req.method === 'HEAD' ? 'GET' : (req.method ?? 'GET'),
    // The host was checked before; a request line with a full address is not served, only its path.
    url: new URL(origin + (req.url ?? '/').replace(/^https?:\/\/[^/]*/, '').replace(/^(?!\/)/, '/')),
    text: read,
    form: async () => new URLSearchParams(await read()),
  };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new HttpError(400, 'The address has a broken percent sequence.');
  }
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decode(value);
    else if (part !== value) return undefined;
  }
  return params;
}

/** The first route that fits. 404 and 405 are left to the site, which knows whether to answer with a page or with JSON. */
export function findRoute(routes: readonly Route[], exchange: Exchange): Handler | 404 | 405 {
  let known = false;
  for (const [method, pattern, handler] of routes) {
    const params = match(pattern, exchange.url.pathname);
    if (params === undefined) continue;
    known = true;
    if (method === exchange.method) return () => handler({ ...exchange, params });
  }
  return known ? 405 : 404;
}

export function send(exchange: Exchange, status: number, type: string, body: string): void {
  const { req, res } = exchange;
  res.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store' });
  res.end(req.method === 'HEAD' ? undefined : body);
}

export const sendJson = (exchange: Exchange, status: number, value: unknown): void =>
  send(exchange, status, 'application/json', JSON.stringify(value));

export function redirect(exchange: Exchange, location: string): void {
  // 303: what follows a form is always read with GET.
  exchange.res.writeHead(303, { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'content-length': 0 });
  exchange.res.end();
}

export function cookie(exchange: Exchange, name: string): string | undefined {
  for (const pair of (exchange.req.headers.cookie ?? '').split(';')) {
    const [key, ...value] = pair.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}

export function setCookie(exchange: Exchange, name: string, value: string | null): void {
  const end = value === null ? '; Max-Age=0' : '';
  exchange.res.appendHeader('set-cookie', `${name}=${value ?? ''}; Path=/; HttpOnly; SameSite=Lax${end}`);
}
