import { ConnectError } from '../../core/errors.js';
import { listOf, namedSources, offered } from '../../core/integrations.js';
import type { Source } from '../../core/nouns.js';
import { checkedUrl } from '../../core/urls.js';
import type { Proof } from '../../oauth/pkce.js';
import { encoded } from '../../oauth/protocol.js';
import type { Configuration } from '../configuration.js';

export interface SweatstackOptions extends Pick<Configuration, 'clientId' | 'redirectUri' | 'scope' | 'baseUrl' | 'signIn' | 'sources' | 'mode' | 'persist' | 'tokenDelivery' | 'backendUrl' | 'noPreview' | 'fetchSession'> {
  /** SweatStack's meaning: `none` only skips a consent that was given before. Default `none`. */
  readonly prompt?: string | undefined;
  /** Replaces the address of the sign-in page. Must not wait for anything: it runs inside the click. */
  readonly buildUrl?: ((base: URL, parameters: Readonly<Record<string, string>>) => string) | undefined;
}

export interface Settings {
  readonly clientId: string;
  readonly base: URL;
  readonly redirectUri: string;
  readonly scope: string;
  readonly express: boolean;
  readonly popupOnly: boolean;
  readonly persist: 'memory' | 'session' | 'local';
  /** Where the code is redeemed, if not here. */
  readonly backend: URL | null;
  readonly sources: readonly Source[];
  readonly prompt: string;
}

/** Reads what the page said, and says what is wrong with it. Called with a page at hand, never at import. */
export function settingsFrom(options: SweatstackOptions): Settings {
  const clientId = options.clientId?.trim();
  if (!clientId) throw misconfigured('client-id is missing: expected the id of your SweatStack application.');
  const redirect = addressOf('redirect-uri', options.redirectUri, location.origin + location.pathname);
  if (redirect.origin !== location.origin) throw misconfigured(`redirect-uri must be on this page’s own origin, ${location.origin}: got ${redirect.origin}.`);
  if (redirect.hash) throw misconfigured('redirect-uri must not have a fragment.');
  const ids = listOf(options.sources);
  return {
    clientId,
    base: addressOf('base-url', options.baseUrl, 'https://app.sweatstack.no'),
    redirectUri: redirect.href,
    scope: listOf(options.scope).join(' ') || 'openid profile data:read',
    express: oneOf('sign-in', options.signIn, ['express', 'standard']) === 'express',
    popupOnly: oneOf('mode', options.mode, ['auto', 'popup', 'redirect']) === 'popup',
    persist: oneOf('persist', options.persist, ['memory', 'session', 'local']),
    backend: oneOf('token-delivery', options.tokenDelivery, ['event', 'none', 'backend']) === 'backend' ? addressOf('backend-url', options.backendUrl, '/wearables') : null,
    sources: namedSources(ids.length ? ids : offered),
    prompt: options.prompt ?? 'none',
  };
}

export const asksFor = (scope: string, name: string): boolean => scope.split(' ').includes(name);

/** Names an app at its platform, the same in every tab. */
export const appName = ({ clientId, base }: Settings): string => `${clientId}@${base.host}`;

type Said = string | null | undefined;

const addressOf = (name: string, said: Said, otherwise: string): URL => checkedUrl(said?.trim() || otherwise, name, 'misconfigured', location.href);

function oneOf<const T extends string>(name: string, said: Said, known: readonly [T, ...T[]]): T {
  const value = said?.trim() || known[0];
  const found = known.find((one) => one === value);
  if (!found) throw misconfigured(`${name} must be one of ${known.join(', ')}: got ${JSON.stringify(value)}.`);
  return found;
}

const misconfigured = (message: string): ConnectError => new ConnectError('misconfigured', message);

/** Every parameter of the authorize address. `integration` leads straight to the wearable's own sign-in. */
export function authorizeParameters(settings: Settings, proof: Proof, integration: string | null, prompt: string): Record<string, string> {
  return {
    client_id: settings.clientId,
    redirect_uri: settings.redirectUri,
    scope: settings.scope,
    response_type: 'code',
    state: proof.state,
    ...(asksFor(settings.scope, 'openid') ? { nonce: proof.nonce } : {}),
    code_challenge: proof.challenge,
    code_challenge_method: 'S256',
    prompt,
    ...(integration ? { integration } : {}),
  };
}

/**
 * Express login takes the same parameters as the base64 of a JSON object: standard alphabet, padded, of the UTF-8 bytes. Read by
 * the platform's own model of them, in which scopes are a list.
 */
export function signInUrl({ base, express }: Settings, parameters: Readonly<Record<string, string>>): string {
  const bytes = new TextEncoder().encode(JSON.stringify({ ...parameters, scope: parameters['scope']?.split(' ') }));
  const [path, query] = express ? ['/express-login', { state: encoded(bytes) }] : ['/oauth/authorize', parameters];
  return `${address(base, path)}?${new URLSearchParams(query)}`;
}

export const address = (base: URL, path: string): string => base.origin + base.pathname.replace(/\/$/, '') + path;
