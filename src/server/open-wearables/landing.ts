import { answer } from '../answers.js';
import { visitorOf } from '../guard.js';
import type { Begun, Nonces } from '../nonce.js';
import { returnPage } from '../return-page.js';
import type { HostUser, Settings } from '../settings.js';
import type { Api } from './api.js';
import { isConnectedSince, readConnections } from './connections.js';

/**
 * `GET /return`. The page is the same for everybody; whether it went well is asked of the list of connections.
 *
 * Open Wearables binds its state to no browser, so whoever begins a sign-in can have somebody else finish it, and
 * their wearable is in the wrong account (RFC 9700 4.7, login CSRF). Where that somebody is signed in to this site it is seen
 * here, and undone at once. Hosts that know their visitors by a bearer alone cannot tell: browsers send none with an address.
 */
export function createLanding<U extends HostUser>(settings: Settings<U>, api: Api, nonces: Nonces, disconnect: (user: string, source: string) => Promise<void>): (request: Request) => Promise<Response> {
  const { origin, basePath, onError } = settings;

  async function isStranger(request: Request, { userId }: Begun): Promise<boolean> {
    const visitor = await visitorOf(request, settings).catch(() => null);
    return visitor !== null && visitor.userId !== userId;
  }

  /** What was connected before was connected by some other attempt. */
  async function undo(begun: Begun): Promise<void> {
    const { openWearablesUserId: id, source } = begun;
    const rows = await readConnections(api, id, []);
    if (rows.some((row) => row.connection.source === source && isConnectedSince(row, begun))) await disconnect(id, source);
  }

  return async (request) => {
    // Who only asks for the headers comes to nothing, and undoes nothing.
    const nonce = request.method === 'HEAD' ? null : new URL(request.url).searchParams.get('nonce');
    const begun = nonce === null ? null : await nonces.read(nonce);
    if (!begun || !(await isStranger(request, begun))) return returnPage();
    // Not with the request's signal: a window that is closed does not stop it.
    await undo(begun).catch((error: unknown) => onError('disconnecting what another visitor had begun', error));
    // To the same page without an answer in its address: there is nobody here to hand it to.
    return answer(null, null, 303, { location: `${origin}${basePath}/return` });
  };
}
