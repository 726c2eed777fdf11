import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request as a test wants to see it. Everything in the sandbox is invented, so nothing is left out. */
export interface LoggedRequest {
  readonly method: string;
  readonly host: string;
  /** Path and query. */
  readonly path: string;
  /** 0 until the answer begins. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Forms posted to the token and revocation endpoints. */
  readonly body?: Readonly<Record<string, string>>;
}

type Entry = Omit<LoggedRequest, 'body'> & { body?: Record<string, string> };

export interface RequestLog {
  readonly entries: readonly LoggedRequest[];
  add(req: IncomingMessage, res: ServerResponse): void;
  /** Keeps the fields of a form beside its request. */
  body(req: IncomingMessage, form: URLSearchParams): void;
  clear(): void;
}

const limit = 500;

export function createRequestLog(): RequestLog {
  const entries: Entry[] = [];
  const byRequest = new WeakMap<IncomingMessage, Entry>();
  return {
    entries,
    add(req, res) {
      const entry: Entry = {
        method: req.method ?? '', host: req.headers.host ?? '', path: req.url ?? '', headers: { ...req.headers },
        // Asked of the answer itself: a client that has its answer must find the status here, also of an open stream.
        get status() { return res.headersSent ? res.statusCode : 0; },
      };
      entries.push(entry);
      if (entries.length > limit) entries.shift();
      byRequest.set(req, entry);
    },
    body(req, form) {
      const entry = byRequest.get(req);
      if (entry !== undefined) entry.body = Object.fromEntries(form);
    },
    clear() { entries.length = 0; },
  };
}
