/** What is asked of SweatStack with a bearer, and what comes back, read leniently. */
import type { AccountStatus } from '../../core/account.js';
import { membersOf } from '../../core/json.js';
import type { Activity, User } from '../../core/nouns.js';
import { jsonFrom } from '../wire.js';
import type { Wire, WireAnswer, WireRequest } from '../wire.js';
import { address } from './settings.js';

/** A token good for one call; asked for anew where the server no longer takes the last one. */
export type TokenSource = (signal: AbortSignal, force?: boolean) => Promise<string>;

/** What makes something of an answer, or null of what says nothing. */
interface Reading {
  userFrom(json: unknown): User | null;
  accountStatusFrom(json: unknown): AccountStatus | null;
  activityFrom(json: unknown): Activity | null;
}

export type Api = ReturnType<typeof createApi>;

export function createApi(base: URL, wire: Wire, token: TokenSource, reading: () => Promise<Reading>) {
  const ask = async (path: string, request: WireRequest, anew = false): Promise<WireAnswer> =>
    wire(address(base, `/api/v1${path}`), { ...request, headers: { ...request.headers, authorization: `Bearer ${await token(request.signal, anew)}` } });

  /** A 401 means: renew, and ask once more. */
  async function json(path: string, request: WireRequest): Promise<unknown> {
    let response = await ask(path, request);
    if (response.status === 401) response = await ask(path, request, true);
    return jsonFrom(response, path);
  }

  /** What reads the answer comes while it is asked for. */
  const read =
    <How extends keyof Reading>(path: string, how: How) =>
    async (signal: AbortSignal): Promise<ReturnType<Reading[How]>> => {
      const [readings, answer] = await Promise.all([reading(), json(path, { signal })]);
      return readings[how](answer) as ReturnType<Reading[How]>;
    };

  return {
    user: read('/oauth/userinfo', 'userFrom'),
    status: read('/profile/status', 'accountStatusFrom'),
    latest: read('/activities/latest', 'activityFrom'),
    stream: (signal: AbortSignal): Promise<WireAnswer> => ask('/activities/backfill-status', { signal, streamed: true }),
    /** A page of the platform's own for managing connections: good once, made on the click. */
    portal: async (destination: string, signal: AbortSignal): Promise<unknown> =>
      membersOf(await json('/portal/sessions', { method: 'POST', signal, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ destination }) }))['url'],
  };
}
