/** `GET /updates`: server-sent events, read by fetch, since EventSource can send no header and tells no status. */
import { ConnectError } from '../../core/errors.js';
import { membersOf, textOf } from '../../core/json.js';
import { backOffMs, pause } from '../../sync/back-off.js';
import { within } from '../../sync/clock.js';
import type { Clock } from '../../sync/clock.js';
import { createMessageReader } from '../../sync/events.js';
import { followStream } from '../../sync/follow.js';
import type { Wake } from '../../sync/wakeful.js';
import { jsonFrom } from '../wire.js';
import type { HandlerApi } from './handler-api.js';

/** A handler that is there ends such a wait by itself, and beats each fifteen seconds until then (src/server/event-stream.ts): this is for one that is not. */
const longQuietMs = 600_000;
const lookEveryMs = 15_000;

/** One thing the handler tells; `live` is ours, for a connection that was lost and found. */
export interface Told {
  readonly id: string | null;
  readonly event: string;
  readonly data: unknown;
}

/** The handler's first line leaves it at once. Where none has come by then, a proxy keeps it until the end. */
const bufferedMs = 8_000;
const pollEveryMs = 2_000;

export interface UpdatesOptions {
  readonly api: HandlerApi;
  /** Whose updates: a cookie may be somebody else's by the time that a stream is opened again. */
  readonly visitor: string | null;
  readonly clock: Clock;
  readonly wake: Wake;
  /** What was heard last, by this page or by another tab: the handler goes on from there. */
  readonly lastId: string | null;
}

/** The handler answers, or does not; or this way to it leads nowhere. */
type Sign = 'heard' | 'lost' | 'no way';

/** Streams, and polls where the stream does not come through. Ends when the handler says that there is nothing more, or nothing at all for ten minutes. */
export async function* updates(options: UpdatesOptions, signal: AbortSignal): AsyncGenerator<Told, void, undefined> {
  const { clock, wake } = options;
  const life = within(signal);
  let { lastId } = options;
  let live = true;
  let quietMs = 0;
  const loseHope = async (): Promise<void> => {
    for (; quietMs < longQuietMs; quietMs += lookEveryMs) {
      await clock.wait(lookEveryMs, life.signal);
      // Time that is slept through is none in which a word could have come.
      await wake.whenAwake(life.signal);
    }
    life.abort();
  };
  loseHope().catch(() => {});
  try {
    for (;;)
      for (const way of [streamed, polled]) {
        let over = true;
        for await (const told of way({ ...options, lastId }, life.signal)) {
          if (told === 'no way') over = false;
          else if (typeof told === 'string') {
            const isHeard = told === 'heard';
            if (isHeard) quietMs = 0;
            if (live !== isHeard) yield { id: null, event: 'live', data: (live = isHeard) };
          } else {
            lastId = told.id ?? lastId;
            yield told;
          }
        }
        if (!over) continue;
        // For the other tabs too, which hear of this stream alone.
        if (life.signal.aborted && !signal.aborted) yield { id: null, event: 'complete', data: null };
        return;
      }
  } finally {
    life.abort();
  }
}

async function* streamed({ api, visitor, clock, wake, lastId }: UpdatesOptions, signal: AbortSignal): AsyncGenerator<Told | Sign, void, undefined> {
  const trial = within(signal);
  let heard = false;
  let buffered = false;
  const messages = createMessageReader(lastId);
  const giveUp = (): void => {
    buffered = true;
    trial.abort();
  };
  const stream = followStream({
    // Half a message is none where the connection was lost in the middle of it.
    cutter: messages.anew,
    open: async (life) => {
      if (!heard) clock.wait(bufferedMs, life).then(() => heard || giveUp(), () => {});
      return api.ask('/updates', { signal: life, visitor, streamed: true, headers: { accept: 'text/event-stream', ...(messages.lastId && { 'last-event-id': messages.lastId }) } });
    },
    signal: trial.signal,
    clock,
    wake,
  });
  try {
    for await (const event of stream) {
      if (event.type === 'live' && !event.live) yield 'lost';
      if (event.type !== 'piece') continue;
      heard = true;
      yield 'heard';
      const message = event.piece;
      if (message.event) yield { ...message, data: parsed(message.data) };
    }
  } finally {
    trial.abort();
  }
  if (buffered && !signal.aborted) yield 'no way';
}

/** One answer after the other; the handler holds each until there is something to say. */
async function* polled({ api, visitor, clock, wake, lastId: last }: UpdatesOptions, signal: AbortSignal): AsyncGenerator<Told | Sign, void, undefined> {
  let lastId = last;
  for (;;) {
    try {
      await wake.whenAwake(signal);
      const response = await api.ask('/updates', { signal, visitor, headers: { accept: 'application/json', ...(lastId && { 'last-event-id': lastId }) } });
      if (response.status === 401) throw new ConnectError('session_expired', 'GET /updates answered HTTP 401.');
      const { updates: list } = membersOf(await jsonFrom(response, 'GET /updates'));
      yield 'heard';
      for (const one of Array.isArray(list) ? (list as readonly unknown[]) : []) {
        const { id, event, data } = membersOf(one);
        lastId = textOf(id) ?? lastId;
        yield { id: lastId, event: textOf(event) ?? '', data };
      }
      await pause(pollEveryMs, signal, clock);
    } catch (thrown) {
      if (signal.aborted) return;
      if (ConnectError.is(thrown) && ['session_expired', 'access_denied'].includes(thrown.code)) throw thrown;
      // Perhaps it is the handler's restart, perhaps another network: the stream gets its next chance.
      yield 'lost';
      await pause(pollEveryMs + backOffMs(3), signal, clock).catch(() => {});
      if (!signal.aborted) yield 'no way';
      return;
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
