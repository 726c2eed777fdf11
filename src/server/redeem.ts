import { accountStatusFrom, userFrom } from '../core/account.js';
import { connectionsFrom } from '../core/derived.js';
import { ConnectError } from '../core/errors.js';
import type { ErrorCode } from '../core/errors.js';
import { anySource, names, namedSources } from '../core/integrations.js';
import type { Tokens } from '../core/nouns.js';
import { checkedUrl } from '../core/urls.js';
import { claimOf, redeemCode } from '../oauth/proof.js';
import type { TokenServer } from '../oauth/proof.js';
import { json, Refusal } from './answers.js';
import { textIn } from './guard.js';
import type { Call } from './route.js';
import type { HostUser, Settings, SweatstackSettings } from './settings.js';
import { jsonIn } from './upstream.js';
import type { Upstream } from './upstream.js';

/** RFC 7636 4.1. Whether it is long enough is for the platform to say, which has the challenge. */
const verifierForm = /^[\w.~-]{1,128}$/;
const codeForm = /^[\x20-\x7e]{1,4096}$/;
const sourceForm = /^[\w-]{1,64}$/;

/** The page waits for both of them, and can do without. */
const extrasMs = 5_000;

/** What the library and the platform said is dropped: this much can be shown to anybody. */
const sentences: Partial<Record<ErrorCode, string>> = {
  session_expired: 'SweatStack did not take the code: it was used, has expired, or is of another sign-in.',
  misconfigured: 'SweatStack refused this application: check sweatstack.clientId, clientSecret and baseUrl on the server, and that redirectUri is registered.',
  rate_limited: 'SweatStack asks to slow down.',
  invalid_response: 'SweatStack’s answer to the code was refused: it is none of OAuth, or not for this application.',
  network: 'SweatStack could not be reached from this site’s server.',
  timeout: 'SweatStack did not answer in time.',
};

/** `POST /redeem`: a code becomes tokens here, and they stay here (RFC 10017 6.2, token-mediating backend). */
export function createRedeem<U extends HostUser>(settings: Settings<U>, own: SweatstackSettings<U>, upstream: Upstream) {
  const { base, clientId, clientSecret, onTokens } = own;
  const address = (path: string): string => base.origin + base.pathname.replace(/\/$/, '') + path;
  const server: TokenServer = {
    origin: base.origin,
    tokenEndpoint: address('/api/v1/oauth/token'),
    clientId,
    fetch: async (url, init) => {
      const { status, headers, text } = await upstream('SweatStack’s token request', url, init);
      return new Response(text || null, { status, headers });
    },
  };

  /** One that fails costs only its own part of the picture. */
  async function read(path: string, { accessToken }: Tokens): Promise<unknown> {
    try {
      const response = await upstream(`SweatStack’s ${path}`, address(path), { headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' } }, extrasMs);
      if (response.status >= 500) throw new ConnectError('platform_error', `SweatStack’s ${path} answered HTTP ${response.status}.`);
      if (!response.ok) return null;
      const told = jsonIn(response);
      if (told === undefined) throw new ConnectError('invalid_response', `SweatStack’s ${path} did not answer with JSON.`);
      return told;
    } catch (thrown) {
      settings.report('asking SweatStack who it is', thrown);
      return null;
    }
  }

  return async (visitor: U, body: Readonly<Record<string, unknown>>, headers: Call<U>['headers']): Promise<Response> => {
    const code = textIn(body, 'code', codeForm);
    const verifier = textIn(body, 'verifier', verifierForm);
    const source = body['source'] === undefined ? null : textIn(body, 'source', sourceForm);
    // Where a code may be sent to is for the configuration to say, not for whoever asks.
    const redirect = redirectFrom(textIn(body, 'redirectUri', /^.{1,2048}$/));
    if (redirect.origin !== settings.origin) throw new Refusal(422, 'misconfigured', `redirectUri must be on this site’s own origin, ${settings.origin}: got ${redirect.origin}.`);

    // A visitor who leaves does not undo what is under way: a code works once, and its tokens would be lost.
    const unending = new AbortController().signal;
    const tokens = await redeemCode(server, { code, verifier, redirectUri: redirect.href }, clientSecret, unending).catch((thrown: unknown) => {
      const { code: why } = ConnectError.from(thrown);
      throw new ConnectError(why, sentences[why] ?? 'SweatStack failed to redeem the code.');
    });
    const [told, status] = await Promise.all([read('/api/v1/oauth/userinfo', tokens), read('/api/v1/profile/status', tokens), handedOver(visitor, tokens)]);
    const subject = tokens.idToken && claimOf(tokens.idToken, 'sub');
    const user = userFrom(told);
    // As in the page: SweatStack lists no connections, so this is what was asked for, as far as the account bears it out.
    const connections = connectionsFrom(namedSources([source ?? anySource], names), accountStatusFrom(status));
    // Whoever userinfo tells of must be whom the id token is for (OpenID Connect Core 5.3.2); else nobody is known.
    return json({ user: subject && user?.id !== subject ? null : user, connections }, 200, headers);
  };

  async function handedOver(visitor: U, tokens: Tokens): Promise<void> {
    try {
      await onTokens(visitor, tokens);
    } catch (error) {
      settings.onError('onTokens', error);
      throw new Refusal(500, 'platform_error', 'This site could not keep the tokens: its onTokens() failed.');
    }
  }
}

function redirectFrom(given: string): URL {
  try {
    return checkedUrl(given, 'redirectUri', 'misconfigured');
  } catch (thrown) {
    throw new Refusal(422, 'misconfigured', ConnectError.from(thrown).message);
  }
}
