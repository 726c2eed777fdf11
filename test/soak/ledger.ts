/**
 * What stands on every page of a soak, before any other script: it writes down what the page hears and shows to others, counts
 * everything that can be left lying about, and owns the clock, the network and the windows, so that ten minutes can pass at
 * once and a wire can be pulled. Sent as text: it can use nothing outside.
 */
export interface Entry {
  /** Of the document it was heard in: a reload makes another one. */
  readonly page: string;
  readonly name: string;
  readonly [key: string]: unknown;
}

/** A place where others may look, and what is there to be seen. */
export interface Sight {
  readonly where: string;
  readonly what: string;
}

export interface Told {
  readonly entries: Entry[];
  readonly sights: Sight[];
}

export type Windows = 'open' | 'null' | 'nothing' | 'throw' | 'close';

export interface Ledger {
  /** Of this document: a reload makes another one. */
  readonly page: string;
  /** What has been written down since it was asked last. */
  drain(): Told;
  /** What is alive right now, by its name: nothing is an empty object. */
  counts(): Record<string, number>;
  hear(): void;
  /** So much has been skipped altogether. */
  until(ms: number): void;
  /** The clock on the wall alone is set. */
  set(ms: number): void;
  offline(isOffline: boolean): void;
  hidden(isHidden: boolean): void;
  windows(how: Windows): void;
}

export type PageWithLedger = typeof globalThis & { ledger: Ledger; endings?: string[]; aside?: Element; controller?: AbortController };

