import { ConnectError } from '../../core/errors.js';
import { membersOf } from '../../core/json.js';
import { anySource } from '../../core/integrations.js';
import type { Connection, Source, User } from '../../core/nouns.js';
import type { Confirmed } from '../../core/platform.js';
import { jsonFromHandler } from '../handler-answer.js';
import type { Wire } from '../wire.js';
import { address } from './settings.js';

/** What the host's handler redeems the code with. */
export interface Redeemable {
  readonly code: string;
  readonly verifier: string;
  readonly redirectUri: string;
}

/** `token-delivery="backend"`: the host's handler redeems the code, and no token ever reaches the page (RFC 10017 6.2). */
export async function handOver(backend: URL, redeemable: Redeemable, asked: readonly Source[], session: string | undefined, wire: Wire, signal: AbortSignal): Promise<Confirmed> {
  const response = await wire(address(backend, '/redeem'), {
    method: 'POST',
    signal,
    cookies: true,
    headers: { 'content-type': 'application/json', 'x-wearable-connect': '1', ...(session && { authorization: `Bearer ${session}` }) },
    body: JSON.stringify(redeemable),
  });
  const { user, connections } = membersOf(await jsonFromHandler(response, 'POST /redeem', `backend-url (${backend.pathname})`));
  if (!Array.isArray(connections) || !connections.every((one: { id?: unknown } | null) => one?.id)) throw new ConnectError('invalid_response', 'POST /redeem answered no list of connections.');
  return { tokens: null, user: (user as User | undefined) ?? null, connections: (connections as readonly Connection[]).flatMap(named(asked)) };
}

/** The handler was not told which wearable was asked for, and names none; this page knows. */
const named =
  (asked: readonly Source[]) =>
  (one: Connection): readonly Connection[] =>
    one.source === anySource ? asked.map(({ id, name }) => ({ ...one, id, source: id, name })) : [one];
