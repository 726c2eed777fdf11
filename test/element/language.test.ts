import { expect } from '@open-wc/testing';
import { languagesFor, onLanguage } from '../../src/element/language.js';
import { speaking } from './speaking.js';

describe('element/language', () => {
  const table: readonly (readonly [told: string | null, browser: readonly string[], wanted: readonly (string | null)[]])[] = [
    ['en', ['en-US'], ['en-US', 'en-US']],
    ['en', ['de', 'en-US'], ['en-US', 'de', 'en-US']],
    ['en', ['en'], ['en', 'en']],
    ['en-GB', ['en-US'], ['en-GB', 'en-US']],
    ['de', ['en-US'], ['de', 'en-US']],
    ['de', ['dec-US'], ['de', 'dec-US']],
    ['e', ['en-US'], ['e', 'en-US']],
    [null, ['nb-NO', 'en'], [null, 'nb-NO', 'en']],
    ['', ['nb-NO'], [null, 'nb-NO']],
    [null, [], [null]],
  ];
  for (const [told, browser, wanted] of table)
    it(`lang=${JSON.stringify(told)} in a browser in ${browser.join(', ') || 'nothing'}: ${wanted.join(', ')}`, () => {
      const element = document.createElement('p');
      if (told !== null) element.lang = told;
      expect(speaking(browser, () => languagesFor(element))).to.deep.equal(wanted);
    });

  it('finds the nearest above it, through shadow roots', () => {
    const host = document.createElement('div');
    host.innerHTML = '<div lang="fi"><span></span></div>';
    const middle = host.querySelector('span') as HTMLElement;
    const inner = middle.attachShadow({ mode: 'open' }).appendChild(document.createElement('p'));
    expect(languagesFor(inner)[0]).to.equal('fi');
    inner.lang = 'sv';
    expect(languagesFor(inner)[0]).to.equal('sv');
  });

  it('hears of a lang that changes above, until it is told to stop', async () => {
    const holder = document.body.appendChild(document.createElement('div'));
    const heard: string[] = [];
    const stop = onLanguage(() => heard.push(holder.lang));
    holder.lang = 'nb';
    holder.title = 'nothing to do with it';
    await Promise.resolve();
    expect(heard).to.deep.equal(['nb']);
    stop();
    holder.lang = 'de';
    await Promise.resolve();
    expect(heard).to.deep.equal(['nb']);
    holder.remove();
  });
});
