import { expect } from '@open-wc/testing';
import { ConnectError } from '../../../src/core/errors.js';
import { accountStatusFrom } from '../../../src/core/account.js';
import { visitPortal } from '../../../src/platforms/sweatstack/portal.js';
import { installFakeTime } from '../../core/fake-time.js';
import type { FakeTime } from '../../core/fake-time.js';
import { stubOpen, surround } from '../../oauth/surroundings.js';
import type { Surroundings } from '../../oauth/surroundings.js';
import { countListeners } from '../../sync/count-listeners.js';
import { settled } from '../../sync/fake-clock.js';
import { statusOf } from './stub-server.js';

describe('platforms/sweatstack/portal', () => {
  let around: Surroundings;
  let time: FakeTime;
  let windows: ReturnType<typeof stubOpen>;
  const { hasFocus } = document;
  beforeEach(() => {
    around = surround();
    time = installFakeTime();
    windows = stubOpen();
    document.hasFocus = () => true;
  });
  afterEach(() => {
    document.hasFocus = hasFocus;
    windows.restore();
    time.restore();
    around.restore();
  });

  function visit(portal: (destination: string) => Promise<unknown>, issue: unknown = null) {
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    let end: unknown = 'still there';
    let looks = 0;
    const done = visitPortal(new URL('https://a.example/'), accountStatusFrom(statusOf('ready', issue)), portal, controller.signal, () => looks++).then(
      () => (end = 'back'),
      (error: unknown) => (end = error),
    );
    return {
      ...{ controller, done },
      end: () => end,
      looks: () => looks,
      handle: () => windows.opened[0]?.handle,
      clean: () => expect([time.pending, around.left, listeners.count]).to.deep.equal([0, 0, 0]),
    };
  }
  const once = (destination: string) => Promise.resolve(`https://a.example/portal?to=${destination}`);

  it('opens a blank window in the click, and sends it on when the address is there', async () => {
    let asked = 0;
    const run = visit((destination) => (asked++, once(destination)));
    expect([windows.opened[0]?.url, asked]).to.deep.equal(['about:blank', 1]);
    expect(windows.opened.length).to.equal(1);
    await settled();
    expect(run.handle()?.location.href).to.equal('https://a.example/portal?to=manage-integrations');
    run.controller.abort();
    await run.done;
    run.clean();
  });

  it('goes to what the account needs', async () => {
    const run = visit(once, { destination: 'manage-teams' });
    await settled();
    expect(run.handle()?.location.href).to.contain('to=manage-teams');
    run.controller.abort();
  });

  it('goes to a ready address at once, as older servers gave', async () => {
    const run = visit(() => Promise.reject(new Error('Not asked for.')), { action_url: 'https://a.example/settings' });
    expect(windows.opened[0]?.url).to.equal('https://a.example/settings');
    run.controller.abort();
    await run.done;
    const odd = visit(once, { action_url: 'javascript:alert(1)' });
    expect(windows.opened[1]?.url, 'but never to a script').to.equal('about:blank');
    odd.controller.abort();
  });

  it('says that the window was blocked, and asks for no address then', async () => {
    windows.answer = 'null';
    const run = visit(() => Promise.reject(new Error('It was asked for.')));
    await run.done;
    expect(run.end()).to.be.instanceOf(ConnectError);
    expect(run.end()).to.include({ code: 'popup_blocked' });
    run.clean();
  });

  const bad: Record<string, unknown> = {
    'a script': 'javascript:alert(1)',
    'with credentials': 'https://u:p@a.example/',
    'without TLS': 'http://a.example/',
    'none': undefined,
    'an object': { href: 'https://a.example/' },
    'an object that is no text': { toString: null },
  };
  for (const [what, url] of Object.entries(bad))
    it(`refuses an address: ${what}; the window closes [T11, T23]`, async () => {
      const run = visit(() => Promise.resolve(url));
      await run.done;
      expect(run.end()).to.include({ code: 'invalid_response' });
      expect([run.handle()?.closed, run.handle()?.location.href]).to.deep.equal([true, 'about:blank']);
      run.clean();
    });

  const elsewhere: Record<string, () => Promise<unknown>> = {
    'cannot be reached from here (CORS)': () => Promise.reject(new ConnectError('network', 'No answer.')),
    'is not there (404)': () => Promise.reject(new ConnectError('misconfigured', 'HTTP 404')),
    'takes no such request (405)': () => Promise.reject(new ConnectError('platform_error', 'HTTP 405')),
    'gives an address on another origin': () => Promise.resolve('https://evil.example/portal'),
    'gives one on an origin that begins like ours': () => Promise.resolve('https://a.example.evil.example/'),
  };
  for (const [what, portal] of Object.entries(elsewhere))
    it(`goes to the platform’s own settings where the portal ${what} [T11]`, async () => {
      const run = visit(portal);
      await settled();
      expect([run.handle()?.location.href, run.handle()?.closed]).to.deep.equal(['https://a.example/settings/sharing', false]);
      run.controller.abort();
      await run.done;
      expect(run.end()).to.equal('back');
      run.clean();
    });

  for (const code of ['session_expired', 'access_denied', 'rate_limited', 'unsupported'] as const)
    it(`closes the window where the answer is ${code}`, async () => {
      const failure = new ConnectError(code, 'No.');
      const run = visit(() => Promise.reject(failure));
      await run.done;
      expect([run.end(), run.handle()?.closed]).to.deep.equal([failure, true]);
      run.clean();
    });

  it('closes the window where nobody waits for the address any more', async () => {
    let giveUp = (_: unknown): void => {};
    const run = visit(() => new Promise((_, reject) => (giveUp = reject)));
    run.controller.abort('no more');
    giveUp('no more');
    await run.done;
    expect([run.end(), run.handle()?.closed]).to.deep.equal(['no more', true]);
  });

  describe('is over', () => {
    it('when the window is closed and this page has the focus', async () => {
      const run = visit(once);
      document.hasFocus = () => false;
      await time.advance(5000);
      run.handle()?.close();
      await time.advance(5000);
      expect(run.end()).to.equal('still there');
      document.hasFocus = () => true;
      await time.advance(300);
      expect(run.end()).to.equal('back');
      run.clean();
    });

    it('when the visitor is back, though not in the very moment it opens', async () => {
      const run = visit(once);
      await time.advance(400);
      dispatchEvent(new Event('focus'));
      await settled();
      expect(run.end()).to.equal('still there');
      await time.advance(200);
      dispatchEvent(new Event('focus'));
      await settled();
      expect(run.end()).to.equal('back');
      run.handle()?.close();
      await time.advance(500);
      run.clean();
    });
  });

  describe('was only looked away from, with the window still open', () => {
    async function lookedIn() {
      const run = visit(once);
      await time.advance(600);
      dispatchEvent(new Event('focus'));
      await settled();
      expect([run.end(), run.looks()]).to.deep.equal(['back', 0]);
      return run;
    }

    it('so each return is told, until it is closed', async () => {
      const run = await lookedIn();
      for (const looks of [1, 2]) {
        dispatchEvent(new Event('focus'));
        await settled();
        expect(run.looks()).to.equal(looks);
      }
      run.handle()?.close();
      await time.advance(600);
      expect(run.looks(), 'what was done there last').to.equal(3);
      dispatchEvent(new Event('focus'));
      await time.advance(5000);
      expect(run.looks()).to.equal(3);
      run.clean();
    });

    it('and once, however often it was opened', async () => {
      const [first, second] = [await lookedIn(), await lookedIn()];
      dispatchEvent(new Event('focus'));
      await settled();
      expect([first.looks(), second.looks()], 'the first heard of the return from the second').to.deep.equal([1, 1]);
      second.controller.abort();
      await settled();
      first.clean();
      second.clean();
    });

    it('but not to a page that does not listen any more', async () => {
      const run = await lookedIn();
      run.controller.abort();
      await settled();
      dispatchEvent(new Event('focus'));
      await settled();
      expect(run.looks()).to.equal(0);
      run.clean();
    });
  });
});
