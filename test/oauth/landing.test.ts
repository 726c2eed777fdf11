import { expect } from '@open-wc/testing';
import { land } from '../../src/oauth/landing.js';
import { takeAnswer } from '../../src/oauth/address.js';
import { acknowledged, answerOf, attemptKey, channelOf, cut, mailboxKey } from '../../src/oauth/protocol.js';
import { installFakeTime } from '../core/fake-time.js';
import type { FakeTime } from '../core/fake-time.js';
import { settled } from '../sync/fake-clock.js';
import { surround, until } from './surroundings.js';
import type { Surroundings } from './surroundings.js';

describe('oauth/landing', () => {
  let around: Surroundings;
  let time: FakeTime;
  let closed: number;
  let state: string;
  let query: string;
  let channel: string;
  const here = location.href;
  const { close } = globalThis;
  const opener = Object.getOwnPropertyDescriptor(globalThis, 'opener') as PropertyDescriptor;

  beforeEach(async () => {
    around = surround();
    time = installFakeTime();
    closed = 0;
    globalThis.close = () => void closed++;
    setOpener(null);
    state = `wc1.landing-${Math.random()}`;
    query = `?code=secret&state=${state}`;
    channel = await channelOf(state);
  });
  afterEach(() => {
    history.replaceState(null, '', here);
    globalThis.close = close;
    Object.defineProperty(globalThis, 'opener', opener);
    time.restore();
    around.restore();
  });

  const setOpener = (value: unknown): void => void Object.defineProperty(globalThis, 'opener', { configurable: true, writable: true, value });
  const keep = (record: unknown, shelf = around.session) => shelf.setItem(attemptKey(channel), JSON.stringify(record));

  /** Lands, as far as the first message out. */
  async function begin(answer = query) {
    const said: string[] = [];
    let onward: (() => void) | null | undefined;
    const radio = new BroadcastChannel(channel);
    const heard: unknown[] = [];
    radio.onmessage = ({ data }) => heard.push(data);
    await land(answer, (what, go) => {
      said.push(what);
      onward = go;
    });
    return { said, radio, heard, go: () => onward?.(), hasOnward: () => typeof onward === 'function' };
  }

  describe('the answer in the address [F10, T2]', () => {
    for (const where of ['?', '#'])
      it(`is taken out at once, from behind ${where}`, () => {
        history.replaceState({ mine: 1 }, '', `${location.pathname}${where}code=secret&state=${state}`);
        expect(takeAnswer()).to.contain(`code=secret&state=${state}`);
        expect(location.href).to.equal(location.origin + location.pathname);
        expect(history.state, 'the page’s own state stays').to.deep.equal({ mine: 1 });
      });

    it('is taken out also where it is none of ours', () => {
      history.replaceState(null, '', `${location.pathname}?code=secret&state=foreign#access_token=t`);
      takeAnswer();
      expect(location.href).to.equal(location.origin + location.pathname);
    });
  });

  describe('stays idle on [F10, F11, T12]', () => {
    const odd: Record<string, () => string> = {
      'nothing': () => '',
      'no state': () => '?code=secret',
      'two states': () => `${query}&state=${state}`,
      'a token': () => `${query}&access_token=t`,
      'somebody else’s state': () => '?code=secret&state=abc',
      'more than 8 KiB': () => `${query}&x=${'x'.repeat(8192)}`,
      'an address to go to, and something to show': () => '?returnTo=https://evil.example&error_description=%3Cimg%3E',
    };
    for (const [what, make] of Object.entries(odd))
      it(what, async () => {
        const run = await begin(make());
        await time.advance(60_000);
        expect([run.said, run.heard, closed]).to.deep.equal([['idle'], [], 0]);
        run.radio.close();
        expect([Object.keys(around.local), around.left, time.pending]).to.deep.equal([[], 0, 0]);
      });

    it('a page without crypto.subtle [F9]', async () => {
      Object.defineProperty(crypto, 'subtle', { configurable: true, get: () => undefined });
      const said: string[] = [];
      try {
        await land(query, (what) => said.push(what));
      } finally {
        Reflect.deleteProperty(crypto, 'subtle');
      }
      expect(said).to.deep.equal(['idle']);
    });
  });

  it('tells by every road, until somebody has heard [T4]', async () => {
    const posted: unknown[][] = [];
    setOpener({ postMessage: (...args: unknown[]) => posted.push(args) });
    keep({ mode: 'popup' });
    const run = await begin();
    await until(() => run.heard.length);
    expect(posted, 'never to *').to.deep.equal([[answerOf(query), location.origin]]);
    expect(Object.keys(around.local), 'mail only where nobody answers quickly').to.deep.equal([]);
    await time.advance(300);
    expect(JSON.parse(around.local.getItem(mailboxKey(channel)) ?? '')).to.deep.equal({ ...answerOf(query), createdAt: Date.now() });
    await time.advance(4 * 300);
    await until(() => run.heard.length >= 6);
    run.radio.postMessage(acknowledged);
    await until(() => closed);
    await time.advance(300);
    expect(run.said).to.deep.equal(['done']);
    expect([posted.length, Object.keys(around.local)]).to.deep.equal([6, []]);
    run.radio.close();
    expect([around.left, time.pending]).to.deep.equal([0, 0]);
  });

  it('hears the acknowledgement from its opener too, but from no other origin [T4, T5]', async () => {
    const run = await begin();
    const ack = (origin: string) => dispatchEvent(new MessageEvent('message', { data: acknowledged, origin, source: window }));
    ack('https://evil.example');
    dispatchEvent(new MessageEvent('message', { data: { ack: true }, origin: location.origin, source: window }));
    await time.advance(300);
    expect(run.said).to.deep.equal([]);
    ack(location.origin);
    await time.advance(300);
    expect(run.said).to.deep.equal(['done']);
    run.radio.close();
    expect([around.left, time.pending]).to.deep.equal([0, 0]);
  });

  it('closes a window that was opened for it, and no tab that a visitor opened', async () => {
    const cases: [string, () => void, string, number][] = [
      ['an opener', () => setOpener({ postMessage: () => {} }), acknowledged, 1],
      ['the opener cut, and the page that asked knows it', () => {}, acknowledged + cut, 1],
      ['a magic link’s tab', () => keep({ mode: 'popup', returnTo: '/' }, around.local), acknowledged, 0],
      ['nothing known', () => {}, acknowledged, 0],
    ];
    for (const [what, prepare, data, times] of cases) {
      prepare();
      const run = await begin();
      dispatchEvent(new MessageEvent('message', { data, origin: location.origin }));
      await time.advance(300);
      expect([closed, run.said], what).to.deep.equal([times, ['done']]);
      run.radio.close();
      setOpener(null);
      around.session.removeItem(attemptKey(channel));
      closed = 0;
    }
  });

  it('grows patient when nobody answers, then leaves it at that [F18]', async () => {
    const run = await begin();
    await time.advance(8 * 300);
    expect(run.said).to.deep.equal(['return']);
    expect(run.hasOnward(), 'nothing is known here to continue with').to.equal(false);
    await time.advance(9 * 60_000);
    expect(time.pending).to.equal(1);
    await time.advance(2 * 60_000);
    expect([time.pending, run.said]).to.deep.equal([0, ['return']]);
    run.radio.close();
    expect(Object.keys(around.local), 'of an attempt that nobody knows here nothing is kept').to.deep.equal([]);
  });

  for (const shelf of ['session', 'local'] as const)
    it(`leaves its answer for an attempt that the ${shelf} storage knows [F18]`, async () => {
      keep({ mode: 'popup' }, around[shelf]);
      const run = await begin();
      await time.advance(10 * 60_000);
      run.radio.close();
      expect(JSON.parse(around.local.getItem(mailboxKey(channel)) ?? 'null')).to.deep.include(answerOf(query));
    });

  describe('continues in this window', () => {
    const mailHere = () => JSON.parse(around.session.getItem(mailboxKey(channel)) ?? 'null') as unknown;

    it('where a magic link opened it and the visitor wants to', async () => {
      keep({ mode: 'popup', returnTo: `${location.pathname}#there` }, around.local);
      history.replaceState(null, '', location.pathname);
      const run = await begin();
      await time.advance(8 * 300);
      expect(mailHere()).to.equal(null);
      run.go();
      expect(mailHere()).to.deep.equal({ ...answerOf(query), createdAt: Date.now() });
      expect(around.session.getItem(attemptKey(channel)), 'with what is needed to redeem it').to.equal(around.local.getItem(attemptKey(channel)));
      expect([run.said.at(-1), location.hash]).to.deep.equal(['idle', '#there']);
      run.radio.close();
    });

    it('at once where the whole page had gone, at the very place, and tells no other window', async () => {
      keep({ mode: 'redirect', returnTo: `${location.pathname}#there` });
      // The answer has been taken out of the address, and with it all of the query.
      history.replaceState(null, '', location.pathname);
      const run = await begin();
      await settled();
      expect([run.said, run.heard]).to.deep.equal([['idle'], []]);
      expect(location.href).to.equal(`${location.origin}${location.pathname}#there`);
      expect(mailHere()).not.to.equal(null);
      run.radio.close();
      expect([around.left, time.pending]).to.deep.equal([0, 0]);
    });

    it('also where two slashes begin its path', async () => {
      keep({ mode: 'redirect', returnTo: `${location.origin}//there#spot` });
      history.replaceState(null, '', `${location.origin}//there`);
      const run = await begin();
      await settled();
      expect([run.said, location.href]).to.deep.equal([['idle'], `${location.origin}//there#spot`]);
      expect(mailHere()).not.to.equal(null);
      run.radio.close();
    });

    for (const returnTo of ['https://evil.example/', '//evil.example/', 'javascript:alert(1)', 'data:text/html,x', '\\\\evil.example', `${location.origin}.evil.example`.replace(/^/, 'https://x@')])
      it(`never at ${returnTo} [T12]`, async () => {
        keep({ mode: 'redirect', returnTo });
        const run = await begin();
        await time.advance(1000);
        expect(run.said).to.deep.equal(['idle']);
        expect([mailHere(), location.href, Object.keys(around.local)]).to.deep.equal([null, here, []]);
        run.radio.close();
      });
  });

  it('does without storage and without channels [F8, T16]', async () => {
    around.blockStorage();
    const counted = globalThis.BroadcastChannel;
    const posted: unknown[] = [];
    setOpener({ postMessage: (data: unknown) => posted.push(data) });
    Object.assign(globalThis, { BroadcastChannel: undefined });
    const said: string[] = [];
    try {
      await land(query, (what) => said.push(what));
      await time.advance(2 * 300);
      dispatchEvent(new MessageEvent('message', { data: acknowledged, origin: location.origin }));
      await time.advance(300);
    } finally {
      globalThis.BroadcastChannel = counted;
    }
    expect([said, posted.length, closed]).to.deep.equal([['done'], 3, 1]);
  });
});
