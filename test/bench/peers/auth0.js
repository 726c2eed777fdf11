/** auth0-spa-js: the client alone, without the check for a session that its factory adds. */
import { Auth0Client } from '@auth0/auth0-spa-js';

globalThis.peer = ({ platform, clientId, landing, scope }) => {
  const client = new Auth0Client({ domain: platform, clientId, useRefreshTokens: true, authorizationParams: { redirect_uri: landing, scope } });
  return async () => {
    await client.loginWithPopup();
    return client.getTokenSilently();
  };
};
