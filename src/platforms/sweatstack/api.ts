/** What is asked of SweatStack with a bearer, and what comes back, read leniently. */
import { accountStatusFrom, userFrom } from '../../core/account.js';
import { ConnectError } from '../../core/errors.js';
import { membersOf } from '../../core/json.js';
import type { Activity } from '../../core/nouns.js';
import { backOffMs, pause } from '../../sync/back-off.js';
import { isFinal } from '../../sync/follow.js';
import { jsonFrom } from '../wire.js';
import type { Wire, WireAnswer, WireRequest } from '../wire.js';
import type { Afterwards } from './afterwards-later.js';
import { address } from './settings.js';

/** A token good for one call; another one where the server no longer takes that. */
export type TokenSource = (signal: AbortSignal, refused?: string) => Promise<string>;

/** What hides `Retry-After` from a page (CORS) is asked again after this, and a little. */
const againMs = 1_000;

export type Api = ReturnType<typeof createApi>;

export function createApi(base: URL, wire: Wire, token: TokenSource, afterwards: () => Promise<Pick<Afterwards, 'activityFrom'>>) {
  const ask = (path: string, request: WireRequest, bearer: string): Promise<WireAnswer> =>
    wire(address(base, `/api/v1${path}`), { ...request, headers: { ...request.headers, authorization: `Bearer ${bearer}` } });

  /** A 401 means: another token, and ask once more. Which one was refused is told, since meanwhile somebody may have renewed it. */
  async function json(path: string, request: WireRequest): Promise<unknown> {
    const bearer = await token(request.signal);
    let response = await ask(path, request, bearer);
    if (response.status === 401) response = await ask(path, request, await token(request.signal, bearer));
    return jsonFrom(response, path);
  }

  const read =
    <T>(path: string, from: (json: unknown) => T) =>
    async (signal: AbortSignal): Promise<T> =>
      from(await json(path, { signal }));

  /** Asked again, once, where that may help: nobody asks for these a second time. */
  const twice =
    <T>(ask: (signal: AbortSignal) => Promise<T>) =>
    (signal: AbortSignal): Promise<T> =>
      ask(signal).catch(async (thrown: unknown) => {
        if (isFinal(thrown)) throw thrown;
        await pause(againMs + backOffMs(0), signal);
        return ask(signal);
      });

  return {
    user: twice(read('/oauth/userinfo', userFrom)),
    status: read('/profile/status', accountStatusFrom),
    /** What reads it comes meanwhile. */
    latest: twice(async (signal): Promise<Activity | null> => {
      const reader = afterwards();
      reader.catch(() => {});
      const activity = await json('/activities/latest', { signal });
      return (await reader).activityFrom(activity);
    }),
    /** Asked for only with the scope for it: refused all the same, the app was turned away, which SweatStack says by a 401 or a 403. */
    async stream(signal: AbortSignal): Promise<WireAnswer> {
      const response = await ask('/activities/backfill-status', { signal, streamed: true }, await token(signal));
      if (response.status === 403) throw new ConnectError('session_expired', 'The stream answered HTTP 403, expected 200.');
      return response;
    },
    /** A page of the platform's own for managing connections: good once, made on the click. */
    portal: async (destination: string, signal: AbortSignal): Promise<unknown> =>
      membersOf(await json('/portal/sessions', { method: 'POST', signal, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ destination }) }))['url'],
  };
}
