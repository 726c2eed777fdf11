import { expect } from '@open-wc/testing';
import { createWake } from '../../src/sync/wakeful.js';
import type { Wake } from '../../src/sync/wakeful.js';
import { createFakeClock, settled } from './fake-clock.js';
import type { FakeClock } from './fake-clock.js';
import { createFakePage } from './fake-page.js';
import type { FakePage } from './fake-page.js';

describe('sync/wakeful [F22]', () => {
  let page: FakePage;
  let clock: FakeClock;
  let wake: Wake;
  let controller: AbortController;

  beforeEach(() => {
    page = createFakePage();
    clock = createFakeClock();
    wake = createWake({ clock, page, random: () => 0.5 });
    controller = new AbortController();
  });

  /** Whether `whenAwake` has resolved; asked again and again. */
  const awaken = (): { readonly awake: boolean } => {
    const seen = { awake: false };
    void wake.whenAwake(controller.signal).then(
      () => (seen.awake = true),
      () => {},
    );
    return seen;
  };

  it('is awake on a page that is seen, and leaves nothing behind for having asked', async () => {
    await wake.whenAwake(controller.signal);
    expect(page.listeners).to.equal(0);
    expect(clock.pending).to.equal(0);
  });

  it('stays awake behind the sign-in window, and sleeps after a minute of it', async () => {
    const asleep = wake.untilAsleep(controller.signal);
    page.hide();
    await clock.advance(59_999);
    expect(asleep.aborted).to.equal(false);
    await wake.whenAwake(controller.signal);
    await clock.advance(1);
    expect(asleep.aborted).to.equal(true);
    const seen = awaken();
    await settled();
    expect(seen.awake).to.equal(false);
    page.show();
    await settled();
    expect(seen.awake).to.equal(true);
    expect(page.listeners + clock.pending).to.equal(0);
  });

  it('starts the minute anew each time the page is seen', async () => {
    const asleep = wake.untilAsleep(controller.signal);
    for (let round = 0; round < 5; round++) {
      page.hide();
      page.hide();
      expect(clock.pending).to.equal(1);
      await clock.advance(50_000);
      page.show();
      await settled();
      expect(clock.pending).to.equal(0);
      await clock.advance(50_000);
    }
    expect(asleep.aborted).to.equal(false);
    expect(clock.pending).to.equal(0);
  });

  it('counts the minute across connections', async () => {
    const first = new AbortController();
    wake.untilAsleep(first.signal);
    page.hide();
    await clock.advance(40_000);
    first.abort();
    const asleep = wake.untilAsleep(controller.signal);
    await clock.advance(19_999);
    expect(asleep.aborted).to.equal(false);
    await clock.advance(1);
    expect(asleep.aborted).to.equal(true);
  });

  it('sleeps at once when offline, and returns a random moment after the network', async () => {
    const asleep = wake.untilAsleep(controller.signal);
    page.goOffline();
    expect(asleep.aborted).to.equal(true);
    const seen = awaken();
    page.goOnline();
    await clock.advance(499);
    expect(seen.awake).to.equal(false);
    await clock.advance(1);
    expect(seen.awake).to.equal(true);
  });

  it('goes on sleeping when the network has only flickered', async () => {
    page.goOffline();
    const seen = awaken();
    page.goOnline();
    await clock.advance(100);
    page.goOffline();
    await clock.advance(60_000);
    expect(seen.awake).to.equal(false);
    page.goOnline();
    await clock.advance(500);
    expect(seen.awake).to.equal(true);
  });

  it('lets go for the bfcache and takes up after it', async () => {
    const asleep = wake.untilAsleep(controller.signal);
    page.putAway();
    expect(asleep.aborted).to.equal(true);
    const seen = awaken();
    page.hide();
    page.show();
    await settled();
    expect(seen.awake).to.equal(false);
    page.bringBack();
    await settled();
    expect(seen.awake).to.equal(true);
  });

  it('hears of the return from the bfcache though nobody waited for it, and then no more', async () => {
    for (const round of [1, 2]) {
      expect(wake.untilAsleep(controller.signal).aborted).to.equal(false);
      page.putAway();
      expect(page.listeners, `the return alone, round ${round}`).to.equal(1);
      page.bringBack();
      expect(page.listeners, `round ${round}`).to.equal(0);
      const seen = awaken();
      await settled();
      expect(seen.awake, `round ${round}`).to.equal(true);
    }
    expect(page.listeners + clock.pending).to.equal(0);
  });

  it('hears of it where it was given up meanwhile, too', async () => {
    const given = new AbortController();
    const asleep = wake.untilAsleep(given.signal);
    page.putAway();
    given.abort('gone');
    page.bringBack();
    expect([asleep.aborted, page.listeners, clock.pending]).to.deep.equal([true, 0, 0]);
    expect(wake.untilAsleep(controller.signal).aborted).to.equal(false);
  });

  it('is asleep from the start on a page that is', async () => {
    page.goOffline();
    expect(wake.untilAsleep(controller.signal).aborted).to.equal(true);
    expect(page.listeners + clock.pending).to.equal(0);
  });

  it('leaves no listener and no timer when aborted, and says why', async () => {
    const asleep = wake.untilAsleep(controller.signal);
    page.hide();
    page.goOffline();
    const waiting = wake.whenAwake(controller.signal).catch((error: unknown) => error);
    await settled();
    expect(page.listeners).to.equal(5);
    controller.abort('paused');
    expect(await waiting).to.equal('paused');
    expect(asleep.aborted).to.equal(true);
    expect(page.listeners + clock.pending).to.equal(0);
    expect(await wake.whenAwake(controller.signal).catch((error: unknown) => error)).to.equal('paused');
    expect(wake.untilAsleep(controller.signal).reason).to.equal('paused');
    expect(page.listeners + clock.pending).to.equal(0);
  });

  it('hands the reason of an abort on', () => {
    const asleep = wake.untilAsleep(controller.signal);
    page.hide();
    expect(clock.pending).to.equal(1);
    controller.abort('paused');
    expect(asleep.reason).to.equal('paused');
    expect(page.listeners + clock.pending).to.equal(0);
  });

  it('is always awake where there is no page', async () => {
    const nowhere = createWake({ clock, page: {} });
    await nowhere.whenAwake(controller.signal);
    expect(nowhere.untilAsleep(controller.signal).aborted).to.equal(false);
    expect(clock.pending).to.equal(0);
  });

  it('works on the real page', async () => {
    const here = createWake();
    const asleep = here.untilAsleep(controller.signal);
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(asleep.aborted).to.equal(true);
    const waiting = here.whenAwake(controller.signal);
    window.dispatchEvent(new PageTransitionEvent('pageshow'));
    await waiting;
  });
});
