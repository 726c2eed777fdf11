/** Our sources in a page, with what no built file lets anybody reach: one script, made as the files for a script tag are. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CDPSession, Page } from 'puppeteer-core';
import { build } from 'vite';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
export { version };

/** What `entry` exports is on the page by the name of `bench`. */
export async function ownScript(entry: string): Promise<string> {
  const made = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    define: { __VERSION__: JSON.stringify(version) },
    build: { write: false, target: 'es2022', minify: 'oxc', lib: { entry: resolve(entry), formats: ['iife'], name: 'bench', fileName: 'bench' }, rolldownOptions: { output: { codeSplitting: false } } },
  });
  const [chunk] = [made].flat().flatMap((result) => ('output' in result ? result.output : []));
  if (chunk?.type !== 'chunk') throw new Error(`${entry} could not be bundled.`);
  return chunk.code;
}

/** What the browser itself counts of a page, once everything that can go has gone. */
export interface Counters {
  readonly heapBytes: number;
  readonly documents: number;
  readonly nodes: number;
  readonly jsEventListeners: number;
}

export async function countersOf(cdp: CDPSession): Promise<Counters> {
  // What a finalizer or a promise lets go of is only found by the next one.
  for (let round = 0; round < 3; round += 1) await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const { documents, nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters');
  return { heapBytes: usedSize, documents, nodes, jsEventListeners };
}

async function metricOf(cdp: CDPSession, wanted: string): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === wanted)?.value ?? NaN;
}

/** How long the page has been at work since it began, in milliseconds. */
export const workOf = async (cdp: CDPSession): Promise<number> => (await metricOf(cdp, 'TaskDuration')) * 1000;

/** How often it has been laid out. */
export const layoutsOf = (cdp: CDPSession): Promise<number> => metricOf(cdp, 'LayoutCount');

export async function sessionOf(page: Page): Promise<CDPSession> {
  const cdp = await page.createCDPSession();
  await Promise.all([cdp.send('Performance.enable', { timeDomain: 'threadTicks' }), cdp.send('HeapProfiler.enable')]);
  return cdp;
}
