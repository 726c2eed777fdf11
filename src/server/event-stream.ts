import { within } from '../sync/clock.js';
import type { Clock } from '../sync/clock.js';
import { answer } from './answers.js';
import type { Listener } from './channel.js';

/** Shorter than what proxies close for being idle, and than the 75 s after which our reader gives up. */
const heartbeatMs = 15_000;
/** Whoever signed out of the site meanwhile stops hearing. A reader comes back by itself and misses nothing. */
const lifetimeMs = 600_000;

/** Server-sent events (HTML 9.2), made as they are read: a slow reader holds nothing up. */
export function eventStream(listener: Listener, clock: Clock, request: Request): Response {
  const encoder = new TextEncoder();
  const life = within(request.signal);
  // Not every server cancels a body whose reader has gone; none keeps a listener longer than this.
  life.signal.addEventListener('abort', () => listener.close(), { once: true });
  clock.wait(lifetimeMs, life.signal).then(() => life.abort(), () => {});
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode('retry: 2000\n: connected\n\n'));
      },
      async pull(controller) {
        // Asked of the request, so that it is kept: in Node the signal of one that was collected never fires (undici).
        if (request.signal.aborted) life.abort();
        const update = life.signal.aborted ? null : await listener.next(heartbeatMs);
        if (life.signal.aborted) controller.close();
        else controller.enqueue(encoder.encode(update ? `id: ${update.id}\nevent: ${update.event}\ndata: ${update.data}\n\n` : ': heartbeat\n\n'));
      },
      cancel: () => life.abort(),
    },
    { highWaterMark: 0 },
  );
  if (life.signal.aborted) listener.close();
  return answer(body, 'text/event-stream; charset=utf-8', 200, { 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' });
}
