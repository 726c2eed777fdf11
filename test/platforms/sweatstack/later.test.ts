import { expect } from '@open-wc/testing';
import { ConnectError } from '../../../src/core/errors.js';
import { tokensKey } from '../../../src/oauth/storage.js';
import { accountOf } from '../../../src/platforms/sweatstack/later.js';
import type { Account } from '../../../src/platforms/sweatstack/account.js';
import { parts } from '../../../src/platforms/sweatstack/parts.js';
import { appName, settingsFrom } from '../../../src/platforms/sweatstack/settings.js';
import type { SweatstackOptions } from '../../../src/platforms/sweatstack/settings.js';
import { surround } from '../../oauth/surroundings.js';
import type { Surroundings } from '../../oauth/surroundings.js';
import { caught } from '../connecting.js';

type Code = Awaited<ReturnType<typeof parts.account>>;

describe('platforms/sweatstack/later', () => {
  const { account: load } = parts;
  const { signal } = new AbortController();
  let around: Surroundings;
  let fetched: number;
  let calls: string[];
  let fails: boolean;

  /** Writes down what reaches the real one. */
  const real = { confirm: () => Promise.resolve(calls.push('confirm')), restore: () => Promise.resolve(calls.push('restore')), forget: () => void calls.push('forget'), manage: (_: AbortSignal, again?: () => void) => Promise.resolve(void (again?.(), calls.push('manage'))) };

  beforeEach(() => {
    around = surround();
    fetched = 0;
    calls = [];
    fails = false;
    parts.account = () => {
      fetched += 1;
      return fails ? Promise.reject(new TypeError('Importing a module script failed.')) : Promise.resolve({ accountOf: () => real as unknown as Account } as Code);
    };
  });
  afterEach(() => {
    parts.account = load;
    around.restore();
  });

  function create(options: SweatstackOptions = {}) {
    const settings = settingsFrom({ clientId: 'app', ...options });
    return { key: tokensKey(appName(settings)), account: accountOf({ options, settings: () => settings, afterwards: parts.afterwards, handOver: parts['hand-over'], outlet: null }) };
  }

  it('is not fetched for a visitor who kept nothing: there is nothing to restore, and nothing to forget', async () => {
    for (const persist of ['memory', 'session', 'local'] as const) {
      const { account } = create({ persist });
      expect(await account.restore(), persist).to.equal(null);
      account.forget();
    }
    expect(fetched).to.equal(0);
  });

  it('restores where tokens were kept, and only on the shelf that the page named', async () => {
    const { account, key } = create({ persist: 'local' });
    around.session.setItem(key, '{}');
    expect(await account.restore()).to.equal(null);
    around.local.setItem(key, '{}');
    await account.restore();
    expect([fetched, calls]).to.deep.equal([1, ['restore']]);
  });

  it('forgets what was kept though its code never came', () => {
    const { account, key } = create({ persist: 'local' });
    around.local.setItem(key, '{}');
    account.forget();
    expect([around.local.getItem(key), fetched]).to.deep.equal([null, 0]);
  });

  it('comes ahead of the answer, once, and is then called in the caller’s task', async () => {
    const { account } = create();
    account.ahead?.();
    await account.confirm({}, signal);
    expect([fetched, calls]).to.deep.equal([1, ['confirm']]);
    void account.manage?.(signal, () => calls.push('looked in again'));
    account.forget();
    expect(calls, 'a click may open its window').to.deep.equal(['confirm', 'looked in again', 'manage', 'forget']);
  });

  it('says that its code could not be had, which can be retried, and fetches it anew', async () => {
    const { account } = create();
    fails = true;
    account.ahead?.();
    const error = await caught(account.confirm({}, signal));
    expect(error).to.be.instanceOf(ConnectError).and.include({ code: 'network', retryable: true });
    fails = false;
    await account.confirm({}, signal);
    expect([fetched, calls]).to.deep.equal([2, ['confirm']]);
  });
});
