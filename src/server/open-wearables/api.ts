import { ConnectError } from '../../core/errors.js';
import { membersOf } from '../../core/json.js';
import type { Clock } from '../../sync/clock.js';
import { jsonIn } from '../upstream.js';
import type { Answered, Upstream } from '../upstream.js';

export interface ApiRequest {
  readonly method?: string;
  readonly body?: object;
  /** Statuses that mean something to who asks; every other that is not a success is an error. */
  readonly also?: readonly number[];
  /** False where the credentials are in the body. */
  readonly key?: boolean;
  readonly patienceMs?: number;
  readonly signal?: AbortSignal;
}

export interface Api {
  /** Icons are relative to it. */
  readonly base: string;
  request(what: string, path: string, request?: ApiRequest): Promise<Answered>;
  read(what: string, path: string, signal?: AbortSignal): Promise<unknown>;
  /** By the clock of Open Wearables, as far as its answers told: what it stamps is compared with this. */
  now(): number;
}

/** Given with or without the part that all its routes have in common. */
export const baseOf = (url: URL): string => url.origin + url.pathname.replace(/(\/api\/v1)?\/*$/, '');

/** The only place that has the API key. Which user a path is about is never said in an error. */
export function createApi(url: URL, apiKey: string, upstream: Upstream, clock: Clock): Api {
  const base = baseOf(url);
  let aheadMs = 0;

  async function request(what: string, path: string, { method = 'GET', body, also = [], key = true, patienceMs, signal }: ApiRequest = {}): Promise<Answered> {
    const named = `Open Wearables (${what})`;
    const headers = { accept: 'application/json', ...(key && { 'x-open-wearables-api-key': apiKey }), ...(body && { 'content-type': 'application/json' }) };
    const response = await upstream(named, `${base}/api/v1${path}`, { method, headers, ...(signal && { signal }), ...(body && { body: JSON.stringify(body) }) }, patienceMs);
    const date = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(date)) aheadMs = date - clock.now();
    if (response.ok || also.includes(response.status)) return response;
    throw refusal(named, response.status);
  }

  return {
    base,
    request,
    async read(what, path, signal) {
      const json = jsonIn(await request(what, path, signal && { signal }));
      if (json === undefined) throw new ConnectError('invalid_response', `Open Wearables (${what}) did not answer with JSON: is openWearables.url the address of its API?`);
      return json;
    },
    now: () => clock.now() + aheadMs,
  };
}

/** Its own words are dropped: some quote databases and providers. */
function refusal(named: string, status: number): ConnectError {
  if (status === 401 || status === 403) return new ConnectError('misconfigured', `${named} refused the API key with HTTP ${status}: check openWearables.apiKey on the server.`);
  if (status === 404) return new ConnectError('misconfigured', `${named} is not there (HTTP 404): check openWearables.url on the server.`);
  if (status === 429) return new ConnectError('rate_limited', `${named} asks to slow down.`);
  return new ConnectError('platform_error', `${named} answered HTTP ${status}.`);
}

/** What an older server says of a route it does not have; of a user or a connection it says more. */
export const isMissingRoute = (answer: Answered): boolean => answer.status === 404 && membersOf(jsonIn(answer))['detail'] === 'Not Found';
