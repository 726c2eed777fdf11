/** How many listeners a signal has, from now on. */
export function countListeners(signal: AbortSignal): { readonly count: number } {
  const listeners = new Set<unknown>();
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (type: string, listener: EventListenerOrEventListenerObject, options?: AddEventListenerOptions | boolean): void => {
    listeners.add(listener);
    if (typeof options === 'object') options.signal?.addEventListener('abort', () => listeners.delete(listener));
    addEventListener.call(signal, type, listener, options);
  };
  signal.removeEventListener = (type: string, listener: EventListenerOrEventListenerObject): void => {
    listeners.delete(listener);
    removeEventListener.call(signal, type, listener);
  };
  return {
    get count() {
      return listeners.size;
    },
  };
}
