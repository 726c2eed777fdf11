import { expect } from '@open-wc/testing';
import type { In } from '../../src/core/state.js';
import type { Connection, Outcome, Progress } from '../../src/core/nouns.js';
import { countOf, endingOf, fractionOf, happening } from '../../src/element/arrival-sentences.js';
import type { Usable } from '../../src/element/arrival-sentences.js';
import { speaker } from '../../src/element/words.js';
import { en } from '../../src/locales/en.js';
import { account, activity, connection, progress, states, user } from './fake.js';
import { part, said, settled, textOf, widget } from './widget.js';

const voice = { say: speaker(null, en, 'en'), lang: 'en' };

const wahoo = connection({ id: 'c2', source: 'wahoo', name: 'Wahoo' });
const nothingYet: Partial<Progress> = { stage: 'waiting', ratio: null, loadedUntil: null, items: null };
const syncing = (changes: Partial<Progress> | null, more: Partial<In<'syncing'>> = {}): Usable =>
  states.syncing({ preview: null, progress: changes && progress({ ...nothingYet, ...changes }), ...more }) as Usable;
const connected = (outcome: Outcome | null, changes: Partial<Progress> | null, more: Partial<In<'connected'>> = {}): Usable =>
  states.connected({ preview: null, outcome, progress: changes && progress({ ...nothingYet, ...changes }), ...more }) as Usable;
const having = (...connections: readonly Connection[]) => ({ account: { user, connections } });

describe('element/arrival: while it comes', () => {
  const waiting = 'Waiting for the first activities…';
  const arriving = 'Your history is arriving…';
  const inOrder = 'Putting what has arrived in order…';
  const table: readonly (readonly [what: string, Usable, expected: string])[] = [
    ['nothing is known', syncing(null), waiting],
    ['nothing has come', syncing({}), waiting],
    ['nothing has come, and that was counted', syncing({ items: 0 }), waiting],
    ['a fraction of nothing', syncing({ ratio: 0 }), waiting],
    ['it is not known whether there is a latest activity', syncing({}, { preview: undefined }), waiting],
    ['a new sign-in, and entries from before', syncing({ items: 22 }), arriving],
    ['a new sign-in, and an activity from before', syncing({}, { preview: activity }), arriving],
    ['a fraction of it', syncing({ ratio: 0.4 }), arriving],
    ['it is fetched', syncing({ stage: 'fetching' }), arriving],
    ['it is fetched, and nothing has come', syncing({ stage: 'fetching', items: 0 }), arriving],
    ['it is put in order', syncing({ stage: 'processing' }), inOrder],
    ['it is put in order, and counted', syncing({ stage: 'processing', items: 22 }), inOrder],
    ['one of several is done', syncing({ stage: 'done', ratio: 1 }), arriving],
    ['one of several has failed', syncing({ stage: 'failed' }), arriving],
  ];
  for (const [what, state, expected] of table) it(`says so where ${what}`, () => expect(happening(state, voice)).to.equal(expected));

  const counts: readonly (readonly [what: string, Usable, expected: readonly string[]])[] = [
    ['nothing', syncing(null), []],
    ['no count', syncing({}), []],
    ['none', syncing({ items: 0 }), []],
    ['one', syncing({ items: 1 }), ['1 entry so far']],
    ['many', syncing({ items: 12_480 }), ['12,480 entries so far']],
    ['those of one of several', syncing({ items: 22 }, having(connection(), wahoo)), ['Garmin', '22 entries so far']],
    ['those of the other', syncing({ items: 3, source: 'wahoo' }, having(connection(), wahoo)), ['Wahoo', '3 entries so far']],
    ['those of one that is not offered', syncing({ items: 3, source: 'z' }, having(connection(), connection({ id: 'c3', source: 'z', name: 'Zepp' }))), ['Zepp', '3 entries so far']],
    ['those of nobody knows which', syncing({ items: 3, source: null }, having(connection(), wahoo)), ['3 entries so far']],
    ['those of the only one that still is', syncing({ items: 22 }, having(connection(), { ...wahoo, status: 'revoked' })), ['22 entries so far']],
  ];
  for (const [what, state, expected] of counts) it(`counts ${what}`, () => expect(countOf(state, voice)).to.deep.equal(expected));
});

const whole = 'Your history is here.';

