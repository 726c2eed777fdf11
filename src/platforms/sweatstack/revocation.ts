import { membersOf } from '../../core/json.js';
import type { Tokens } from '../../core/nouns.js';
import { checkedUrl } from '../../core/urls.js';
import { jsonFrom } from '../wire.js';
import type { Wire } from '../wire.js';
import { address } from './settings.js';

/**
 * Takes the tokens back where the platform says that it can (RFC 7009). SweatStack documents no such endpoint, so it is looked
 * for only now, when somebody leaves. True only when every token was confirmed as revoked.
 */
export async function revokeAll(clientId: string, tokens: Tokens, base: URL, wire: Wire, signal: AbortSignal): Promise<boolean> {
  try {
    const known = await jsonFrom(await wire(address(base, '/.well-known/openid-configuration'), { signal }), 'Discovery');
    const endpoint = checkedUrl(String(membersOf(known)['revocation_endpoint']), 'revocation_endpoint', 'invalid_response');
    // A document that names another origin gets no token (RFC 9700 4.9.1).
    if (endpoint.origin !== base.origin) return false;
    // The refresh token first: it is the one that lives long.
    for (const token of [tokens.refreshToken, tokens.accessToken]) {
      const { ok } = token ? await wire(endpoint.href, { method: 'POST', signal, body: new URLSearchParams({ client_id: clientId, token }) }) : { ok: true };
      if (!ok) return false;
    }
    return true;
  } catch {
    return false;
  }
}
