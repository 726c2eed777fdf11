import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { en } from '../src/locales/en.js';
import { faults, type Sentences } from './run/sentences.js';

/** The twenty that were promised. */
const tags = ['ar', 'cs', 'da', 'de', 'en', 'es', 'fi', 'fr', 'he', 'it', 'ja', 'ko', 'nb', 'nl', 'pl', 'pt', 'sv', 'tr', 'uk', 'zh-Hans'];

const english: Sentences = en;

const wordsOf = async (tag: string): Promise<Sentences> => ((await import(`../src/locales/${tag}.js`)) as { default: Sentences }).default;

describe('the languages', () => {
  it('are twenty, a file each', () => {
    assert.deepEqual(readdirSync('src/locales').sort(), tags.map((tag) => `${tag}.ts`));
  });

  for (const tag of tags)
    it(`${tag} lacks no sentence, and no number its form`, async () => {
      assert.deepEqual(faults(tag, await wordsOf(tag), english), []);
    });
});

describe('a language is refused', () => {
  const original: Sentences = { greeting: 'Hello {name}.', found: { one: '{count} watch', other: '{count} watches' }, ask: 'Really?', wait: 'Wait…' };
  const german: Sentences = { greeting: 'Hallo {name}.', found: { one: '{count} Uhr', other: '{count} Uhren' }, ask: 'Wirklich?', wait: 'Warten …' };
  const changed = (changes: Record<string, unknown>): Sentences => ({ ...german, ...changes }) as Sentences;

  it('never where nothing is wrong', () => {
    assert.deepEqual(faults('de', german, original), []);
    assert.deepEqual(faults('en', original, original), []);
  });

  const refused: Record<string, readonly [tag: string, words: Sentences, RegExp]> = {
    'a sentence that is missing': ['de', changed({ ask: undefined }), /^de: ask: missing$/],
    'an empty one': ['de', changed({ ask: '' }), /missing/],
    'one that English has not': ['de', changed({ more: 'Mehr' }), /more: no such/],
    'a placeholder that is lost': ['de', changed({ greeting: 'Hallo.' }), /holds no placeholder, and the English \{name\}/],
    'a placeholder that is unknown': ['de', changed({ greeting: 'Hallo {nam}.' }), /holds \{nam\}/],
    'a placeholder that is unknown in one form': ['de', changed({ found: { one: '{n} Uhr', other: '{count} Uhren' } }), /holds \{n\}/],
    'a form that is missing': ['de', changed({ found: { other: '{count} Uhren' } }), /no form for one/],
    'a form that no number has': ['de', changed({ found: { one: 'eine Uhr', few: '{count} Uhren', other: '{count} Uhren' } }), /a form for few/],
    'one sentence where there are forms': ['de', changed({ found: '{count} Uhren' }), /no form for each kind/],
    'forms where there is one sentence': ['de', changed({ ask: { one: 'Wirklich?', other: 'Wirklich?' } }), /the English has none/],
    'one left in English': ['de', changed({ ask: 'Really?' }), /is English/],
    'a form left in English': ['de', changed({ found: { one: '{count} watch', other: '{count} Uhren' } }), /is English/],
    'one in the script of another': ['uk', changed({ found: { one: '{count} годинник', few: '{count} годинники', many: '{count} годинників', other: '{count} годинника' }, ask: 'Справді?', wait: 'Зачекайте…', greeting: 'Hallo {name}.' }), /no letter of its own script/],
    'a straight apostrophe': ['de', changed({ ask: "Geht's?" }), /straight/],
    'three full stops': ['de', changed({ wait: 'Warten...…' }), /three full stops/],
    'a space too many': ['de', changed({ ask: 'Wirklich ?  Ja?' }), /space too many/],
    'a character that stands between sentences': ['de', changed({ ask: 'Ja|nein?' }), /between sentences/],
    'a full stop that is lost': ['de', changed({ greeting: 'Hallo {name}' }), /ends in nothing, and the English in a full stop/],
    'a French space that breaks': ['fr', { greeting: 'Bonjour {name}.', found: { one: '{count} montre', many: '{count} montres', other: '{count} montres' }, ask: 'Vraiment ?', wait: 'Attendez…' }, /may break/],
    'a Hebrew sentence with a bare name': ['he', { greeting: 'שלום {name}.', found: { one: 'שעון אחד', two: 'שני שעונים', other: '{count} שעונים' }, ask: 'באמת?', wait: 'רגע…' }, /not isolated/],
  };
  for (const [what, [tag, words, sentence]] of Object.entries(refused))
    it(`for ${what}`, () => {
      const found = faults(tag, words, original);
      assert.equal(found.length, 1, `expected one fault, got ${JSON.stringify(found)}`);
      assert.match(found[0] ?? '', sentence);
    });
});
