/** firebase/auth: the modular way, with the popup resolver alone and nothing kept between visits. */
import { initializeApp } from '@firebase/app';
import { browserPopupRedirectResolver, initializeAuth, OAuthProvider, signInWithPopup } from '@firebase/auth';

globalThis.peer = ({ platform, clientId }) => {
  const auth = initializeAuth(initializeApp({ apiKey: clientId, authDomain: new URL(platform).host }), { popupRedirectResolver: browserPopupRedirectResolver });
  return async () => (await signInWithPopup(auth, new OAuthProvider('oidc.wearable'))).user.getIdToken();
};
