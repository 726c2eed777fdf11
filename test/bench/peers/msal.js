/** MSAL for browsers. */
import { PublicClientApplication } from '@azure/msal-browser';

globalThis.peer = ({ platform, clientId, landing, scope }) => {
  const application = new PublicClientApplication({ auth: { clientId, authority: platform, redirectUri: landing } });
  const ready = application.initialize();
  return async () => {
    await ready;
    return (await application.loginPopup({ scopes: scope.split(' ') })).accessToken;
  };
};
