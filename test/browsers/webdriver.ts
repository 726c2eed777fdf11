/** As much of W3C WebDriver (https://www.w3.org/TR/webdriver2/) as a tab needs, by plain requests. */
import { patienceMs } from './waiting.js';

export class WebDriverError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** A page on its way to the next one is, for a moment, no frame at all. */
const onTheWay = new Set(['no such frame', 'no such window', 'stale element reference']);
const onTheWayMs = 3000;
/** A script in a page that is replaced by one of another process may never be answered: whoever asked can ask again before they have lost patience. */
const scriptMs = patienceMs / 2;

const answersWithinMs = 3 * patienceMs;

export async function request<T>(method: 'GET' | 'POST' | 'DELETE', url: string, body?: object): Promise<T> {
  const answer = await fetch(url, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    signal: AbortSignal.timeout(answersWithinMs),
  }).catch((cause: unknown) => {
    // What fetch throws is no more than “[object Object]” by the time that a test in a process of its own has reported it.
    throw new Error(`the driver gave no answer to ${method} ${new URL(url).pathname} ${JSON.stringify(body ?? null).slice(0, 300)}: ${String(cause)}`, { cause });
  });
  const { value } = (await answer.json()) as { value: T & { error?: string; message?: string } };
  if (!answer.ok) throw new WebDriverError(value.error ?? String(answer.status), value.message ?? '');
  return value;
}

/** A session has one current window, so what is asked of one window has to wait until another has been answered. */
export class Session {
  readonly #address: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(address: string) {
    this.#address = address;
  }

  static async start(driver: string, capabilities: object): Promise<Session> {
    const { sessionId } = await request<{ sessionId: string }>('POST', `${driver}/session`, { capabilities: { alwaysMatch: { timeouts: { script: scriptMs }, ...capabilities } } });
    return new Session(`${driver}/session/${sessionId}`);
  }

  handles(): Promise<string[]> {
    return this.#alone(() => this.#get('/window/handles'));
  }

  async end(): Promise<void> {
    await request('DELETE', this.#address);
  }

  get<T>(handle: string, path: string): Promise<T> {
    return this.#within(handle, () => this.#get<T>(path));
  }

  post<T>(handle: string, path: string, body: object = {}): Promise<T> {
    return this.#within(handle, () => this.#post<T>(path, body));
  }

  delete<T>(handle: string, path: string): Promise<T> {
    return this.#within(handle, () => request<T>('DELETE', this.#address + path));
  }

  /** The same inside a frame, by what `/execute` gave for its element. */
  postInFrame<T>(handle: string, frame: object, path: string, body: object): Promise<T> {
    return this.#within(handle, async () => {
      await this.#post('/frame', { id: frame });
      try {
        return await this.#post<T>(path, body);
      } finally {
        await this.#post('/frame', { id: null });
      }
    });
  }

  async #within<T>(handle: string, act: () => Promise<T>): Promise<T> {
    const end = Date.now() + onTheWayMs;
    for (;;) {
      try {
        return await this.#alone(async () => {
          await this.#post('/window', { handle });
          return await act();
        });
      } catch (error) {
        if (!(error instanceof WebDriverError && onTheWay.has(error.code)) || Date.now() > end) throw error;
        if (!(await this.handles()).includes(handle)) throw error; // It has not moved, it has gone.
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  #get<T>(path: string): Promise<T> {
    return request<T>('GET', this.#address + path);
  }

  #post<T>(path: string, body: object): Promise<T> {
    return request<T>('POST', this.#address + path, body);
  }

  #alone<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(act, act);
    this.#last = mine.catch(() => {});
    return mine;
  }
}
