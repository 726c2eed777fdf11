/** `GET /updates`: server-sent events, read by fetch, since EventSource can send no header and tells no status. */
import { ConnectError } from '../../core/errors.js';
import { membersOf, textOf } from '../../core/json.js';
import { backOffMs, pause } from '../../sync/back-off.js';
import { within } from '../../sync/clock.js';
import type { Clock } from '../../sync/clock.js';
import { followLines } from '../../sync/follow.js';
import type { Wake } from '../../sync/wakeful.js';
import { jsonFrom } from '../wire.js';
import type { HandlerApi } from './handler-api.js';

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

/** Streams, and polls where the stream does not come through. Ends when the handler says that there is nothing more. */
export async function* updates(options: UpdatesOptions, signal: AbortSignal): AsyncGenerator<Told, void, undefined> {
  let { lastId } = options;
  for (;;) {
    for (const way of [streamed, polled]) {
      let over = true;
      for await (const told of way({ ...options, lastId }, signal)) {
        if (told === 'no way') over = false;
        else {
          lastId = told.id ?? lastId;
          yield told;
        }
      }
      if (over) return;
    }
  }
}

async function* streamed({ api, visitor, clock, wake, lastId: last }: UpdatesOptions, signal: AbortSignal): AsyncGenerator<Told | 'no way', void, undefined> {
  const trial = within(signal);
  let lastId = last;
  let heard = false;
  let buffered = false;
  let message = { event: '', data: [] as string[] };
  const giveUp = (): void => {
    buffered = true;
    trial.abort();
  };
  const lines = followLines({
    open: async (life) => {
      if (!heard) clock.wait(bufferedMs, life).then(() => heard || giveUp(), () => {});
      return api.ask('/updates', { signal: life, visitor, streamed: true, headers: { accept: 'text/event-stream', ...(lastId && { 'last-event-id': lastId }) } });
    },
    signal: trial.signal,
    clock,
    wake,
  });
  try {
    for await (const line of lines) {
      if (line.type === 'live') yield { id: null, event: 'live', data: line.live };
      if (line.type === 'closed') message = { event: '', data: [] };
      if (line.type !== 'line') continue;
      heard = true;
      // As HTML 9.2.6 reads it: a field, a colon, at most one space; an empty line ends the message.
      const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line.text) ?? [];
      if (field === 'id') lastId = value;
      else if (field === 'event') message.event = value;
      else if (field === 'data') message.data.push(value);
      else if (line.text === '') {
        const { event, data } = message;
        message = { event: '', data: [] };
        if (event) yield { id: lastId, event, data: parsed(data.join('\n')) };
      }
    }
  } finally {
    trial.abort();
  }
  if (buffered && !signal.aborted) yield 'no way';
}

/** One answer after the other; the handler holds each until there is something to say. */
async function* polled({ api, visitor, clock, wake, lastId: last }: UpdatesOptions, signal: AbortSignal): AsyncGenerator<Told | 'no way', void, undefined> {
  let lastId = last;
  for (;;) {
    try {
      await wake.whenAwake(signal);
      const response = await api.ask('/updates', { signal, visitor, headers: { accept: 'application/json', ...(lastId && { 'last-event-id': lastId }) } });
      if (response.status === 401) throw new ConnectError('session_expired', 'GET /updates answered HTTP 401.');
      const { updates: list } = membersOf(await jsonFrom(response, 'GET /updates'));
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
      yield { id: null, event: 'live', data: false };
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
