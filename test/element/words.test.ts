import { expect, fixtureSync, html } from '@open-wc/testing';
import { languagesFor } from '../../src/element/language.js';
import { parts } from '../../src/element/parts.js';
import type { WearableConnect } from '../../src/element/wearable-connect.js';
import { speaker } from '../../src/element/words.js';
import type { OwnStrings, Speech } from '../../src/element/words.js';
import ar from '../../src/locales/ar.js';
import de from '../../src/locales/de.js';
import { en } from '../../src/locales/en.js';
import he from '../../src/locales/he.js';
import nb from '../../src/locales/nb.js';
import uk from '../../src/locales/uk.js';
import { progress, states } from './fake.js';
import { around, part, prepare, settled, textOf, widget } from './widget.js';

describe('element/words: a sentence', () => {
  const table: readonly (readonly [what: string, said: string, sentence: string])[] = [
    ['has its placeholder filled', speaker(null, en, 'en')('signedInAs', { name: 'Alice' }), 'Signed in as Alice'],
    ['has nothing where a value is missing', speaker(null, en, 'en')('signedInAs'), 'Signed in as '],
    ['shows a value as it is, whatever is in it', speaker(null, en, 'en')('signedInAs', { name: '$& {name} <b>' }), 'Signed in as $& {name} <b>'],
    ['is the page’s own where it has one', speaker({ title: 'Hi' }, nb, 'nb')('title'), 'Hi'],
    ['is ours where the page has others', speaker({ title: 'Hi' }, nb, 'nb')('cancel'), 'Avbryt'],
    ['is empty where the page wants it to be', speaker({ title: '' }, nb, 'nb')('title'), ''],
    ['is empty before there are words', speaker(null, {}, 'en')('title'), ''],
    ['has a form for one', speaker(null, en, 'en')('found', { count: 1 }), '1 wearable'],
    ['has a form for many', speaker(null, en, 'en')('found', { count: 12 }), '12 wearables'],
    ['writes a number as its language does', speaker(null, de, 'de')('found', { count: 12_345 }), '12.345 Geräte'],
    ['writes a number as its region does', speaker(null, en, 'en-IN')('found', { count: 1_234_567 }), '12,34,567 wearables'],
    ['leaves digits alone that are text', speaker(null, de, 'de')('historyBackTo', { date: '2019' }), 'Verlauf zurück bis 2019'],
    ['has a form without a number', speaker(null, en, 'en')('found'), ' wearables'],
    ['may be the page’s own, in forms', speaker({ found: { one: 'one', other: '{count} of them' } }, nb, 'nb')('found', { count: 2 }), '2 of them'],
    ['may be the page’s own, in one for all', speaker({ found: '({count})' }, uk, 'uk')('found', { count: 2 }), '(2)'],
    ['has the form for others where the page’s own lacks one', speaker({ found: { other: '{count} шт.' } }, uk, 'uk')('found', { count: 1 }), '1 шт.'],
    ['keeps a name apart from Hebrew around it', speaker(null, he, 'he')('goOnTo', { source: 'Garmin' }), 'להמשיך אל \u2068Garmin\u2069'],
  ];
  for (const [what, said, sentence] of table) it(what, () => expect(said).to.equal(sentence));

  const counted: readonly (readonly [words: OwnStrings, lang: string, forms: Readonly<Record<number, string>>])[] = [
    [uk, 'uk', { 0: '0 пристроїв', 1: '1 пристрій', 2: '2 пристрої', 5: '5 пристроїв', 21: '21 пристрій', 1.5: '1,5 пристрою' }],
    [ar, 'ar-u-nu-latn', { 0: 'لا أجهزة', 1: 'جهاز واحد', 2: 'جهازان', 3: '3 أجهزة', 11: '11 جهازًا', 100: '100 جهاز' }],
    [he, 'he', { 1: 'מכשיר אחד', 2: 'שני מכשירים', 3: '3 מכשירים' }],
  ];
  for (const [words, lang, forms] of counted)
    it(`counts in ${lang}`, () => expect(Object.fromEntries(Object.keys(forms).map((count) => [count, speaker(null, words, lang)('found', { count: +count })]))).to.deep.equal(forms));
});

