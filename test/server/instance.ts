/** One instance of a host's backend, as a process of its own: its handler, behind a port, on a Redis that others use as well. */
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createHandler } from '../../src/server/handler.js';
import { connect, type ClientName } from './redis-clients.js';

const { INSTANCE: name = '', CLIENT: client = 'redis', REDIS: redis, OPEN_WEARABLES: url, KEY: apiKey } = process.env;

const connected = redis ? await connect(client as ClientName, redis) : null;
const handler = createHandler({
  origin: 'https://club.example', secret: 'the same on every instance', openWearables: { url, apiKey },
  authenticate: (request) => ({ userId: request.headers.get('x-user') ?? 'nobody' }),
  // So that the sandbox can tell who asks.
  fetch: (address, init) => fetch(address, { ...init, headers: { ...(init.headers as Record<string, string>), 'x-instance': name } }),
  ...(connected && { hub: connected.hub }),
});

const listener = getRequestListener(handler);
const server = createServer((request, response) => void listener(request, response)).listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
});
// Whoever started it is gone.
process.once('disconnect', () => process.exit());
