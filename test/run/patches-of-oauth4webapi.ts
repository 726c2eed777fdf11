/**
 * What is left of oauth4webapi in the file for a script tag. Of what it can do one thing is used: a public client that redeems a
 * code with PKCE, or a refresh token, and may get an id token signed by RS256. Each function below stands for the package's own of the
 * same name, with every judgement that an answer from outside can reach, and without what nothing here can: arguments of the wrong
 * kind, other ways to authenticate, other kinds of tokens, encryption, proofs of possession, an age of the sign-in. Nor do its errors
 * carry what it looked at (codes, tokens, claims) any more: nobody reads that, and nobody should.
 * test/package/patched.test.ts holds both side by side.
 */

/** The very file that was read when this was written; in any other, all of it has to be read again. */
export const sha256 = '72a5f6d84416e92b659c6b8fd837c5fa38d44b7f2e18f91daa1fe57da677c7ad';

/** By the first line of each. */
export const functions: Readonly<Record<string, string>> = {
  'function OPE(message, code, cause)': `
    return new Error(message, { cause });`,

  'function assertString(input, it)': `
    if (!input || typeof input !== 'string') throw OPE(it + ' must be a string');`,

  'function assertNumber(input, it)': `
    if (!(Number.isFinite(input) && input >= 0)) throw OPE(it + ' must be a number');`,

  'async function parseOAuthResponseErrorBody(response)': `
    if (response.status > 399 && response.status < 500 && getContentType(response) === 'application/json') {
      const { error } = Object(await response.json().catch(() => null));
      return typeof error === 'string' && error;
    }`,

  'async function checkOAuthBodyError(response, expected)': `
    if (response.status !== expected) {
      const error = await parseOAuthResponseErrorBody(response);
      throw Object.assign(OPE('unexpected HTTP status code', 0, response), error && { error, status: response.status });
    }`,

  'async function tokenEndpointRequest(as, client, clientAuthentication, grantType, parameters, options)': `
    const { href, protocol } = new URL(as.token_endpoint);
    if (protocol !== 'https:' && !options[allowInsecureRequests]) throw OPE('only requests to HTTPS are allowed');
    return options[customFetch](href, {
      body: new URLSearchParams({ ...parameters, grant_type: grantType, client_id: client.client_id }),
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
      method: 'POST',
      redirect: 'manual',
      signal: options.signal,
    });`,

  // The one way to authenticate that there is: as nobody but the client of that id.
  'export function None()': '',

  'export async function refreshTokenGrantRequest(as, client, clientAuthentication, refreshToken, options)': `
    assertString(refreshToken, '"refreshToken"');
    return tokenEndpointRequest(as, client, clientAuthentication, 'refresh_token', { refresh_token: refreshToken }, options);`,

  'export async function authorizationCodeGrantRequest(as, client, clientAuthentication, callbackParameters, redirectUri, codeVerifier, options)': `
    const code = getURLSearchParameter(callbackParameters, 'code');
    assertString(code, '"code"');
    assertString(codeVerifier, '"codeVerifier"');
    return tokenEndpointRequest(as, client, clientAuthentication, 'authorization_code', { redirect_uri: redirectUri, code, code_verifier: codeVerifier }, options);`,

  'async function processGenericAccessTokenResponse(as, client, response)': `
    await checkOAuthBodyError(response, 200);
    const json = await getResponseJsonBody(response);
    assertString(json.access_token, '"access_token"');
    assertString(json.token_type, '"token_type"');
    json.token_type = json.token_type.toLowerCase();
    if (json.expires_in !== undefined) assertNumber((json.expires_in = parseFloat(json.expires_in)), '"expires_in"');
    if (json.refresh_token !== undefined) assertString(json.refresh_token, '"refresh_token"');
    if (json.scope !== undefined && typeof json.scope !== 'string') throw OPE('"scope" must be a string');
    return { json, claims: json.id_token === undefined ? {} : validateIdTokenClaims(as, client, json.id_token) };`,

  'export async function processRefreshTokenResponse(as, client, response)': `
    return (await processGenericAccessTokenResponse(as, client, response)).json;`,

  'export async function processAuthorizationCodeResponse(as, client, response, options)': `
    const { json, claims } = await processGenericAccessTokenResponse(as, client, response);
    if (claims.nonce !== options.expectedNonce) throw OPE('unexpected ID Token "nonce" claim value');
    return json;`,

  'function validateIdTokenClaims(as, client, idToken)': `
    assertString(idToken, '"id_token"');
    const { 0: protectedHeader, 1: payload, length } = idToken.split('.');
    if (length !== 3) throw OPE('Invalid JWT');
    const { alg, crit } = validateJwt(protectedHeader);
    if (alg !== 'RS256' || crit !== undefined) throw OPE('unexpected JWT "alg" or "crit" header parameter');
    const claims = validateJwt(payload);
    const { iss, aud, azp, sub, exp, iat, nbf, auth_time } = claims;
    const now = epochTime() + client[clockSkew];
    const isFor = Array.isArray(aud) ? aud.includes(client.client_id) && (aud.length === 1 || azp === client.client_id) : aud === client.client_id;
    const isNow = typeof exp === 'number' && exp > now - 30 && typeof iat === 'number' && (nbf === undefined || (typeof nbf === 'number' && nbf <= now + 30));
    if (iss !== as.issuer) throw OPE('unexpected JWT "iss" (issuer) claim value');
    if (!isFor) throw OPE('unexpected JWT "aud" (audience) claim value');
    if (!isNow) throw OPE('unexpected JWT "exp", "iat" or "nbf" claim value');
    if (typeof sub !== 'string') throw OPE('unexpected JWT "sub" claim type');
    if (auth_time !== undefined) assertNumber(auth_time, '"auth_time"');
    return claims;`,

  'function validateJwt(part)': `
    try {
      const bytes = Uint8Array.from(atob(part.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt());
      return Object(JSON.parse(new TextDecoder().decode(bytes)));
    } catch {
      // Without the cause: engines quote what they could not parse.
      throw OPE('failed to parse JWT as base64url encoded JSON');
    }`,

  'export function validateAuthResponse(as, client, parameters, expectedState)': `
    if (getURLSearchParameter(parameters, 'response')) throw OPE('"parameters" contains a JARM response');
    const iss = getURLSearchParameter(parameters, 'iss');
    if (iss && iss !== as.issuer) throw OPE('unexpected "iss" (issuer) response parameter value');
    assertString(expectedState, '"expectedState"');
    if (getURLSearchParameter(parameters, 'state') !== expectedState) throw OPE('unexpected "state" response parameter value');
    const error = getURLSearchParameter(parameters, 'error');
    if (error) throw Object.assign(OPE('authorization response from the server is an error'), { error });
    if (getURLSearchParameter(parameters, 'id_token') !== undefined || getURLSearchParameter(parameters, 'token') !== undefined) throw OPE('implicit and hybrid flows are not supported');
    return parameters;`,

  'async function getResponseJsonBody(response)': `
    try {
      return Object(await response.json());
    } catch {
      throw OPE('failed to parse "response" body as JSON');
    }`,
};
