/** What `npm run check` asks of the papers of the built package: each a list of sentences, empty where all is well. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { allBlocks, allPages, blockProblems, commandProblems, nameProblems } from './blocks.js';
import { pinnedFiles } from './digests.js';
import { readElement } from './element.js';
import { pages, reportFile, written } from './pages.js';

const known = (): Parameters<typeof blockProblems>[1] => {
  const { scripts, bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string>; bin: Record<string, string> };
  return { element: readElement(), scripts, commands: bin };
};

const isOutOfDate = (which: (file: string) => boolean): string[] =>
  written()
    .filter(({ file, is, should }) => which(file) && is !== should)
    .map(({ file, is, should }) => {
      const [before, after] = [is.split('\n'), should.split('\n')];
      const at = after.findIndex((line, index) => line !== before[index]);
      return `${file} is out of date from line ${at + 1}: “npm run papers” writes it anew.\n  it says   ${before[at] ?? 'nothing'}\n  should be ${after[at] ?? 'nothing'}`;
    });

/** Tables and digests: of the very build that lies in dist. */
export const outOfDate = (): string[] => isOutOfDate((file) => file !== reportFile);

export const reportProblems = (): string[] =>
  isOutOfDate((file) => file === reportFile).map((problem) => `${problem}\nWhat goes there breaks somebody, what comes is a feature: say so in CHANGELOG.md.`);

/** GitHub's way from a heading to what a link calls it. */
const anchorOf = (heading: string): string => heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s-]/gu, '').trim().replaceAll(/\s/g, '-');

const anchorsIn = (text: string): string[] => [...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** Every link between pages leads to a page that is there, and to a heading of it. */
export const linkProblems = (): string[] =>
  pages().flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return [...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/(?:\]\(|src=")(?!https?:|mailto:)([^)"#]*)(#[^)"]*)?[)"]/g)].flatMap(([, path = '', anchor]) => {
      const target = path ? normalize(join(dirname(file), path)) : file;
      if (!existsSync(target)) return [`${file}: there is no ${target}`];
      return anchor === undefined || anchorsIn(readFileSync(target, 'utf8')).includes(anchor.slice(1)) ? [] : [`${file}: ${target} has no heading for ${anchor}`];
    });
  });

/** Where a host reads which files to serve, and when each is loaded: every one has its row. */
const filesPage = 'stories/docs/script-tag.md';
const fileProblems = (): string[] => {
  const rows = readFileSync(filesPage, 'utf8').split('\n').filter((line) => line.startsWith('| `') && !line.includes('sha384-'));
  const told = (file: string): boolean => rows.some((row) => row.includes(`\`${file}\``) || row.includes(`\`${file.replace('wearable-connect', '')}\``));
  return pinnedFiles().filter((file) => !told(file)).map((file) => `${filesPage}: no row says when ${file} is loaded`);
};

/** Names of the element in any text, commands in any text, and every block of code. */
export const pageProblems = (): string[] => {
  const all = known();
  const ofTexts = allPages().flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return [...nameProblems(text, all.element), ...commandProblems(text, all)].map((problem) => `${file}: ${problem}`);
  });
  return [...ofTexts, ...blockProblems(allBlocks(), all), ...linkProblems(), ...fileProblems()];
};
