/** firebase/auth as firebase.js has it, sent to a server on this computer: only so does it leave https. */
import { initializeApp } from '@firebase/app';
import { browserPopupRedirectResolver, connectAuthEmulator, initializeAuth, OAuthProvider, signInWithPopup } from '@firebase/auth';

globalThis.peer = ({ platform, clientId }) => {
  const auth = initializeAuth(initializeApp({ apiKey: clientId, authDomain: new URL(platform).host }), { popupRedirectResolver: browserPopupRedirectResolver });
  connectAuthEmulator(auth, platform, { disableWarnings: true });
  return async () => (await signInWithPopup(auth, new OAuthProvider('oidc.wearable'))).user.getIdToken();
};
