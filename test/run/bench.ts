/** `npm run bench`: how fast the parts are that run while a page is used, each beside something to compare it with. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { createParser } from 'eventsource-parser';
import { launch } from 'puppeteer-core';
import { createLineSplitter } from '../../src/sync/lines.js';
import { benchHandler } from './bench-handler.js';
import { command } from './steps.js';

interface Measured {
  readonly name: string;
  readonly median: number;
  readonly p95: number;
}

const summary = (name: string, samples: readonly number[]): Measured => {
  const sorted = [...samples].sort((one, other) => one - other);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { name, median: at(0.5), p95: at(0.95) };
};

/** Prints each beside the first, which is what the others are compared with. */
const table = (title: string, unit: string, rows: readonly Measured[]): void => {
  console.log(`\n${title.padEnd(46)}${`median ${unit}`.padStart(12)}${`p95 ${unit}`.padStart(12)}${'ratio'.padStart(9)}`);
  const base = rows[0]?.median ?? NaN;
  for (const { name, median, p95 } of rows) {
    const ratio = base > 0 ? `× ${(median / base).toFixed(2)}` : '–';
    console.log(`  ${name.padEnd(44)}${median.toFixed(2).padStart(12)}${p95.toFixed(2).padStart(12)}${ratio.padStart(9)}`);
  }
};

/** Server-sent events as the handler sends them: hours of one widget's stream. */
const messages = 4000;
const text = Array.from(
  { length: messages },
  (_, index) => `id: ${index}\nevent: progress\ndata: {"source":"garmin","stage":"fetching","ratio":${index / messages},"items":${index}}\n\n`,
).join('');
const cut = (size: number): string[] => Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size));

type Reader = (chunks: readonly string[]) => number;
const readers: Record<string, Reader> = {
  "buffer and split('\\n'): LF alone, no limits": (chunks) => {
    let [rest, count] = ['', 0];
    for (const chunk of chunks) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      count += lines.length;
    }
    return count;
  },
  createLineSplitter: (chunks) => {
    const splitter = createLineSplitter();
    let count = 0;
    for (const chunk of chunks) count += splitter.push(chunk).length;
    return count + splitter.end().length;
  },
  'eventsource-parser: reads fields as well': (chunks) => {
    let count = 0;
    const parser = createParser({ onEvent: () => (count += 4) });
    for (const chunk of chunks) parser.feed(chunk);
    return count;
  },
};

const results: Record<string, readonly Measured[]> = {};
const runs = 40;
for (const size of [16_384, 64, 1]) {
  const chunks = cut(size);
  const samples = new Map(Object.keys(readers).map((name) => [name, [] as number[]]));
  // In turns, so that whatever else the machine does falls on all of them alike. The first turns warm them up.
  for (let run = -5; run < runs; run += 1) {
    for (const [name, read] of Object.entries(readers)) {
      const began = performance.now();
      const count = read(chunks);
      const took = performance.now() - began;
      if (count !== messages * 4) throw new Error(`${name} found ${count} lines of ${messages * 4}`);
      if (run >= 0) samples.get(name)?.push(took);
    }
  }
  const title = `${Math.round(text.length / 1024)} KB of events in chunks of ${size}`;
  results[title] = [...samples].map(([name, taken]) => summary(name, taken));
  table(title, 'ms', results[title]);
}

if (!existsSync('dist/wearable-connect.js')) {
  const { code, output } = await command('test/run/build.ts', []);
  if (code !== 0) console.error(output);
}
const scripts: Record<string, string> = {
  'an empty script': '',
  'dist/wearable-connect.js': readFileSync('dist/wearable-connect.js', 'utf8'),
};
const browser = await launch({
  executablePath: process.env['CHROME_PATH'] ?? '',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage();
  const samples = new Map(Object.keys(scripts).map((name) => [name, [] as number[]]));
  for (let run = -3; run < runs; run += 1) {
    for (const [name, code] of Object.entries(scripts)) {
      await page.goto('about:blank');
      // A text never seen before: the engine keeps what it compiled, a first visitor has nothing kept.
      const took = await page.evaluate((source: string) => {
        const script = document.createElement('script');
        script.textContent = source;
        const began = performance.now();
        document.head.append(script);
        return performance.now() - began;
      }, `${code}\n// ${run} ${Math.random()}`);
      const defined = await page.evaluate(() => customElements.get('wearable-connect') !== undefined);
      if (defined !== (code !== '')) throw new Error(`${name}: the element is ${defined ? '' : 'not '}defined`);
      if (run >= 0) samples.get(name)?.push(took);
    }
  }
  const title = 'compile and run until the element is defined';
  results[title] = [...samples].map(([name, taken]) => summary(name, taken));
  table(title, 'ms', results[title]);
} finally {
  await browser.close();
}

const loads = await benchHandler();

const folder = 'node_modules/.cache/wearable-connect';
mkdirSync(folder, { recursive: true });
const machine = { node: process.version, processor: cpus()[0]?.model, cores: cpus().length };
writeFileSync(`${folder}/bench.json`, JSON.stringify({ machine, results, loads }, null, 2));
console.log(`\n(${machine.node}, ${machine.cores} cores; also in ${folder}/bench.json)`);
