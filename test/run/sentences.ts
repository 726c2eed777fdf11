/** What can be wrong with a language without speaking it: one sentence each, naming the language and the key. */
type Sentence = string | Readonly<Record<string, string>>;
export type Sentences = Readonly<Record<string, Sentence>>;

const scripts: Readonly<Record<string, RegExp>> = {
  ar: /\p{Script=Arabic}/u,
  he: /\p{Script=Hebrew}/u,
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
  ko: /\p{Script=Hangul}/u,
  uk: /\p{Script=Cyrillic}/u,
  'zh-Hans': /\p{Script=Han}/u,
};

/** Names, which may be of any direction; a number or a date is written as the language writes it. */
const names = /\{(?:platform|source|name|text|devices)\}/g;

const formsOf = (sentence: Sentence): Readonly<Record<string, string>> => (typeof sentence === 'string' ? { other: sentence } : sentence);
const placeholdersOf = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();
const endings: Readonly<Record<string, string>> = { '.': 'a full stop', '。': 'a full stop', '…': 'three dots', '?': 'a question mark', '？': 'a question mark', '؟': 'a question mark' };
const endOf = (text: string): string => endings[text.at(-1) ?? ''] ?? 'nothing';

/** How a sentence is set, whatever it says. */
const typesetting: readonly (readonly [what: string, wrong: (text: string, tag: string) => boolean])[] = [
  ['a straight quotation mark or apostrophe', (text) => /['"]/.test(text)],
  ['three full stops instead of “…”', (text) => text.includes('...')],
  ['a space too many', (text) => text !== text.trim() || /\s\s/.test(text)],
  ['a character that stands between sentences once it is built', (text) => /[\n|`\\=]/.test(text)],
  ['no letter of its own script', (text, tag) => scripts[tag] !== undefined && !scripts[tag].test(text)],
  ['a name that is not isolated (U+2068, U+2069)', (text, tag) => ['ar', 'he'].includes(tag) && text.replace(/\u2068\{\w+\}\u2069/g, '').search(names) >= 0],
  ['a space that may break before ? ! ; : or inside « »', (text, tag) => tag === 'fr' && /[^\u00a0\u202f][?!;:»]|«[^\u00a0\u202f]/.test(text)],
];

export function faults(tag: string, theirs: Sentences, english: Sentences): string[] {
  const found: string[] = [];
  const tell = (key: string, what: string): void => void found.push(`${tag}: ${key}: ${what}`);
  const kinds = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;

  for (const key of Object.keys(theirs)) if (!(key in english)) tell(key, 'no such sentence in English');
  for (const [key, original] of Object.entries(english)) {
    const sentence = theirs[key];
    if (!sentence) {
      tell(key, 'missing');
      continue;
    }
    if (typeof sentence !== typeof original) tell(key, typeof original === 'string' ? 'has forms, and the English has none' : 'has no form for each kind of number');
    const forms = formsOf(sentence);
    if (typeof sentence === 'object') {
      const lacking = kinds.filter((kind) => !(kind in sentence));
      const extra = Object.keys(sentence).filter((kind) => !kinds.some((one) => one === kind));
      if (lacking.length > 0) tell(key, `no form for ${lacking.join(', ')}`);
      if (extra.length > 0) tell(key, `a form for ${extra.join(', ')}, which numbers of this language never are`);
    }
    const wanted = placeholdersOf(formsOf(original)['other'] ?? '');
    for (const [kind, text] of Object.entries(forms)) {
      const given = placeholdersOf(text);
      // “Two devices” is one word in some languages, and needs no number.
      const fits = kind === 'other' ? given.join() === wanted.join() : given.every((one) => wanted.includes(one));
      if (!fits) tell(key, `holds ${given.join(' ') || 'no placeholder'}, and the English ${wanted.join(' ') || 'none'}`);
      if (tag !== 'en' && text === formsOf(original)[kind]) tell(key, `is English: ${text}`);
      for (const [what, wrong] of typesetting) if (wrong(text, tag)) tell(key, `${what}: ${text}`);
    }
    const [mine, its] = [endOf(forms['other'] ?? ''), endOf(formsOf(original)['other'] ?? '')];
    if (mine !== its) tell(key, `ends in ${mine}, and the English in ${its}`);
  }
  return found;
}
