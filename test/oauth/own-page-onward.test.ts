import { expect } from '@open-wc/testing';
import { isLanding, landHere, onward } from '../../src/oauth/own-page.js';
import { attemptKey, channelOf, mailboxKey } from '../../src/oauth/protocol.js';
import { installFakeTime } from '../core/fake-time.js';
import { settled } from '../sync/fake-clock.js';
import { surround, until } from './surroundings.js';

describe('oauth/own-page, a link in an e-mail that opened a tab of its own', () => {
  it('goes on in this tab, where nobody else is there to hear', async () => {
    const here = location.href;
    const around = surround();
    const time = installFakeTime();
    try {
      const state = `wc1.onward-${Math.random()}`;
      const channel = await channelOf(state);
      around.local.setItem(attemptKey(channel), JSON.stringify({ v: 1, mode: 'popup', returnTo: location.pathname }));
      history.replaceState(null, '', `${location.pathname}?code=x&state=${state}`);
      let reloads = 0;
      landHere(() => void reloads++);
      await import('../../src/oauth/landing.js');
      await settled();
      await until(() => time.pending > 0);
      expect(onward(), 'somebody may still answer').to.equal(undefined);
      await time.advance(7 * 300);
      expect(isLanding()).to.equal(true);
      onward()?.();
      expect([reloads, isLanding(), location.pathname + location.search]).to.deep.equal([1, true, new URL(here).pathname]);
      expect([attemptKey(channel), mailboxKey(channel)].map((key) => around.session.getItem(key) !== null)).to.deep.equal([true, true]);
    } finally {
      time.restore();
      around.restore();
      history.replaceState(null, '', here);
    }
  });
});
