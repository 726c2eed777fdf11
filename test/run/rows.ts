/**
 * Which test shows which row of test/rows.ts, by the tags at the end of titles. `rows.ts` writes test/README.md;
 * `rows.ts --check` writes nothing, and fails where a row has no test or the page is out of date.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type Group, groups } from '../rows.js';

interface Shown {
  readonly file: string;
  readonly title: string;
  readonly engines: string;
}

const page = 'test/README.md';
const engines = ['Chromium', 'Firefox', 'WebKit'];
const inThree = ['situations', 'journeys', 'browsers'];
const inChromium = ['core', 'oauth', 'sync', 'platforms', 'element', 'locales', 'stories', 'screens'];

/** A string whose end is a list of rows: a title, or the name of a row in a table of tests. */
const tagged = /(['"`])((?:\\.|(?!\1)[^\\\n])*?)\s*\[((?:[SATF]\d+)(?:[^\]'"`\n]|'[^'\n]*')*)\]\1/g;

function enginesOf(file: string, source: string): string {
  const room = file.split('/')[1] ?? '';
  const only = /\bonly: \[([^\]]*)\]/.exec(source)?.[1];
  if (inThree.includes(room)) return only ? only.replaceAll(/['"]/g, '') : engines.join(', ');
  return inChromium.includes(room) ? 'Chromium' : 'Node';
}

function testsByRow(): Map<string, Shown[]> {
  const found = new Map<string, Shown[]>();
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).map((file) => `test/${file.replaceAll('\\', '/')}`);
  for (const file of files.filter((name) => name.endsWith('.test.ts')).sort()) {
    const source = readFileSync(file, 'utf8');
    for (const [, , title = '', tags = ''] of source.matchAll(tagged))
      for (const [row] of tags.matchAll(/[SATF]\d+/g)) found.set(row, [...(found.get(row) ?? []), { file, title: readable(title), engines: enginesOf(file, source) }]);
  }
  return found;
}

/** What a template would fill in stands for itself; what a table would break is escaped. */
const readable = (title: string): string =>
  title.replaceAll(/\$\{[^{}]*\}/g, '…').replaceAll(/\\(['"`])/g, '$1').replaceAll('|', '\\|').replaceAll('<', '&lt;');

const idsOf = ({ letter, rows }: Group): string[] => rows.map((_, at) => `${letter}${at + 1}`);

function tableOf(group: Group, found: Map<string, Shown[]>): string {
  const rows = idsOf(group).map((id, at) => {
    const tests = found.get(id) ?? [];
    const files = [...new Set(tests.map(({ file }) => file))];
    const named = files
      .map((file) => `[${file.replace('test/', '')}](${file.replace('test/', '')}): ${tests.filter((test) => test.file === file).map(({ title }) => title).join(' · ')}`)
      .join('<br>');
    const where = [...new Set(tests.map((test) => test.engines))].join('<br>');
    return `| ${id} | ${group.rows[at] ?? ''} | ${named || '**none**'} | ${where} |`;
  });
  return `## ${group.title}\n\n${group.about}\n\n| row | what | test | engines |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

const introduction = `# The tests

Written by \`node --import tsx test/run/rows.ts\`: change the titles of tests or test/rows.ts, not this page.

Each folder of \`src\` has a room here by the same name. What a room holds decides where its tests run:

| room | what it tests | runs in |
| --- | --- | --- |
| \`core\`, \`oauth\`, \`sync\`, \`platforms\`, \`element\` | one part at a time, with a clock, a storage, windows and a server in the test’s hand; \`properties*.test.ts\` try hundreds of inputs | Chromium |
| \`journeys\` | a visitor, the built files and the sandbox, from the first click to the last line | ${engines.join(', ')} |
| \`situations\` | the same where it is hard: opener policies, frames, blocked storage, closed windows, intruders | ${engines.join(', ')} |
| \`browsers\` | what the two above drive browsers with | ${engines.join(', ')} |
| \`soak\` | whole journeys while whatever can go wrong goes wrong, drawn from a seed, for as long as one likes: \`npm run soak -- --minutes 30\`; a failure prints the command that plays it again | Chromium |
| \`stories\`, \`screens\` | the static Storybook below a folder: every story and its play function, what axe says of it, and its picture | Chromium |
| \`server\`, \`sandbox\`, \`package\`, \`run\` and this folder | the handler without a socket, the sandbox, the published files, the floor plan | Node |
| \`react\`, \`frameworks\`, \`types\` | the component of React 18 and 19 and the bare tag elsewhere, in Chromium; what the types say of both, right and wrong | Node |
| \`ssr\` | tags that a server has rendered, from the first frame on, in Chromium; every door where there is no document, and in other runtimes by \`npm run test:runtimes\` | Node |
| \`consumers\` | the packed package in apps of its users, by their own tools: see [its page](consumers/README.md) | Chromium |

\`npm test\` runs everything; \`npm run test:unit -- oauth/answer\`, \`npm run test:node -- token\` or \`npm run test:browsers -- refusals\`
run the files whose names contain that. A property that fails prints its seed; \`SEED=<seed> npm run test:unit -- properties\` draws it again.

Time is never waited for: clocks are moved by hand. What a test sets up is counted, and gone when it ends.

## Recipes

Each is an app that installs the package from npm, as yours would, and runs: \`npm run test:consumers -- vue\`, or all of them by \`npm run test:consumers\`.
Five are part of \`npm test\`.

| for | look at |
| --- | --- |
| a page with a script tag, as a module or a classic script | [index.html](consumers/html/index.html), [classic.html](consumers/html/classic.html), [page.js](consumers/html/page.js) |
| modules and an import map, without a bundler | [index.html](consumers/esm/index.html), [build.js](consumers/esm/build.js) |
| React 19 and 18 by the component | [App.tsx](consumers/react-19/src/App.tsx) |
| React 19 and 18 by the bare tag | [tag.tsx](consumers/react-19/src/tag.tsx), [tag.tsx](consumers/react-18/src/tag.tsx) of React 18 |
| Next, app router | [next](consumers/next) |
| Vue | [vue](consumers/vue) |
| Svelte | [svelte](consumers/svelte) |
| Solid | [solid](consumers/solid) |
| Preact | [preact](consumers/preact) |
| Angular | [angular](consumers/angular) |
| Astro | [astro](consumers/astro) |

The tables below say which test shows what. A test names its rows at the end of its title.
`;

const found = testsByRow();
const known = groups.flatMap(idsOf);
const missing = known.filter((id) => !found.has(id));
const unknown = [...found.keys()].filter((id) => !known.includes(id));
const written = `${introduction}\n${groups.map((group) => tableOf(group, found)).join('\n')}`;

const problems = [
  ...missing.map((id) => `${id} has no test: ${groups.find(({ letter }) => id.startsWith(letter))?.rows[Number(id.slice(1)) - 1] ?? ''}`),
  ...unknown.map((id) => `${id} is named by ${found.get(id)?.[0]?.file ?? ''}, and there is no such row in test/rows.ts`),
];
if (!process.argv.includes('--check')) writeFileSync(page, written);
else if (!existsSync(page) || readFileSync(page, 'utf8') !== written) problems.push(`${page} is out of date: node --import tsx test/run/rows.ts writes it anew`);
for (const problem of problems) console.error(problem);
if (process.argv.includes('--check') && problems.length > 0) process.exitCode = 1;
