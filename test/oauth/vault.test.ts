import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import type { Tokens } from '../../src/core/nouns.js';
import { until } from './surroundings.js';
import { idToken } from './token-server.js';
import { useVault } from './vault-rig.js';

describe('oauth/vault', () => {
  const rig = useVault();
  const { signal, tokensOf, create, name, otherTab, caught } = rig;

  describe('keeps', () => {
    it('nothing outside of memory unless asked [T7, T9]', () => {
      create('memory').vault.keep(tokensOf('canary', 1, 'r'), ['wahoo']);
      expect([...Object.keys(rig.around.local), ...Object.keys(rig.around.session), rig.around.left]).to.deep.equal([0]);
    });

    for (const persist of ['session', 'local'] as const)
      it(`one entry in ${persist} storage, and takes it up again`, async () => {
        const one = create(persist);
        one.vault.keep(tokensOf('canary', 900_000, 'r'), ['wahoo', 'garmin_connect']);
        const [mine, other] = persist === 'session' ? [rig.around.session, rig.around.local] : [rig.around.local, rig.around.session];
        expect([Object.keys(mine), Object.keys(other)]).to.deep.equal([[name()], []]);
        const next = create(persist);
        expect(await next.vault.restore()).to.deep.equal(one.vault.held);
        expect(next.vault.asked).to.deep.equal(['wahoo', 'garmin_connect']);
        expect(next.told, 'the session tells it, not the vault').to.deep.equal([]);
        next.vault.forget();
        expect([Object.keys(mine), next.vault.held, next.vault.asked]).to.deep.equal([[], null, []]);
        one.vault.forget();
        expect(rig.around.left).to.equal(0);
      });

    it('on where storage throws [F8, T16]', async () => {
      rig.around.blockStorage();
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
        rig.around.local.setItem(name(), text);
        expect(await create('local').vault.restore()).to.equal(null);
      });

    it('nothing that is over and cannot be renewed, and drops it', async () => {
      rig.around.local.setItem(name(), JSON.stringify({ v: 1, tokens: tokensOf('t', 20_000), asked: [] }));
      expect(await create('local').vault.restore()).to.equal(null);
      expect(Object.keys(rig.around.local)).to.deep.equal([]);
    });

    it('what is over, renewed', async () => {
      rig.around.local.setItem(name(), JSON.stringify({ v: 1, tokens: tokensOf('old', 0, 'r1'), asked: ['wahoo', 5] }));
      const { vault, renewals, told } = create('local');
      const restored = vault.restore();
      await until(() => renewals.length);
      renewals[0]?.resolve(tokensOf('new', 900_000, 'r2'));
      expect(await restored).to.include({ accessToken: 'new' });
      expect(vault.asked).to.deep.equal(['wahoo']);
      expect(rig.around.local.getItem(name())).to.contain('r2').and.not.contain('"r1"');
      expect(told).to.deep.equal([]);
      vault.forget();
    });

    it('with one request, however many tabs are opened at once [F25, T20]', async () => {
      rig.around.local.setItem(name(), JSON.stringify({ v: 1, tokens: tokensOf('old', 0, 'r1'), asked: [] }));
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
        rig.around.local.setItem(name(), JSON.stringify({ v: 1, tokens: tokensOf('old', 0, 'r1'), asked: [] }));
        const { vault, renewals } = create('local');
        const restored = vault.restore();
        await until(() => renewals.length);
        renewals[0]?.reject(new ConnectError(code, 'No.'));
        expect([await restored, Object.keys(rig.around.local).length], code).to.deep.equal([null, left]);
      }
    });
  });

  describe('restores, and meanwhile in another tab', () => {
    const refused = new ConnectError('session_expired', 'Used up.');
    const offline = new ConnectError('network', 'No.');
    const put = (tokens: Tokens, asked: readonly string[] = []) => rig.around.local.setItem(name(), JSON.stringify({ v: 1, tokens, asked }));
    const endings: Record<string, (renewal: ReturnType<typeof create>['renewals'][number] | undefined) => void> = {
      renewed: (renewal) => renewal?.resolve(tokensOf('renewed', 900_000, 'r2')),
      refused: (renewal) => renewal?.reject(refused),
      offline: (renewal) => renewal?.reject(offline),
    };
    for (const [how, end] of Object.entries(endings)) {
      const begin = async () => {
        put(tokensOf('old', 0, 'r1'), ['garmin_connect']);
        const tab = create('local');
        const restored = tab.vault.restore();
        await until(() => tab.renewals.length);
        return { ...tab, restored };
      };

      it(`somebody signed out: nobody is signed in again, ${how}`, async () => {
        const { vault, restored, renewals } = await begin();
        rig.around.local.removeItem(name());
        end(renewals[0]);
        expect([await restored, vault.held, Object.keys(rig.around.local), rig.around.left]).to.deep.equal([null, null, [], 0]);
      });

      it(`somebody signed in: that is what is restored, with what they asked for, ${how}`, async () => {
        const { vault, restored, renewals } = await begin();
        put(tokensOf('theirs'), ['wahoo']);
        end(renewals[0]);
        expect(await restored).to.include({ accessToken: 'theirs' });
        expect(vault.asked).to.deep.equal(['wahoo']);
        expect(rig.around.local.getItem(name())).to.contain('theirs');
        vault.forget();
      });

      it(`in this one, somebody signed in: they stay, ${how}`, async () => {
        const { vault, restored, renewals, told } = await begin();
        vault.keep(tokensOf('here'), ['wahoo']);
        end(renewals[0]);
        expect(await restored).to.include({ accessToken: 'here' });
        expect([vault.asked, told]).to.deep.equal([['wahoo'], []]);
        expect(rig.around.local.getItem(name())).to.contain('here');
        vault.forget();
      });
    }

    it('somebody else signed in before the renewal had its turn: theirs, and no request', async () => {
      const of = (sub: string, livesMs: number) => ({ ...tokensOf(sub, livesMs, 'r'), idToken: idToken({ sub }) });
      put(of('kari', 0), ['garmin_connect']);
      const { vault, renewals } = create('local');
      const restored = vault.restore();
      // A lock is never given at once.
      put(of('ola', 900_000), ['wahoo']);
      expect(await restored).to.include({ accessToken: 'ola' });
      expect([vault.asked, renewals.length]).to.deep.equal([['wahoo'], 0]);
      vault.forget();
    });

    it('nothing: what is renewed is kept though nothing can be written, short as its life may be', async () => {
      put(tokensOf('old', 0, 'r1'), ['wahoo']);
      rig.around.local.setItem = () => {
        throw new DOMException('Full.', 'QuotaExceededError');
      };
      const { vault, renewals } = create('local');
      const restored = vault.restore();
      await until(() => renewals.length);
      renewals[0]?.resolve(tokensOf('renewed', 10_000, 'r2'));
      expect(await restored).to.include({ accessToken: 'renewed' });
      expect([vault.asked, renewals.length]).to.deep.equal([['wahoo'], 1]);
      vault.forget();
    });
  });

  it('does not sign in again who signed out while a renewal was on its way [F25, T25]', async () => {
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
      expect(rig.around.local.getItem(name()) ?? '').not.to.contain('t2');
      vault.forget();
    }
  });

  describe('signs out [F25, T25]', () => {
    for (const [persist, heard] of [['local', true], ['session', false], ['memory', false]] as const)
      it(`and ${heard ? 'whoever else of this page keeps there hears it, once' : 'nobody else hears it'}: ${persist}`, () => {
        const [one, two] = [create(persist), create(persist)];
        const tokens = tokensOf('t');
        for (const { vault } of [one, two]) vault.keep(tokens, ['wahoo']);
        one.vault.forget();
        expect([one.vault.held, two.vault.held?.accessToken, one.told, two.told]).to.deep.equal([null, heard ? undefined : 't', [], heard ? ['forgotten'] : []]);
        one.vault.forget();
        two.vault.forget();
        expect([one.told.length, two.told.length, rig.around.left]).to.deep.equal([0, heard ? 1 : 0, 0]);
      });

    it('and who keeps another app’s tokens there stays', () => {
      const mine = create('local');
      mine.vault.keep(tokensOf('t'), []);
      dispatchEvent(new StorageEvent('storage', { key: `${name()}-other` }));
      expect([mine.vault.held?.accessToken, mine.told]).to.deep.equal(['t', []]);
      mine.vault.forget();
    });
  });

  describe('hears another tab [F25]', () => {
    it('sign out', () => {
      for (const event of [() => otherTab(), () => dispatchEvent(new StorageEvent('storage', { key: null }))]) {
        const { vault, told } = create('local');
        vault.keep(tokensOf('t'), []);
        rig.around.local.removeItem(name());
        event();
        event();
        expect([vault.held, told, rig.around.left]).to.deep.equal([null, ['forgotten'], 0]);
      }
    });

    it('renew, and takes it over', () => {
      const { vault, told } = create('local');
      vault.keep(tokensOf('t'), []);
      otherTab();
      expect(told, 'nothing new').to.deep.equal([]);
      rig.around.local.setItem(name(), JSON.stringify({ v: 1, tokens: tokensOf('theirs'), asked: ['wahoo'] }));
      dispatchEvent(new StorageEvent('storage', { key: 'something else' }));
      expect(told).to.deep.equal([]);
      otherTab();
      expect([vault.held?.accessToken, vault.asked, told]).to.deep.equal(['theirs', ['wahoo'], ['refreshed theirs']]);
      vault.forget();
      expect(rig.around.left).to.equal(0);
    });

    describe('sign in', () => {
      const of = (sub: string, kind: 'idToken' | 'accessToken') => ({ ...tokensOf(`${sub}-${Math.random()}`, 900_000, 'r'), [kind]: idToken({ sub, jti: Math.random() }) });
      const put = (tokens: Tokens) => rig.around.local.setItem(name(), JSON.stringify({ v: 1, tokens, asked: ['wahoo'] }));

      for (const kind of ['idToken', 'accessToken'] as const) {
        it(`as somebody else, by the ${kind}: this session is over, and theirs stays`, () => {
          const { vault, told } = create('local');
          vault.keep(of('kari', kind), ['garmin_connect']);
          put(of('ola', kind));
          const theirs = rig.around.local.getItem(name());
          otherTab();
          otherTab();
          expect([vault.held, vault.asked, told, rig.around.left]).to.deep.equal([null, [], ['forgotten'], 0]);
          expect(rig.around.local.getItem(name()), 'nobody signs them out').to.equal(theirs);
        });

        it(`anew as the same, by the ${kind}, and takes it over`, () => {
          const { vault, told } = create('local');
          vault.keep(of('kari', kind), []);
          const anew = of('kari', kind);
          put(anew);
          otherTab();
          expect([vault.held, vault.asked, told]).to.deep.equal([anew, ['wahoo'], [`refreshed ${anew.accessToken}`]]);
          vault.forget();
        });

        it(`as somebody else before it was heard, by the ${kind}: a renewal gives nobody theirs`, async () => {
          for (const livesMs of [900_000, 0]) {
            const { vault, told, renewals } = create('local');
            vault.keep(of('kari', kind), []);
            put({ ...of('ola', kind), expiresAt: Date.now() + livesMs });
            expect(await caught(vault.fresh(signal, true))).to.include({ code: 'session_expired' });
            expect([renewals.length, told]).to.deep.equal([0, []]);
            vault.forget();
          }
        });
      }
    });

    it('only where storage is shared', () => {
      for (const persist of ['memory', 'session'] as const) {
        create(persist).vault.keep(tokensOf('t'), []);
        expect(rig.around.left, persist).to.equal(0);
      }
    });
  });
});
