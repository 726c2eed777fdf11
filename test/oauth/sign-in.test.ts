import { expect } from '@open-wc/testing';
import { ConnectError, paused } from '../../src/core/errors.js';
import type { Answered } from '../../src/oauth/sign-in.js';
import { settled } from '../sync/fake-clock.js';
import { looking, useSignIn } from './sign-in-rig.js';
import { until } from './surroundings.js';

describe('oauth/sign-in', () => {
  const rig = useSignIn();
  const { create, options, begin, stateIn, answer, last } = rig;

  it('opens the final address as the very first thing of a click [A1]', async () => {
    const signIn = create();
    await signIn.prepare();
    const before: string[] = [];
    const undo: (() => void)[] = [];
    const spy = (target: object, name: string, label = name): void => {
      const real = Object.getOwnPropertyDescriptor(target, name) as PropertyDescriptor;
      const call = real.value as (...args: unknown[]) => unknown;
      const value = function (this: unknown, ...args: unknown[]): unknown {
        before.push(label);
        return call.apply(this, args);
      };
      Object.defineProperty(target, name, { ...real, value });
      undo.push(() => Object.defineProperty(target, name, real));
    };
    for (const name of ['setTimeout', 'setInterval', 'queueMicrotask', 'fetch', 'addEventListener', 'open']) spy(globalThis, name);
    for (const name of ['getItem', 'setItem', 'removeItem']) spy(Object.getPrototypeOf(rig.around.local) as object, name, 'storage');
    spy(Promise.prototype, 'then');
    spy(SubtleCrypto.prototype, 'digest');
    spy(Object.getPrototypeOf(BroadcastChannel.prototype) as object, 'postMessage');
    spy(MessagePort.prototype, 'postMessage');
    try {
      void signIn.authorize('wahoo', options().how).catch(() => {});
    } finally {
      undo.forEach((back) => back());
    }
    expect(before[0]).to.equal('open');
    expect(before, 'the spies do hear').to.include.members(['open', 'then', 'storage', 'setTimeout', 'addEventListener', 'digest']);
    expect(last()?.url).to.match(/^https:\/\/a\.example\/authorize\?state=wc1\.[\w-]{40,}&challenge=[\w-]{43}&source=wahoo$/);
  });

  it('answers with the attempt and the raw query; then nothing of it is left', async () => {
    const opened: string[] = [];
    const signIn = create({ onOpened: (url) => opened.push(url) });
    await signIn.prepare();
    const run = options();
    const { heard, done } = begin(signIn, run);
    expect(Object.keys(rig.around.session)).to.deep.equal(Object.keys(rig.around.local));
    expect(Object.keys(rig.around.session)).to.have.length(1);
    expect(opened).to.deep.equal([last()?.url]);
    const state = stateIn(last()?.url);
    answer(`?code=x&state=${state}`);
    await done;
    const { attempt, query } = heard[0] as Answered;
    expect(query).to.equal(`?code=x&state=${state}`);
    expect(attempt).to.include({ id: 'a1', source: 'wahoo', state, mode: 'popup', issuer: 'https://a.example', clientId: 'c', returnTo: location.href });
    expect(last()?.handle?.closed, 'our window is closed').to.equal(true);
    expect([...Object.keys(rig.around.local), ...Object.keys(rig.around.session)]).to.deep.equal([]);
    expect([rig.around.left, rig.time.pending]).to.deep.equal([0, 0]);
  });

  it('has another proof for each attempt', async () => {
    const signIn = create();
    await signIn.prepare();
    for (const id of ['a1', 'a2', 'a3']) {
      void begin(signIn, options(id));
      await signIn.prepare();
    }
    expect(new Set(rig.windows.opened.map(({ url }) => stateIn(url))).size).to.equal(3);
    expect(new Set(rig.windows.opened.map(({ name }) => name)).size, 'nor is a window taken from another').to.equal(3);
  });

  it('makes a fresh proof of one that is ten minutes old', async () => {
    const urls: string[] = [];
    const signIn = create({ urlFor: ({ state }) => (urls.push(state), `https://a.example/?state=${state}`) });
    await signIn.prepare();
    await rig.time.advance(600_000);
    const run = begin(signIn, options());
    expect(last()?.url, 'too old to be used, and none other there').to.equal('about:blank');
    await until(() => last()?.handle?.location.href !== 'about:blank');
    expect(stateIn(last()?.handle?.location.href)).to.equal(urls[0]);
    expect([urls.length, run.heard]).to.deep.equal([1, []]);
  });

  it('closes the blank window where it was given up before an address was there', async () => {
    const run = options();
    const { done, heard } = begin(create(), run);
    expect(last()?.url).to.equal('about:blank');
    run.life.abort('no more');
    await done;
    expect([heard, last()?.handle?.closed]).to.deep.equal([['no more'], true]);
    expect([rig.around.left, rig.time.pending]).to.deep.equal([0, 0]);
  });

  describe('a blocked window [F6]', () => {
    it('is an error where only a window will do', async () => {
      for (const how of ['null', 'undefined', 'throws'] as const) {
        rig.windows.answer = how;
        const signIn = create({ popupOnly: true });
        await signIn.prepare();
        const { heard, done } = begin(signIn, options());
        await done;
        expect(heard[0], how).to.be.instanceOf(ConnectError).with.property('code', 'popup_blocked');
        expect([...Object.keys(rig.around.local), rig.around.left, rig.time.pending], how).to.deep.equal([0, 0]);
      }
    });

    it('is said, and can be tried again by its own click', async () => {
      rig.windows.answer = 'null';
      const signIn = create();
      await signIn.prepare();
      const run = options();
      const { heard, done } = begin(signIn, run);
      expect(run.sights).to.deep.equal(['blocked']);
      run.show();
      rig.windows.answer = 'window';
      run.show();
      expect(run.sights).to.deep.equal(['blocked', 'blocked', 'open']);
      expect(new Set(rig.windows.opened.map(({ url }) => url)).size, 'one and the same address').to.equal(1);
      answer(`code=x&state=${stateIn(last()?.url)}`);
      await done;
      expect(heard).to.have.length(1);
      expect([rig.around.left, rig.time.pending]).to.deep.equal([0, 0]);
    });
  });

  it('brings an open window to the front, and opens a closed one again', async () => {
    const signIn = create();
    await signIn.prepare();
    const run = options();
    void begin(signIn, run);
    run.show();
    expect([last()?.handle?.focused, rig.windows.opened.length]).to.deep.equal([1, 1]);
    last()?.handle?.close();
    run.show();
    expect(rig.windows.opened.length).to.equal(2);
    expect(run.sights.at(-1)).to.equal('open');
  });

  it('leaves a fresh window alone when the old try for the same attempt ends', async () => {
    const signIn = create();
    await signIn.prepare();
    const first = options();
    const before = begin(signIn, first);
    await signIn.prepare();
    first.life.abort('again');
    const second = options();
    const after = begin(signIn, second);
    await before.done;
    expect(rig.windows.opened.map(({ handle }) => handle?.closed)).to.deep.equal([true, false]);
    expect(rig.windows.opened[0]?.name, 'browsers give the same window for the same name').not.to.equal(rig.windows.opened[1]?.name);
    answer(`code=x&state=${stateIn(rig.windows.opened[0]?.url)}`);
    await settled();
    expect(after.heard, 'the old one’s answer is not the new one’s').to.deep.equal([]);
    second.life.abort(paused);
    await after.done;
    const resumed = options('a1', 'resume');
    void begin(signIn, resumed);
    expect(resumed.sights, 'it is still known').to.deep.equal(['open']);
  });

  it('drops everything when it is given up, and nothing when it is only paused', async () => {
    for (const reason of ['no more', paused]) {
      const signIn = create();
      await signIn.prepare();
      const run = options();
      const { done } = begin(signIn, run);
      run.life.abort(reason);
      expect(signIn.pending(looking) === null, `${reason}, in the same task`).to.equal(reason !== paused);
      await done;
      expect(Object.keys(rig.around.local).length, reason).to.equal(reason === paused ? 1 : 0);
      expect(last()?.handle?.closed, reason).to.equal(reason !== paused);
      expect([rig.around.left, rig.time.pending], reason).to.deep.equal([0, 0]);
    }
  });

  it('goes with the whole page in redirect mode, and takes a return without an answer for a no', async () => {
    const hash = location.hash;
    const signIn = create({ urlFor: ({ state }) => `${location.origin}${location.pathname}${location.search}#${state}` });
    await signIn.prepare();
    const run = options('a1', 'redirect');
    const { heard } = begin(signIn, run);
    await until(() => location.hash.startsWith('#wc1.'));
    history.replaceState(null, '', location.pathname + location.search + hash);
    expect([rig.windows.opened, run.sights]).to.deep.equal([[], ['open']]);
    expect(JSON.parse(String(Object.values(rig.around.session)[0]))).to.include({ mode: 'redirect' });
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
    expect(run.sights).to.deep.equal(['open']);
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect([run.sights, heard]).to.deep.equal([['open', 'closed'], []]);
    expect(create().pending(looking), 'nor is it resumed').to.equal(null);
    expect(Object.keys(rig.around.session)).to.deep.equal([]);
  });

  it('never opens a window for an attempt that took the whole page', async () => {
    const hash = location.hash;
    const signIn = create({ urlFor: ({ state }) => `${location.origin}${location.pathname}${location.search}#${state}` });
    await signIn.prepare();
    const run = options('a1', 'redirect');
    void begin(signIn, run);
    await until(() => location.hash.startsWith('#wc1.'));
    history.replaceState(null, '', location.pathname + location.search + hash);
    run.show();
    expect([rig.windows.opened.length, location.hash.startsWith('#wc1.')]).to.deep.equal([0, true]);
    history.replaceState(null, '', location.pathname + location.search + hash);
  });

  it('has heard of a refusal before it opens a window: Firefox goes on with other things while it does', async () => {
    const order: string[] = [];
    const refused: Promise<string> = Promise.reject(new ConnectError('misconfigured', 'No.'));
    const { then } = refused;
    refused.then = ((...given: Parameters<typeof then>) => {
      order.push('heard');
      return then.apply(refused, given);
    }) as typeof then;
    const signIn = create({ urlFor: () => refused });
    await signIn.prepare();
    const { open } = globalThis;
    globalThis.open = (...given) => {
      order.push('opened');
      return open(...given);
    };
    const { heard, done } = begin(signIn, options());
    await done;
    expect(order.slice(0, 2)).to.deep.equal(['heard', 'opened']);
    expect(heard[0]).to.have.property('code', 'misconfigured');
  });

  it('refuses to begin where there is no crypto.subtle [F9]', async () => {
    Object.defineProperty(crypto, 'subtle', { configurable: true, get: () => undefined });
    try {
      const error: unknown = await create().prepare().catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(ConnectError).with.property('code', 'unsupported');
    } finally {
      Reflect.deleteProperty(crypto, 'subtle');
    }
  });
});