export function openLedger(skippedBefore: number, home: string): void {
  const names = ['change', 'tokens', 'connected', 'connections', 'preview', 'progress', 'complete', 'cancelled', 'error', 'disconnected', 'wire'];
  const page = Math.random().toString(36).slice(2);
  const told: Told = { entries: [], sights: [] };
  const whole = { setTimeout: window.setTimeout.bind(window), clearTimeout: window.clearTimeout.bind(window), now: Date.now.bind(Date), perf: performance.now.bind(performance), fetch: window.fetch.bind(window), open: window.open.bind(window) };
  const textOf = (one: unknown): string => {
    try {
      if (one instanceof Error) return `${one.stack} ${JSON.stringify(one)} ${textOf(one.cause ?? '')}`;
      return typeof one === 'string' ? one : (JSON.stringify(one) ?? String(one));
    } catch {
      return '';
    }
  };
  const see = (where: string, ...what: readonly unknown[]): void => void told.sights.push({ where, what: what.map(textOf).join(' ') });
  const note = (name: string, more: object): void => void told.entries.push({ page, name, ...more });

  // The clock: timers are this page's own, so that a leap finds them.
  let skipped = skippedBefore;
  let set = 0;
  const now = (): number => whole.perf() + skipped;
  Date.now = () => whole.now() + skipped + set;
  performance.now = now;
  interface Timer { readonly act: () => void; due: number; readonly every: number | null; native: number; readonly name: string }
  const timers = new Map<number, Timer>();
  const arm = (id: number, timer: Timer): number =>
    whole.setTimeout(() => {
      if (timer.every === null) timers.delete(id);
      else {
        timer.due = now() + timer.every;
        timer.native = arm(id, timer);
      }
      timer.act();
    }, Math.max(0, timer.due - now()));
  let ids = 1e6;
  const start = (act: TimerHandler, ms: number, every: boolean, given: unknown[]): number => {
    const timer: Timer = { act: () => (act as (...given: unknown[]) => void)(...given), due: now() + ms, every: every ? Math.max(ms, 4) : null, native: 0, name: `${every ? 'interval' : 'timer'} of ${Math.round(ms)} ms` };
    const id = ids++;
    timers.set(id, timer);
    timer.native = arm(id, timer);
    return id;
  };
  const stop = (id?: number): void => {
    whole.clearTimeout(timers.get(id ?? 0)?.native ?? id);
    timers.delete(id ?? 0);
  };
  Object.assign(window, {
    setTimeout: (act: TimerHandler, ms = 0, ...given: unknown[]) => start(act, ms, false, given),
    setInterval: (act: TimerHandler, ms = 0, ...given: unknown[]) => start(act, ms, true, given),
    clearTimeout: stop,
    clearInterval: stop,
  });

  // What can be left lying about.
  const lasting = (target: unknown): boolean => target === window || target === document || target === document.documentElement || target === document.body || target instanceof MediaQueryList || (!(target instanceof Node) && !(target instanceof AbortSignal) && !(target instanceof BroadcastChannel) && !(target instanceof MessagePort));
  const listeners = new Map<object, Map<string, Set<unknown>>>();
  const kept = (target: object, key: string): Set<unknown> => {
    const all = listeners.get(target) ?? new Map<string, Set<unknown>>();
    listeners.set(target, all);
    const some = all.get(key) ?? new Set<unknown>();
    all.set(key, some);
    return some;
  };
  // oxlint-disable-next-line typescript/no-unnecessary-type-assertion -- of an object nothing is known, not even that it has no capture
  const keyOf = (type: string, options: unknown): string => `${type}${(typeof options === 'object' ? (options as AddEventListenerOptions | null)?.capture : options) ? ' captured' : ''}`;
  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (this: EventTarget | undefined, type: string, listener: EventListenerOrEventListenerObject | null, options?: AddEventListenerOptions | boolean) {
    const target = this ?? window;
    add.call(target, type, listener, options);
    const { signal, once } = typeof options === 'object' ? options : {};
    if (!listener || !lasting(target) || signal?.aborted) return;
    const some = kept(target, keyOf(type, options));
    some.add(listener);
    const gone = (): void => void some.delete(listener);
    if (signal) add.call(signal, 'abort', gone, { once: true });
    if (once) add.call(target, type, gone, options);
  };
  EventTarget.prototype.removeEventListener = function (this: EventTarget | undefined, type: string, listener: EventListenerOrEventListenerObject | null, options?: EventListenerOptions | boolean) {
    const target = this ?? window;
    remove.call(target, type, listener, options);
    listeners.get(target)?.get(keyOf(type, options))?.delete(listener);
  };
  let [channels, locks, requests] = [0, 0, 0];
  try {
    const Whole = BroadcastChannel;
    window.BroadcastChannel = class extends Whole {
      #isOpen = true;
      constructor(name: string) {
        super(name);
        channels += 1;
      }
      override close(): void {
        if (this.#isOpen) channels -= 1;
        this.#isOpen = false;
        super.close();
      }
    };
  } catch {
    // Not to be had here.
  }
  try {
    const { request } = LockManager.prototype as unknown as { request: (...given: unknown[]) => Promise<unknown> };
    LockManager.prototype.request = function (this: LockManager, ...given: unknown[]): Promise<never> {
      locks += 1;
      return request.apply(this, given).finally(() => (locks -= 1)) as Promise<never>;
    };
  } catch {
    // Nor these.
  }
  let isOffline = false;
  window.fetch = async (input, init) => {
    requests += 1;
    try {
      if (isOffline) throw new TypeError('Failed to fetch');
      return await whole.fetch(input, init);
    } finally {
      requests -= 1;
    }
  };
  const opened: Window[] = [];
  let how: Windows = 'open';
  window.open = (...wishes) => {
    if (how === 'null') return null;
    if (how === 'nothing') return undefined as unknown as null;
    if (how === 'throw') throw new Error('no windows here');
    const handle = whole.open(...wishes);
    if (handle) opened.push(handle);
    if (how === 'close') handle?.close();
    return handle;
  };

  // Where others may look.
  for (const kind of ['error', 'warn', 'log', 'info', 'debug'] as const) {
    const say = console[kind].bind(console);
    console[kind] = (...words: unknown[]) => {
      see('console', ...words);
      say(...words);
    };
  }
  try {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (key, value) {
      see(`storage ${key.slice(0, 6)}`, key, value);
      setItem.call(this, key, value);
    };
  } catch {
    // Forbidden here.
  }
  for (const name of ['pushState', 'replaceState'] as const) {
    const change = history[name].bind(history);
    history[name] = (state: unknown, title: string, url?: string | URL | null) => {
      see('address', state, String(url));
      change(state, title, url);
    };
  }
  add.call(window, 'error', (event) => note('uncaught', { what: textOf((event as ErrorEvent).error ?? (event as ErrorEvent).message) }));
  add.call(window, 'unhandledrejection', (event) => note('uncaught', { what: `unhandled rejection: ${textOf((event as PromiseRejectionEvent).reason)}` }));
  add.call(window, 'pagehide', () => {
    note('gone', {});
    const { entries, sights } = ledger.drain();
    navigator.sendBeacon(`${home}/tell`, JSON.stringify({ entries, sights }));
  });

  const ledger: Ledger = {
    page,
    drain() {
      // A handle keeps the document that its window had.
      for (let at = opened.length - 1; at >= 0; at--) if (opened[at]?.closed) opened.splice(at, 1);
      return { entries: told.entries.splice(0), sights: told.sights.splice(0) };
    },
    counts() {
      const found: Record<string, number> = {};
      const count = (name: string, some: number): void => void (some > 0 && (found[name] = (found[name] ?? 0) + some));
      for (const [target, all] of listeners) for (const [type, some] of all) count(`listener for ${type} on ${target.constructor.name}`, some.size);
      for (const { name } of timers.values()) count(name, 1);
      count('channel', channels);
      count('lock', locks);
      count('request', requests);
      count('window', opened.filter((handle) => !handle.closed).length);
      return found;
    },
    hear() {
      document.querySelectorAll('wearable-connect').forEach((widget, at) => {
        for (const name of names)
          add.call(widget, `wearable-${name}`, (event) => {
            const { detail } = event as CustomEvent<Record<string, unknown> & { reveal?: () => Record<string, unknown> }>;
            see(`event ${name}`, detail, { ...detail });
            const { accessToken, refreshToken, idToken } = detail.reveal?.() ?? {};
            note(name, { on: at, ...(JSON.parse(JSON.stringify(detail)) as object), ...(name === 'tokens' && { secrets: [accessToken, refreshToken, idToken].filter(Boolean) }) });
          });
      });
    },
    until(ms) {
      skipped = ms;
      for (const [id, timer] of timers) {
        whole.clearTimeout(timer.native);
        timer.native = arm(id, timer);
      }
    },
    set: (ms) => void (set = ms),
    offline(is) {
      isOffline = is;
      Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => !is });
      dispatchEvent(new Event(is ? 'offline' : 'online'));
    },
    hidden(is) {
      if (is) Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
      else Reflect.deleteProperty(document, 'visibilityState');
      document.dispatchEvent(new Event('visibilitychange'));
    },
    windows: (wish) => void (how = wish),
  };
  (window as unknown as PageWithLedger).ledger = ledger;
}