interface Speaking {
  readonly element: HTMLElement & { strings?: OwnStrings };
  readonly speak: () => Speech;
  /** How often it was asked to draw again. */
  readonly drawn: () => number;
}

describe('element/words: the language', () => {
  const { words: loadWords } = parts;
  const { setTimeout: realTimeout } = globalThis;
  let asked: number;
  let come: () => Promise<void>;
  let fail: () => Promise<void>;
  let patience: () => void;
  /** Every test has a module of its own, as every page has. */
  let speaking: (lang: string) => Speaking;
  let copies = 0;

  const turn = (): Promise<void> => new Promise((resolve) => realTimeout(resolve));

  // Then what comes here comes when the test says so, and not when the server does.
  before(async () => {
    const { find } = await loadWords();
    for (const tag of ['nb', 'de']) await find([tag], false);
  });

  beforeEach(async () => {
    asked = 0;
    parts.words = () => {
      asked += 1;
      return new Promise((resolve, reject) => {
        come = () => (resolve(loadWords()), loadWords().then(turn));
        fail = () => (reject(new Error('404')), turn());
      });
    };
    patience = () => {};
    globalThis.setTimeout = ((act: () => void) => ((patience = act), 0)) as typeof setTimeout;
    const { createSpeech } = (await import(new URL(`../../src/element/words.ts?copy=${(copies += 1)}`, import.meta.url).href)) as typeof import('../../src/element/words.js');
    speaking = (lang) => {
      let drawn = 0;
      const element: Speaking['element'] = document.createElement('p');
      element.lang = lang;
      return { element, speak: createSpeech(element, () => (drawn += 1)), drawn: () => drawn };
    };
  });
  afterEach(() => {
    parts.words = loadWords;
    globalThis.setTimeout = realTimeout;
  });

  const heard = ({ speak }: Speaking): readonly [title: string, lang: string, isReady: boolean] => {
    const { say, lang, isReady } = speak();
    return [say('title'), lang, isReady];
  };

  it('is English at once, with its region, and nothing is loaded', () => {
    const of = speaking('en-GB');
    expect(heard(of)).to.deep.equal([en.title, 'en-GB', true]);
    expect([asked, of.drawn()]).to.deep.equal([0, 0]);
  });

  it('is another one when that has come; until then nothing is said but what is the page’s own', async () => {
    const of = speaking('nb');
    expect(heard(of)).to.deep.equal(['', 'en', false]);
    of.element.strings = { title: 'Hei' };
    expect(heard(of)).to.deep.equal(['Hei', 'en', false]);
    delete of.element.strings;
    heard(of);
    await come();
    expect(of.drawn()).to.be.greaterThan(0);
    expect(heard(of)).to.deep.equal([nb.title, 'nb', true]);
    patience();
    expect(heard(of), 'and nothing happens when its time is over').to.deep.equal([nb.title, 'nb', true]);
    expect(asked).to.equal(1);
  });

  it('is English where it comes late, and is swapped when it comes', async () => {
    const of = speaking('nb');
    heard(of);
    patience();
    expect(of.drawn()).to.equal(1);
    expect(heard(of)).to.deep.equal([en.title, 'en', true]);
    await come();
    expect(of.drawn()).to.equal(2);
    expect(heard(of)).to.deep.equal([nb.title, 'nb', true]);
  });

  it('is English where it cannot be had, which is said once for all elements', async () => {
    const { warn } = console;
    const lines: unknown[] = [];
    console.warn = (line: unknown) => lines.push(line);
    const all = [speaking('nb'), speaking('de')];
    all.forEach(heard);
    await fail();
    console.warn = warn;
    expect(all.map(heard)).to.deep.equal([[en.title, 'en', true], [en.title, 'en', true]]);
    expect(lines).to.deep.equal(['wearable-connect.words.js could not be loaded.']);
  });

  it('changes with the page, and goes on in the former until the new one is there', async () => {
    const of = speaking('nb');
    heard(of);
    await come();
    heard(of);
    of.element.lang = 'de';
    expect(heard(of)).to.deep.equal([nb.title, 'nb', true]);
    await turn();
    expect(heard(of)).to.deep.equal([de.title, 'de', true]);
    of.element.lang = 'en-GB';
    expect(heard(of)).to.deep.equal([en.title, 'en-GB', true]);
    of.element.lang = 'de';
    heard(of);
    await turn();
    expect(heard(of)).to.deep.equal([de.title, 'de', true]);
  });

  it('is what the page wants last, whatever comes when', async () => {
    const of = speaking('nb');
    heard(of);
    of.element.lang = 'de';
    heard(of);
    of.element.lang = 'en-GB';
    heard(of);
    await come();
    patience();
    expect(heard(of)).to.deep.equal([en.title, 'en-GB', true]);
  });

  it('of numbers is the page’s, where its words are its own', async () => {
    const of = speaking('lt');
    of.element.strings = { title: 'Prijunkite' };
    heard(of);
    await come();
    expect(heard(of)).to.deep.equal(['Prijunkite', 'lt', true]);
    delete of.element.strings;
    heard(of);
    await turn();
    expect(heard(of), 'and of neither without them').to.deep.equal([en.title, 'en-US', true]);
  });
});

