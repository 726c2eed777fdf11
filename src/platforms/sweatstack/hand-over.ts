import { ConnectError } from '../../core/errors.js';
import type { Connection, User } from '../../core/nouns.js';
import type { Confirmed } from '../../core/platform.js';
import { codeOfStatus } from '../../oauth/failures.js';
import { address } from './settings.js';
import type { Wire } from '../wire.js';

export interface HandOver {
  readonly backend: URL;
  readonly code: string;
  readonly verifier: string;
  readonly redirectUri: string;
  readonly fetchSession: (() => Promise<string>) | null;
}

/** `token-delivery="backend"`: the host's handler redeems the code, and no token ever reaches the page (RFC 10017 6.2). */
export async function handOver({ backend, code, verifier, redirectUri, fetchSession }: HandOver, wire: Wire, signal: AbortSignal): Promise<Confirmed> {
  const session = await fetchSession?.();
  const response = await wire(address(backend, '/redeem'), {
    method: 'POST',
    signal,
    cookies: true,
    headers: { 'content-type': 'application/json', ...(session ? { authorization: `Bearer ${session}` } : {}) },
    body: JSON.stringify({ code, verifier, redirectUri }),
  });
  if (!response.ok)
    throw new ConnectError(codeOfStatus(response.status), `The handler’s POST /redeem answered HTTP ${response.status}, expected 200. Is it mounted at backend-url (${backend.pathname})?`);
  const answer: unknown = await response.json().catch(() => null);
  const { user, connections } = Object(answer) as { user?: User | null; connections?: unknown };
  if (!Array.isArray(connections)) throw new ConnectError('invalid_response', 'The handler’s POST /redeem answered without a list of connections.');
  return { tokens: null, user: user ?? null, connections: connections as readonly Connection[] };
}
