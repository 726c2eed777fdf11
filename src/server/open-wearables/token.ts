import { ConnectError } from '../../core/errors.js';
import { amountOf, membersOf, textOf } from '../../core/json.js';
import type { Clock } from '../../sync/clock.js';
import { textIn } from '../guard.js';
import { jsonIn } from '../upstream.js';
import type { Api } from './api.js';

export interface MobileApp {
  readonly appId: string;
  readonly appSecret: string;
}

export interface MobileToken {
  readonly accessToken: string;
  readonly tokenType: 'Bearer';
  /** Milliseconds since 1970. */
  readonly expiresAt: number | null;
  /** Works once: the next answer brings the next. */
  readonly refreshToken: string | null;
}

/**
 * `POST /token`, for the host's own mobile app: it can send in phone data of this one user, and read nothing. With
 * `refreshToken` in the body that one is renewed.
 */
export async function mobileToken(api: Api, { appId, appSecret }: MobileApp, user: string, body: Readonly<Record<string, unknown>>, clock: Clock): Promise<MobileToken> {
  const renewing = body['refreshToken'] === undefined ? null : textIn(body, 'refreshToken', /^[\x21-\x7e]{1,512}$/);
  const response = renewing
    ? await api.request('renewing a token', '/token/refresh', { method: 'POST', key: false, body: { refresh_token: renewing }, also: [401] })
    : await api.request('asking for a token', `/users/${user}/token`, { method: 'POST', key: false, body: { app_id: appId, app_secret: appSecret }, also: [401] });
  if (response.status === 401)
    throw renewing
      ? new ConnectError('session_expired', 'The refresh token was used or revoked: ask for a token without one.')
      : new ConnectError('misconfigured', 'Open Wearables refused the application: check token.appId and token.appSecret on the server.');
  const { access_token: access, refresh_token: refresh, expires_in: seconds } = membersOf(jsonIn(response));
  const accessToken = textOf(access);
  if (!accessToken) throw new ConnectError('invalid_response', 'Open Wearables answered without a token.');
  // Servers before 0.3 gave the access token alone.
  const lifetime = amountOf(seconds);
  return { accessToken, tokenType: 'Bearer', expiresAt: lifetime === null ? null : clock.now() + lifetime * 1000, refreshToken: textOf(refresh) };
}