describe('element: its language', () => {
  const loaded = async (element: WearableConnect): Promise<void> => {
    const { find } = await parts.words();
    await find(languagesFor(element), false);
    await settled(element);
  };
  const heading = (element: WearableConnect): string => textOf(element.renderRoot.querySelector('h2'));

  it('is never first English and then another', async () => {
    const made = prepare(states.choosing());
    const element = document.createElement('wearable-connect');
    element.lang = 'fi';
    const seen: string[] = [];
    const observer = new MutationObserver(() => seen.push(heading(element)));
    observer.observe(element.renderRoot, { childList: true, subtree: true, characterData: true });
    document.body.append(element);
    await element.updateComplete;
    const of = around(element, made);
    expect([heading(element), part(of, 'frame')?.getAttribute('aria-busy'), part(of, 'source')]).to.deep.equal(['', 'true', null]);
    await loaded(element);
    observer.disconnect();
    expect(heading(element)).to.equal('Yhdistä laitteesi');
    expect([...new Set(seen)].filter(Boolean)).to.deep.equal(['Yhdistä laitteesi']);
    expect(part(of, 'frame')?.getAttribute('aria-busy')).to.equal('false');
    element.remove();
  });

  it('follows `lang`, its own and that above it', async () => {
    prepare(states.choosing());
    const holder = fixtureSync(html`<div lang="nb"><wearable-connect client-id="app"></wearable-connect></div>`);
    const element = holder.querySelector('wearable-connect') as WearableConnect;
    await loaded(element);
    expect(heading(element)).to.equal(nb.title);
    holder.setAttribute('lang', 'de');
    await loaded(element);
    expect(heading(element)).to.equal(de.title);
    element.lang = 'en';
    await loaded(element);
    expect(heading(element)).to.equal(en.title);
    element.removeAttribute('lang');
    await loaded(element);
    expect(heading(element)).to.equal(de.title);
  });

  it('never sets a direction', async () => {
    const { element } = await widget(states.choosing());
    element.lang = 'ar';
    await loaded(element);
    expect(heading(element)).to.equal(ar.title);
    expect(getComputedStyle(part({ root: element.renderRoot } as never, 'frame') as Element).direction).to.equal('ltr');
  });

  it('is told to whoever reads it aloud, where it is not the page’s (WCAG 3.1.2)', async () => {
    const { element } = await widget(states.choosing());
    const spokenIn = (): string | null | undefined => element.renderRoot.querySelector('.frame')?.getAttribute('lang');
    element.lang = 'nn';
    await loaded(element);
    expect(spokenIn()).to.equal('nb');
    element.lang = 'lt';
    await loaded(element);
    expect(spokenIn()).to.equal('en-US');
  });

  it('is the same for words, dates and numbers', async () => {
    const { element } = await widget(states.syncing({ progress: progress({ items: 12_345 }) }));
    element.lang = 'de';
    await loaded(element);
    const shown = textOf(element.renderRoot.querySelector('.frame'));
    expect(shown).to.contain('Verlauf zurück bis März 2023').and.to.contain('12.345 Einträge').and.to.contain('42,2 km').and.to.contain('Radfahren');
    element.lang = 'en';
    await loaded(element);
    expect(textOf(element.renderRoot.querySelector('.frame')), 'the platform’s own words are English').to.contain('Road cycling');
  });
});
