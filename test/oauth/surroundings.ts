import { settled } from '../sync/fake-clock.js';

/** As much of Storage as is used, in memory: tests of other files run in the same origin at the same time. */
export class MemoryStorage {
  getItem(key: string): string | null {
    return (Object.getOwnPropertyDescriptor(this, key)?.value as string | undefined) ?? null;
  }
  setItem(key: string, value: string): void {
    Object.assign(this, { [key]: value });
  }
  removeItem(key: string): void {
    Reflect.deleteProperty(this, key);
  }
}

export interface Surroundings {
  readonly local: MemoryStorage;
  readonly session: MemoryStorage;
  /** Listeners on this page, and open channels. */
  readonly left: number;
  /** From now on, touching any storage throws, as with cookies blocked. */
  blockStorage(): void;
  restore(): void;
}

/** So do their channels and locks: each page has names of its own, and hears of no other's history. */
const page = crypto.randomUUID();

const shelves = ['localStorage', 'sessionStorage'] as const;

/** Memory for storage, and a count of everything a test could leave behind. */
export function surround(): Surroundings {
  const undo: (() => void)[] = [];
  const replace = (target: object, name: string, descriptor: PropertyDescriptor): void => {
    const before = Object.getOwnPropertyDescriptor(target, name);
    Object.defineProperty(target, name, { configurable: true, ...descriptor });
    undo.unshift(() => (before ? Object.defineProperty(target, name, before) : Reflect.deleteProperty(target, name)));
  };
  const [local, session] = [new MemoryStorage(), new MemoryStorage()];
  replace(globalThis, 'localStorage', { get: () => local });
  replace(globalThis, 'sessionStorage', { get: () => session });
  // The page of a test may lie behind another one.
  replace(document, 'visibilityState', { get: () => 'visible' });

  const listeners = new Set<object>();
  for (const target of [globalThis, document]) {
    const { addEventListener, removeEventListener } = target;
    const mine = new Map<unknown, object>();
    replace(target, 'addEventListener', {
      value: (type: string, listener: EventListener, options?: AddEventListenerOptions) => {
        addEventListener.call(target, type, listener, options);
        if (options?.signal?.aborted) return;
        const token = { type };
        listeners.add(token);
        mine.set(listener, token);
        options?.signal?.addEventListener('abort', () => listeners.delete(token));
      },
    });
    replace(target, 'removeEventListener', {
      value: (type: string, listener: EventListener) => {
        removeEventListener.call(target, type, listener);
        listeners.delete(mine.get(listener) ?? {});
      },
    });
  }

  const channels = new Set<BroadcastChannel>();
  class CountedChannel extends BroadcastChannel {
    constructor(name: string) {
      super(`${page} ${name}`);
      channels.add(this);
    }
    override close(): void {
      channels.delete(this);
      super.close();
    }
  }
  replace(globalThis, 'BroadcastChannel', { value: CountedChannel, writable: true });
  const { locks } = navigator;
  replace(navigator, 'locks', { writable: true, value: { request: (name: string, ...rest: [LockOptions, LockGrantedCallback<unknown>]) => locks.request(`${page} ${name}`, ...rest) } });

  return {
    local,
    session,
    get left() {
      return listeners.size + channels.size;
    },
    blockStorage() {
      for (const shelf of shelves)
        replace(globalThis, shelf, {
          get: () => {
            throw new DOMException('Access is denied for this document.', 'SecurityError');
          },
        });
    },
    restore: () => undo.forEach((back) => back()),
  };
}

/** The real clock, whatever a test puts in its place. */
const now = performance.now.bind(performance);

/** Turns of the event loop until it holds: for what other threads and processes do (digests, channels, locks), which may have to wait for a processor. Bounded. */
export async function until(holds: () => unknown, what = 'It', turns = Infinity): Promise<void> {
  const end = now() + 10_000;
  for (let turn = 0; turn < turns && now() < end; turn++) {
    if (holds()) return;
    await settled();
  }
  throw new Error(`${what} never happened.`);
}

/** A handle of a window, as much of it as is used. */
/** As Firefox does where cookies are blocked. Gives what undoes it. */
export function forbidChannels(): () => void {
  const { BroadcastChannel: allowed } = globalThis;
  globalThis.BroadcastChannel = class {
    constructor() {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    }
  } as unknown as typeof allowed;
  return () => void (globalThis.BroadcastChannel = allowed);
}

export interface FakeWindow {
  closed: boolean;
  focused: number;
  readonly location: { href: string; replace(url: string): void };
  close(): void;
  focus(): void;
  /** Onto a page of another origin: its address can no longer be read. */
  goAway(): void;
}

export function createFakeWindow(url: string): FakeWindow & Window {
  let away = false;
  let href = url;
  const handle: FakeWindow = {
    closed: false,
    focused: 0,
    location: {
      get href() {
        if (away) throw new DOMException('Blocked a frame from accessing a cross-origin frame.', 'SecurityError');
        return href;
      },
      set href(to: string) {
        href = to;
      },
      replace: (to) => (href = to),
    },
    close: () => (handle.closed = true),
    focus: () => handle.focused++,
    goAway: () => (away = true),
  };
  return handle as unknown as FakeWindow & Window;
}

/** `window.open`, by hand. */
export function stubOpen(answer: 'window' | 'null' | 'undefined' | 'throws' = 'window') {
  const { open } = globalThis;
  const opened: { readonly url: string; readonly name: string; readonly features: string; readonly handle: (FakeWindow & Window) | null }[] = [];
  const stub = {
    answer,
    opened,
    restore: () => void (globalThis.open = open),
  };
  globalThis.open = (url, name, features) => {
    const handle = stub.answer === 'window' ? createFakeWindow(String(url)) : null;
    opened.push({ url: String(url), name: String(name), features: String(features), handle });
    if (stub.answer === 'throws') throw new DOMException('Sandboxed.', 'SecurityError');
    return stub.answer === 'undefined' ? (undefined as unknown as null) : handle;
  };
  return stub;
}
