import { expect } from '@open-wc/testing';
import { watchWindow } from '../../src/oauth/watch-window.js';
import { openWindow } from '../../src/oauth/window.js';
import { installFakeTime } from '../core/fake-time.js';
import type { FakeTime } from '../core/fake-time.js';
import { createFakeWindow, stubOpen, surround } from './surroundings.js';
import type { Surroundings } from './surroundings.js';

describe('oauth/window', () => {
  let around: Surroundings;
  let time: FakeTime;
  let focused: boolean;
  const { hasFocus } = document;

  beforeEach(() => {
    around = surround();
    time = installFakeTime();
    focused = false;
    document.hasFocus = () => focused;
  });
  afterEach(() => {
    document.hasFocus = hasFocus;
    time.restore();
    around.restore();
  });

  function watch() {
    const handle = createFakeWindow('about:blank');
    const controller = new AbortController();
    const sights: string[] = [];
    watchWindow(handle, controller.signal, (sight) => sights.push(sight));
    return { handle, controller, sights };
  }

  it('opens by name, in the middle, and never with noopener [F6]', () => {
    const stub = stubOpen();
    try {
      const handle = openWindow('https://a.example/', 'wc-1');
      expect(handle).to.equal(stub.opened[0]?.handle);
      expect(stub.opened[0]).to.include({ url: 'https://a.example/', name: 'wc-1' });
      expect(stub.opened[0]?.features).to.match(/^popup,width=\d+,height=\d+,left=-?\d+,top=-?\d+$/);
      for (const answer of ['null', 'undefined', 'throws'] as const) {
        stub.answer = answer;
        expect(openWindow('https://a.example/', 'wc-1'), answer).to.equal(null);
      }
    } finally {
      stub.restore();
    }
  });

  it('says nothing of a window that is open', async () => {
    const run = watch();
    run.handle.goAway();
    focused = true;
    await time.advance(600_000);
    expect(run.sights).to.deep.equal([]);
    run.controller.abort();
    expect([time.pending, around.left]).to.deep.equal([0, 0]);
  });

  it('calls it closed when both say so: gone, and the focus is back; within three seconds [F2]', async () => {
    const run = watch();
    run.handle.goAway();
    await time.advance(1000);
    run.handle.closed = true;
    focused = true;
    await time.advance(3000);
    expect(run.sights).to.deep.equal(['closed']);
    run.controller.abort();
    expect([time.pending, around.left]).to.deep.equal([0, 0]);
  });

  for (const witness of ['focus', 'visibilitychange'])
    it(`takes a passing ${witness} for the focus`, async () => {
      const run = watch();
      run.handle.goAway();
      await time.advance(1000);
      run.handle.closed = true;
      await time.advance(100);
      (witness === 'focus' ? globalThis : document).dispatchEvent(new Event(witness));
      await time.advance(3000);
      expect(run.sights).to.deep.equal(['closed']);
    });

  it('waits a moment for a focus that comes late, and still has its verdict within three seconds of the close', async () => {
    const run = watch();
    run.handle.goAway();
    await time.advance(1000);
    run.handle.closed = true;
    await time.advance(1100);
    focused = true;
    await time.advance(1900);
    expect(run.sights).to.deep.equal(['closed']);
  });

  it('calls it lost where COOP cut it: gone, and the focus is not back [F2, T15]', async () => {
    const run = watch();
    run.handle.goAway();
    dispatchEvent(new Event('focus'));
    await time.advance(5000);
    run.handle.closed = true;
    await time.advance(3000);
    expect(run.sights).to.deep.equal(['lost']);
    focused = true;
    dispatchEvent(new Event('focus'));
    await time.advance(60_000);
    expect(run.sights, 'coming back to look is not closing').to.deep.equal(['lost']);
  });

  it('calls it lost where it never left: a cut at the first response looks like that [F2, T15]', async () => {
    const run = watch();
    focused = true;
    run.handle.closed = true;
    await time.advance(3000);
    expect(run.sights).to.deep.equal(['lost']);
  });

  it('has no verdict on a window whose answer came meanwhile', async () => {
    for (const ms of [0, 200, 700, 1200]) {
      const run = watch();
      run.handle.goAway();
      await time.advance(1000);
      run.handle.closed = true;
      focused = true;
      await time.advance(ms);
      run.controller.abort();
      await time.advance(5000);
      expect(run.sights, String(ms)).to.deep.equal([]);
      expect(time.pending).to.equal(0);
    }
  });
});
