/** Tables for the pages, in Markdown, each made of what the product itself says: none of them can grow old. */
import { ConnectError } from '../src/index.js';
import type { ErrorCode } from '../src/index.js';
import { en } from '../src/locales/en.js';
import { attributes, cssParts, cssProperties, cssStates, methods, slots } from './manifest.js';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ').replaceAll('<', '&lt;');
const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const described = (heads: readonly [string, string], list: readonly { readonly name: string; readonly description?: string }[]): string =>
  table(heads, list.map(({ name, description = '' }) => [code(name), cell(description)]));

export const tokenTable = table(
  ['custom property', 'what it colours or measures', 'as it comes'],
  cssProperties.map(({ name, description = '', default: initial = '' }) => [code(name), cell(description), code(initial)]),
);

export const partTable = described(['part', 'what it is'], cssParts);
export const slotTable = described(['slot', 'what goes there'], slots);
export const stateTable = described(['state', 'when'], cssStates.map(({ name, ...rest }) => ({ ...rest, name: `:state(${name})` })));
export const attributeTable = table(['attribute', 'type', 'default', ''], attributes.map(({ name, type, default: initial, description = '' }) => [code(name), type ? code(type.text) : '', initial === undefined ? '' : code(initial), cell(description)]));

export const methodTable = table(
  ['method', 'returns', 'what it does'],
  methods.map(({ name, parameters = [], return: given, description = '' }) => [code(`${name}(${parameters.map((parameter) => parameter.name).join(', ')})`), given ? code(given.type.text) : '', cell(description)]),
);

/** A sentence, or one for each kind of number. */
const sentence = (words: string | Readonly<Record<string, string>>): string =>
  typeof words === 'string' ? cell(words) : Object.entries(words).map(([kind, one]) => `${code(kind)}: ${cell(one)}`).join('<br/>');

export const wordTable = table(['key', 'what the visitor reads'], Object.entries(en).map(([key, words]) => [code(key), sentence(words)]));

const codes = Object.keys(en).filter((key) => key.startsWith('error_')).map((key) => key.slice('error_'.length) as ErrorCode);

export const errorTable = table(
  ['code', 'trying again can help', 'what the visitor reads'],
  codes.map((name) => [code(name), new ConnectError(name, '').retryable ? 'yes' : 'no', sentence(en[`error_${name}`])]),
);

/** A chapter of the README, as it stands there; a heading that is gone is an error, not an empty page. */
export function chapter(readme: string, title: string): string {
  const lines = readme.split('\n');
  const at = lines.findIndex((line) => line.replace(/^#+ /, '') === title && line.startsWith('#'));
  const head = lines[at];
  if (head === undefined) throw new Error(`The README has no chapter “${title}” (stories/docs shows it).`);
  const depth = head.indexOf(' ');
  const after = lines.slice(at + 1);
  const end = after.findIndex((line) => /^#+ /.test(line) && line.indexOf(' ') <= depth);
  return readable(after.slice(0, end < 0 ? after.length : end).join('\n'));
}

/** Its links to other files and within itself lead nowhere from here, and its comments are for who writes it. */
const readable = (markdown: string): string => markdown.replaceAll(/\[([^\]]+)\]\((?!https:)[^)]*\)/g, '$1').replaceAll(/<!--[^]*?-->\n?/g, '');

/** One of the files beside the pages, which are read in the repository too. `title`: its own heading. */
export const page = (markdown: string, { title = true } = {}): string => readable(title ? markdown : markdown.replace(/^# .*\n/, ''));
