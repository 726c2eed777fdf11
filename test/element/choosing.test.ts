import { expect } from '@open-wc/testing';
import type { Source } from '../../src/core/nouns.js';
import { parts } from '../../src/element/parts.js';
import { matching } from '../../src/element/search.js';
import { account, states } from './fake.js';
import { part, press, reachable, settled, textOf, widget } from './widget.js';
import type { Widget } from './widget.js';

const named = (...names: readonly string[]): readonly Source[] => names.map((name) => ({ id: name.toLowerCase().replace(/\W/g, '_'), name }));
const many = named('Garmin Connect', 'Wahoo', 'Polar', 'Oura', 'Strava', 'Suunto', 'COROS', 'Fitbit', 'WHOOP', 'Ultrahuman');

const shown = ({ root }: Widget): string[] =>
  [...root.querySelectorAll<HTMLElement>('[part=source]')].filter((row) => row.checkVisibility()).map((row) => textOf(row.querySelector('b')));

async function type(of: Widget, text: string): Promise<void> {
  const field = of.root.querySelector('input') as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event('input'));
  await settled(of.element);
}

describe('element: more wearables than one looks through', () => {
  it('are all there up to eight, and nothing to search with', async () => {
    const of = await widget(states.choosing({ sources: many.slice(0, 8) }));
    expect(shown(of)).to.have.length(8);
    expect(of.root.querySelector('input')).to.equal(null);
  });

  it('are the first few, the others behind “More options”, and a field', async () => {
    const of = await widget(states.choosing({ sources: many }));
    expect(shown(of)).to.have.length(6);
    expect(reachable(of)).to.include('More options');
    of.root.querySelector('details')?.setAttribute('open', '');
    expect(shown(of)).to.deep.equal(many.map(({ name }) => name));
    await expect(of.element).to.be.accessible();
  });

  it('are found as people type, all of them, and that is said', async () => {
    const of = await widget(states.choosing({ sources: many }));
    await type(of, 'ultra');
    expect(shown(of)).to.deep.equal(['Ultrahuman']);
    expect(textOf(of.root.querySelector('[aria-live=polite]'))).to.equal('1 wearable');
    await type(of, 'o');
    expect(textOf(of.root.querySelector('[aria-live=polite]'))).to.equal('7 wearables');
    await type(of, ' ');
    expect(shown(of), 'nothing was asked for').to.have.length(6);
    expect(textOf(of.root.querySelector('[aria-live=polite]'))).to.equal('');
  });

  it('are not found kindly, and a click on one that is connects it', async () => {
    const of = await widget(states.choosing({ sources: many }));
    await type(of, 'Casio');
    expect(textOf(of.root.querySelector('[aria-live=polite]'))).to.equal('Nothing here is called “Casio”.');
    await expect(of.element).to.be.accessible();
    await type(of, 'suu');
    press(of, 'Suunto');
    expect(of.connector.calls.at(-1)).to.equal('connect suunto');
  });

  it('keep what was typed and the focus while something else is drawn', async () => {
    const of = await widget(states.choosing({ sources: many }));
    await type(of, 'wa');
    const field = of.root.querySelector('input') as HTMLInputElement;
    field.focus();
    await of.become(states.choosing({ sources: many, account }));
    expect(of.root.activeElement?.localName).to.equal('input');
    expect(field.value).to.equal('wa');
  });

  describe('while something else was shown', () => {
    /** One is pressed, and the list is there again: by Cancel, or because another is to be added. */
    const ways: Readonly<Record<string, (of: Widget) => Promise<void>>> = {
      Cancel: async (of) => of.become(states.authorizing({ sources: many })),
      'Add another': async (of) => {
        of.element.dispatchEvent(new Event('wearable-connected'));
        await of.become(states.syncing({ sources: many }));
      },
    };

    async function chosen(search: (of: Widget) => Promise<void>, name: string, way: string): Promise<Widget> {
      const of = await widget(states.choosing({ sources: many }));
      await search(of);
      press(of, name);
      await ways[way]?.(of);
      of.root.querySelector<HTMLElement>('.actions button')?.focus();
      await of.become(states.choosing({ sources: many, account }));
      return of;
    }

    const typed = async (of: Widget): Promise<void> => type(of, 'suu');
    const unfolded = async (of: Widget): Promise<void> => {
      const details = of.root.querySelector('details') as HTMLDetailsElement;
      details.open = true;
      await new Promise((resolve) => details.addEventListener('toggle', resolve, { once: true }));
    };
    const table: readonly (readonly [search: (of: Widget) => Promise<void>, name: string, way: string, shown: number, field: string, focus: string])[] = [
      [typed, 'Suunto', 'Cancel', 1, 'suu', 'suunto'],
      [unfolded, 'Ultrahuman', 'Cancel', 10, '', 'ultrahuman'],
      [typed, 'Suunto', 'Add another', 6, '', 'suunto'],
      [unfolded, 'Ultrahuman', 'Add another', 6, '', 'h2'],
    ];
    for (const [search, name, way, count, field, focus] of table)
      it(`${search.name}, then ${way}: the list is as the field says, and the focus is on something seen`, async () => {
        const of = await chosen(search, name, way);
        expect(shown(of)).to.have.length(count);
        expect(of.root.querySelector('input')?.value).to.equal(field);
        expect(of.root.activeElement?.getAttribute('data-source') ?? of.root.activeElement?.localName).to.equal(focus);
      });
  });

  it('are all there where the part is missing', async () => {
    const { search } = parts;
    const { warn } = console;
    const lines: unknown[] = [];
    console.warn = (line: unknown) => lines.push(line);
    // Only the element's own asking fails: `settled` waits for the part as it is.
    const of = await widget(states.loading());
    parts.search = () => Promise.reject(new Error('404'));
    of.connector.become(states.choosing({ sources: many }));
    await of.element.updateComplete;
    parts.search = search;
    await settled(of.element);
    console.warn = warn;
    expect(shown(of)).to.have.length(10);
    expect(String(lines)).to.include('wearable-connect.search.js could not be loaded');
  });

  const table: readonly (readonly [text: string, found: readonly string[]])[] = [
    ['coros', ['COROS']],
    ['GARMINC', ['Garmin Connect']],
    ['garmin-connect', ['Garmin Connect']],
    ['garmin_connect', ['Garmin Connect']],
    ['p', ['Polar', 'WHOOP']],
    ['zzz', []],
  ];
  for (const [text, found] of table) it(`“${text}” finds ${found.join(', ') || 'nothing'}`, () => expect(matching(many, text).map(({ name }) => name)).to.deep.equal(found));
  it('finds without accents', () => expect(matching(named('Décathlon'), 'deca')).to.have.length(1));
});

