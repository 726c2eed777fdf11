import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import type { Tokens } from '../../src/core/nouns.js';
import { settled } from '../sync/fake-clock.js';
import { until } from './surroundings.js';
import { useVault } from './vault-rig.js';

describe('oauth/vault, a fresh token', () => {
  const rig = useVault();
  const { signal, tokensOf, create, name, caught } = rig;

  describe('gives a fresh token', () => {
    it('the one it has, until twenty seconds before its end', async () => {
      const { vault, renewals } = create();
      vault.keep(tokensOf('t', 60_000, 'r'), []);
      await rig.time.advance(39_999);
      expect((await vault.fresh(signal)).accessToken).to.equal('t');
      await rig.time.advance(1);
      const fresh = vault.fresh(signal);
      await until(() => renewals.length);
      renewals[0]?.resolve(tokensOf('t2', 60_000, 'r'));
      expect((await fresh).accessToken).to.equal('t2');
      const endless = create();
      endless.vault.keep(tokensOf('t', null), []);
      await rig.time.advance(1e12);
      expect((await endless.vault.fresh(signal)).accessToken, 'no end was named').to.equal('t');
    });

    it('a short-lived one too, for half of its life', async () => {
      const { vault, renewals } = create();
      vault.keep(tokensOf('t', 10_000, 'r'), []);
      await rig.time.advance(4_999);
      expect((await vault.fresh(signal)).accessToken).to.equal('t');
      await rig.time.advance(1);
      void vault.fresh(signal);
      await until(() => renewals.length);
    });

    it('with one request for ten callers, told once [T20]', async () => {
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

    it('and nobody gets that of whoever was signed in before', async () => {
      const { vault, renewals, told } = create();
      vault.keep(tokensOf('alice', 60_000, 'r1'), []);
      const left = caught(vault.fresh(signal, true));
      await until(() => renewals.length);
      vault.forget();
      vault.keep(tokensOf('bob', 60_000, 'r2'), []);
      const fresh = vault.fresh(signal, true);
      await until(() => renewals.length > 1);
      renewals[0]?.resolve(tokensOf('alice 2', 60_000, 'r1'));
      renewals[1]?.resolve(tokensOf('bob 2', 60_000, 'r2'));
      expect((await fresh).accessToken).to.equal('bob 2');
      await left;
      expect([vault.held?.accessToken, told]).to.deep.equal(['bob 2', ['refreshed bob 2']]);
    });

    for (const persist of ['local', 'session'] as const)
      it(`with one request for two of them that keep in ${persist} storage, by the lock [F25, T20]`, async () => {
        const [one, two] = [create(persist), create(persist)];
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

    it('also where locks are not to be had [F8, T20]', async () => {
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

    it('even where a lock is never given back [T20]', async () => {
      const { timeout } = AbortSignal;
      const patience = new AbortController();
      AbortSignal.timeout = (ms) => (ms === 5000 ? patience.signal : timeout.call(AbortSignal, ms));
      let release: (() => void) | null = null;
      const held = navigator.locks.request(`${name()}:renewal`, () => new Promise<void>((resolve) => (release = resolve)));
      await until(() => release);
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
        (release as (() => void) | null)?.();
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

    it('or says session_expired: nobody there, nothing to renew with, or refused [F19]', async () => {
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

  describe('is waited for while what an earlier page kept is being renewed', () => {
    const put = (tokens: Tokens) => rig.around.local.setItem(name(), JSON.stringify({ v: 1, tokens, asked: ['wahoo'] }));

    /** Asked for while `restore()` waits for its renewal: whatever that one comes to is the answer. */
    async function begin() {
      put(tokensOf('old', 0, 'r1'));
      const { vault, renewals, told } = create('local');
      const restored = vault.restore();
      const answers: unknown[] = [];
      const asked = [vault.fresh(signal), vault.fresh(signal)].map((fresh) => fresh.then((tokens) => void answers.push(tokens.accessToken), (error: unknown) => void answers.push((error as ConnectError).code)));
      await until(() => renewals.length);
      for (let turn = 0; turn < 20; turn++) await settled();
      expect([answers, renewals.length], 'nobody is told before that').to.deep.equal([[], 1]);
      return { vault, renewals, told, answers, over: () => Promise.all([restored, ...asked]) };
    }

    const endings: Record<string, [end: (run: Awaited<ReturnType<typeof begin>>) => void, answer: string]> = {
      'renewed': [({ renewals }) => renewals[0]?.resolve(tokensOf('new', 900_000, 'r2')), 'new'],
      'refused for good': [({ renewals }) => renewals[0]?.reject(new ConnectError('session_expired', 'Used up.')), 'session_expired'],
      'not reached: nobody has to sign in again for that': [({ renewals }) => renewals[0]?.reject(new ConnectError('network', 'Offline.')), 'network'],
      'not reached, and signed out meanwhile': [({ vault, renewals }) => (vault.forget(), renewals[0]?.reject(new ConnectError('network', 'Offline.'))), 'session_expired'],
      'signed out meanwhile': [({ vault, renewals }) => (vault.forget(), renewals[0]?.resolve(tokensOf('new', 900_000, 'r2'))), 'session_expired'],
      'signed out in another tab': [({ renewals }) => (rig.around.local.removeItem(name()), renewals[0]?.resolve(tokensOf('new', 900_000, 'r2'))), 'session_expired'],
      'signed in meanwhile': [({ vault, renewals }) => (vault.keep(tokensOf('here'), []), renewals[0]?.resolve(tokensOf('new', 900_000, 'r2'))), 'here'],
    };
    for (const [how, [end, answer]] of Object.entries(endings))
      it(`${how}: ${answer}`, async () => {
        const run = await begin();
        end(run);
        await run.over();
        expect([run.answers, run.renewals.length, run.told]).to.deep.equal([[answer, answer], 1, []]);
        run.vault.forget();
        expect(rig.around.left).to.equal(0);
      });

    it('nothing kept: session_expired, and no request', async () => {
      const { vault, renewals } = create('local');
      const restored = vault.restore();
      expect(await caught(vault.fresh(signal))).to.include({ code: 'session_expired' });
      expect([await restored, renewals.length, rig.around.left]).to.deep.equal([null, 0, 0]);
    });
  });
});
