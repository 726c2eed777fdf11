import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

type Answer = (request: Request) => Promise<Response>;

/** Node's request as the web's, and the web's answer as Node's: all that a handler of web standards needs to stand on `node:http`. */
export const onNode =
  (answer: Answer, origin: string) =>
  async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    const { method = 'GET' } = incoming;
    const headers = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) => values.map((value): [string, string] => [name, value]));
    const body = method === 'GET' || method === 'HEAD' ? {} : { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: 'half' as const };
    const response = await answer(new Request(new URL(incoming.url ?? '/', origin), { method, headers, signal: gone.signal, ...body }));
    const cookies = response.headers.getSetCookie();
    outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), ...(cookies.length > 0 && { 'set-cookie': cookies }) });
    // A stream is told of before it has said anything.
    outgoing.flushHeaders();
    const reader = response.body?.getReader();
    gone.signal.addEventListener('abort', () => void reader?.cancel().catch(() => {}));
    for (let read = await reader?.read(); read && !read.done && !gone.signal.aborted; read = await reader?.read()) {
      if (!outgoing.write(read.value) && !gone.signal.aborted) await Promise.race([once(outgoing, 'drain'), once(outgoing, 'close')]);
    }
    outgoing.end();
  };
