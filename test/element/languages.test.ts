import { expect } from '@open-wc/testing';
import { find, nearest } from '../../src/element/languages.js';
import fr from '../../src/locales/fr.js';
import he from '../../src/locales/he.js';
import nb from '../../src/locales/nb.js';
import zhHans from '../../src/locales/zh-Hans.js';

describe('element/languages', () => {
  describe('the nearest language there are words in, and the one for numbers and dates', () => {
    const table: readonly (readonly [wanted: string, tag: string | undefined, lang?: string])[] = [
      ['en', 'en', 'en'],
      ['en-GB', 'en', 'en-GB'],
      ['EN-us', 'en', 'en-US'],
      ['de', 'de', 'de'],
      ['de-AT', 'de', 'de-AT'],
      ['de_CH', 'de', 'de-CH'],
      ['fr-CA', 'fr', 'fr-CA'],
      ['pt-BR', 'pt', 'pt-BR'],
      ['pt-PT', 'pt', 'pt-PT'],
      ['es-419', 'es', 'es-419'],
      ['ar-u-nu-latn', 'ar', 'ar-u-nu-latn'],
      ['no', 'nb', 'nb'],
      ['nn', 'nb', 'nb'],
      ['nn-NO', 'nb', 'nb'],
      ['nb-NO', 'nb', 'nb-NO'],
      ['iw', 'he', 'he'],
      ['he-IL', 'he', 'he-IL'],
      ['zh', 'zh-Hans', 'zh'],
      ['zh-CN', 'zh-Hans', 'zh-CN'],
      ['zh-SG', 'zh-Hans', 'zh-SG'],
      ['zh-Hans-HK', 'zh-Hans', 'zh-Hans-HK'],
      ['cmn', 'zh-Hans', 'zh'],
      ['zh-TW', 'en', 'en'],
      ['zh-HK', 'en', 'en'],
      ['zh-Hant', 'en', 'en'],
      ['yue', 'en', 'en'],
      ['da', 'da', 'da'],
      ['fil', undefined],
      ['fy', undefined],
      ['ru', undefined],
      ['tlh', undefined],
      ['constructor', undefined],
      ['not a language', undefined],
      ['', undefined],
      ['x'.repeat(500), undefined],
    ];
    for (const [wanted, tag, lang] of table)
      it(`${JSON.stringify(wanted.slice(0, 20))}: ${tag ?? 'none'}, ${lang ?? 'none'}`, () => expect(nearest(wanted)).to.deep.equal(tag && { tag, lang }));
  });

  describe('the words', () => {
    const table: readonly (readonly [what: string, wanted: Parameters<typeof find>, found: Awaited<ReturnType<typeof find>>])[] = [
      ['of the page', [['nb', 'de'], false], ['nb', nb]],
      ['of the browser, where the page says nothing', [[null, 'fr-BE', 'en'], false], ['fr-BE', fr]],
      ['of the browser’s next language, where there are none in the first', [[null, 'ru', 'he-IL', 'en'], false], ['he-IL', he]],
      ['of the browser, where there are none of the page’s', [['ro', 'ro', 'fr', 'en'], false], ['fr', fr]],
      ['of a page in simplified Chinese', [['zh-CN', 'en'], false], ['zh-CN', zhHans]],
      ['English, where the browser would rather have that than what comes after', [[null, 'ru', 'en-GB', 'de'], false], ['en-GB']],
      ['English, where there is nothing else', [['ru', 'ru'], false], ['en']],
      ['English, where nobody says anything', [[null], false], ['en']],
      ['English, for whoever reads traditional characters', [['zh-TW', 'zh-TW', 'zh', 'de'], false], ['en']],
      ['the page’s own, in a language that we have not', [['ru', 'de'], true], ['ru']],
      ['the page’s own, in a language that we have', [['nb', 'de'], true], ['nb', nb]],
      ['of the browser, where the page’s own are in no language', [['?', 'nb'], true], ['nb', nb]],
      ['of the browser, where the page’s own are in nobody knows which', [[null, 'ru', 'fr'], true], ['fr', fr]],
    ];
    for (const [what, wanted, found] of table) it(what, async () => expect(await find(...wanted)).to.deep.equal(found));
  });
});
