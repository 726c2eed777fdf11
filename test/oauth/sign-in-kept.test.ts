import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import { settled } from '../sync/fake-clock.js';
import { useSignIn } from './sign-in-rig.js';
import { MemoryStorage, until } from './surroundings.js';

describe('oauth/sign-in, in this tab, where nothing can be kept [F8]', () => {
  const rig = useSignIn();
  const { create, options, begin, kept } = rig;
  const undo: (() => void)[] = [];
  afterEach(() => undo.splice(0).forEach((back) => back()));

  const replace = (target: object, name: string, descriptor: PropertyDescriptor): void => {
    const before = Object.getOwnPropertyDescriptor(target, name);
    Object.defineProperty(target, name, { configurable: true, ...descriptor });
    undo.unshift(() => (before ? Object.defineProperty(target, name, before) : Reflect.deleteProperty(target, name)));
  };
  const no = (name: string) => (): never => {
    throw new DOMException('No.', name);
  };
  const losses: Record<string, () => void> = {
    'sessionStorage throws': () => replace(globalThis, 'sessionStorage', { get: no('SecurityError') }),
    'sessionStorage is null, as in some web views': () => replace(globalThis, 'sessionStorage', { get: () => null }),
    'sessionStorage is full': () => replace(rig.around.session, 'setItem', { value: no('QuotaExceededError') }),
    'both are full': () => replace(MemoryStorage.prototype, 'setItem', { value: no('QuotaExceededError') }),
    'writing says nothing and does nothing': () => replace(rig.around.session, 'setItem', { value: () => {} }),
  };

  for (const [what, lose] of Object.entries(losses))
    for (const prepared of [true, false])
      it(`${what}${prepared ? '' : ', and nothing was prepared'}: it says so before the page is left, and nothing stays`, async () => {
        lose();
        const before = location.href;
        const opened: string[] = [];
        const signIn = create({ urlFor: ({ state }) => `${location.origin}${location.pathname}${location.search}#${state}`, onOpened: (url) => opened.push(url) });
        if (prepared) await signIn.prepare();
        const { heard } = begin(signIn, options('a1', 'redirect'));
        await until(() => heard.length || opened.length);
        for (let turn = 0; turn < 20; turn++) await settled();
        const left = location.href;
        history.replaceState(null, '', before);
        expect([left, opened.length, rig.windows.opened.length], 'nobody went anywhere').to.deep.equal([before, 0, 0]);
        expect(heard[0]).to.be.instanceOf(ConnectError).with.property('code', 'unsupported');
        undo.splice(0).forEach((back) => back());
        expect([kept().filter((key) => !(key in MemoryStorage.prototype)), rig.around.left, rig.time.pending]).to.deep.equal([[], 0, 0]);
        const again = begin(signIn, options('a1', 'resume'));
        await again.done;
        expect(again.heard[0], 'nor is it known any more').to.have.property('code', 'timeout');
      });

  it('a window needs none of it', async () => {
    losses['both are full']?.();
    const signIn = create();
    await signIn.prepare();
    const run = options();
    const { heard, done } = begin(signIn, run);
    expect([run.sights, rig.windows.opened.length]).to.deep.equal([['open'], 1]);
    rig.answer(`code=x&state=${rig.stateIn(rig.last()?.url)}`);
    await done;
    expect(heard[0]).to.have.property('query');
    expect([rig.around.left, rig.time.pending]).to.deep.equal([0, 0]);
  });
});
