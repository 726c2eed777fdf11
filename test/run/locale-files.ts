import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { en } from '../../src/locales/en.js';

type Sentences = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** Without the address of its map, which Node would look for beside a `data:` address where source maps are on. */
const evaluated = async (code: string): Promise<Sentences> =>
  ((await import(`data:text/javascript,${encodeURIComponent(code.replace(/^\/\/# sourceMappingURL=.*$/m, ''))}`)) as { default: Sentences }).default;

/** A line a sentence; one that has a form for each kind of number says which is which: `one=…|other=…`. */
const lineOf = (sentence: Sentences[string] | undefined): string =>
  typeof sentence === 'object' ? Object.entries(sentence).map((form) => form.join('=')).join('|') : (sentence ?? '');

/** The other way round, as text: it becomes part of a file. */
const reader = (names: readonly string[]): string =>
  `(text) => Object.fromEntries(text.split("\\n").map((line, at) => [${JSON.stringify(names.join(' '))}.split(" ")[at], /^[a-z]+=/.test(line) ? Object.fromEntries(line.split("|").map((form) => form.split("="))) : line]))`;

/**
 * English stands in one file, as every language does; but what is said only later must not be loaded at first. So whoever takes one
 * part of it gets a module with that part alone: the same file, of which nothing else is used.
 */
export const englishInParts = (): Plugin => ({
  name: 'english-in-parts',
  enforce: 'pre',
  transform: {
    filter: { id: /\/src\/element\/[\w-]+\.ts$/, code: /locales\/en\.js/ },
    handler: (code) => ({ code: code.replaceAll(/^((?:im|ex)port \{ (\w+)(?: as \w+)? \} from '\.\.\/locales\/en)\.js';/gm, "$1.$2.js';"), map: null }),
  },
  resolveId: (id, importer = '') => (/\/locales\/en\.\w+\.js$/.test(id) ? resolve(importer, '..', id.replace(/js$/, 'ts')) : null),
  load: (id) => (/\/locales\/en\.\w+\.ts$/.test(id) ? readFileSync(resolve(id, '../en.ts'), 'utf8') : null),
});

/**
 * A language is a third smaller without the names of its sentences, which are the same in each: they stand in the file that loads
 * languages, in the order of English. English itself comes with whatever says it, and is offered like the others. What a module gives
 * is in each case what its source says.
 */
export const localeFiles = (): Plugin => ({
  name: 'locale-files',
  async generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((chunk) => chunk.type === 'chunk');
    const chunkOf = (fileName: string): (typeof chunks)[number] => chunks.find((chunk) => chunk.fileName === fileName) ?? this.error(`${fileName} was not built.`);
    const names = Object.keys(en);
    // In another version's list there is no reader of this name: better no words (it is English then) than wrong ones.
    const read = `read_${createHash('sha256').update(names.join()).digest('hex').slice(0, 6)}`;
    chunkOf('wearable-connect.words.js').code += `\nexport const ${read} = ${reader(names)};\n`;

    const fileOf = (fileName: string, sentences: Sentences): string => {
      const wrong = names.filter((name) => !/^[^\n`\\]+$/.test(lineOf(sentences[name])));
      if (wrong.length > 0) this.error(`${fileName}: ${wrong.join(', ')}: missing, or with a character that stands between sentences.`);
      return `import{${read} as r}from"../wearable-connect.words.js";export default r(\`${names.map((name) => lineOf(sentences[name])).join('\n')}\`)\n`;
    };
    for (const chunk of chunks.filter(({ fileName }) => fileName.startsWith('locales/'))) {
      chunk.code = fileOf(chunk.fileName, await evaluated(chunk.code));
      chunk.map = null;
      Reflect.deleteProperty(bundle, `${chunk.fileName}.map`);
    }
    const source = fileOf('locales/en.js', en).replace('export default', 'export const en=').replace(/\n$/, ';export{en as default}\n');
    this.emitFile({ type: 'asset', fileName: 'locales/en.js', source });
  },
});
