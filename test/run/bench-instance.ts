/** What `npm run bench` measures, in a process of its own: the handler, or what a host would write without it. */
import { createServer, type RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createHandler } from '../../src/server/handler.js';

const { UPSTREAM: upstream = '', KIND: kind } = process.env;
const userOf = (headers: Headers): string => headers.get('x-user') ?? '';

const handler = createHandler({
  origin: 'https://club.example', secret: 'a secret of the bench', openWearables: { url: upstream, apiKey: 'key' },
  authenticate: ({ headers }) => ({ userId: userOf(headers), openWearablesUserId: userOf(headers) }),
});

/** A browser asks, and is answered with what Open Wearables says now, of each of the three things that the handler looks at. */
async function relay({ headers }: Request): Promise<Response> {
  const base = `${upstream}/api/v1/users/${userOf(headers)}`;
  const answers = await Promise.all(['connections', 'sync/recent?limit=50', 'summaries/data'].map(async (path) => (await fetch(`${base}/${path}`, { headers: { 'x-open-wearables-api-key': 'key' } })).json() as Promise<unknown>));
  return Response.json(answers);
}

const listener = getRequestListener(kind === 'handler' ? handler : relay);
const answer: RequestListener = (request, response) => void listener(request, response);
const server = createServer(answer).listen(0, '127.0.0.1', 4096, () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
});
process.on('message', () => {
  gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send?.({ used: heapUsed + external, rss });
});
process.once('disconnect', () => process.exit());
