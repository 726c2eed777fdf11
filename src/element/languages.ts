/**
 * Every language but English, and which of them somebody reads: a part that whoever reads English never loads. For a bundler each
 * language is a chunk of its own; the file for a script tag finds them in `locales` beside it.
 */
import type { Strings } from '../locales/en.js';

const files = {
  ar: () => import('../locales/ar.js'),
  cs: () => import('../locales/cs.js'),
  da: () => import('../locales/da.js'),
  de: () => import('../locales/de.js'),
  es: () => import('../locales/es.js'),
  fi: () => import('../locales/fi.js'),
  fr: () => import('../locales/fr.js'),
  he: () => import('../locales/he.js'),
  it: () => import('../locales/it.js'),
  ja: () => import('../locales/ja.js'),
  ko: () => import('../locales/ko.js'),
  nb: () => import('../locales/nb.js'),
  nl: () => import('../locales/nl.js'),
  pl: () => import('../locales/pl.js'),
  pt: () => import('../locales/pt.js'),
  sv: () => import('../locales/sv.js'),
  tr: () => import('../locales/tr.js'),
  uk: () => import('../locales/uk.js'),
  'zh-Hans': () => import('../locales/zh-Hans.js'),
} satisfies Readonly<Record<string, () => Promise<{ readonly default: Strings }>>>;

type Tag = keyof typeof files;

/** What to write numbers, dates and plurals in (with the region that was asked for: "de-AT"), and the words, which are English where there are none. */
export type Found = readonly [lang: string, words?: Strings];

/** The language there are words in that is nearest to this one, or undefined. */
export function nearest(wanted: string): { readonly tag: Tag | 'en'; readonly lang: string } | undefined {
  try {
    const locale = new Intl.Locale(wanted.replace(/_/g, '-'));
    const { language, script } = locale.maximize();
    // Nynorsk reads Bokmål. Whoever reads traditional characters gets English rather than simplified ones.
    const tag = script === 'Hant' ? 'en' : language === 'zh' ? 'zh-Hans' : language === 'no' || language === 'nn' ? 'nb' : language;
    // Numbers and dates are written as the words are: browsers need not know Nynorsk.
    return tag === 'en' || tag in files ? { tag: tag as Tag | 'en', lang: tag.startsWith(String(language)) ? locale.toString() : tag } : undefined;
  } catch {
    return undefined;
  }
}

/** A tag as `Intl` likes it, or undefined where it is none. */
const canonical = (tag: string): string | undefined => {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
};

/** Each file once, and so told once where it is missing. */
const coming: Partial<Record<Tag, Promise<Strings | null>>> = {};

const load = (tag: Tag): Promise<Strings | null> =>
  (coming[tag] ??= files[tag]().then(
    ({ default: words }) => words,
    (thrown: unknown) => {
      console.warn(`locales/${tag}.js could not be loaded: English instead.`, thrown);
      return null;
    },
  ));

/**
 * Looks them up one after another without their regions and the like (RFC 4647, 3.4): the page's, the visitor's in their order,
 * then English. Where the page brings sentences of its own, in whatever language, that stays the language of numbers and dates.
 */
export async function find([told, ...browser]: readonly [string | null, ...string[]], hasOwn: boolean): Promise<Found> {
  for (const wanted of told ? [told, ...browser] : browser) {
    const found = nearest(wanted);
    if (!found) {
      const lang = hasOwn && wanted === told && canonical(wanted);
      if (lang) return [lang];
      continue;
    }
    if (found.tag === 'en') return [found.lang];
    const words = await load(found.tag);
    return words ? [found.lang, words] : ['en'];
  }
  return ['en'];
}
