import type { Tokens } from '../../src/core/nouns.js';
import { createVault } from '../../src/oauth/vault.js';
import type { VaultOptions } from '../../src/oauth/vault.js';
import { installFakeTime } from '../core/fake-time.js';
import type { FakeTime } from '../core/fake-time.js';
import { surround } from './surroundings.js';
import type { Surroundings } from './surroundings.js';

/** A vault's surroundings: storage, time and a key of its own, made before each test and gone after it. */
export function useVault() {
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

  return {
    ...{ signal, tokensOf, create, name, otherTab, caught },
    get around() {
      return around;
    },
    get time() {
      return time;
    },
  };
}
