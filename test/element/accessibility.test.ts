/** The contract of stories/docs/accessibility.md, “By phase”, held against the element: in both directions, so that neither can promise alone. */
import { expect } from '@open-wc/testing';
import type { State } from '../../src/core/state.js';
import { failure, progress, states } from './fake.js';
import { press, reachable, said, textOf, widget } from './widget.js';
import type { Widget } from './widget.js';

interface Row {
  readonly phase: string;
  readonly heading: string;
  readonly announced: string;
  readonly focus: string;
  readonly pressed: string;
}

const section = async (): Promise<string> => {
  const page = await (await fetch('/stories/docs/accessibility.md')).text();
  return page.split('\n## By phase\n')[1]?.split('\n## ')[0] ?? '';
};

const rows = async (): Promise<Row[]> =>
  (await section())
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const [phase = '', heading = '', announced = '', focus = '', pressed = ''] = line.split('|').slice(1).map((cell) => cell.trim());
      return { phase, heading, announced, focus, pressed };
    });

const quotes = (cell: string): string[] => [...cell.matchAll(/“([^”]+)”/g)].map(([, text = '']) => text);
const sorted = (list: readonly string[]): string[] => [...new Set(list)].filter(Boolean).sort();

const opens = ', opens a new window';
const footer = `Powered by SweatStack${opens}`;
const wearables = ['Garmin', 'Wahoo', 'Intervals.icu'];

/** By the first cell of its row: every way that phase is met. */
const met: Readonly<Record<string, readonly State[]>> = {
  '`loading`, busy': [states.loading()],
  '`choosing`': [states.choosing(), states.choosing({ notice: 'closed' })],
  '`authorizing`': [states.authorizing(), states.authorizing({ sight: 'lost' })],
  '`authorizing`, blocked': [states.authorizing({ sight: 'blocked' })],
  '`confirming`, busy': [states.confirming()],
  '`syncing`': [states.syncing({ progress: null }), states.syncing()],
  '`connected`': [states.connected(), states.connected({ outcome: 'partial' }), states.connected({ outcome: 'unknown', progress: progress() }), states.connected({ outcome: 'unknown' })],
  '`failed`': [states.failed(), states.failed({ error: failure('session_expired') }), states.failed({ error: failure('misconfigured') })],
};

const heading = ({ root }: Widget): string => textOf(root.querySelector('h2'));

describe('element: the accessibility contract of the pages', () => {
  it('has a row for every phase, and no other', async () => {
    expect((await rows()).map(({ phase }) => phase)).to.deep.equal(Object.keys(met));
    expect(sorted(Object.keys(met).map((name) => /`(\w+)`/.exec(name)?.[1] ?? ''))).to.deep.equal(sorted(Object.keys(states)));
  });

  for (const [phase, all] of Object.entries(met)) {
    const row = async (): Promise<Row> => (await rows()).find((one) => one.phase === phase) as Row;

    it(`${phase}: heading, role and what is announced`, async () => {
      const told = await row();
      const headings: string[] = [];
      const heard: string[] = [];
      for (const state of all) {
        const of = await widget(state);
        headings.push(heading(of));
        heard.push(said(of));
        expect(of.root.querySelector('section')?.getAttribute('aria-busy')).to.equal(String(phase.endsWith('busy')));
        expect(of.root.querySelectorAll('[role=status]')).to.have.length(1);
      }
      expect(sorted(quotes(told.heading))).to.deep.equal(sorted(headings));
      // Of one kind sentence for each code the row has an example.
      const isExample = told.announced.includes('one kind sentence');
      expect(sorted(quotes(told.announced))).to.deep.equal(sorted(isExample ? heard.slice(0, 1) : heard));
      expect(heard.includes(''), 'nothing is announced').to.equal(told.announced.includes('nothing'));
    });

    it(`${phase}: what can be pressed`, async () => {
      const told = quotes((await row()).pressed);
      const names = new Set<string>();
      for (const state of all) {
        const found = reachable(await widget(state)).filter((name) => name !== footer).map((name) => name.replace(opens, ''));
        const own = found.filter((name) => !wearables.includes(name));
        expect(told.filter((name) => own.includes(name)), 'in this order').to.deep.equal(own);
        if (phase === '`choosing`') expect(found.slice(0, 3), 'each wearable comes first').to.deep.equal(wearables);
        own.forEach((name) => names.add(name));
      }
      // Back leads to the list, which those who failed before they had one have not.
      expect(sorted(told)).to.deep.equal(sorted([...names]));
    });

    it(`${phase}: where the focus goes`, async () => {
      const told = await row();
      const of = await widget(states.choosing());
      press(of, 'Wahoo');
      await of.become(phase === '`authorizing`' || phase === '`authorizing`, blocked' ? states.confirming() : states.authorizing({ source: 'wahoo' }));
      if (told.focus.startsWith('after Cancel the row')) {
        press(of, 'Cancel');
        await of.become(states.choosing());
        expect(of.root.activeElement?.getAttribute('data-source')).to.equal('wahoo');
        await of.become(states.choosing({ sources: [] }));
      } else for (const state of all) await of.become(state);
      expect(told.focus).to.match(/the heading$/);
      expect(of.root.activeElement?.localName).to.equal('h2');
      if (!told.focus.startsWith('stays')) return;
      await of.become(states.syncing());
      const button = of.root.querySelector<HTMLElement>('[data-act=manage]');
      button?.focus();
      await of.become(states.connected());
      expect(of.root.activeElement).to.equal(button);
    });
  }

  it('names what it says it names', async () => {
    const told = await section();
    const { root } = await widget(states.syncing());
    const names = [root.querySelector('section'), root.querySelector('progress'), root.querySelector('ul')].map((one) => one?.getAttribute('aria-label') ?? '');
    for (const name of names) expect(told, name).to.include(`“${name}”`);
    expect(root.querySelector('h2')?.localName).to.equal('h2');
    expect(quotes(told)).to.include(opens);
    expect(reachable(await widget(states.choosing())).filter((name) => !name.endsWith(opens)), 'whatever opens a window here says so').to.deep.equal([]);
  });
});
