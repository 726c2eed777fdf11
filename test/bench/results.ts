/** The figures that are kept: test/bench/results.json, a section each with the day and the machine's make when it was measured. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Row } from './row.js';

export interface Surroundings {
  /** As 2026-11-21. */
  readonly date: string;
  readonly node: string;
  readonly browser: string;
  readonly cores: number;
  /** The share of the processors that others took in the second before, and the milliseconds that the same work took then, whoever asks. */
  readonly others?: number;
  readonly paceMs?: number;
}

/** From this share on the times are no longer ours alone. */
export const busyFrom = 0.1;

export interface SectionResult extends Surroundings {
  readonly seconds: number;
  readonly rows: readonly Row[];
}

export type Results = Readonly<Record<string, SectionResult>>;

/** In the order in which they are run, printed and kept. */
export const sectionNames: readonly string[] = ['weight', 'start', 'click', 'stream', 'many', 'handler'];

export const resultsFile = 'test/bench/results.json';

export const readResults = (file = resultsFile): Results => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results) : {});

/** What was measured now takes the place of its own section alone. */
export function keepResults(fresh: Results, file = resultsFile): void {
  const all = { ...readResults(file), ...fresh };
  const known = sectionNames.flatMap((name) => (all[name] ? [[name, all[name]] as const] : []));
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(known), null, 1)}\n`);
}
