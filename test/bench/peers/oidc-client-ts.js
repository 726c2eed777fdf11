/** oidc-client-ts: with the server's addresses given, so that nothing has to be discovered first. */
import { UserManager } from 'oidc-client-ts';

globalThis.peer = ({ platform, clientId, landing, scope }) => {
  const manager = new UserManager({
    authority: platform,
    client_id: clientId,
    redirect_uri: landing,
    popup_redirect_uri: landing,
    scope,
    metadata: { issuer: platform, authorization_endpoint: `${platform}/authorize`, token_endpoint: `${platform}/oauth/token`, userinfo_endpoint: `${platform}/userinfo` },
  });
  return async () => (await manager.signinPopup()).access_token;
};
globalThis.land = ({ platform, clientId, landing }) => new UserManager({ authority: platform, client_id: clientId, redirect_uri: landing }).signinPopupCallback();
