import { expect } from '@open-wc/testing';
import { waitForAnswer } from '../../src/oauth/answer.js';
import type { Attempt } from '../../src/oauth/attempt.js';
import { acknowledged, answerOf, channelOf, cut, mailboxKey } from '../../src/oauth/protocol.js';
import { installFakeTime } from '../core/fake-time.js';
import type { FakeTime } from '../core/fake-time.js';
import { settled } from '../sync/fake-clock.js';
import { countListeners } from '../sync/count-listeners.js';
import { forbidChannels, surround, until } from './surroundings.js';
import type { Surroundings } from './surroundings.js';

describe('oauth/answer', () => {
  let around: Surroundings;
  let time: FakeTime;
  let attempt: Attempt;
  let query: string;
  let number = 0;

  beforeEach(async () => {
    around = surround();
    time = installFakeTime();
    const state = `wc1.answer-${++number}-${Math.random()}`;
    query = `code=secret&state=${state}`;
    attempt = {
      ...{ v: 1, id: 'a1', channel: await channelOf(state), source: null, state, nonce: 'n', verifier: 'v', issuer: 'https://a.example', clientId: 'c' },
      ...{ redirectUri: `${location.origin}/cb.html`, mode: 'popup', returnTo: '/', url: 'https://a.example/', createdAt: Date.now() },
    };
  });
  afterEach(() => {
    time.restore();
    around.restore();
  });

  function wait() {
    const controller = new AbortController();
    const onSignal = countListeners(controller.signal);
    const heard: unknown[] = [];
    const done = waitForAnswer(attempt, controller.signal).then((answer) => void heard.push(answer), (error: unknown) => void heard.push(error));
    return {
      controller,
      heard,
      done,
      /** Everything it set up is gone. */
      over() {
        expect(around.left, 'listeners and channels').to.equal(0);
        expect(time.pending, 'timers').to.equal(0);
        expect(onSignal.count, 'on the signal').to.equal(0);
      },
    };
  }
  const message = (data: unknown, more: MessageEventInit = {}) => dispatchEvent(new MessageEvent('message', { data, origin: location.origin, ...more }));
  const mail = () => around.local.setItem(mailboxKey(attempt.channel), JSON.stringify({ ...answerOf(query), createdAt: Date.now() }));

  it('sets up everything that is later gone', async () => {
    const run = wait();
    expect([around.left > 4, time.pending]).to.deep.equal([true, 2]);
    run.controller.abort('paused');
    await run.done;
    expect(run.heard).to.deep.equal(['paused']);
    run.over();
  });

  describe('comes', () => {
    it('by the channel, and is acknowledged there [T15]', async () => {
      const run = wait();
      const landing = new BroadcastChannel(attempt.channel);
      const acks: unknown[] = [];
      landing.onmessage = ({ data }) => acks.push(data);
      landing.postMessage(answerOf(query));
      await until(() => run.heard.length && acks.length);
      landing.close();
      expect([run.heard, acks]).to.deep.equal([[query], [acknowledged]]);
      run.over();
    });

    it('from a window that COOP has cut off, which is told that it may close [T15]', async () => {
      const landing = new BroadcastChannel(attempt.channel);
      const acks: unknown[] = [];
      landing.onmessage = ({ data }) => acks.push(data);
      const controller = new AbortController();
      const heard = waitForAnswer(attempt, controller.signal, () => true);
      landing.postMessage(answerOf(query));
      expect(await heard).to.equal(query);
      await until(() => acks.length > 0);
      landing.close();
      expect(acks).to.deep.equal([acknowledged + cut]);
    });

    it('by the opener’s message, and is acknowledged to that window and on the channel', async () => {
      const run = wait();
      const frame = document.body.appendChild(document.createElement('iframe'));
      const acks: unknown[] = [];
      (frame.contentWindow as Window).addEventListener('message', ({ data }) => acks.push(data));
      const landing = new BroadcastChannel(attempt.channel);
      landing.onmessage = ({ data }) => acks.push(data);
      message(answerOf(query), { source: frame.contentWindow });
      await until(() => acks.length > 1);
      landing.close();
      frame.remove();
      expect([run.heard, acks]).to.deep.equal([[query], [acknowledged, acknowledged]]);
      run.over();
    });

    it('from a window that COOP has cut: there is no source to answer', async () => {
      const run = wait();
      message(answerOf(query), { source: null });
      await run.done;
      expect(run.heard).to.deep.equal([query]);
      run.over();
    });

    it('by mail that waited already', async () => {
      mail();
      const run = wait();
      await run.done;
      expect(run.heard).to.deep.equal([query]);
      run.over();
    });

    const looks: Record<string, () => unknown> = {
      'a storage event': () => dispatchEvent(new StorageEvent('storage', { key: mailboxKey(attempt.channel) })),
      'the focus': () => dispatchEvent(new Event('focus')),
      'a return from the bfcache': () => dispatchEvent(new Event('pageshow')),
      'the page becoming visible': () => document.dispatchEvent(new Event('visibilitychange')),
      'a second that passed': () => time.advance(1000),
    };
    for (const [what, act] of Object.entries(looks))
      it(`by mail, found by ${what}`, async () => {
        const run = wait();
        mail();
        await settled();
        expect(run.heard).to.deep.equal([]);
        await act();
        await run.done;
        expect(run.heard).to.deep.equal([query]);
        run.over();
      });

    it('once, whatever comes after [F13, F18, T5]', async () => {
      const run = wait();
      message(answerOf(query));
      message(answerOf(`${query}&x=1`));
      mail();
      dispatchEvent(new Event('focus'));
      await run.done;
      expect(run.heard).to.deep.equal([query]);
      run.over();
    });
  });

  describe('is not taken [F13, T5, T6]', () => {
    const forged: Record<string, () => unknown> = {
      'from another origin': () => message(answerOf(query), { origin: 'https://evil.example' }),
      'from an origin that begins like ours': () => message(answerOf(query), { origin: `${location.origin}.evil.example` }),
      'from the null origin': () => message(answerOf(query), { origin: 'null' }),
      'from no origin': () => message(answerOf(query), { origin: '' }),
      'with another state': () => message(answerOf('code=x&state=wc1.other')),
      'without a state': () => message(answerOf('code=x')),
      'with our state twice': () => message(answerOf(`${query}&state=${attempt.state}`)),
      'with a token in it': () => message(answerOf(`${query}&access_token=t`)),
      'of another version': () => message({ v: 2, query }),
      'without a version': () => message({ query }),
      'of a megabyte': () => message(answerOf(`${query}&x=${'x'.repeat(1_000_000)}`)),
      'as an object': () => message({ v: 1, query: { toString: () => query } }),
      'as parameters': () => message({ v: 1, query: Object.fromEntries(new URLSearchParams(query)) }),
      'as a number': () => message({ v: 1, query: 5 }),
      'as null': () => message(null),
      'as text': () => message(query),
      'by mail to another attempt': () => around.local.setItem(mailboxKey('other'), JSON.stringify(answerOf(query))),
      'by mail that was tampered with': () => around.local.setItem(mailboxKey(attempt.channel), JSON.stringify(answerOf('code=x&state=wc1.other'))),
    };
    for (const [what, act] of Object.entries(forged))
      it(what, async () => {
        const run = wait();
        act();
        dispatchEvent(new Event('focus'));
        await time.advance(2000);
        expect(run.heard).to.deep.equal([]);
        message(answerOf(query));
        await run.done;
        expect(run.heard, 'the right one still counts').to.deep.equal([query]);
        run.over();
      });

    it('with the wrong state on the right channel [T6]', async () => {
      const run = wait();
      const landing = new BroadcastChannel(attempt.channel);
      const acks: unknown[] = [];
      landing.onmessage = ({ data }) => acks.push(data);
      landing.postMessage(answerOf('code=x&state=wc1.other'));
      landing.postMessage(answerOf(query));
      await until(() => run.heard.length && acks.length);
      landing.close();
      expect([run.heard, acks.length], 'only the right one is acknowledged').to.deep.equal([[query], 1]);
    });

    it('after it was given up [F13]', async () => {
      const run = wait();
      run.controller.abort('no more');
      message(answerOf(query));
      mail();
      await time.advance(5000);
      expect(run.heard).to.deep.equal(['no more']);
      run.over();
    });
  });

  it('is not waited for when it was given up before', async () => {
    mail();
    const controller = new AbortController();
    controller.abort('before');
    const error: unknown = await waitForAnswer(attempt, controller.signal).catch((reason: unknown) => reason);
    expect([error, around.left, time.pending]).to.deep.equal(['before', 0, 0]);
  });

  it('is waited for until the attempt is fifteen minutes old, not longer [F22]', async () => {
    await time.advance(300_000);
    const run = wait();
    await time.advance(599_999);
    expect(run.heard).to.deep.equal([]);
    await time.advance(1);
    expect(run.heard[0]).to.have.property('code', 'timeout');
    run.over();
  });

  it('comes where channels are forbidden and storage is blocked: the opener’s message is left [F8, T16]', async () => {
    around.blockStorage();
    const allow = forbidChannels();
    try {
      const run = wait();
      message(answerOf(query));
      await run.done;
      expect(run.heard).to.deep.equal([query]);
      run.over();
    } finally {
      allow();
    }
  });
});
