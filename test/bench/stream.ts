/** A history at full speed into an element: what it draws, how long the page is busy with it, and what stays behind. */
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { until } from '../browsers/waiting.js';
import { chromium } from './browser.js';
import { asScript } from './bundle.js';
import { type Counters, countersOf, ownScript, sessionOf, version, workOf } from './own-page.js';
import type { Reader, Seen } from './pages/stream.js';
import { peersFolder, peerVersion } from './peers.js';
import { counted, doingLess, type Row, row, sampled } from './row.js';
import { serving } from './serving.js';

declare const bench: typeof import('./pages/stream.js');

export interface Streamed extends Omit<Seen, 'longTasks' | 'now'> {
  /** While lines came in: looking at the heap takes long, too. */
  readonly longTasksMs: readonly number[];
  /** Milliseconds of work for a thousand lines, of each tenth of the stream. */
  readonly workPerThousand: readonly number[];
  /** In the middle, and at the end. */
  readonly heap: readonly [Counters, Counters];
}

const day = 86_400_000;
/** Lines go back through the five years that are loaded, each a little further than the one before. */
const linesFrom = (now: number, from: number, to: number, of: number): string => {
  let text = '';
  for (let at = from + 1; at <= to; at += 1) text += `{"backfill_loaded_until":"${new Date(now - (at / of) * 1_820 * day).toISOString()}"}\n`;
  return text;
};

/** A page of ours, and a stream that goes on when it is told to: at full speed, and then it holds its breath so that one can look. */
export async function inStream<T>(run: (page: { watch(): Promise<() => Promise<Seen>>; send(text: string): void; counters(): Promise<Counters>; work(): Promise<number>; add(script: string): Promise<unknown>; read(size: number, messages: number, runs: number): Promise<Record<Reader, readonly number[]>> }) => Promise<T>): Promise<T> {
  const script = await ownScript('test/bench/pages/stream.ts');
  const streams: ServerResponse[] = [];
  const site = await serving('host', ({ url }, response) => {
    if (url === '/') return void response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><meta charset="utf-8"><title>Stream</title><body><script>${script.replaceAll('</script', '<\\/script')}</script>`);
    if (url !== '/stream') return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'application/x-ndjson' }).flushHeaders();
    streams.push(response);
  });
  const browser = await chromium();
  try {
    const page = await browser.newPage();
    const cdp = await sessionOf(page);
    await page.goto(`${site.origin}/`);
    return await run({
      async watch() {
        await page.evaluate(() => void Object.assign(globalThis, { seen: bench.watch('/stream') }));
        await until(() => streams.length === 1, () => 'the element did not ask for the stream');
        return () => page.evaluate(() => (globalThis as unknown as { seen: () => Seen }).seen());
      },
      send: (text) => void streams[0]?.write(text),
      counters: () => countersOf(cdp),
      work: () => workOf(cdp),
      add: (content) => page.addScriptTag({ content, type: 'module' }),
      read: (size, messages, runs) => page.evaluate((...given: [number, number, number]) => bench.read(...given), size, messages, runs),
    });
  } finally {
    await browser.close();
    await site.close();
  }
}

const parts = 10;

export const streamed = (total: number): Promise<Streamed> =>
  inStream(async ({ watch, send, counters, work }) => {
    const seen = await watch();
    const now = Date.now();
    const workPerThousand: number[] = [];
    const heap: Counters[] = [];
    const spans: (readonly [from: number, to: number])[] = [];
    for (let part = 1; part <= parts; part += 1) {
      const [from, to] = [((part - 1) / parts) * total, (part / parts) * total];
      const text = linesFrom(now, from, to, total);
      const [before, { now: began, renders }] = [await work(), await seen()];
      send(text);
      await until(async () => (await seen()).lines >= to, async () => `of ${to} lines ${(await seen()).lines} were read`, 60_000);
      spans.push([began, (await seen()).now]);
      workPerThousand.push(((await work()) - before) / ((to - from) / 1000));
      if (part !== parts / 2 && part !== parts) continue;
      await until(async () => (await seen()).renders > renders, () => 'what was read is not drawn');
      heap.push(await counters());
    }
    const [middle, last] = heap as [Counters, Counters];
    const { longTasks, now: _, ...rest } = await seen();
    const longTasksMs = longTasks.filter(({ at }) => spans.some(([from, to]) => at >= from && at < to)).map(({ ms }) => ms);
    return { ...rest, longTasksMs, workPerThousand, heap: [middle, last] };
  });

const lines = 100_000;
const sizes = [16_384, 64] as const;
const messages = 20_000;

async function measured(): Promise<readonly Row[]> {
  const { renders, frames, mostRenders, longTasksMs, mostLinesInATask, workPerThousand, heap } = await streamed(lines);
  const read = await inStream(async (page) => {
    await page.add(await asScript(join(peersFolder, 'eventsource-parser.js')));
    const taken: Record<number, Record<Reader, readonly number[]>> = {};
    for (const size of sizes) taken[size] = await page.read(size, messages, 40);
    return taken;
  });
  const own = (count: number, note?: string) => counted('wearable-connect', version, count, note);
  const asked = (what: string, unit: string, note?: string) => ({ section: 'stream', what: `${lines.toLocaleString('en')} lines at full speed: ${what}`, unit, ...(note !== undefined && { note }) });
  return [
    row(asked('renders in one frame, at most', 'renders', `${renders} renders in ${frames} frames`), own(mostRenders)),
    row(asked('tasks of more than 50 ms', 'tasks'), own(longTasksMs.length, longTasksMs.length ? `the longest ${Math.max(...longTasksMs)} ms` : undefined)),
    row(asked('read in one task, at most', 'lines', 'then the page has its turn'), own(mostLinesInATask)),
    row(asked('what the heap has grown by', 'KB', 'after collection, from the middle of the stream to its end'), own(Math.round((heap[1].heapBytes - heap[0].heapBytes) / 1024))),
    row(asked('work for a thousand lines', 'ms', 'all that the page does: reading, parsing, judging, drawing'), sampled('wearable-connect', version, workPerThousand)),
    row({ ...asked('the last tenth beside the second', 'times', 'a line costs as much at the end as it did at the beginning; the first tenth warms the engine up') }, own(Number(((workPerThousand.at(-1) ?? NaN) / (workPerThousand[1] ?? NaN)).toFixed(2)))),
    ...sizes.flatMap((size) => {
      const asked = (what: string) => ({ section: 'stream', what: `${what} out of ${(messages * 4).toLocaleString('en')} lines, in chunks of ${size.toLocaleString('en')}`, unit: 'ms', note: 'all in one page, in turns' });
      const side = (name: string, one: string, reader: Reader, note?: string) => sampled(name, one, read[size]?.[reader] ?? [], note);
      return [
        row(asked('server-sent events'), side('wearable-connect', version, 'messages', 'a limit to a line'), [side('eventsource-parser', peerVersion('eventsource-parser'), 'eventsourceParser')]),
        row(asked('lines'), side('wearable-connect', version, 'lines', 'LF, CRLF and CR, wherever chunks end; a limit'), [doingLess(side('split', '', 'split', 'a buffer and split(’\\n’): LF alone, no CR, no limit to a line'))]),
      ];
    }),
  ];
}

export const section = { name: 'stream', run: measured };
