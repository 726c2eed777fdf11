/**
 * Every block of code on the pages: which there are, and what can be told of them without a browser. Blocks in TypeScript and JavaScript are compiled
 * by test/types/check.ts, blocks of HTML are opened by test/package/blocks.test.ts. A language that nobody looks at is a problem.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Element, Named } from './element.js';
import { pages } from './pages.js';

export interface Block {
  readonly file: string;
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

/** A fence may be indented, inside a list; its content then is, too. */
export function blocksIn(file: string, text: string): readonly Block[] {
  const found: Block[] = [];
  let open: { at: number; indent: string; language: string; lines: string[] } | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const [, indent = '', language = ''] = /^(\s*)```([\w-]*)\s*$/.exec(line) ?? [];
    const isFence = /^\s*```/.test(line);
    if (!open && isFence) open = { at: index + 1, indent, language, lines: [] };
    else if (open && isFence) {
      found.push({ file, line: open.at, language: open.language, code: open.lines.join('\n') });
      open = undefined;
    } else open?.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
  }
  if (open) throw new Error(`${file}:${open.at}: this block never ends.`);
  return found;
}

const storyPages = (): string[] => readdirSync('stories/docs').filter((file) => file.endsWith('.mdx')).map((file) => `stories/docs/${file}`);

export const allPages = (): readonly string[] => [...pages(), ...storyPages()];

export const allBlocks = (): readonly Block[] => allPages().flatMap((file) => blocksIn(file, readFileSync(file, 'utf8')));

interface Known {
  readonly element: Element;
  readonly scripts: Readonly<Record<string, unknown>>;
  readonly commands: Readonly<Record<string, unknown>>;
}

const has = (list: readonly Named[], name: string): boolean => list.some((one) => one.name === name);

/** Of every element, or of the ones that a page puts into a slot. */
const ofAnyElement = /^(id|class|slot|style|hidden|dir|data-[\w-]+)$/;

