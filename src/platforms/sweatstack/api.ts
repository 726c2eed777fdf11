/** What is asked of SweatStack with a bearer, and what comes back, read leniently. */
import { ConnectError } from '../../core/errors.js';
import type { Activity, User } from '../../core/nouns.js';
import { codeOfStatus } from '../../oauth/failures.js';
import type { Wire } from '../wire.js';
import { accountStatusFrom, userFrom } from './account.js';
import type { AccountStatus } from './account.js';
import { activityFrom } from './activity.js';
import { address } from './settings.js';

/** A token good for one call; asked for anew where the server no longer takes the last one. */
export type TokenSource = (signal: AbortSignal, force?: boolean) => Promise<string>;

export type Api = ReturnType<typeof createApi>;

export function createApi(base: URL, wire: Wire, token: TokenSource) {
  const at = (path: string): string => address(base, `/api/v1${path}`);

  async function ask(path: string, init: RequestInit & { signal: AbortSignal; streamed?: boolean }, bearer: string): Promise<Response> {
    return wire(at(path), { ...init, headers: { ...init.headers, authorization: `Bearer ${bearer}` } });
  }

  /** A 401 means: renew, and ask once more. */
  async function json(path: string, signal: AbortSignal, init: RequestInit = {}): Promise<unknown> {
    let response = await ask(path, { ...init, signal }, await token(signal));
    if (response.status === 401) response = await ask(path, { ...init, signal }, await token(signal, true));
    if (!response.ok) throw new ConnectError(codeOfStatus(response.status), `${init.method ?? 'GET'} ${path} answered HTTP ${response.status}, expected 200.`);
    try {
      return await response.json();
    } catch (thrown) {
      throw new ConnectError('invalid_response', `${init.method ?? 'GET'} ${path} did not answer with JSON.`, thrown);
    }
  }

  return {
    user: async (signal: AbortSignal): Promise<User | null> => userFrom(await json('/oauth/userinfo', signal)),
    status: async (signal: AbortSignal): Promise<AccountStatus | null> => accountStatusFrom(await json('/profile/status', signal)),
    latest: async (signal: AbortSignal): Promise<Activity | null> => activityFrom(await json('/activities/latest', signal)),
    stream: async (signal: AbortSignal): Promise<Response> => ask('/activities/backfill-status', { signal, streamed: true }, await token(signal)),
    /** A page of the platform's own for managing connections: good once, made on the click. */
    async portal(destination: string, signal: AbortSignal): Promise<unknown> {
      const answer = await json('/portal/sessions', signal, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ destination }),
      });
      return (Object(answer) as { url?: unknown }).url;
    },
  };
}
