import { ConnectError } from '../../core/errors.js';
import type { Source } from '../../core/nouns.js';
import { checkedUrl } from '../../core/urls.js';
import type { Proof } from '../../oauth/proof.js';
import { listOf, namedSources } from '../integrations.js';

export interface SweatstackOptions {
  readonly clientId?: string | null | undefined;
  readonly redirectUri?: string | null | undefined;
  readonly scope?: string | null | undefined;
  readonly baseUrl?: string | null | undefined;
  readonly signIn?: string | null | undefined;
  readonly sources?: readonly string[] | string | null | undefined;
  readonly mode?: string | null | undefined;
  readonly persist?: string | null | undefined;
  readonly tokenDelivery?: string | null | undefined;
  readonly backendUrl?: string | null | undefined;
  readonly noPreview?: boolean | undefined;
  readonly fetchSession?: (() => Promise<string>) | null | undefined;
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

/** No endpoint lists them; the page may offer others (facts: roadmap changes). */
const offered: readonly Source[] = [
  { id: 'garmin_connect', name: 'Garmin Connect' },
  { id: 'intervals_icu', name: 'Intervals.icu' },
  { id: 'wahoo', name: 'Wahoo' },
];

/** Reads what the page said, and says what is wrong with it. Called with a page at hand, never at import. */
export function settingsFrom(options: SweatstackOptions): Settings {
  const clientId = options.clientId?.trim();
  if (!clientId) throw misconfigured('client-id is missing: expected the id of your application, from https://app.sweatstack.no/settings/api.');
  const base = checkedUrl(options.baseUrl?.trim() || 'https://app.sweatstack.no', 'base-url', 'misconfigured', location.href);
  const page = `${location.origin}${location.pathname}`;
  const redirect = checkedUrl(options.redirectUri?.trim() || page, 'redirect-uri', 'misconfigured', location.href);
  if (redirect.origin !== location.origin)
    throw misconfigured(`redirect-uri must be on this page’s own origin, ${location.origin}: got ${redirect.origin}. Channels and storage do not cross origins.`);
  if (redirect.hash) throw misconfigured('redirect-uri must not have a fragment (RFC 6749 3.1.2).');
  const ids = listOf(options.sources);
  return {
    clientId,
    base,
    redirectUri: redirect.href,
    scope: listOf(options.scope).join(' ') || 'openid profile data:read',
    express: oneOf('sign-in', options.signIn, ['express', 'standard']) === 'express',
    popupOnly: oneOf('mode', options.mode, ['auto', 'popup', 'redirect']) === 'popup',
    persist: oneOf('persist', options.persist, ['memory', 'session', 'local']),
    backend:
      oneOf('token-delivery', options.tokenDelivery, ['event', 'none', 'backend']) === 'backend'
        ? checkedUrl(options.backendUrl?.trim() || '/wearables', 'backend-url', 'misconfigured', location.href)
        : null,
    sources: ids.length ? namedSources(ids, offered) : offered,
    prompt: options.prompt ?? 'none',
  };
}

function oneOf<const T extends string>(name: string, value: string | null | undefined, known: readonly [T, ...T[]]): T {
  const said = value?.trim() || known[0];
  const found = known.find((one) => one === said);
  if (!found) throw misconfigured(`${name} must be one of ${known.join(', ')}: got ${JSON.stringify(said)}.`);
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
    ...(settings.scope.split(' ').includes('openid') ? { nonce: proof.nonce } : {}),
    code_challenge: proof.challenge,
    code_challenge_method: 'S256',
    prompt,
    ...(integration ? { integration } : {}),
  };
}

/** Express login takes the same parameters as the base64 of a JSON object: standard alphabet, padded, of the UTF-8 bytes. */
export function signInUrl(settings: Settings, parameters: Readonly<Record<string, string>>): string {
  if (!settings.express) return `${address(settings.base, '/oauth/authorize')}?${new URLSearchParams(parameters)}`;
  const bytes = new TextEncoder().encode(JSON.stringify(parameters));
  return `${address(settings.base, '/express-login')}?state=${encodeURIComponent(btoa(String.fromCharCode(...bytes)))}`;
}

export const address = (base: URL, path: string): string => base.origin + base.pathname.replace(/\/$/, '') + path;
