import { ConnectError } from '../core/errors.js';
import type { Tokens, TokensReason } from '../core/nouns.js';
import { isSameAccount } from './proof.js';
import { store, stored, tokensKey, unstore } from './storage.js';
import type { Shelf } from './storage.js';

/** Renewed this long before its end, so that no request starts with a token that dies on the way; a short life gives half of itself. */
const earlyMs = 20_000;
/** Nobody waits longer for another tab's renewal: locks have hung before (supabase-js#2013). */
const lockPatienceMs = 5_000;

export interface VaultOptions {
  /** Names the app at its platform, the same in every tab. */
  readonly key: string;
  readonly persist: 'memory' | 'session' | 'local';
  readonly renew: (held: Tokens, signal: AbortSignal) => Promise<Tokens>;
  readonly onTokens: (tokens: Tokens, reason: TokensReason) => void;
  /** Another tab signed out. */
  readonly onForgotten: () => void;
}

export interface Vault {
  readonly held: Tokens | null;
  /** What was kept beside the tokens: which sources were asked for. */
  readonly asked: readonly string[];
  keep(tokens: Tokens, asked: readonly string[]): void;
  /** What an earlier page kept, renewed where it has to be; null where there is nothing of use. */
  restore(): Promise<Tokens | null>;
  /** `refused`: the access token that the platform no longer takes, or true for whichever is held. */
  fresh(signal: AbortSignal, refused?: string | boolean): Promise<Tokens>;
  forget(): void;
}

