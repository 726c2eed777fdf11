import { expect } from '@open-wc/testing';
import { land } from '../../src/oauth/landing.js';
import { acknowledged } from '../../src/oauth/protocol.js';
import { createSignIn } from '../../src/oauth/sign-in.js';
import type { Answered } from '../../src/oauth/sign-in.js';
import { installFakeTime } from '../core/fake-time.js';
import type { FakeTime } from '../core/fake-time.js';
import { settled } from '../sync/fake-clock.js';
import { MemoryStorage, stubOpen, surround } from './surroundings.js';
import type { Surroundings } from './surroundings.js';

/** Looks at what is pending, and leaves it to others. */
const looking = AbortSignal.abort();

const blocked = (): never => {
  throw new DOMException('Access is denied for this document.', 'SecurityError');
};

/** One browser setting, one full disk, one cleaner: each takes something away, and the opener's message is always left. */
describe('oauth, where something is taken away [F8, T16]', () => {
  let around: Surroundings;
  let time: FakeTime;
  let windows: ReturnType<typeof stubOpen>;
  const undo: (() => void)[] = [];
  const { close } = globalThis;
  const opener = Object.getOwnPropertyDescriptor(globalThis, 'opener') as PropertyDescriptor;

  beforeEach(() => {
    around = surround();
    time = installFakeTime();
    windows = stubOpen();
    globalThis.close = () => {};
  });
  afterEach(() => {
    undo.splice(0).forEach((back) => back());
    globalThis.close = close;
    Object.defineProperty(globalThis, 'opener', opener);
    windows.restore();
    time.restore();
    around.restore();
  });

  const replace = (target: object, name: string, descriptor: PropertyDescriptor): void => {
    const before = Object.getOwnPropertyDescriptor(target, name);
    Object.defineProperty(target, name, { configurable: true, ...descriptor });
    undo.unshift(() => (before ? Object.defineProperty(target, name, before) : Reflect.deleteProperty(target, name)));
  };
  const full = (): never => {
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  };

  const losses: Record<string, (when: 'before' | 'during') => void> = {
    'nothing': () => {},
    'localStorage': () => replace(globalThis, 'localStorage', { get: blocked }),
    'sessionStorage': () => replace(globalThis, 'sessionStorage', { get: blocked }),
    'both storages': () => around.blockStorage(),
    'storages that are null, as in some web views': () => ['localStorage', 'sessionStorage'].forEach((name) => replace(globalThis, name, { get: () => null })),
    'reading': () => replace(MemoryStorage.prototype, 'getItem', { value: blocked }),
    'writing: the quota is exceeded': () => replace(MemoryStorage.prototype, 'setItem', { value: full }),
    'removing': () => replace(MemoryStorage.prototype, 'removeItem', { value: blocked }),
    'channels': () => replace(globalThis, 'BroadcastChannel', { value: blocked, writable: true }),
    'channels, as where they do not exist': () => replace(globalThis, 'BroadcastChannel', { value: undefined, writable: true }),
    'locks': () => replace(navigator, 'locks', { get: blocked }),
    'everything that was stored, in mid-flow': (when) => when === 'during' && [around.local, around.session].forEach((shelf) => Object.keys(shelf).forEach((key) => shelf.removeItem(key))),
  };

  async function signIn(lose: () => void): Promise<Answered> {
    const made = createSignIn({ issuer: 'https://a.example', clientId: 'c', redirectUri: `${location.origin}/cb.html`, popupOnly: false, urlFor: ({ state }) => `https://a.example/?state=${state}`, onOpened: () => {} });
    made.pending(looking);
    await made.prepare();
    const answered = made.authorize('wahoo', { attempt: 'a1', way: 'popup', signal: new AbortController().signal, onSight: () => {} });
    const state = new URL(windows.opened.at(-1)?.url ?? '').searchParams.get('state') ?? '';
    lose();
    // The window lands in this very page: its opener's message is the road that no setting closes.
    Object.defineProperty(globalThis, 'opener', { configurable: true, writable: true, value: { postMessage: (data: unknown, origin: string) => dispatchEvent(new MessageEvent('message', { data, origin })) } });
    await land(`?code=secret&state=${state}`, () => {});
    const answer = await answered;
    expect(answer.query).to.equal(`?code=secret&state=${state}`);
    dispatchEvent(new MessageEvent('message', { data: acknowledged, origin: location.origin }));
    await time.advance(300);
    return answer;
  }

  for (const [what, lose] of Object.entries(losses))
    for (const when of ['before', 'during'] as const)
      it(`signs in without ${what}, taken ${when} the attempt`, async () => {
        if (when === 'before') lose(when);
        expect((await signIn(() => when === 'during' && lose(when))).attempt).to.include({ source: 'wahoo', mode: 'popup' });
        // The proof for the next attempt is made in another thread.
        for (let turn = 0; turn < 20; turn++) await settled();
        expect([around.left, time.pending]).to.deep.equal([0, 0]);
      });

  it('leaves nothing in storage of an attempt whose mail could not be kept', async () => {
    losses['writing: the quota is exceeded']?.('before');
    await signIn(() => {});
    expect([...Object.keys(around.local), ...Object.keys(around.session)]).to.deep.equal([]);
  });
});
