import { expect } from '@open-wc/testing';
import { languageOf } from '../../src/element/language.js';

function languageFor(told: string | null, browser: string): string {
  const element = document.createElement('p');
  if (told !== null) element.lang = told;
  Object.defineProperty(navigator, 'language', { configurable: true, value: browser });
  try {
    return languageOf(element);
  } finally {
    Reflect.deleteProperty(navigator, 'language');
  }
}

describe('element/language', () => {
  const table: readonly (readonly [told: string | null, browser: string, language: string])[] = [
    ['en', 'en-US', 'en-US'],
    ['en', 'en', 'en'],
    ['en-GB', 'en-US', 'en-GB'],
    ['de', 'en-US', 'de'],
    ['e', 'en-US', 'e'],
    [null, 'nb-NO', 'nb-NO'],
    ['', 'nb-NO', 'nb-NO'],
  ];
  for (const [told, browser, language] of table)
    it(`lang=${JSON.stringify(told)} in a browser in ${browser}: ${language}`, () => expect(languageFor(told, browser)).to.equal(language));
});
