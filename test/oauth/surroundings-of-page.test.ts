import { expect } from '@open-wc/testing';
import { goesBetterHere, isFramed, isInApp, place } from '../../src/oauth/surroundings.js';

const agents: Readonly<Record<string, string>> = {
  Instagram: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 390.0.0.28.85 (iPhone16,1; iOS 19_0)',
  Facebook: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22A3354 [FBAN/FBIOS;FBAV/480.0.0]',
  'an Android WebView': 'Mozilla/5.0 (Linux; Android 16; Pixel 9; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/155.0.0.0 Mobile Safari/537.36',
  LinkedIn: 'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/155.0.0.0 Mobile Safari/537.36 LinkedInApp/9.2',
  Line: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari Line/15.1.0',
};

const browsers: Readonly<Record<string, string>> = {
  'Safari on iOS': 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
  'Chrome on Android': 'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/155.0.0.0 Mobile Safari/537.36',
  Firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  'Chrome on a desktop called Linexpress': 'Mozilla/5.0 (X11; Linexpress x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/155.0.0.0 Safari/537.36',
};

describe('oauth, where this page stands [F6]', () => {
  const undo: (() => void)[] = [];
  afterEach(() => undo.splice(0).forEach((act) => act()));
  const pretend = (name: string, value: unknown): void => {
    Object.defineProperty(navigator, name, { configurable: true, value });
    undo.push(() => Reflect.deleteProperty(navigator, name));
  };

  for (const [name, agent] of Object.entries(agents))
    it(`inside ${name}: the whole page goes, and a way out is offered`, () => {
      pretend('userAgent', agent);
      expect([isInApp(), goesBetterHere(), place()]).to.deep.equal([true, true, 'app']);
    });

  for (const [name, agent] of Object.entries(browsers))
    it(`${name}: a window will do`, () => {
      pretend('userAgent', agent);
      expect([isInApp(), goesBetterHere(), place()]).to.deep.equal([false, false, 'page']);
    });

  it('a home-screen app on iOS: the whole page goes, and there is no other browser to ask for', () => {
    pretend('userAgent', agents['Instagram']);
    pretend('standalone', true);
    expect([isInApp(), goesBetterHere(), place()]).to.deep.equal([false, true, 'page']);
  });

  it('a page at the top is in no frame', () => {
    expect(isFramed()).to.equal(false);
  });
});
