/** The pages that are partly written by hand and partly made: what is made stands between two comments of the same name. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { apiReport } from './api-report.js';
import { digestTable, pinnedFiles, pinnedPage, pinnedTag } from './digests.js';
import { readElement } from './element.js';
import { attributeTable, eventTable, lookTable, methodTable, partTable, propertyTable, shortTag, slotTable, stateTable, tokenTable } from './tables.js';

const docs = 'stories/docs';
export const reportFile = 'test/papers/api-report.md';

/** Every page that people read. */
export const pages = (): readonly string[] => ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'llms.txt', ...readdirSync(docs).filter((file) => file.endsWith('.md')).sort().map((file) => `${docs}/${file}`)];

const languages: Readonly<Record<string, string>> = { htm: 'html', mjs: 'js', cjs: 'js', mts: 'ts' };

/** A file of the repository, as it stands there. */
const shown = (path: string): string => {
  if (!existsSync(path)) throw new Error(`There is no ${path} to show.`);
  const ending = path.split('.').at(-1) ?? '';
  return `\`\`\`${languages[ending] ?? ending}\n${readFileSync(path, 'utf8').trim()}\n\`\`\``;
};

/** What is made, by the name of its place. */
const makers: Readonly<Record<string, () => string>> = {
  attributes: () => attributeTable(readElement()),
  properties: () => propertyTable(readElement()),
  methods: () => methodTable(readElement()),
  events: () => eventTable(readElement()),
  look: () => lookTable(readElement()),
  'css-properties': () => tokenTable(readElement()),
  'css-parts': () => partTable(readElement()),
  slots: () => slotTable(readElement()),
  'css-states': () => stateTable(readElement()),
  tag: () => shortTag(readElement()),
  sri: () => `${digestTable(['wearable-connect.js', 'callback.js', 'wearable-callback.html'])}\n\n${pinnedTag(version())}`,
  parts: () => digestTable(pinnedFiles()),
  pinned: () => pinnedPage(),
};
/** Places with another maker and a check of their own: what was measured, in test/bench. */
const others = ['bench', 'costs', 'measured', 'scale'];

export const version = (): string => (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;

const place = /^<!-- ([\w-]+)(?: (\S+))? -->\n(?:[^]*?\n)??<!-- \/\1 -->$/gm;

/** The page with everything in it made anew. Throws where a place has no maker: it would stay empty for ever. */
export const filled = (page: string): string =>
  page
    .replace(place, (all, name: string, path?: string) => {
      if (others.includes(name)) return all;
      const make = name === 'file' && path ? () => shown(path) : makers[name];
      if (!make) throw new Error(`Nothing is known to write between <!-- ${name} --> and <!-- /${name} -->.`);
      return `<!-- ${name}${path ? ` ${path}` : ''} -->\n\n${make()}\n\n<!-- /${name} -->`;
    })
    .replaceAll(/wearable-connect@\d+\.\d+\.\d+[\w.-]*(?=\/)/g, `wearable-connect@${version()}`);

/** Every written file, as it stands and as it ought to. */
export const written = (): readonly { readonly file: string; readonly is: string; readonly should: string }[] => [
  ...pages().map((file) => ({ file, is: readFileSync(file, 'utf8') })).map(({ file, is }) => ({ file, is, should: filled(is) })),
  { file: reportFile, is: existsSync(reportFile) ? readFileSync(reportFile, 'utf8') : '', should: apiReport() },
];