describe('element: pictures', () => {
  const picture = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>';
  const isSeen = (image: HTMLImageElement): boolean => image.checkVisibility({ opacityProperty: true });
  const withIcon = (icon: string): readonly Source[] => [{ id: 'strava', name: 'Strava', icon }];

  it('are the platform’s, without telling it who looks', async () => {
    const of = await widget(states.choosing({ sources: withIcon(picture) }));
    const image = of.root.querySelector('img') as HTMLImageElement;
    expect([image.alt, image.referrerPolicy, image.loading, image.hidden]).to.deep.equal(['', 'no-referrer', 'lazy', false]);
    await expect(of.element).to.be.accessible();
  });

  it('are ours where the platform’s cannot be shown', async () => {
    const of = await widget(states.choosing({ sources: withIcon('data:image/png;base64,none') }));
    const image = of.root.querySelector('img') as HTMLImageElement;
    // Lazy as it is, it would be asked for only once somebody sees it.
    image.dispatchEvent(new Event('error'));
    expect(isSeen(image)).to.equal(false);
    expect(of.root.querySelector('.glyph svg')).not.to.equal(null);
    // The same place in another list: the next one can be shown.
    await of.become(states.choosing({ sources: withIcon(picture) }));
    image.dispatchEvent(new Event('load'));
    expect([of.root.querySelector('img') === image, isSeen(image)]).to.deep.equal([true, true]);
    expect(image.getClientRects().length, 'which is asked for only where it has a place').to.equal(1);
  });

  it('tell a ring, a bike computer, a phone and a strap from a watch', async () => {
    const of = await widget(states.choosing({ sources: named('Garmin', 'Oura', 'Wahoo', 'Apple Health', 'Polar', 'Strava', 'Casio') }));
    const paths = [...of.root.querySelectorAll('.glyph path')].map((path) => path.getAttribute('d'));
    expect(new Set(paths).size).to.equal(6);
    expect(paths[0], 'a watch where nothing is known').to.equal(paths[6]);
  });

  it('stay while one signs in', async () => {
    const of = await widget(states.authorizing({ source: 'strava', sources: withIcon(picture) }));
    expect(of.root.querySelector('.moment img')).not.to.equal(null);
    expect(of.root.querySelector('.moment slot')?.getAttribute('name')).to.equal('icon-strava');
    expect(part(of, 'status')).not.to.equal(null);
  });
});
