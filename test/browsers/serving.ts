import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Serving {
  readonly origin: string;
  /** How many have been opened to it so far: a browser may open one before it has anything to ask. */
  readonly connections: number;
  close(): Promise<void>;
}

/** On loopback, by any name that ends there: `localhost`, or one below it, which is an origin of its own. */
export async function serving(name: string, answer: (request: IncomingMessage, response: ServerResponse, url: URL) => void): Promise<Serving> {
  let origin = '';
  let connections = 0;
  const server = createServer((request, response) => answer(request, response, new URL(request.url ?? '/', origin)));
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://${name}:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    get connections() {
      return connections;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
