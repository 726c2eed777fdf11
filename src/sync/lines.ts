import { ConnectError } from '../core/errors.js';

/** Nothing a platform says in one line is longer; more would be a flood, or no lines at all. */
export const longestLine = 65_536;

export const tooLong = (most: number): ConnectError => new ConnectError('platform_error', `The stream has a line of more than ${most} characters.`);

/** Cuts what a body says into pieces, wherever its chunks happen to end. */
export interface Cutter<Piece> {
  readonly push: (text: string) => Piece[];
  /** What came after the last break. */
  readonly end: () => Piece[];
}

/** Cuts text at LF, CRLF and CR, wherever the chunks happen to end. Empty lines stay: in server-sent events they end a message. */
export function createLineSplitter(maxLine = longestLine): Cutter<string> {
  // Only new text is searched, and adding to a string builds a rope: one-byte chunks cost no more than one big one.
  let rest = '';
  // A CR ends its line at once; the LF that may open the next chunk belongs to the same break.
  let afterReturn = false;
  return {
    push(text) {
      if (!text) return [];
      // By a text it is several times as fast as by a pattern, and no platform sends a CR.
      const lines = (afterReturn ? text.replace(/^\n/, '') : text).split(text.includes('\r') ? /\r\n?|\n/ : '\n');
      afterReturn = text.endsWith('\r');
      const isLong = rest.length + text.length > maxLine;
      lines[0] = rest + lines[0];
      if (isLong && lines.some((line) => line.length > maxLine)) throw tooLong(maxLine);
      rest = lines.pop() ?? '';
      return lines;
    },
    end() {
      const last = rest;
      rest = '';
      return last ? [last] : [];
    },
  };
}

/**
 * What each chunk of a body finishes: no piece, one or many. Leaving the loop or aborting cancels the body; aborting throws
 * the signal's reason.
 */
export async function* readPieces<Piece>(body: ReadableStream<Uint8Array>, signal: AbortSignal, { push, end }: Cutter<Piece>): AsyncGenerator<Piece[], void, undefined> {
  const reader = body.getReader();
  const cancel = (): void => void reader.cancel(signal.reason).catch(() => {});
  const decoder = new TextDecoder();
  signal.addEventListener('abort', cancel);
  try {
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      // Cancelling answers a waiting read with `done`: an abort must not pass for the end of the stream.
      signal.throwIfAborted();
      const pieces = push(decoder.decode(value, { stream: !done }));
      if (done) pieces.push(...end());
      if (!done || pieces.length) yield pieces;
      if (done) return;
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}