/** The words that an attribute takes, where it takes only some. */
const wordsOf = ({ type }: Named): string[] => [...(type?.text.matchAll(/'([^']+)'/g) ?? [])].map(([, word = '']) => word);

/** What is wrong with the names on a tag of ours. */
function tagProblems(html: string, { attributes, slots }: Element): string[] {
  const problems: string[] = [];
  for (const [, written = ''] of html.matchAll(/<(?:wearable|my)-connect\b([^>]*)>/g)) {
    for (const [, name = '', value] of written.matchAll(/([\w-]+)(?:="([^"]*)")?/g)) {
      const attribute = attributes.find((one) => one.name === name);
      if (!attribute && !ofAnyElement.test(name)) problems.push(`there is no attribute ${name}`);
      const words = attribute ? wordsOf(attribute) : [];
      if (words.length > 0 && !words.includes(value ?? '')) problems.push(`${name} is one of ${words.join(', ')}, not “${value ?? ''}”`);
    }
  }
  for (const [, name = ''] of html.matchAll(/\sslot="([^"]+)"/g)) if (!has(slots, name) && !name.startsWith('icon-')) problems.push(`there is no slot ${name}`);
  return problems;
}

/** Names of the element that may stand anywhere, in prose too. */
export function nameProblems(text: string, element: Element): string[] {
  const lost = (pattern: RegExp, list: readonly Named[], kind: string): string[] =>
    [...text.matchAll(pattern)].flatMap(([, name = '']) => (has(list, name) ? [] : [`there is no ${kind} ${name}`]));
  return [
    ...lost(/(?<![\w-])(--wearable-[\w-]+)/g, element.cssProperties, 'custom property'),
    ...lost(/::part\((\w+)\)/g, element.cssParts, 'part'),
    ...lost(/:state\((\w+)\)/g, element.cssStates, 'state'),
    ...lost(/(?:addEventListener\(|on:?|@|\()['"]?(wearable-(?!connect\b)\w+)/g, element.events, 'event'),
  ];
}

/** `npm run x`, `npx wearable-connect x`: does x exist? */
export function commandProblems(text: string, { scripts, commands }: Known): string[] {
  const lost = [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].flatMap(([, run, usual]) => ((run ?? usual ?? '') in scripts ? [] : [`package.json has no script ${run ?? usual ?? ''}`]));
  const foreign = [...text.matchAll(/\bnpx ([\w-]+) (\w+)/g)].flatMap(([, name = '', word = '']) =>
    name in commands && readFileSync('src/sandbox/cli.ts', 'utf8').includes(word) ? [] : [`npx ${name} ${word} does nothing here`],
  );
  return [...lost, ...foreign];
}

const knownLine = /^(npm (start|test|run [\w:-]+|install wearable-connect|ci|publish|pack)|npx wearable-connect|git )/;

/** What the landing page deserves; a browser is asked in test/situations/embedding.test.ts. */
const landingHeaders = ['Content-Security-Policy', 'Referrer-Policy', 'Cache-Control', 'X-Content-Type-Options', 'X-Robots-Tag'];
const landingPolicy = "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const headerProblems = (code: string): string[] => [
  ...landingHeaders.filter((name) => !code.includes(name)).map((name) => `${name} is missing`),
  ...(code.includes(landingPolicy) && readFileSync('test/situations/embedding.test.ts', 'utf8').includes(landingPolicy) ? [] : ['the policy is not the one that the tests open the page with']),
  ...(code.includes('wearable-callback.html') ? [] : ['it names no landing page']),
];

/** The floor plan: every room is told, and no other. */
function planProblems(code: string): string[] {
  const told = [...code.matchAll(/^(?:src\/)?([\w-]+) {2,}/gm)].map(([, room = '']) => room);
  const rooms = readdirSync('src', { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  return [...rooms.filter((room) => !told.includes(room)).map((room) => `src/${room} is not told`), ...told.filter((room) => !existsSync(`src/${room}`) && !existsSync(room)).map((room) => `there is no ${room}`)];
}

function jsonProblems(code: string): string[] {
  try {
    JSON.parse(code);
  } catch (error) {
    return [String(error)];
  }
  const lost = [...code.matchAll(/node_modules\/wearable-connect\/([\w./-]+)/g)].flatMap(([, file = '']) => (existsSync(file) ? [] : [`the package has no ${file}`]));
  return [...lost, ...(code.includes('"headers"') ? headerProblems(code) : [])];
}

/** What is told of a block, by its language. The compiled and the opened ones have only their names looked at here. */
const lookers: Readonly<Record<string, (block: Block, known: Known) => string[]>> = {
  html: ({ code }, { element }) => tagProblems(code, element),
  css: ({ code }) => (/wearable-connect|--wearable-/.test(code) ? [] : ['it styles nothing of ours']),
  ts: () => [],
  tsx: () => [],
  js: () => [],
  sh: ({ code }) => code.split('\n').filter((line) => line && !line.startsWith('#') && !knownLine.test(line)).map((line) => `nobody knows what “${line}” does`),
  json: ({ code }) => jsonProblems(code),
  http: ({ code }) => (/^Content-Security-Policy: .*$/.test(code) ? [] : ['one line of a policy was expected']),
  nginx: ({ code }) => headerProblems(code),
  apache: ({ code }) => headerProblems(code),
  text: ({ code }) => headerProblems(code),
  '': ({ code }) => planProblems(code),
};

/** Shown from a file that a check of its own compiles. */
const ofAnApp = new Set(['vue', 'svelte', 'astro', 'js', 'jsx', 'ts', 'tsx']);

export function blockProblems(blocks: readonly Block[], known: Known): string[] {
  return blocks.flatMap((block) => {
    const look = lookers[block.language];
    const problems = isOfAnApp(block) && ofAnApp.has(block.language) ? [] : look ? look(block, known) : [`no test looks at blocks in “${block.language}” (test/papers/blocks.ts)`];
    return problems.map((problem) => `${block.file}:${block.line}: ${problem}`);
  });
}

/** Whether it stands in the page because a maker has put a file there whose own framework compiles it: of test/consumers, or of test/types. */
export const isOfAnApp = ({ file, line }: Block): boolean => /^<!-- file test\/(?:consumers|types)\/\S+ -->$/.test(readFileSync(file, 'utf8').split('\n')[line - 3] ?? '');

export const toBeCompiled = (): readonly Block[] => allBlocks().filter((block) => ['ts', 'tsx', 'js'].includes(block.language) && !isOfAnApp(block));
