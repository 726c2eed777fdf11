/** What the widget says, in the language of where it stands. English is at hand; any other comes when somebody reads it. */
import { early } from '../locales/en.js';
import type { Plural } from '../locales/en.js';
import { languagesFor } from './language.js';
import type { Found } from './languages.js';
import { parts } from './parts.js';
import type { Say, Word } from './say.js';

/** A page may replace any sentence, and those for each kind of number by one for all. */
export type OwnStrings = Readonly<Partial<Record<Word, string | Plural>>>;

export interface Speech {
  /** Whether there are words already, of whatever language; until then the page's own are all there is. */
  readonly isReady: boolean;
  readonly say: Say;
  /** For `Intl`: always of the language that `say` speaks. */
  readonly lang: string;
}

/** The page's own sentences first, then ours. A placeholder without a value stays empty rather than showing its name. */
export const speaker =
  (own: OwnStrings | null | undefined, ours: OwnStrings, lang: string): Say =>
  (word, values = {}) => {
    const found = own?.[word] ?? ours[word] ?? '';
    const sentence = typeof found === 'string' ? found : (found[new Intl.PluralRules(lang).select(values['count'] as number)] ?? found.other);
    return sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name]?.toLocaleString(lang) ?? '');
  };

/** Whether its words are here from the first moment on. */
export const isAtHand = (lang: string): boolean => /^en(-[A-Z]{2})?$/.test(lang);

/** How long nothing is said rather than in the wrong language. */
const patienceMs = 1000;

/** Once for all the elements of a page, and so told once where it is missing. */
let coming: Promise<typeof import('./languages.js') | void> | undefined;

/** `again` draws anew: words have come, or have been waited for long enough. */
export function createSpeech(element: Element & { readonly strings?: OwnStrings | null }, again: () => void): () => Speech {
  let spoken: Found | undefined;
  let asked: string;
  return () => {
    const { strings } = element;
    const wanted = languagesFor(element);
    const about = [!!strings, ...wanted].join();
    if (asked !== about) {
      asked = about;
      const first = wanted[0] ?? wanted[1] ?? 'en';
      const settle = (found = spoken): void => {
        if (asked !== about) return;
        spoken = found ?? ['en'];
        again();
      };
      if (isAtHand(first)) spoken = [first];
      else {
        // Until they are here it goes on in the language before, if there was one.
        coming ??= parts.words().catch((thrown: unknown) => void console.warn('wearable-connect.words.js could not be loaded.', thrown));
        void coming.then((part) => part?.find(wanted, !!strings)).then(settle);
        setTimeout(settle, patienceMs);
      }
    }
    const [lang = 'en', words = early] = spoken ?? [];
    return { isReady: !!spoken, lang, say: speaker(strings, spoken ? words : {}, lang) };
  };
}
