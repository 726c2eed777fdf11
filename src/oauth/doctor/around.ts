/** Everything the doctor looks at, as plain values, so that a test can make up any browser and any server. */
import { store, stored, unstore } from '../storage.js';
import type { Shelf } from '../storage.js';
import { goesBetterHere, isFramed, isInApp } from '../surroundings.js';

export interface Around {
  readonly page: URL;
  /** `null`, as a word, where the page has none of its own (a file, a sandbox). */
  readonly origin: string;
  readonly isSecure: boolean;
  /** Whether it stands in a frame, and whether the outermost page is of another origin. */
  readonly frame: 'none' | 'own' | 'foreign';
  /** Origins of the pages around it, the nearest first, where the browser tells. */
  readonly ancestors: readonly string[];
  /** The frame's `sandbox` attribute, where it can be seen and is there. */
  readonly sandbox: string | null;
  readonly isInApp: boolean;
  readonly isStandalone: boolean;
  readonly canBroadcast: boolean;
  readonly document: ParentNode;
  /** Addresses of everything that was loaded. */
  readonly loaded: readonly string[];
  canStore(shelf: Shelf): boolean;
  /** The version of the class by this name, or null where the name is not defined; `?` where the class is not ours. */
  versionOf(tag: string): string | null;
  now(): number;
  fetch(url: URL, init: RequestInit): Promise<Response>;
}

/** The real ones. Throws where there is no page. */
export const surroundings = (): Around => ({
  page: new URL(location.href),
  origin: self.origin,
  isSecure: isSecureContext,
  frame: self === top ? 'none' : isFramed() ? 'foreign' : 'own',
  // Chromium and WebKit; Firefox only lately.
  ancestors: [...((location as Partial<Location>).ancestorOrigins ?? [])],
  sandbox: frameElement?.getAttribute('sandbox') ?? null,
  isInApp: isInApp(),
  isStandalone: goesBetterHere() && !isInApp(),
  canBroadcast: canBroadcast(),
  document,
  loaded: [...document.scripts].map(({ src }) => src).concat(performance.getEntriesByType('resource').map(({ name }) => name)),
  canStore(shelf) {
    const key = 'wc1:doctor';
    store(shelf, key, '1');
    const kept = stored(shelf, key) === '1';
    unstore(shelf, key);
    return kept;
  },
  versionOf(tag) {
    const defined = customElements.get(tag) as { readonly version?: unknown } | undefined;
    return defined ? (typeof defined.version === 'string' ? defined.version : '?') : null;
  },
  now: () => Date.now(),
  fetch: (url, init) => fetch(url, init),
});

function canBroadcast(): boolean {
  try {
    new BroadcastChannel('wc1:doctor').close();
    return true;
  } catch {
    return false;
  }
}
