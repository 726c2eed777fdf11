import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import type { Tokens } from '../../src/core/nouns.js';
import { createVault } from '../../src/oauth/vault.js';
import type { VaultOptions } from '../../src/oauth/vault.js';
import { installFakeTime } from '../core/fake-time.js';
import type { FakeTime } from '../core/fake-time.js';
import { settled } from '../sync/fake-clock.js';
import { surround, until } from './surroundings.js';
import type { Surroundings } from './surroundings.js';

describe('oauth/vault', () => {
  let around: Surroundings;
  let time: FakeTime;
  let key: string;
  const { signal } = new AbortController();

  beforeEach(() => {
    around = surround();
    time = installFakeTime();
    // Locks are the origin's, and other files run beside this one.
    key = `vault-${Math.random()}@a.example`;
  });
  afterEach(() => {
    time.restore();
    around.restore();
  });

  const tokensOf = (accessToken: string, livesMs: number | null = 900_000, refreshToken?: string): Tokens => ({
    ...{ accessToken, tokenType: 'Bearer', expiresAt: livesMs === null ? null : Date.now() + livesMs, scope: 'profile' },
    ...(refreshToken ? { refreshToken } : {}),
  });

  function create(persist: VaultOptions['persist'] = 'memory') {
    const renewals: { held: Tokens; resolve: (tokens: Tokens) => void; reject: (error: unknown) => void }[] = [];
    const told: string[] = [];
    const vault = createVault({
      key,
      persist,
      renew: (held) => new Promise((resolve, reject) => renewals.push({ held, resolve, reject })),
      onTokens: ({ accessToken }, reason) => told.push(`${reason} ${accessToken}`),
      onForgotten: () => told.push('forgotten'),
    });
    return { vault, renewals, told };
  }
  const name = () => `wc1:t:${key}`;
  const otherTab = () => dispatchEvent(new StorageEvent('storage', { key: name() }));
  const caught = (promise: Promise<unknown>): Promise<unknown> => promise.then(() => null, (error: unknown) => error);

  describe('keeps', () => {
    it('nothing outside of memory unless asked', () => {
      create('memory').vault.keep(tokensOf('canary', 1, 'r'), ['wahoo']);
      expect([...Object.keys(around.local), ...Object.keys(around.session), around.left]).to.deep.equal([0]);
    });

    for (const persist of ['session', 'local'] as const)
      it(`one entry in ${persist} storage, and takes it up again`, async () => {
        const one = create(persist);
        one.vault.keep(tokensOf('canary', 900_000, 'r'), ['wahoo', 'garmin_connect']);
        const [mine, other] = persist === 'session' ? [around.session, around.local] : [around.local, around.session];
        expect([Object.keys(mine), Object.keys(other)]).to.deep.equal([[name()], []]);
        const next = create(persist);
        expect(await next.vault.restore()).to.deep.equal(one.vault.held);
        expect(next.vault.asked).to.deep.equal(['wahoo', 'garmin_connect']);
        expect(next.told, 'the session tells it, not the vault').to.deep.equal([]);
        next.vault.forget();
        expect([Object.keys(mine), next.vault.held, next.vault.asked]).to.deep.equal([[], null, []]);
        one.vault.forget();
        expect(around.left).to.equal(0);
      });

    it('on where storage throws', async () => {
      around.blockStorage();
      const { vault } = create('local');
      expect(await vault.restore()).to.equal(null);
      vault.keep(tokensOf('t'), []);
      expect((await vault.fresh(signal)).accessToken).to.equal('t');
      vault.forget();
    });
  });

  describe('restores', () => {
    const broken: Record<string, string> = {
      'no JSON': '{',
      'null': 'null',
      'another version': JSON.stringify({ v: 2, tokens: { accessToken: 't', expiresAt: null }, asked: [] }),
      'no tokens': JSON.stringify({ v: 1 }),
      'an odd token': JSON.stringify({ v: 1, tokens: { accessToken: 5, expiresAt: null } }),
      'an odd time': JSON.stringify({ v: 1, tokens: { accessToken: 't', expiresAt: 'soon' } }),
    };
    for (const [what, text] of Object.entries(broken))
      it(`nothing of ${what}`, async () => {
        around.local.setItem(name(), text);
        expect(await create('local').vault.restore()).to.equal(null);
      });

    it('nothing that is over and cannot be renewed, and drops it', async () => {
      around.local.setItem(name(), JSON.stringify({ v: 1, tokens: tokensOf('t', 20_000), asked: [] }));
      expect(await create('local').vault.restore()).to.equal(null);
      expect(Object.keys(around.local)).to.deep.equal([]);
    });

    it('what is over, renewed', async () => {
      around.local.setItem(name(), JSON.stringify({ v: 1, tokens: tokensOf('old', 0, 'r1'), asked: ['wahoo', 5] }));
      const { vault, renewals, told } = create('local');
      const restored = vault.restore();
      await until(() => renewals.length);
      renewals[0]?.resolve(tokensOf('new', 900_000, 'r2'));
      expect(await restored).to.include({ accessToken: 'new' });
      expect(vault.asked).to.deep.equal(['wahoo']);
      expect(around.local.getItem(name())).to.contain('r2').and.not.contain('"r1"');
      expect(told).to.deep.equal([]);
      vault.forget();
    });

    it('with one request, however many tabs are opened at once', async () => {
      around.local.setItem(name(), JSON.stringify({ v: 1, tokens: tokensOf('old', 0, 'r1'), asked: [] }));
      const tabs = [create('local'), create('local'), create('local')];
      const restored = tabs.map(({ vault }) => vault.restore());
      await until(() => tabs.some(({ renewals }) => renewals.length));
      tabs.forEach(({ renewals }) => renewals[0]?.resolve(tokensOf('new', 900_000, 'r2')));
      for (const tokens of await Promise.all(restored)) expect(tokens).to.include({ accessToken: 'new', refreshToken: 'r2' });
      expect(tabs.map(({ renewals }) => renewals.length).sort()).to.deep.equal([0, 0, 1]);
      tabs.forEach(({ vault }) => vault.forget());
    });

    it('nothing that is refused, for good; and later what only failed to arrive', async () => {
      for (const [code, left] of [['session_expired', 0], ['network', 1], ['platform_error', 1]] as const) {
        around.local.setItem(name(), JSON.stringify({ v: 1, tokens: tokensOf('old', 0, 'r1'), asked: [] }));
        const { vault, renewals } = create('local');
        const restored = vault.restore();
        await until(() => renewals.length);
        renewals[0]?.reject(new ConnectError(code, 'No.'));
        expect([await restored, Object.keys(around.local).length], code).to.deep.equal([null, left]);
      }
    });
  });

  describe('gives a fresh token', () => {
    it('the one it has, until twenty seconds before its end', async () => {
      const { vault, renewals } = create();
      vault.keep(tokensOf('t', 60_000, 'r'), []);
      await time.advance(39_999);
      expect((await vault.fresh(signal)).accessToken).to.equal('t');
      await time.advance(1);
      const fresh = vault.fresh(signal);
      await until(() => renewals.length);
      renewals[0]?.resolve(tokensOf('t2', 60_000, 'r'));
      expect((await fresh).accessToken).to.equal('t2');
      const endless = create();
      endless.vault.keep(tokensOf('t', null), []);
      await time.advance(1e12);
      expect((await endless.vault.fresh(signal)).accessToken, 'no end was named').to.equal('t');
    });

    it('with one request for ten callers, told once', async () => {
      const { vault, renewals, told } = create('session');
      vault.keep(tokensOf('t', 0, 'r'), ['wahoo']);
      const fresh = Promise.all(Array.from({ length: 10 }, () => vault.fresh(signal)));
      await until(() => renewals.length);
      await settled();
      expect(renewals.length).to.equal(1);
      renewals[0]?.resolve(tokensOf('t2'));
      expect(new Set((await fresh).map(({ accessToken }) => accessToken))).to.deep.equal(new Set(['t2']));
      expect(told).to.deep.equal(['refreshed t2']);
      expect(vault.asked).to.deep.equal(['wahoo']);
    });

    it('with one request for two tabs, by the lock', async () => {
      const [one, two] = [create('local'), create('local')];
      const old = tokensOf('old', 0, 'r1');
      one.vault.keep(old, []);
      two.vault.keep(old, []);
      const fresh = [one.vault.fresh(signal), two.vault.fresh(signal)];
      await until(() => one.renewals.length + two.renewals.length);
      for (let turn = 0; turn < 50; turn++) await settled();
      expect(one.renewals.length + two.renewals.length).to.equal(1);
      [...one.renewals, ...two.renewals][0]?.resolve(tokensOf('new', 900_000, 'r2'));
      for (const tokens of await Promise.all(fresh)) expect(tokens).to.include({ accessToken: 'new', refreshToken: 'r2' });
      expect(one.renewals.length + two.renewals.length).to.equal(1);
      expect([one.told, two.told]).to.deep.equal([['refreshed new'], ['refreshed new']]);
      one.vault.forget();
      two.vault.forget();
    });

    it('also where locks are not to be had', async () => {
      for (const get of [() => undefined, () => { throw new DOMException('Blocked.', 'SecurityError'); }]) {
        Object.defineProperty(navigator, 'locks', { configurable: true, get });
        try {
          const { vault, renewals } = create('local');
          vault.keep(tokensOf('t', 0, 'r'), []);
          const fresh = vault.fresh(signal);
          await until(() => renewals.length);
          renewals[0]?.resolve(tokensOf('t2'));
          expect((await fresh).accessToken).to.equal('t2');
          vault.forget();
        } finally {
          Reflect.deleteProperty(navigator, 'locks');
        }
      }
    });

    it('even where a lock is never given back', async () => {
      const { timeout } = AbortSignal;
      const patience = new AbortController();
      AbortSignal.timeout = (ms) => (ms === 5000 ? patience.signal : timeout.call(AbortSignal, ms));
      let release = (): void => {};
      const held = navigator.locks.request(`${name()}:renewal`, () => new Promise<void>((resolve) => (release = resolve)));
      try {
        const { vault, renewals } = create('local');
        vault.keep(tokensOf('t', 0, 'r'), []);
        const fresh = vault.fresh(signal);
        for (let turn = 0; turn < 50; turn++) await settled();
        expect(renewals.length).to.equal(0);
        patience.abort(new DOMException('Five seconds.', 'TimeoutError'));
        await until(() => renewals.length);
        renewals[0]?.resolve(tokensOf('t2'));
        expect((await fresh).accessToken).to.equal('t2');
        vault.forget();
      } finally {
        AbortSignal.timeout = timeout;
        release();
        await held;
      }
    });

    it('when forced, though the one it has looks young', async () => {
      const { vault, renewals } = create();
      vault.keep(tokensOf('t', 900_000, 'r'), []);
      const fresh = vault.fresh(signal, true);
      await until(() => renewals.length);
      renewals[0]?.resolve(tokensOf('t2'));
      expect((await fresh).accessToken).to.equal('t2');
    });

    it('or says session_expired: nobody there, nothing to renew with, or refused', async () => {
      const { vault, renewals } = create();
      expect(await caught(vault.fresh(signal))).to.include({ code: 'session_expired' });
      vault.keep(tokensOf('t', 0), []);
      expect(await caught(vault.fresh(signal))).to.include({ code: 'session_expired' });
      vault.keep(tokensOf('t', 0, 'r'), []);
      const refused = new ConnectError('session_expired', 'Used up.');
      const fresh = caught(vault.fresh(signal));
      await until(() => renewals.length);
      renewals[0]?.reject(refused);
      expect(await fresh).to.equal(refused);
      const again = vault.fresh(signal);
      await until(() => renewals.length === 2);
      renewals[1]?.resolve(tokensOf('t2'));
      expect((await again).accessToken, 'a failure is not remembered').to.equal('t2');
    });

    it('not to who has given up waiting, though it is kept', async () => {
      const { vault, renewals } = create();
      vault.keep(tokensOf('t', 0, 'r'), []);
      const mine = new AbortController();
      const fresh = caught(vault.fresh(mine.signal));
      await until(() => renewals.length);
      mine.abort('gone');
      renewals[0]?.resolve(tokensOf('t2', 900_000, 'r2'));
      expect([await fresh, vault.held?.accessToken]).to.deep.equal(['gone', 't2']);
    });
  });

  it('does not sign in again who signed out while a renewal was on its way', async () => {
    for (const then of ['nobody', 'somebody else']) {
      const { vault, renewals, told } = create('local');
      vault.keep(tokensOf('t', 0, 'r'), []);
      const fresh = caught(vault.fresh(signal));
      await until(() => renewals.length);
      vault.forget();
      if (then === 'somebody else') vault.keep(tokensOf('other'), []);
      renewals[0]?.resolve(tokensOf('t2', 900_000, 'r2'));
      const error = await fresh;
      if (then === 'nobody') expect(error).to.include({ code: 'session_expired' });
      expect([vault.held?.accessToken, told]).to.deep.equal([then === 'nobody' ? undefined : 'other', []]);
      expect(around.local.getItem(name()) ?? '').not.to.contain('t2');
      vault.forget();
    }
  });

  describe('hears another tab', () => {
    it('sign out', () => {
      for (const event of [() => otherTab(), () => dispatchEvent(new StorageEvent('storage', { key: null }))]) {
        const { vault, told } = create('local');
        vault.keep(tokensOf('t'), []);
        around.local.removeItem(name());
        event();
        event();
        expect([vault.held, told, around.left]).to.deep.equal([null, ['forgotten'], 0]);
      }
    });

    it('renew, and takes it over', () => {
      const { vault, told } = create('local');
      vault.keep(tokensOf('t'), []);
      otherTab();
      expect(told, 'nothing new').to.deep.equal([]);
      around.local.setItem(name(), JSON.stringify({ v: 1, tokens: tokensOf('theirs'), asked: ['wahoo'] }));
      dispatchEvent(new StorageEvent('storage', { key: 'something else' }));
      expect(told).to.deep.equal([]);
      otherTab();
      expect([vault.held?.accessToken, vault.asked, told]).to.deep.equal(['theirs', ['wahoo'], ['refreshed theirs']]);
      vault.forget();
      expect(around.left).to.equal(0);
    });

    it('only where storage is shared', () => {
      for (const persist of ['memory', 'session'] as const) {
        create(persist).vault.keep(tokensOf('t'), []);
        expect(around.left, persist).to.equal(0);
      }
    });
  });
});
