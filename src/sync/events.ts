/** Server-sent events out of their lines, as HTML 9.2.6 reads them: a field, a colon, at most one space; an empty line ends the message. */

export interface Message {
  /** That of this message, or of an earlier one. */
  readonly id: string | null;
  readonly event: string;
  readonly data: string;
}

export interface EventReader {
  /** As far as whole messages have come: from there a server goes on. */
  readonly lastId: string | null;
  /** Gives what this line ends: a message that has a name, or nothing. */
  readonly read: (line: string) => Message | null;
  /** The connection was lost: half a message is none, and its id was not reached. */
  readonly forget: () => void;
}

export function createEventReader(lastId: string | null = null): EventReader {
  let reached = lastId;
  let id = lastId;
  let event = '';
  let data: string | null = null;
  const forget = (): void => {
    id = reached;
    event = '';
    data = null;
  };
  return {
    get lastId() {
      return reached;
    },
    forget,
    read(line) {
      if (line === '') {
        const message = event ? { id, event, data: data ?? '' } : null;
        reached = id;
        forget();
        return message;
      }
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
      if (field === 'data') data = data === null ? value : `${data}\n${value}`;
      else if (field === 'id') id = value;
      else if (field === 'event') event = value;
      return null;
    },
  };
}
