import { acknowledged } from '../../src/oauth/protocol.js';
import { expect } from '@open-wc/testing';
import { isLanding, landHere, onLanding } from '../../src/oauth/own-page.js';
import { settled } from '../sync/fake-clock.js';
import { surround, until } from './surroundings.js';

describe('oauth/own-page', () => {
  it('leaves every address alone that is no answer of ours; an answer makes the page a landing page', async () => {
    const here = location.href;
    const around = surround();
    const { close } = globalThis;
    globalThis.close = () => {};
    try {
      for (const address of ['?code=x&state=theirs', '?q=1#/route', '#access_token=t&state=wc1.s', '?state=wc1.s']) {
        history.replaceState(null, '', location.pathname + address);
        landHere();
        expect([location.search + location.hash, isLanding()], address).to.deep.equal([address, false]);
      }
      const state = `wc1.own-${Math.random()}`;
      let heard = 0;
      const off = onLanding(() => heard++);
      onLanding(() => {})();
      history.replaceState(null, '', `${location.pathname}?code=x&state=${state}`);
      landHere();
      expect([location.search, isLanding()]).to.deep.equal(['', true]);
      await until(() => around.left > 0);
      dispatchEvent(new MessageEvent('message', { data: acknowledged, origin: location.origin }));
      await until(() => heard > 0);
      off();
      await until(() => around.left === 0);
      await settled();
      expect([heard, isLanding()], 'it stays a window that came back').to.deep.equal([1, true]);
    } finally {
      globalThis.close = close;
      around.restore();
      history.replaceState(null, '', here);
    }
  });
});
