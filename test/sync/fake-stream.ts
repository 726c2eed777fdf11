const encoder = new TextEncoder();

/** A body driven by hand, which knows whether its reader has gone. */
export interface FakeStream {
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  send(...texts: string[]): void;
  close(): void;
  /** The connection breaks. */
  fail(error?: unknown): void;
  readonly cancelled: boolean;
}

export function createFakeStream(): FakeStream {
  let stream!: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => {
      stream = controller;
    },
    cancel: () => {
      cancelled = true;
    },
  });
  return {
    body,
    send: (...texts) => {
      for (const text of texts) stream.enqueue(encoder.encode(text));
    },
    close: () => stream.close(),
    fail: (error = new TypeError('network error')) => stream.error(error),
    get cancelled() {
      return cancelled;
    },
  };
}

/** A body of ready-made chunks. */
export const bodyOf = (chunks: readonly Uint8Array<ArrayBuffer>[]): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream({
    start: (controller) => {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });

/** mulberry32: random enough to cut streams with, and the same in every run. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
