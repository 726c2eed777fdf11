export interface Throttle<T> {
  push(value: T): void;
  /** Tells the last value now, if it has not been told. */
  flush(): void;
  cancel(): void;
}

/** The first value at once, then the latest one at most every `everyMs`. Holds one timer, and only while a value waits. */
export function createThrottle<T>(everyMs: number, tell: (value: T) => void): Throttle<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: { value: T } | null = null;
  let toldAt = -Infinity;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (!waiting) return;
    const { value } = waiting;
    waiting = null;
    toldAt = performance.now();
    tell(value);
  };

  return {
    push(value) {
      waiting = { value };
      const dueIn = toldAt + everyMs - performance.now();
      if (dueIn <= 0) flush();
      else timer ??= setTimeout(flush, dueIn);
    },
    flush,
    cancel() {
      clearTimeout(timer);
      timer = undefined;
      waiting = null;
    },
  };
}
