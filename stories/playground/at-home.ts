import { request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

/**
 * Browsers take every name below `localhost` to this computer (RFC 6761 6.3). Not every system does: asked by Node's own fetch,
 * some have never heard of `open-wearables.localhost`.
 */
export async function fetchAtHome(url: string, init: RequestInit): Promise<Response> {
  const { hostname, port, host, pathname, search } = new URL(url);
  if (!hostname.endsWith('.localhost')) return fetch(url, init);
  const asked = new Request(url, init);
  const body = Buffer.from(await asked.arrayBuffer());
  const headers = { ...Object.fromEntries(asked.headers), host, 'content-length': body.length };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path: pathname + search, method: asked.method, headers, signal: asked.signal }, resolve);
    sent.once('error', reject);
    sent.end(body);
  });
  const { statusCode: status = 502 } = answer;
  const told = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) => values.map((value): [string, string] => [name, value]));
  const whole = await buffer(answer);
  return new Response([204, 304].includes(status) ? null : new Uint8Array(whole), { status, headers: told });
}
