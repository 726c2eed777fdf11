/** In the page: an element that follows a real response, line by line; and readers of lines, side by side. */
import type { Platform, SyncUpdate } from '../../../src/core/platform.js';
import { define } from '../../../src/registering.js';
import { followBackfill } from '../../../src/platforms/sweatstack/backfill.js';
import { createMessageReader } from '../../../src/sync/events.js';
import { createLineSplitter } from '../../../src/sync/lines.js';

define();

const connection = { id: 'c', source: 'garmin_connect', name: 'Garmin', status: 'active', history: 'syncing', connectedAt: null, evidence: 'listed', message: null } as const;

interface Lines {
  count: number;
  inTask: number;
  mostInTask: number;
}

/** Signed in already, and the history comes from `url`. */
function platformAt(url: string, lines: Lines): Platform {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => (lines.inTask = 0);
  const open = (signal: AbortSignal): Promise<Response> => fetch(url, { signal });
  async function* follow(_: unknown, signal: AbortSignal): AsyncGenerator<SyncUpdate> {
    const options = { source: connection.source, status: () => Promise.resolve(null), connectionsFrom: () => [connection], step: () => null, open };
    for await (const update of followBackfill(options, signal)) {
      if (update.type === 'progress') {
        lines.count += 1;
        if (!lines.inTask) port2.postMessage(null);
        lines.mostInTask = Math.max(lines.mostInTask, (lines.inTask += 1));
      }
      yield update;
    }
  }
  return {
    name: 'sweatstack',
    prepare: () => Promise.resolve(),
    sources: () => Promise.resolve([{ id: connection.source, name: connection.name }]),
    authorize: () => Promise.reject(new Error('Nobody clicks here.')),
    confirm: () => Promise.reject(new Error('Nobody clicks here.')),
    restore: () => Promise.resolve({ account: { tokens: null, user: null, connections: [connection] } }),
    follow,
  };
}

interface Drawn extends HTMLElement {
  platform: Platform;
  performUpdate(): void;
}

export interface Seen {
  readonly lines: number;
  readonly frames: number;
  readonly renders: number;
  /** Of any one frame. */
  readonly mostRenders: number;
  /** Read one after the other, before anything else on the page had its turn. */
  readonly mostLinesInATask: number;
  readonly longTasks: readonly { readonly at: number; readonly ms: number }[];
  /** By the clock of the page. */
  readonly now: number;
  readonly phase: string | null;
}

/** Begins; what has been seen since is told as often as it is asked for. */
export function watch(url: string): () => Seen {
  const lines = { count: 0, inTask: 0, mostInTask: 0 };
  let [frames, renders, mostRenders, inFrame, over] = [0, 0, 0, 0, false];
  const longTasks: { at: number; ms: number }[] = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ startTime, duration }) => ({ at: startTime, ms: duration })))).observe({ type: 'longtask' });
  const frame = (): void => {
    frames += 1;
    inFrame = 0;
    if (!over) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const element = document.createElement('wearable-connect') as Drawn;
  const { performUpdate } = element;
  element.performUpdate = function () {
    // What it takes to be drawn at all is no part of the stream.
    if (lines.count) {
      renders += 1;
      mostRenders = Math.max(mostRenders, (inFrame += 1));
    }
    performUpdate.call(this);
  };
  let phase: string | null = null;
  element.addEventListener('wearable-change', (event) => void ({ phase } = event.detail));
  element.addEventListener('wearable-complete', () => (over = true));
  element.platform = platformAt(url, lines);
  document.body.append(element);
  return () => ({ lines: lines.count, frames, renders, mostRenders, mostLinesInATask: lines.mostInTask, longTasks: [...longTasks], now: performance.now(), phase });
}

/** The peer is on the page by this name. */
declare const peer: (options: { readonly onEvent: () => void }) => { feed(chunk: string): void };

/** Of lines or of messages each finds as many as there are, or it does not count. */
const readers = {
  lines(chunks: readonly string[]) {
    const splitter = createLineSplitter();
    let count = 0;
    for (const chunk of chunks) count += splitter.push(chunk).length;
    return count + splitter.end().length;
  },
  split(chunks: readonly string[]) {
    let [rest, count] = ['', 0];
    for (const chunk of chunks) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      count += lines.length;
    }
    return count;
  },
  messages(chunks: readonly string[]) {
    let count = 0;
    const { read } = createMessageReader();
    const onMessage = () => (count += linesOfOne);
    for (const chunk of chunks) read(chunk, onMessage);
    return count;
  },
  eventsourceParser(chunks: readonly string[]) {
    let count = 0;
    const parser = peer({ onEvent: () => (count += linesOfOne) });
    for (const chunk of chunks) parser.feed(chunk);
    return count;
  },
};
export const linesOfOne = 4;

export type Reader = keyof typeof readers;

/** Milliseconds a run, of each reader; in turns, so that whatever else the machine does falls on all of them alike. */
export function read(size: number, messages: number, runs: number): Record<Reader, readonly number[]> {
  const text = Array.from({ length: messages }, (_, index) => `id: ${index}\nevent: progress\ndata: {"source":"garmin","stage":"fetching","ratio":${index / messages},"items":${index}}\n\n`).join('');
  const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size));
  const taken: Record<string, number[]> = {};
  for (let run = -5; run < runs; run += 1) {
    for (const [name, reader] of Object.entries(readers)) {
      const began = performance.now();
      const count = reader(chunks);
      const took = performance.now() - began;
      if (count !== messages * linesOfOne) throw new Error(`${name} found ${count} lines of ${messages * linesOfOne}.`);
      if (run >= 0) (taken[name] ??= []).push(took);
    }
  }
  return taken;
}