export function createVault({ key, persist, renew, onTokens, onForgotten }: VaultOptions): Vault {
  const shelf: Shelf | null = persist === 'memory' ? null : persist;
  const name = tokensKey(key);
  let held: Tokens | null = null;
  let early = earlyMs;
  let asked: readonly string[] = [];
  /** By the token that each is for: whoever signs in meanwhile has another one. */
  const renewals = new Map<string, Promise<Tokens>>();
  let listening: AbortController | null = null;
  let restoring: Promise<Tokens | null> | null = null;
  /** Why what is kept could not be taken up, though it may still be good. */
  let hindrance: ConnectError | null = null;

  const isFresh = (tokens: Tokens): boolean => tokens.expiresAt === null || tokens.expiresAt - early > Date.now();

  function keep(tokens: Tokens, newlyAsked: readonly string[]): void {
    held = tokens;
    asked = newlyAsked;
    early = Math.min(earlyMs, ((tokens.expiresAt ?? Infinity) - Date.now()) / 2);
    write(tokens, asked);
    listenToOtherTabs();
  }

  const write = (tokens: Tokens, asked: readonly string[]): void => {
    if (shelf) store(shelf, name, JSON.stringify({ v: 1, tokens, asked }));
  };

  function letGo(): void {
    held = hindrance = null;
    asked = [];
    listening?.abort();
    listening = null;
  }

  function forget(): void {
    letGo();
    if (shelf) unstore(shelf, name);
    // Browsers tell other pages alone: another widget of this one hears it from here.
    if (shelf === 'local') dispatchEvent(new StorageEvent('storage', { key: name }));
  }

  function listenToOtherTabs(): void {
    if (shelf !== 'local' || listening) return;
    listening = new AbortController();
    addEventListener('storage', new Ear(hear, listening), { signal: listening.signal });
  }

  function hear({ key }: StorageEvent): void {
    // Without a key: everything was cleared.
    if ((key !== null && key !== name) || !held) return;
    const theirs = kept();
    // Somebody else has signed in there: that is not this session any more. What they keep stays theirs.
    if (!theirs || isSameAccount(held, theirs.tokens) === false) {
      letGo();
      onForgotten();
    } else if (theirs.tokens.accessToken !== held.accessToken) {
      ({ tokens: held, asked } = theirs);
      onTokens(held, 'refreshed');
    }
  }

  function kept(): { tokens: Tokens; asked: readonly string[] } | null {
    try {
      const { v, tokens, asked } = JSON.parse((shelf && stored(shelf, name)) ?? '') as { v: unknown; tokens: Tokens; asked: unknown };
      // Whatever else there is in it, we wrote it ourselves; a version that is not ours is not read.
      return v === 1 && typeof tokens.accessToken === 'string' && Array.isArray(asked) ? { tokens, asked: asked.filter((id) => typeof id === 'string') } : null;
    } catch {
      return null;
    }
  }

  /** One at a time: in this widget by the promise, across widgets and tabs by a lock, inside which somebody else's result is looked for first. */
  async function renewOnce(from: Tokens): Promise<Tokens> {
    const { accessToken, refreshToken } = from;
    if (!refreshToken) throw expired('it has run out, and there is no refresh token');
    const running = renewals.get(accessToken);
    if (running) return running;
    const renewal = underLock(`${name}:renewal`, !!shelf, async () => {
      const theirs = kept()?.tokens ?? from;
      if (isSameAccount(from, theirs) === false) throw expired('somebody else has signed in meanwhile');
      if (theirs.accessToken !== from.accessToken && isFresh(theirs)) return theirs;
      // A rotated token that nobody keeps is lost for good: only time ends this.
      const tokens = await renew(theirs, AbortSignal.timeout(15_000));
      // Before the lock goes: whoever waits for it looks here first. Not where it was let go, or replaced, meanwhile.
      const known = kept();
      if (known?.tokens.accessToken === theirs.accessToken) write(tokens, known.asked);
      return tokens;
    }).finally(() => renewals.delete(accessToken));
    renewals.set(accessToken, renewal);
    return renewal;
  }

  async function fresh(signal: AbortSignal, refused: string | boolean = false): Promise<Tokens> {
    if (!held) await restoring;
    const from = held;
    if (!from) throw hindrance ?? expired('nobody is signed in');
    if (isFresh(from) && refused !== true && refused !== from.accessToken) return from;
    const tokens = await renewOnce(from);
    if (held === from) {
      keep(tokens, asked);
      if (tokens.accessToken !== from.accessToken) onTokens(tokens, 'refreshed');
    }
    // Signed out while the renewal was on its way: it must not undo that. Signed in anew: that one is newer still.
    else if (!held || !isFresh(held)) throw expired('signed out meanwhile');
    signal.throwIfAborted();
    return held;
  }

  async function restore(): Promise<Tokens | null> {
    hindrance = null;
    const found = held ? null : kept();
    if (!found) return held;
    let { tokens } = found;
    try {
      if (!isFresh(tokens)) tokens = await renewOnce(tokens);
    } catch (thrown) {
      hindrance = ConnectError.from(thrown);
    }
    // That may have taken a while: who signed out or in meanwhile, here or in another tab, has the last word.
    const now = held ? null : kept();
    if (!now || ![found.tokens.accessToken, tokens.accessToken].includes(now.tokens.accessToken)) return restore();
    if (!hindrance) keep(tokens, now.asked);
    // Refused for good: sign in again. Offline: the next visit may succeed.
    else if (hindrance.code === 'session_expired') forget();
    return held;
  }

  return {
    get held() {
      return held;
    },
    get asked() {
      return asked;
    },
    keep,
    restore: () => (restoring = restore()),
    fresh,
    forget,
  };
}

/** A listener of the window's outlives whoever it is for: this one does not keep them alive. A class, since a closure would hold all that is around it. */
class Ear {
  static readonly deaf = new FinalizationRegistry<AbortController>((listening) => listening.abort());
  readonly of: WeakRef<(event: StorageEvent) => void>;

  constructor(hear: (event: StorageEvent) => void, listening: AbortController) {
    this.of = new WeakRef(hear);
    Ear.deaf.register(hear, listening);
  }

  handleEvent(event: StorageEvent): void {
    this.of.deref()?.(event);
  }
}

const expired = (why: string): ConnectError => new ConnectError('session_expired', `No valid access token: ${why}.`);

async function underLock<T>(name: string, shared: boolean, act: () => Promise<T>): Promise<T> {
  if (!shared) return act();
  let started = false;
  const asked = Date.now();
  const once = async (): Promise<T> => {
    started = true;
    // Had to wait: what the other tab stored is seen a moment later here than that it let go (HTML 12.2.1: storage has no lock).
    if (Date.now() - asked > 50) await new Promise((resolve) => setTimeout(resolve, 200));
    return act();
  };
  try {
    return await navigator.locks.request(name, { signal: AbortSignal.timeout(lockPatienceMs) }, once);
  } catch (thrown) {
    // Only the waiting failed (no locks here, blocked storage throws, patience ran out): go on without.
    if (started) throw thrown;
    return act();
  }
}