const some = 'Part of your history is here.';
const unknown = 'No news for a while. More may follow.';
const none = 'Connected · no history';
const failure = 'Your history could not be fetched. You are still connected.';
const withheld = 'Connected · history not shared';
const day = { loadedUntil: '2023-03-14T00:00:00Z' };
const lacking = { preview: undefined };
const unshared = having(connection({ history: 'action_required' }));
const endings: readonly (readonly [what: string, Usable, expected: string])[] = [
  ['all of it, by its earliest day', connected('success', day), whole],
  ['all of it, by its count', connected('success', { items: 22 }), whole],
  ['all of it, by the latest activity', connected('success', null, { preview: activity }), whole],
  ['all of it, as far as anybody can tell', connected('success', null, lacking), whole],
  ['all of it, and that was nothing', connected('success', null), none],
  ['all of it, and nothing was counted', connected('success', { items: 0 }, lacking), none],
  ['part of it, by its earliest day', connected('partial', day), some],
  ['part of it, by its count', connected('partial', { items: 22 }), some],
  ['part of it, as far as anybody can tell', connected('partial', { stage: 'done' }, lacking), some],
  ['part of it, and that was nothing', connected('partial', { stage: 'done', items: 0 }, lacking), none],
  ['it failed, and nothing had come', connected('partial', { stage: 'failed' }, lacking), failure],
  ['it failed, and that was counted', connected('partial', { stage: 'failed', items: 0 }), failure],
  ['it failed when some had come', connected('partial', { stage: 'failed', items: 22 }), some],
  ['it failed, and an activity had come', connected('partial', { stage: 'failed' }, { preview: activity }), some],
  ['it failed for one of two', connected('partial', { stage: 'failed' }, { ...lacking, ...having(connection({ history: 'unknown' }), { ...wahoo, history: 'ready' }) }), some],
  ['it failed, and the sign-in is not good any more', connected('partial', { stage: 'failed' }, { ...lacking, ...having(connection({ status: 'expired' })) }), some],
  ['it failed where none was shared', connected('partial', { stage: 'failed' }, { ...lacking, ...unshared }), withheld],
  ['nobody followed it from here', connected('unknown', null), 'You’re connected'],
  ['nobody knows', connected('unknown', {}), unknown],
  ['nobody knows, though there is some', connected('unknown', { items: 22 }), unknown],
  ['nobody knows, though there is none yet', connected('unknown', { items: 0 }), unknown],
  ['no word of an end', connected(null, null), unknown],
  ['none was shared', connected('partial', null, unshared), withheld],
  ['none was shared, and it is not known whether there is an activity', connected('partial', null, { ...lacking, ...unshared }), withheld],
  ['none was shared, and nobody knows', connected('unknown', null, unshared), withheld],
  ['nothing older was shared', connected('partial', day, unshared), some],
  ['nothing older was shared than the latest activity', connected('partial', null, { preview: activity, ...unshared }), some],
  ['there is none to be had', connected('partial', null, having(connection({ history: 'unavailable' }))), none],
  ['none was shared by one, and the other has none', connected('partial', null, having(connection({ history: 'unavailable' }), { ...wahoo, history: 'action_required' })), withheld],
  ['none was shared by one, and of the other part is here', connected('partial', { items: 22 }, having(connection({ history: 'action_required' }), { ...wahoo, history: 'ready' })), some],
  ['none was shared, and the sign-in is not good any more', connected('partial', null, having(connection({ status: 'action_required', history: 'action_required' }))), 'Needs your attention · history not shared'],
];

describe('element/arrival: how it ended', () => {
  for (const [what, state, expected] of endings) it(`says so where ${what}`, () => expect(endingOf(state, voice)).to.equal(expected));
});

describe('element/arrival: what the bar shows', () => {
  const others = having(connection({ history: 'ready' }), wahoo);
  const table: readonly (readonly [what: string, Usable, expected: number | null])[] = [
    ['nothing where nothing is known', syncing(null), null],
    ['the fraction there is', syncing({ stage: 'fetching', ratio: 0.4 }), 0.4],
    ['all of it where that was the last', syncing({ stage: 'done', ratio: 1 }), 1],
    ['nothing where others still come', syncing({ stage: 'done', ratio: 1 }, others), null],
    ['nothing of what failed where others still come', syncing({ stage: 'failed', ratio: 0.4 }, others), null],
    ['all of it at the end', connected('success', { ratio: 0.98, items: 22 }), 1],
    ['no made-up bar at the end', connected('success', null), null],
    ['part of it at the end', connected('partial', { ratio: 0.4, items: 22 }), 0.4],
    ['no full bar for a part', connected('partial', { ratio: 1, items: 22 }), null],
    ['no full bar where nobody knows', connected('unknown', { ratio: 1, items: 22 }), null],
    ['what had come where nobody knows', connected('unknown', { ratio: 0.3 }), 0.3],
    ['nothing of nothing', connected('partial', { ratio: 0.4, items: 0 }), null],
    ['nothing of what was not shared', connected('unknown', { ratio: 0.4 }, having(connection({ history: 'action_required' }))), null],
  ];
  for (const [what, state, expected] of table) it(`is ${what}`, () => expect(fractionOf(state)).to.equal(expected));
});

