export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly url: URL;
  readonly init: RequestInit;
  readonly bearer: string | null;
}

/** What was sent along, as JSON. */
export const bodyOf = (asked: Asked | undefined): unknown => JSON.parse(asked?.init.body as string);

export type Answers = Record<string, (asked: Asked) => Response | Promise<Response>>;

export const json = (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
export const silence = (): Promise<Response> => new Promise(() => {});

/** One origin's answers, by `METHOD /path`, in place of `fetch`. Everything else is unreachable. */
export function stubFetch(origin: string, answers: Answers) {
  const { fetch } = globalThis;
  const asked: Asked[] = [];
  const open = new Set<Asked>();

  globalThis.fetch = async (input, init = {}) => {
    const url = new URL(input as string);
    const method = init.method ?? 'GET';
    const one: Asked = { method, path: url.pathname, url, init, bearer: new Headers(init.headers).get('authorization')?.replace('Bearer ', '') ?? null };
    const answer = answers[`${method} ${url.pathname}`];
    asked.push(one);
    open.add(one);
    const gone = new Promise<never>((_, reject) => {
      if (init.signal?.aborted) reject(init.signal.reason as Error);
      init.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error), { once: true });
    });
    gone.catch(() => {});
    try {
      if (url.origin !== origin || !answer) throw new TypeError(`Failed to fetch ${url.href}`);
      return await Promise.race([answer(one), gone]);
    } finally {
      open.delete(one);
    }
  };

  return {
    asked,
    answers,
    paths: (): string[] => asked.map(({ method, path }) => `${method} ${path}`),
    times: (path: string): number => asked.filter((one) => one.path === path).length,
    /** Requests without an answer. */
    get left() {
      return open.size;
    },
    restore: () => void (globalThis.fetch = fetch),
  };
}
