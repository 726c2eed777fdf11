import { ConnectError } from '../core/errors.js';

/** Nothing a platform says in one line is longer; more would be a flood, or no lines at all. */
const longestLine = 65_536;

export interface LineOptions {
  readonly maxLine?: number;
  /** Keep empty lines: in server-sent events they end a message. */
  readonly blanks?: boolean;
}

export interface LineSplitter {
  push(text: string): string[];
  /** What came after the last break. */
  end(): string[];
}

/** Cuts text at LF, CRLF and CR, wherever the chunks happen to end. */
export function createLineSplitter({ maxLine = longestLine, blanks = false }: LineOptions = {}): LineSplitter {
  // Only new text is searched, and adding to a string builds a rope: one-byte chunks cost no more than one big one.
  let rest = '';
  // A CR ends its line at once; the LF that may open the next chunk belongs to the same break.
  let afterReturn = false;

  const kept = (lines: string[]): string[] =>
    lines.filter((line) => {
      if (line.length > maxLine) throw tooLong(maxLine);
      return blanks || line.trim();
    });

  return {
    push(text) {
      if (!text) return [];
      const fresh = afterReturn && text.startsWith('\n') ? text.slice(1) : text;
      afterReturn = text.endsWith('\r');
      const lines = fresh.split(/\r\n?|\n/);
      lines[0] = rest + lines[0];
      rest = lines.pop() ?? '';
      if (rest.length > maxLine) throw tooLong(maxLine);
      return kept(lines);
    },
    end() {
      const last = rest;
      rest = '';
      return last ? kept([last]) : [];
    },
  };
}

export interface ReadOptions extends LineOptions {
  /** Called for every chunk, whole lines or not. */
  readonly onBytes?: () => void;
}

/** The lines of a body as they arrive. Leaving the loop or aborting cancels the body; aborting throws the signal's reason. */
export async function* readLines(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  { onBytes, ...options }: ReadOptions = {},
): AsyncGenerator<string, void, undefined> {
  const reader = body.getReader();
  const cancel = (): void => void reader.cancel(signal.reason).catch(() => {});
  const splitter = createLineSplitter(options);
  const decoder = new TextDecoder();
  signal.addEventListener('abort', cancel);
  try {
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      // Cancelling answers a waiting read with `done`: an abort must not pass for the end of the stream.
      signal.throwIfAborted();
      if (!done) onBytes?.();
      const lines = splitter.push(decoder.decode(value, { stream: !done }));
      if (done) lines.push(...splitter.end());
      for (const line of lines) {
        yield line;
        signal.throwIfAborted();
      }
      if (done) return;
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}

const tooLong = (maxLine: number): ConnectError =>
  new ConnectError('platform_error', `A line of the stream is longer than ${maxLine} characters: expected short JSON lines.`);
