/** One section in a process of its own: `section.ts <name> <file for what was found>`. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { browserVersion } from './browser.js';
import type { SectionResult } from './results.js';
import type { Section } from './row.js';

/** How much of all processors is taken while this process does nothing. */
async function othersShare(): Promise<number> {
  const taken = (): { idle: number; all: number } => {
    const times = cpus().map((cpu) => cpu.times);
    const sum = (of: (time: (typeof times)[number]) => number): number => times.reduce((total, time) => total + of(time), 0);
    return { idle: sum(({ idle }) => idle), all: sum(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq) };
  };
  const before = taken();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const after = taken();
  return Number((1 - (after.idle - before.idle) / (after.all - before.all)).toFixed(2));
}

/** The same work each time, so that two runs can be told apart from two machines. */
function pace(): number {
  const begin = performance.now();
  let value = 1;
  for (let turn = 0; turn < 30_000_000; turn += 1) value = (value * 1_103_515_245 + 12_345) % 2_147_483_648;
  // Asked for, or an engine need not work it out.
  return value < 0 ? NaN : Math.round(performance.now() - begin);
}

const [name = '', file = ''] = process.argv.slice(2);
const { section } = (await import(`./${name}.ts`)) as { section: Section };
const others = await othersShare();
const paceMs = pace();
const began = performance.now();
const rows = await section.run();
const found: SectionResult = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version.slice(1),
  browser: await browserVersion(),
  cores: cpus().length,
  others,
  paceMs,
  seconds: Math.round((performance.now() - began) / 1000),
  rows,
};
writeFileSync(file, JSON.stringify(found));
// What a section has left open does not keep this process: its figures are told.
process.exit();
