import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import type { State } from '../../src/core/state.js';
import { progress, states } from './fake.js';
import { part, settled, textOf, widget } from './widget.js';

/** From the first moment to the last, with everything that is still to come on the way. */
const journey: readonly State[] = [
  states.loading(),
  states.choosing(),
  states.authorizing(),
  states.authorizing({ sight: 'lost' }),
  states.confirming(),
  states.syncing({ progress: null, preview: undefined }),
  states.syncing({ preview: null }),
  states.syncing(),
  states.connected({ progress: progress() }),
];

describe('element: nothing jumps', () => {
  for (const width of [280, 320, 360, 480, 640])
    it(`the card is as large as it will be, from the first moment on, ${width} pixels wide`, async () => {
      // What moves on a host's page by the browser's own account is asked in test/stories/page.test.ts.
      const of = await widget(states.loading());
      Object.assign(of.element.style, { maxInlineSize: 'none', inlineSize: `${width}px` });
      const heights: number[] = [];
      for (const state of journey) {
        await of.become(state);
        // A page that is not in front has no frames, and so no animation that ends by itself.
        for (const animation of part(of, 'frame')?.getAnimations() ?? []) animation.finish();
        heights.push(of.element.offsetHeight);
      }
      expect([...new Set(heights)]).to.have.length(1);
    });

  it('the rows to come are as large as those that come', async () => {
    const of = await widget(states.loading());
    const places = (): number[] => [...of.root.querySelectorAll('.rows .row')].map((row) => Math.round(row.getBoundingClientRect().top - of.element.getBoundingClientRect().top));
    const before = places();
    await of.become(states.choosing());
    expect(places()).to.deep.equal(before);
  });

  it('room is kept for the latest activity only as long as there may be one', async () => {
    const of = await widget(states.syncing({ preview: undefined }), { preview: () => new Promise(() => {}) });
    expect(of.root.querySelector('i.preview')).not.to.equal(null);
    await of.become(states.syncing({ preview: null }));
    expect(of.root.querySelector('.preview')).to.equal(null);
    await of.become(states.connected({ preview: undefined }));
    expect(of.root.querySelector('.preview')).to.equal(null);
    const without = await widget(states.syncing({ preview: undefined }));
    expect(without.root.querySelector('.preview')).to.equal(null);
  });
});

describe('element: a picture that breathes', () => {
  it('is still for whoever wants less motion', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    const of = await widget(states.authorizing());
    expect(getComputedStyle(of.root.querySelector('.pulse') as Element).animationName).to.equal('none');
    await emulateMedia({ reducedMotion: 'no-preference' });
  });
});

describe('element: a history that arrives', () => {
  it('fills from today, where a line of reading ends, in either direction', async () => {
    for (const dir of ['ltr', 'rtl']) {
      document.documentElement.dir = dir;
      const { root } = await widget(states.syncing());
      const places = [...root.querySelectorAll('.years > svg')].map((mark) => mark.getBoundingClientRect().left);
      const inOrder = [...places].sort((a, b) => (dir === 'ltr' ? b - a : a - b));
      expect(places, `${dir}: the latest year first`).to.deep.equal(inOrder);
      expect(places.length).to.be.at.least(4);
    }
    document.documentElement.dir = '';
  });

  it('says what the platform counts, and makes up no scale', async () => {
    const counted = { source: null, stage: 'fetching', ratio: null, loadedUntil: null, items: 12_480, live: true } as const;
    const of = await widget(states.syncing({ progress: counted }));
    expect(textOf(of.root.querySelector('.history'))).to.include('12,480 entries so far');
    expect(of.root.querySelector('.years')).to.equal(null);
    expect(of.root.querySelector('progress')?.matches(':indeterminate')).to.equal(true);
    await of.become(states.connected({ progress: counted, outcome: 'unknown' }));
    expect(of.root.querySelectorAll('progress'), 'nothing more is coming, and nobody knows how much there is').to.have.length(0);
  });

  it('is calm where there is no news for a minute, and lively again with the next', async () => {
    const { setTimeout: real } = globalThis;
    const minutes: (() => void)[] = [];
    globalThis.setTimeout = ((act: () => void, ms?: number) => (ms === 60_000 ? minutes.push(act) : real(act, ms))) as typeof setTimeout;
    try {
      const of = await widget(states.syncing());
      expect(textOf(of.root.querySelector('.history small'))).to.equal('You can go on, this continues.');
      minutes.at(-1)?.();
      await settled(of.element);
      expect(textOf(of.root.querySelector('.history small'))).to.equal('Nothing new for a moment. That is normal.');
      await of.become(states.syncing({ progress: { ...(of.connector.state.progress as NonNullable<State['progress']>) } }));
      expect(textOf(of.root.querySelector('.history small'))).to.equal('You can go on, this continues.');
    } finally {
      globalThis.setTimeout = real;
    }
  });

  it('waits for no news once the history is not awaited any more, or nobody is there to see it', async () => {
    const { setTimeout: real, clearTimeout: realClear } = globalThis;
    const minutes = new Set<unknown>();
    globalThis.setTimeout = ((act: () => void, ms?: number) => {
      const timer = real(act, ms);
      if (ms === 60_000) minutes.add(timer);
      return timer;
    }) as typeof setTimeout;
    globalThis.clearTimeout = (timer) => {
      minutes.delete(timer);
      realClear(timer);
    };
    try {
      const of = await widget(states.syncing());
      expect(minutes.size, 'waiting').to.equal(1);
      await of.become(states.choosing());
      expect(minutes.size, 'let go').to.equal(0);
      await of.become(states.syncing());
      expect(minutes.size, 'waiting again').to.equal(1);
      of.element.requestUpdate();
      of.element.remove();
      await settled(of.element);
      expect(minutes.size, 'gone').to.equal(0);
    } finally {
      Object.assign(globalThis, { setTimeout: real, clearTimeout: realClear });
    }
  });
});
