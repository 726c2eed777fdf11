/**
 * Storage that is allowed to be missing. With cookies blocked, merely touching `localStorage` throws (Chromium, Firefox);
 * a full quota throws on write. Neither may break the page: what cannot be kept is simply not kept.
 */
export type Shelf = 'session' | 'local';

function shelf(which: Shelf): Storage | null {
  try {
    return which === 'session' ? sessionStorage : localStorage;
  } catch {
    return null;
  }
}

export function stored(which: Shelf, key: string): string | null {
  try {
    return shelf(which)?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

export function store(which: Shelf, key: string, value: string): void {
  try {
    shelf(which)?.setItem(key, value);
  } catch {
    // Full or forbidden: the memory of this page has to do.
  }
}

export function unstore(which: Shelf, key: string): void {
  try {
    shelf(which)?.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

export function storedKeys(which: Shelf, prefix: string): string[] {
  try {
    return Object.keys(shelf(which) ?? {}).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
