/**
 * Storage that is allowed to be missing. With cookies blocked, merely touching `localStorage` throws (Chromium, Firefox);
 * a full quota throws on write. Neither may break the page: what cannot be kept is simply not kept.
 */
export type Shelf = 'session' | 'local';

export const tryTo = <T>(act: () => T): T | null => {
  try {
    return act();
  } catch {
    return null;
  }
};

/** All three ways in one, for the callback script, where every byte counts. */
export const reach = (shelf: Shelf, way: 'getItem' | 'setItem' | 'removeItem', key: string, value?: string): string | null =>
  tryTo(() => self[`${shelf}Storage`][way](key, value as string) as string | null);

export const stored = (shelf: Shelf, key: string): string | null => reach(shelf, 'getItem', key);

export const store = (shelf: Shelf, key: string, value: string): void => void reach(shelf, 'setItem', key, value);

export const unstore = (shelf: Shelf, key: string): void => void reach(shelf, 'removeItem', key);

export const storedKeys = (shelf: Shelf, prefix: string): string[] => tryTo(() => Object.keys(globalThis[`${shelf}Storage`]))?.filter((key) => key.startsWith(prefix)) ?? [];

/** Tokens, an attempt, an answer: whatever is ours begins alike. */
export const isAnythingKept = (): boolean => [...storedKeys('session', 'wc1:'), ...storedKeys('local', 'wc1:')].length > 0;

/** Where tokens wait for the next page of the app, if at all. Known before the code that reads them is here. */
export const tokensKey = (app: string): string => `wc1:t:${app}`;