describe('element/arrival: all of it together', () => {
  /** Every combination that a platform can give: each sentence is held against each fact. */
  const stages = ['waiting', 'fetching', 'processing', 'done', 'failed'] as const;
  const all = stages.flatMap((stage) =>
    [null, '2023-03-14T00:00:00Z'].flatMap((loadedUntil) => [null, 0, 22].flatMap((items) => [null, 0.4, 1].map((ratio) => progress({ stage, loadedUntil, items, ratio })))),
  );
  const kept = [account.connections, [connection({ history: 'ready' }), wahoo], [connection({ history: 'action_required' })], [connection({ history: 'unavailable' })]];

  it('waits for nothing that is there, and shows no full bar while there is more', () => {
    const wrong = all.flatMap((now) =>
      kept.flatMap((connections) => {
        const state = syncing(now, having(...connections));
        const [text, count, bar] = [happening(state, voice), countOf(state, voice), fractionOf(state)];
        const isWaiting = text.startsWith('Waiting');
        const isDenied = isWaiting && (count.length > 0 || now.loadedUntil || now.ratio || now.stage !== 'waiting');
        const isFull = bar === 1 && now.stage === 'done' && connections.length > 1;
        return isDenied || isFull || count.length !== (now.items ? Math.min(connections.length, 2) : 0) ? [`${JSON.stringify(state)}: ${text} ${count.join()} ${bar}`] : [];
      }),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('ends in no sentence that something else in the card denies', () => {
    const wrong = (['success', 'partial', 'unknown'] as const).flatMap((outcome) =>
      [undefined, null, activity].flatMap((preview) =>
        [null, ...all].flatMap((now) =>
          kept.flatMap((connections) => {
            const state = connected(outcome, now, { preview, ...having(...connections) });
            const text = endingOf(state, voice);
            const bar = fractionOf(state);
            const isThere = !!(now?.loadedUntil || now?.items || preview);
            const isKnownEmpty = !isThere && (preview === null || now?.items === 0);
            const isDenied = (text.includes('is here') && isKnownEmpty) || (/no history|not shared/.test(text) && (isThere || bar !== null)) || (bar === 1 && text !== whole);
            return isDenied ? [`${JSON.stringify(state)}: ${text} ${bar}`] : [];
          }),
        ),
      ),
    );
    expect(wrong).to.deep.equal([]);
  });

  const shown = (of: Awaited<ReturnType<typeof widget>>) => ({ text: textOf(part(of, 'status')), below: textOf(of.root.querySelector('.history small')), said: said(of) });

  it('says the same to eyes and ears', async () => {
    const of = await widget(states.syncing());
    for (const [, state, expected] of endings) {
      of.connector.become(state);
      await of.element.updateComplete;
      const { loadedUntil } = state.progress ?? {};
      expect(shown(of)).to.deep.equal({ text: expected, below: loadedUntil ? 'History back to March 2023' : '', said: expected });
    }
  });

  it('says to ears of nothing that it arrives where none was shared', async () => {
    const of = await widget(states.syncing({ progress: null, ...having(connection({ history: 'action_required' })) }));
    expect(said(of)).to.equal('You’re connected.');
    await of.become(states.syncing({ progress: null }));
    expect(said(of)).to.equal('You’re connected. Your history is arriving…');
  });

  it('reads well after a new sign-in', async () => {
    const of = await widget(states.syncing({ preview: undefined, progress: progress({ stage: 'waiting', ratio: null, loadedUntil: null, items: 22 }) }));
    await settled(of.element);
    expect(shown(of)).to.include({ text: 'Your history is arriving…', below: '22 entries so far · You can go on, this continues.' });
  });
});
