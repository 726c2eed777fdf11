import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Loopback and nothing else: a sandbox hands out accounts to whoever asks. */
const loopback = ['127.0.0.1', '::1'] as const;

export interface Listening {
  port: number;
  close(): Promise<void>;
}

export function listenError(code: string | undefined, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} is busy.`;
  if (code === 'EACCES') return `Port ${port} may not be used by this account; choose one above 1023.`;
  return `Port ${port} cannot be listened on (${code ?? 'unknown reason'}).`;
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

function listen(listener: RequestListener, port: number, host: string): Promise<Server> {
  const server = createServer({ keepAliveTimeout: 5000 }, listener);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, ipv6Only: host === '::1' }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Streams of a minute and idle browser connections would hold it open.
    server.closeAllConnections();
  });
}

async function listenOn(listener: RequestListener, port: number): Promise<{ port: number; servers: Server[] }> {
  const first = await listen(listener, port, loopback[0]);
  const taken = (first.address() as AddressInfo).port;
  try {
    // Browsers take *.localhost to either address; a machine without IPv6 has only the first.
    return { port: taken, servers: [first, await listen(listener, taken, loopback[1])] };
  } catch (error) {
    if (codeOf(error) === 'EADDRNOTAVAIL' || codeOf(error) === 'EAFNOSUPPORT') return { port: taken, servers: [first] };
    await shut(first);
    throw error;
  }
}

/** Listens on `port`, or on one of the next `tries` if others hold it. */
export async function serve(listener: RequestListener, port: number, tries: number): Promise<Listening> {
  for (let offset = 0; ; offset++) {
    const candidate = port === 0 ? 0 : port + offset;
    try {
      const { port: taken, servers } = await listenOn(listener, candidate);
      return { port: taken, close: async () => { await Promise.all(servers.map(shut)); } };
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE' || offset >= tries) {
        throw new Error(listenError(codeOf(error), candidate), { cause: error });
      }
    }
  }
}

/** The name a request came to, without port; undefined when it is not one of this computer's own names. */
export function hostName(req: IncomingMessage): string | undefined {
  const host = (req.headers.host ?? '').toLowerCase().replace(/:\d+$/, '');
  if (host === 'localhost' || host === '127.0.0.1' || host === '[::1]') return 'localhost';
  // Any other name is a foreign page that pointed its own domain here (DNS rebinding).
  return /^[a-z0-9-]+\.localhost$/.test(host) ? host.slice(0, -'.localhost'.length) : undefined;
}
