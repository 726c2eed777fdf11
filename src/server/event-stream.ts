import type { Clock } from '../sync/clock.js';
import { createAlarm } from './alarms.js';
import { answer, json } from './answers.js';
import type { Listener } from './board.js';

/** Shorter than what proxies close for being idle, and than the 75 s after which our reader gives up. */
const heartbeatMs = 15_000;
/** Whoever signed out of the site meanwhile stops hearing. A reader comes back by itself and misses nothing. */
const lifetimeMs = 600_000;

/** Shorter than what a proxy that buffers waits for an answer. */
const listMs = 10_000;

const encoder = new TextEncoder();

export interface Streams {
  /** Server-sent events (HTML 9.2), made as they are read: a slow reader holds nothing up. */
  eventStream(listener: Listener, request: Request, headers?: Readonly<Record<string, string>>): Response;
  /** The same updates by polling: what there is at once, else the first that comes within ten seconds, else none. */
  eventList(listener: Listener, request: Request, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

/** Who sits behind a proxy that keeps a stream to itself until it ends asks again and again instead, and says so. */
export function wantsList(request: Request): boolean {
  const accept = request.headers.get('accept') ?? '';
  return accept.includes('application/json') && !accept.includes('text/event-stream');
}

/** Thousands of streams wait at once, so what each of them holds is little: what can be shared is. */
export function createStreams(clock: Clock): Streams {
  const quiet = createAlarm(clock, heartbeatMs);
  const lifetime = createAlarm(clock, lifetimeMs);
  const noList = createAlarm(clock, listMs);

  return {
    eventStream(listener, request, headers = {}) {
      let over = false;
      // Not every server cancels a body whose reader has gone; none keeps a listener longer than this.
      const grow = lifetime(end);
      function end(): void {
        if (over) return;
        over = true;
        grow();
        request.signal.removeEventListener('abort', end);
        listener.close();
      }
      request.signal.addEventListener('abort', end);
      const body = new ReadableStream<Uint8Array>(
        {
          start(controller) {
            controller.enqueue(encoder.encode('retry: 2000\n: connected\n\n'));
          },
          async pull(controller) {
            // Asked of the request, so that it is kept: in Node the signal of one that was collected never fires (undici).
            if (request.signal.aborted) end();
            const update = over ? null : await listener.next(quiet);
            if (over) controller.close();
            else controller.enqueue(encoder.encode(update ? `id: ${update.id}\nevent: ${update.event}\ndata: ${update.data}\n\n` : ': heartbeat\n\n'));
          },
          cancel: end,
        },
        { highWaterMark: 0 },
      );
      if (request.signal.aborted) end();
      return answer(body, 'text/event-stream; charset=utf-8', 200, { ...headers, 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' });
    },

    async eventList(listener, request, headers) {
      const leave = (): void => listener.close();
      request.signal.addEventListener('abort', leave, { once: true });
      try {
        const first = request.signal.aborted ? null : await listener.next(noList);
        const updates = first ? [first, ...listener.rest()] : [];
        return json({ updates: updates.map(({ id, event, data }) => ({ id, event, data: JSON.parse(data) as unknown })) }, 200, headers);
      } finally {
        request.signal.removeEventListener('abort', leave);
        leave();
      }
    },
  };
}
