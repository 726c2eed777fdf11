/** A handler, the platforms behind it answering from a table, and a page that asks: all in memory, no socket. */
import { createHandler } from '../../src/server/handler.js';
import type { HandlerOptions } from '../../src/server/settings.js';
import { createFakeClock } from '../sync/fake-clock.js';

export const site = 'https://club.example';

export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
}

export type Answer = (asked: Asked) => Response | Promise<Response>;

export const reply = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(status === 204 ? null : typeof body === 'string' ? body : JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

/** Answers by `METHOD /path`; what is not in the table is as a missing route of FastAPI. */
export function createPlatforms(answers: Record<string, Answer> = {}) {
  const asked: Asked[] = [];
  return {
    answers,
    asked,
    times: (route: string) => asked.filter(({ method, url }) => `${method} ${url.pathname}` === route).length,
    fetch: async (address: string, init: RequestInit): Promise<Response> => {
      const request = new Request(address, { ...init, signal: null });
      const one: Asked = { method: request.method, url: new URL(address), headers: request.headers, body: await request.text() };
      asked.push(one);
      const gone = new Promise<never>((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error)));
      gone.catch(() => {});
      const answer = answers[`${one.method} ${one.url.pathname}`];
      return Promise.race([answer ? answer(one) : reply({ detail: 'Not Found' }, 404), gone]);
    },
  };
}

/** The session is whatever `x-user` says; without it nobody is signed in. */
export const authenticate = (request: Request): { userId: string } | null => {
  const userId = request.headers.get('x-user');
  return userId ? { userId } : null;
};

export function createRig(options: Partial<HandlerOptions> = {}, answers: Record<string, Answer> = {}) {
  const platforms = createPlatforms(answers);
  const clock = createFakeClock();
  const thrown: unknown[] = [];
  const handler = createHandler({ origin: site, authenticate, onError: (error) => thrown.push(error), fetch: platforms.fetch, clock, ...options });

  /** As the element asks, but for what `init` changes. A header of null is left out. */
  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string | null> = {}, signal?: AbortSignal): Promise<Response> => {
    const all: Record<string, string | null> = { 'x-user': 'kari', 'x-wearable-connect': '1', ...(method !== 'GET' && { origin: site }), ...headers };
    const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
    return handler(new Request(`${site}${path}`, { method, headers: sent, ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }), ...(signal && { signal }) }));
  };
  return { handler, ask, platforms, clock, thrown };
}

export const membersOf = async (response: Response): Promise<Record<string, unknown>> => (await response.json()) as Record<string, unknown>;

/** What a refusal says, in short: `401 session_expired`. */
export async function verdictOf(response: Response): Promise<string> {
  const { error, message } = await membersOf(response);
  return typeof message === 'string' && message.length > 20 ? `${response.status} ${String(error)}` : `${response.status} without a sentence`;
}

/** The clock moves on until the answer is there: signing happens outside of it, so how often is not known. */
export async function inTime<T>(answer: Promise<T>, clock: { advance(ms: number): Promise<void> }): Promise<T> {
  let over = false;
  const end = (): void => void (over = true);
  answer.then(end, end);
  for (let turns = 0; !over && turns < 1000; turns += 1) {
    // What other threads do, digests and seals, comes before time goes on: else a busy machine takes seconds of it for them.
    for (let turn = 0; turn < 3; turn += 1) {
      await crypto.subtle.digest('SHA-256', new Uint8Array(1));
      await new Promise(setImmediate);
    }
    await clock.advance(100);
  }
  return answer;
}
