/** One section in a process of its own: `section.ts <name> <file for what was found>`. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { browserVersion } from './browser.js';
import type { SectionResult } from './results.js';
import type { Section } from './row.js';

const [name = '', file = ''] = process.argv.slice(2);
const { section } = (await import(`./${name}.ts`)) as { section: Section };
const began = performance.now();
const rows = await section.run();
const found: SectionResult = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version.slice(1),
  browser: await browserVersion(),
  cores: cpus().length,
  seconds: Math.round((performance.now() - began) / 1000),
  rows,
};
writeFileSync(file, JSON.stringify(found));
// What a section has left open does not keep this process: its figures are told.
process.exit();
