import type { Tokens } from '../../core/nouns.js';
import { checkedUrl } from '../../core/urls.js';
import { revoke } from '../../oauth/proof.js';
import type { TokenServer } from '../../oauth/proof.js';
import { address } from './settings.js';
import type { Wire } from '../wire.js';

/**
 * Takes the tokens back where the platform says that it can (RFC 7009). SweatStack documents no such endpoint, so it is looked
 * for only now, when somebody leaves. True only when every token was confirmed as revoked.
 */
export async function revokeAll(server: TokenServer, tokens: Tokens, base: URL, wire: Wire, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await wire(address(base, '/.well-known/openid-configuration'), { signal });
    const { revocation_endpoint: named } = Object(response.ok ? await response.json() : null) as { revocation_endpoint?: unknown };
    if (typeof named !== 'string') return false;
    const endpoint = checkedUrl(named, 'revocation_endpoint', 'invalid_response');
    // A document that names another origin gets no token (RFC 9700 4.9.1).
    if (endpoint.origin !== base.origin) return false;
    // The refresh token first: it is the one that lives long.
    for (const token of [tokens.refreshToken, tokens.accessToken]) if (token) await revoke(server, endpoint.href, token, signal);
    return true;
  } catch {
    return false;
  }
}
