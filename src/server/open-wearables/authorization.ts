import { ConnectError } from '../../core/errors.js';
import { membersOf, textOf } from '../../core/json.js';
import { checkedUrl } from '../../core/urls.js';
import type { Api } from './api.js';
import type { OfferedSource } from './sources.js';

/** Where the visitor signs in. `returnUrl` is ours: Open Wearables sends anybody anywhere, to `javascript:` even. */
export async function authorizationUrl(api: Api, user: string, source: OfferedSource, returnUrl: string): Promise<string> {
  const query = new URLSearchParams({ user_id: user, redirect_uri: returnUrl });
  const json = await api.read('asking for an authorization URL', `/oauth/${source.id}/authorize?${query}`);
  return checkedAuthorization(textOf(membersOf(json)['authorization_url']), source.name);
}

/** The window that it goes to was opened blank, in the origin of the site. What the address says is not repeated. */
export function checkedAuthorization(address: string | null, provider: string): string {
  if (!address) throw new ConnectError('invalid_response', `Open Wearables gave no authorization URL for ${provider}.`);
  let url: URL;
  try {
    url = checkedUrl(address, 'The authorization URL', 'invalid_response');
  } catch {
    throw new ConnectError('invalid_response', `The authorization URL of ${provider} is not https: or has credentials in it: correct the settings of ${provider} on the Open Wearables server.`);
  }
  // A provider without credentials is listed as enabled, and its address made all the same. OAuth 1 has no client_id; what has neither may call it otherwise.
  const parameters = url.searchParams;
  if ((parameters.get('client_id') ?? parameters.get('oauth_token'))?.trim() === '')
    throw new ConnectError('misconfigured', `${provider} has no credentials on the Open Wearables server: its client_id is empty. Set them there, or switch ${provider} off.`);
  return url.href;
}
