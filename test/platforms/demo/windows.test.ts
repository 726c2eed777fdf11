import { expect } from '@open-wc/testing';
import { paused } from '../../../src/core/errors.js';
import { demo } from '../../../src/platforms/demo/platform.js';
import { scenarioNames } from '../../../src/platforms/demo/scenarios.js';
import { createRig } from './rig.js';

describe('platforms/demo, its windows', () => {
  let rig: ReturnType<typeof createRig>;
  beforeEach(() => (rig = createRig({ popup: true })));
  afterEach(() => rig.restore());

  const text = (): string => (rig.windows.page?.body.textContent ?? '').replace(/\s+/g, ' ').trim();
  const named = (scenario: string, more = {}) => demo({ scenario, popup: true, ...more });

  it('says what would be shared with whom, and that it is a demo; without a style, a script or a handler in its markup', () => {
    rig.authorize();
    const page = rig.windows.page as Document;
    expect(text()).to.equal(`Share your Polar activities with ${location.host}?They would see what you record from now on, and the last five years.AllowNot nowThis is a demo: nobody signs in anywhere, and nothing leaves this page.`);
    expect([page.documentElement.lang, page.title, page.querySelectorAll('main').length, page.querySelectorAll('h1').length, page.activeElement?.textContent]).to.deep.equal(['en', page.querySelector('h1')?.textContent, 1, 1, 'Allow']);
    expect([page.querySelectorAll('style, script, link').length, page.adoptedStyleSheets.length]).to.deep.equal([0, 1]);
    expect([...page.querySelectorAll('*')].flatMap((element) => element.getAttributeNames())).to.deep.equal(['lang']);
    expect(page.querySelector('button')?.getBoundingClientRect().height).to.equal(44);
  });

  it('waits for whoever sits before it, however long', async () => {
    const run = rig.authorize();
    await rig.time.advance(500_000);
    expect([run.seen, run.done, rig.windows.open]).to.deep.equal([['open'], false, 1]);
    rig.windows.press('Allow');
    await rig.pass(() => run.done);
    expect([run.grant, rig.windows.open, await rig.left()]).to.deep.equal([{ source: 'polar' }, 0, 0]);
  });

  it('is denied by its second button', async () => {
    const run = rig.authorize();
    rig.windows.press('Not now');
    await rig.pass(() => run.done);
    expect(run.error).to.include({ code: 'access_denied' });
  });

  it('is closed by the visitor: that is seen within three seconds, and is the end of it', async () => {
    const run = rig.authorize();
    await rig.time.advance(1_000);
    rig.windows.close();
    await rig.time.advance(3_000);
    expect([run.seen, run.done, await rig.left()]).to.deep.equal([['open', 'closed'], true, 0]);
  });

  it('is lost where it is gone and the page has not got the focus back; and opens again', async () => {
    const run = rig.authorize();
    document.hasFocus = () => false;
    rig.windows.close();
    await rig.time.advance(3_000);
    expect(run.seen).to.deep.equal(['open', 'lost']);
    run.show();
    expect([run.seen, rig.windows.opened, rig.windows.open]).to.deep.equal([['open', 'lost', 'open'], 2, 1]);
    rig.windows.press('Allow');
    await rig.pass(() => run.done);
    expect(run.grant).to.deep.equal({ source: 'polar' });
  });

  it('is brought back while it is open, never opened twice', () => {
    const run = rig.authorize();
    run.show();
    expect(rig.windows.opened).to.equal(1);
  });

  it('takes an answer that was given while nobody listened', async () => {
    const before = rig.authorize();
    before.controller.abort(paused);
    await rig.pass(() => before.done);
    rig.windows.press('Allow');
    const after = rig.authorize(rig.platform, 'resume');
    await rig.pass(() => after.done);
    expect([after.grant, rig.windows.opened, rig.windows.open]).to.deep.equal([{ source: 'polar' }, 1, 0]);
  });

  it('knows no attempt that another page began', async () => {
    const run = rig.authorize(rig.platform, 'resume');
    await rig.pass(() => run.done);
    expect(run.error).to.include({ code: 'timeout' });
  });

  it('closes with the page, without which it could do nothing', async () => {
    rig.authorize();
    dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(rig.windows.open).to.equal(0);
  });

  for (const [scenario, opens, seen, ends] of [
    ['denied', 1, ['open'], 'access_denied'],
    ['closed', 1, ['open', 'closed'], 'timeout'],
    ['late-success', 1, ['open', 'closed'], 'polar'],
  ] as const)
    it(`acts by itself as ${scenario} says, and shows no button that would not`, async () => {
      const run = rig.authorize(named(scenario));
      expect([rig.windows.opened, rig.windows.page?.querySelectorAll('button').length]).to.deep.equal([opens, 0]);
      expect(text()).to.contain('In a moment this window');
      await rig.pass(() => run.done);
      // oxlint-disable-next-line typescript/no-unnecessary-type-assertion -- of an object nothing is known, not even that it has no source
      expect([run.seen, (run.grant as { source?: string } | null)?.source ?? (run.error as { code?: string }).code, await rig.left()]).to.deep.equal([seen, ends, 0]);
    });

  it('is out of sight as coop-severed says, and its answer comes all the same', async () => {
    const run = rig.authorize(named('coop-severed'));
    await rig.time.advance(60_000);
    expect([run.seen, rig.windows.open]).to.deep.equal([['open', 'lost'], 1]);
    rig.windows.press('Allow');
    await rig.pass(() => run.done);
    expect([run.grant, await rig.left()]).to.deep.equal([{ source: 'polar' }, 0]);
  });

  it('is not known to be closed where it is out of sight, and opens again', async () => {
    const run = rig.authorize(named('coop-severed'));
    await rig.time.advance(5_000);
    rig.windows.close();
    await rig.time.advance(60_000);
    expect(run.seen).to.deep.equal(['open', 'lost']);
    run.show();
    rig.windows.press('Allow');
    await rig.pass(() => run.done);
    expect([run.grant, rig.windows.opened]).to.deep.equal([{ source: 'polar' }, 2]);
  });

  it('has been given up for a while when late-success answers', async () => {
    const run = rig.authorize(named('late-success'));
    await rig.time.advance(2_000);
    expect([run.seen, rig.windows.open]).to.deep.equal([['open', 'closed'], 0]);
    await rig.time.advance(3_000);
    expect(run.done).to.equal(false);
    await rig.time.advance(1_000);
    expect(run.grant).to.deep.equal({ source: 'polar' });
  });

  it('does not open as blocked says, opens when tried again, and is blocked again the next time', async () => {
    const platform = named('blocked');
    const first = rig.authorize(platform);
    await rig.time.advance(10_000);
    expect([first.seen, rig.windows.opened]).to.deep.equal([['blocked'], 0]);
    first.controller.abort();
    const again = rig.authorize(platform);
    expect([again.seen, rig.windows.opened]).to.deep.equal([['open'], 1]);
    again.controller.abort();
    await rig.pass(() => again.done);
    const next = rig.authorize(platform, 'popup', 'a2');
    expect([next.seen, rig.windows.open]).to.deep.equal([['blocked'], 0]);
    next.show();
    expect([next.seen, rig.windows.open]).to.deep.equal([['blocked', 'open'], 1]);
    rig.windows.press('Allow');
    await rig.pass(() => next.done);
    expect(next.grant).to.deep.equal({ source: 'polar' });
  });

  for (const [scenario, seen, ends] of [
    ['happy', ['open'], 'polar'],
    ['denied', ['open'], 'access_denied'],
    ['closed', ['open', 'closed'], 'timeout'],
    ['coop-severed', ['open', 'lost'], 'polar'],
    ['late-success', ['open', 'closed'], 'polar'],
  ] as const)
    it(`is none unless it was asked for: ${scenario} plays inside the page, and nobody has to press anything`, async () => {
      for (const way of ['popup', 'redirect'] as const) {
        const run = rig.authorize(demo({ scenario }), way);
        await rig.pass(() => run.done);
        // oxlint-disable-next-line typescript/no-unnecessary-type-assertion -- of an object nothing is known, not even that it has no source
        expect([run.seen, (run.grant as { source?: string } | null)?.source ?? (run.error as { code?: string }).code, rig.windows.opened, await rig.left()]).to.deep.equal([seen, ends, 0, 0]);
      }
    });

  it('is none where blocked is played inside the page either, and the visitor lets it through', async () => {
    const run = rig.authorize(demo({ scenario: 'blocked' }));
    await rig.time.advance(10_000);
    run.show();
    await rig.pass(() => run.done);
    expect([run.seen, run.grant, rig.windows.opened, await rig.left()]).to.deep.equal([['blocked', 'open'], { source: 'polar' }, 0, 0]);
  });

  it('goes without a window where there is none to be had, or in this tab', async () => {
    for (const way of ['popup', 'redirect'] as const) {
      globalThis.open = () => null;
      const run = rig.authorize(rig.platform, way);
      await rig.time.advance(1_900);
      expect(run.done).to.equal(false);
      await rig.time.advance(200);
      expect([run.seen, run.grant]).to.deep.equal([['open'], { source: 'polar' }]);
    }
  });

  for (const scenario of scenarioNames)
    it(`leaves no window, timer or listener of ${scenario} when it is given up`, async () => {
      for (const ms of [0, 1_300, 2_100, 4_000]) {
        const run = rig.authorize(named(scenario), 'popup', `a${ms}`);
        await rig.time.advance(ms);
        run.controller.abort('no more');
        await rig.time.advance(0);
        expect([run.done, rig.windows.open, rig.time.pending, rig.around.left], String(ms)).to.deep.equal([true, 0, 0, 0]);
      }
    });

  it('opens none for a wrong set-up', async () => {
    for (const scenario of ['misconfigured', 'nonsense']) {
      const run = rig.authorize(named(scenario));
      await rig.pass(() => run.done);
      expect(run.error).to.include({ code: 'misconfigured' });
    }
    expect(rig.windows.opened).to.equal(0);
  });

  describe('for managing', () => {
    const managed = (platform = rig.platform, signal = rig.life().signal) => {
      const run = { done: false, error: null as unknown };
      void platform.manage?.(signal).then(() => (run.done = true), (error: unknown) => Object.assign(run, { done: true, error }));
      return run;
    };

    it('opens in the click, and is done when the visitor is', async () => {
      const run = managed();
      expect([rig.windows.open, text().startsWith('Your connections')]).to.deep.equal([1, true]);
      await rig.time.advance(60_000);
      expect(run.done).to.equal(false);
      rig.windows.press('Done');
      await rig.time.advance(400);
      expect([run.done, await rig.left()]).to.deep.equal([true, 0]);
    });

    it('closes when nobody waits any more', async () => {
      const controller = rig.life();
      const run = managed(rig.platform, controller.signal);
      controller.abort('no more');
      await rig.pass(() => run.done);
      expect([run.error, await rig.left()]).to.deep.equal(['no more', 0]);
    });
  });
});
