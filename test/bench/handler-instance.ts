/** One instance of a backend as a process of its own: our handler as it is built, or what it is compared with. */
import { createServer, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { createHandler as Create } from '../../src/server/handler.js';
import type { redisHub as RedisHub } from '../../src/server/redis.js';

const { UPSTREAM: upstream = '', KIND: kind, REDIS: redis } = process.env;
const userOf = (headers: Headers): string => headers.get('x-user') ?? '';

/** The built files: what runs the sources gives each function a name of its own, which costs more than the function. */
const built = async <T>(file: string): Promise<T> => (await import(new URL(`../../${process.env['DIST'] ?? 'dist'}/server/${file}.js`, import.meta.url).href)) as T;

async function handler(): Promise<(request: Request) => Promise<Response>> {
  const { createHandler } = await built<{ createHandler: typeof Create }>('index');
  const hub = redis ? await hubOf(redis) : undefined;
  return createHandler({
    origin: 'https://club.example', secret: 'a secret of the bench', openWearables: { url: upstream, apiKey: 'key' },
    authenticate: ({ headers }) => ({ userId: userOf(headers), openWearablesUserId: userOf(headers) }),
    ...(hub && { hub }),
  });
}

async function hubOf(url: string) {
  const { redisHub } = await built<{ redisHub: typeof RedisHub }>('redis');
  const { Redis } = await import('ioredis');
  return redisHub(new Redis(url));
}

/** A browser asks, and is answered with what Open Wearables says now, of each of the three things that the handler looks at. */
async function relay({ headers }: Request): Promise<Response> {
  const base = `${upstream}/api/v1/users/${userOf(headers)}`;
  const answers = await Promise.all(['connections', 'sync/recent?limit=200', 'summaries/data'].map(async (path) => (await fetch(`${base}/${path}`, { headers: { 'x-open-wearables-api-key': 'key' } })).json() as Promise<unknown>));
  return Response.json(answers);
}

/** One request of a page, one request behind it. */
const pass = async ({ headers }: Request): Promise<Response> => Response.json(await (await fetch(`${upstream}/api/v1/users/${userOf(headers)}/connections`, { headers: { 'x-open-wearables-api-key': 'key' } })).json());

/** As little as a stream can be: a body that is open, with nothing behind it. */
function stream(): Response {
  const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new TextEncoder().encode('event: progress\ndata: {"items":1}\n\n')) });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

const kinds: Readonly<Record<string, () => Promise<(request: Request) => Response | Promise<Response>>>> = { handler, relay: () => Promise.resolve(relay), pass: () => Promise.resolve(pass), stream: () => Promise.resolve(stream) };
const listener = getRequestListener((await kinds[kind ?? '']?.()) ?? relay);
const answer: RequestListener = (request, response) => void listener(request, response);
const server = createServer(answer).listen(0, '127.0.0.1', 4096, () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
});
function weighed(): { used: number; rss: number; ranWith: number } {
  const { rss: ranWith } = process.memoryUsage();
  for (let round = 0; round < 3; round += 1) gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { used: heapUsed + external, rss, ranWith };
}

const open = new Set<Socket>();
let bytesOfClosed = 0;
server.on('connection', (socket) => {
  open.add(socket);
  socket.once('close', () => {
    open.delete(socket);
    bytesOfClosed += socket.bytesWritten;
  });
});

function worked(): { cpuMs: number; bytes: number } {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, bytes: [...open].reduce((sum, { bytesWritten }) => sum + bytesWritten, bytesOfClosed) };
}

process.on('message', (question) => process.send?.(question === 'weigh' ? weighed() : worked()));
process.once('disconnect', () => process.exit());
