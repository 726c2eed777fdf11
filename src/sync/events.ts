import { longestLine, tooLong } from './lines.js';
import type { Cutter } from './lines.js';

/** One of the server-sent events. */
export interface Message {
  /** That of this message, or of an earlier one. */
  readonly id: string | null;
  readonly event: string;
  readonly data: string;
}

export interface MessageReader {
  /** As far as whole messages have come: from there a server goes on. */
  readonly lastId: string | null;
  readonly read: (chunk: string, tell: (message: Message) => void) => void;
  /** For one connection: of the one before it half a message may be left, whose id was not reached. */
  readonly anew: () => Cutter<Message>;
}

/** Somebody is there, and has said nothing: a comment, or a message that has no name. */
const silence: Message = { id: null, event: '', data: '' };

// Letters by their codes, which is several times as fast as to cut out the names of fields and compare them.
const a = 97;
const d = 100;
const e = 101;
const i = 105;
const n = 110;
const t = 116;
const v = 118;
const newline = 10;
const colon = 58;
const space = 32;

/**
 * Messages, read as HTML 9.2.6 says, in one pass over what has come: a field, a colon, at most one space; an empty line ends the
 * message. Of a chunk that ends none a silence is cut, so that whoever waits knows that somebody is there.
 */
export function createMessageReader(lastId: string | null = null, maxLine = longestLine): MessageReader {
  let reached = lastId;
  let id = lastId;
  let event = '';
  let data: string | null = null;
  /** Of a line that has not ended. */
  let rest = '';
  /** A CR has ended its line at once; the LF that may open the next chunk belongs to the same break. */
  let afterReturn = false;
  /** What is joined is one string; what is added stays a rope, in which every letter that is looked at is looked up. */
  const halves = ['', ''];

  function read(chunk: string, tell: (message: Message) => void): void {
    if (!chunk) return;
    let text = afterReturn && chunk.startsWith('\n') ? chunk.slice(1) : chunk;
    afterReturn = text.endsWith('\r');
    // No platform sends a CR.
    if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
    // Only new text is searched, and adding to a string builds a rope: one-byte chunks cost no more than one big one.
    let end = text.indexOf('\n');
    if (end >= 0) {
      end += rest.length;
      halves[0] = rest;
      halves[1] = text;
      text = halves.join('');
      rest = '';
    }
    let at = 0;
    while (end >= 0) {
      if (end - at > maxLine) throw tooLong(maxLine);
      const first = text.charCodeAt(at);
      if (first === d && text.charCodeAt(at + 1) === a && text.charCodeAt(at + 2) === t && text.charCodeAt(at + 3) === a) {
        const from = valueAt(text, at + 4, end);
        if (from >= 0) data = data === null ? text.slice(from, end) : `${data}\n${text.slice(from, end)}`;
      } else if (first === i && text.charCodeAt(at + 1) === d) {
        const from = valueAt(text, at + 2, end);
        if (from >= 0) id = text.slice(from, end);
      } else if (first === e && text.charCodeAt(at + 1) === v && text.charCodeAt(at + 2) === e && text.charCodeAt(at + 3) === n && text.charCodeAt(at + 4) === t) {
        const from = valueAt(text, at + 5, end);
        if (from >= 0) event = text.slice(from, end);
      }
      // The empty line that ends a message follows at once: it is seen, not searched.
      if (at < end && text.charCodeAt((at = end + 1)) === newline) end = at;
      if (at === end) {
        if (event) tell({ id, event, data: data ?? '' });
        reached = id;
        event = '';
        data = null;
        at = end + 1;
      }
      end = text.indexOf('\n', at);
    }
    rest += text.slice(at);
    if (rest.length > maxLine) throw tooLong(maxLine);
  }

  const cutter: Cutter<Message> = {
    push(chunk) {
      const found: Message[] = [];
      read(chunk, (message) => found.push(message));
      return found.length || !chunk ? found : [silence];
    },
    end: () => [],
  };

  return {
    get lastId() {
      return reached;
    },
    read,
    anew() {
      id = reached;
      event = rest = '';
      data = null;
      afterReturn = false;
      return cutter;
    },
  };
}

/** Where the value begins, after the name of a field; less than nothing where that goes on, and is another's. */
function valueAt(text: string, at: number, end: number): number {
  if (text.charCodeAt(at) === colon) return text.charCodeAt(at + 1) === space ? at + 2 : at + 1;
  return at === end ? end : -1;
}
