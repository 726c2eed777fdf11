import type { Page } from '../../src/sync/wakeful.js';

/** An event target that knows how many listeners it still has. */
class CountingTarget extends EventTarget {
  listeners = 0;

  override addEventListener(type: string, listener: EventListener, options: AddEventListenerOptions): void {
    super.addEventListener(type, listener, options);
    if (options.signal?.aborted) return;
    this.listeners++;
    const gone = (): unknown => this.listeners--;
    if (options.once) super.addEventListener(type, gone, { once: true });
    else options.signal?.addEventListener('abort', gone, { once: true });
  }
}

class CountingDocument extends CountingTarget {
  visibilityState = 'visible';
}

export interface FakePage extends Page {
  readonly listeners: number;
  hide(): void;
  show(): void;
  goOffline(): void;
  goOnline(): void;
  /** The browser's own: into the bfcache and back. */
  putAway(): void;
  bringBack(): void;
}

export function createFakePage(): FakePage {
  const document = new CountingDocument();
  const window = new CountingTarget();
  const navigator = { onLine: true };
  const visibility = (state: string): void => {
    document.visibilityState = state;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  const network = (onLine: boolean): void => {
    navigator.onLine = onLine;
    window.dispatchEvent(new Event(onLine ? 'online' : 'offline'));
  };
  return {
    document,
    navigator,
    addEventListener: (type, listener, options) => window.addEventListener(type, listener, options),
    get listeners() {
      return document.listeners + window.listeners;
    },
    hide: () => visibility('hidden'),
    show: () => visibility('visible'),
    goOffline: () => network(false),
    goOnline: () => network(true),
    putAway: () => void window.dispatchEvent(new Event('pagehide')),
    bringBack: () => void window.dispatchEvent(new Event('pageshow')),
  };
}
