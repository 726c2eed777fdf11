import { expect, fixtureSync, html } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { createHeight } from '../../src/element/height.js';
import type { Height } from '../../src/element/height.js';

/** A page that is not in front has no frames: here they are the test's own, as HTML 8.1.7.3 has them. What asks for one meanwhile gets the next. */
function frames(): { next: () => void; begin: () => void; end: () => void; observed: () => number; restore: () => void } {
  const { requestAnimationFrame: realFrame, ResizeObserver: RealObserver } = globalThis;
  let callbacks: FrameRequestCallback[] = [];
  const observers = new Set<Observer>();
  class Observer {
    readonly #seen = new Map<Element, string>();
    constructor(readonly tell: ResizeObserverCallback) {}
    observe(target: Element): void {
      observers.add(this);
      if (!this.#seen.has(target)) this.#seen.set(target, '0 × 0');
    }
    unobserve(): void {
      throw new Error('Nobody asks for this.');
    }
    disconnect(): void {
      observers.delete(this);
      this.#seen.clear();
    }
    deliver(): void {
      const news = [...this.#seen].filter(([target, before]) => {
        const { width, height } = target.getBoundingClientRect();
        this.#seen.set(target, `${width} × ${height}`);
        return before !== `${width} × ${height}`;
      });
      if (news.length > 0) this.tell([], this);
    }
  }
  Object.assign(globalThis, { requestAnimationFrame: (run: FrameRequestCallback) => callbacks.push(run), ResizeObserver: Observer });
  const begin = (): void => {
    const due = callbacks;
    callbacks = [];
    for (const run of due) run(0);
  };
  const end = (): void => [...observers].forEach((observer) => observer.deliver());
  return {
    begin,
    end,
    next: () => (begin(), end()),
    observed: () => observers.size,
    restore: () => void Object.assign(globalThis, { requestAnimationFrame: realFrame, ResizeObserver: RealObserver }),
  };
}

interface Card {
  readonly root: ShadowRoot;
  readonly frame: HTMLElement;
  readonly height: Height;
  /** As a drawing does it. */
  become(blockSize: number): void;
}

function card(blockSize = 100): Card {
  const root = fixtureSync<HTMLElement>(html`<div style="inline-size: 400px"></div>`).attachShadow({ mode: 'open' });
  const frame = document.createElement('div');
  frame.className = 'frame';
  root.append(frame);
  const height = createHeight();
  const become = (size: number): void => {
    frame.style.blockSize = `${size}px`;
    height.drawn(root);
  };
  become(blockSize);
  return { root, frame, height, become };
}

describe('element: a card that changes its height', () => {
  let page: ReturnType<typeof frames>;
  beforeEach(() => {
    page = frames();
  });
  afterEach(() => page.restore());

  it('does so gently, from where it was, before the new height is ever painted', () => {
    const { frame, become } = card();
    page.next();
    expect(frame.getAnimations(), 'there was nothing before').to.have.length(0);
    become(200);
    page.begin();
    expect(frame.getAnimations()).to.have.length(1);
    expect(frame.offsetHeight).to.be.below(150);
    page.end();
    frame.getAnimations()[0]?.finish();
    expect(frame.offsetHeight).to.equal(200);
  });

  it('at once for whoever wants less motion', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    const { frame, become } = card();
    page.next();
    become(200);
    page.next();
    expect(frame.getAnimations()).to.have.length(0);
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('goes on from where it is when it changes again on the way', () => {
    const { frame, become } = card();
    page.next();
    become(200);
    page.next();
    const [first] = frame.getAnimations();
    first?.pause();
    first?.effect?.updateTiming({ easing: 'linear' });
    if (first) first.currentTime = 100;
    expect(frame.offsetHeight).to.equal(150);
    page.next();
    become(400);
    page.begin();
    expect(frame.getAnimations()).to.have.length(1);
    expect(frame.getAnimations()[0]).not.to.equal(first);
    expect(frame.offsetHeight).to.equal(150);
  });

  const quiet: Readonly<Record<string, (of: Card) => void>> = {
    'a drawing that leaves it as high as it was': ({ become }) => become(100),
    'the page, without a drawing': ({ frame }) => void (frame.style.blockSize = '200px'),
    'the page, by its width, whatever was drawn meanwhile': ({ root, become }) => {
      (root.host as HTMLElement).style.inlineSize = '200px';
      become(200);
    },
    'the page, which shows it again': ({ root, become }) => {
      (root.host as HTMLElement).style.display = 'none';
      become(200);
      page.next();
      (root.host as HTMLElement).style.display = '';
      become(300);
    },
    'its end': ({ root, become }) => {
      become(200);
      root.host.remove();
    },
  };
  for (const [what, change] of Object.entries(quiet))
    it(`does not move by ${what}`, () => {
      const of = card();
      page.next();
      change(of);
      page.next();
      page.next();
      expect(of.frame.getAnimations()).to.have.length(0);
    });

  it('is as it is where it was drawn too late for this frame: what has been painted once does not go back', () => {
    const { frame, become } = card();
    page.next();
    page.begin();
    become(200);
    page.end();
    page.next();
    expect(frame.getAnimations()).to.have.length(0);
    become(300);
    page.begin();
    expect(frame.offsetHeight, 'and from there the next time').to.be.within(200, 250);
  });

  it('asks for no size while it draws; in a frame all ask before the first moves', () => {
    const asked: string[] = [];
    const all = [card(), card(), card()];
    for (const { frame } of all) {
      const { animate } = frame;
      Object.defineProperty(frame, 'offsetHeight', { get: () => (asked.push('size'), frame.getBoundingClientRect().height) });
      frame.animate = (...given) => (asked.push('move'), animate.apply(frame, given));
    }
    expect(asked).to.deep.equal([]);
    page.next();
    asked.length = 0;
    for (const { become } of all) become(200);
    expect(asked).to.deep.equal([]);
    page.begin();
    expect(asked).to.deep.equal(['size', 'size', 'size', 'move', 'move', 'move']);
  });

  it('is not observed any more when it has gone, not even where it is drawn once more on its way', () => {
    const { root, height, become } = card();
    expect(page.observed()).to.equal(1);
    root.host.remove();
    height.stop();
    become(200);
    expect(page.observed()).to.equal(0);
  });

  it('is observed again when it comes back', () => {
    const { root, height, frame, become } = card();
    page.next();
    const { host } = root;
    host.remove();
    height.stop();
    document.body.append(host);
    height.drawn(root);
    page.next();
    become(200);
    page.begin();
    expect(frame.offsetHeight).to.be.below(150);
    host.remove();
  });
});
