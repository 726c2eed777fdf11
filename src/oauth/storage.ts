/**
 * Storage that is allowed to be missing. With cookies blocked, merely touching `localStorage` throws (Chromium, Firefox);
 * a full quota throws on write. Neither may break the page: what cannot be kept is simply not kept.
 */
export type Shelf = 'session' | 'local';

export function tryTo<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}

const on = <T>(shelf: Shelf, act: (storage: Storage) => T): T | null => tryTo(() => act(globalThis[`${shelf}Storage`]));

export const stored = (shelf: Shelf, key: string): string | null => on(shelf, (storage) => storage.getItem(key));

export const store = (shelf: Shelf, key: string, value: string): void => void on(shelf, (storage) => storage.setItem(key, value));

export const unstore = (shelf: Shelf, key: string): void => void on(shelf, (storage) => storage.removeItem(key));

export const storedKeys = (shelf: Shelf, prefix: string): string[] => on(shelf, Object.keys)?.filter((key) => key.startsWith(prefix)) ?? [];
