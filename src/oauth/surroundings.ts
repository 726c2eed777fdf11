/** Where this page stands. What a browser says of itself is only a hint: it chooses a way, and never closes one. */

/** In a frame of another site, storage and channels are this frame's alone (HTML 7.1.4): only the opener's message crosses. */
export function isFramed(): boolean {
  try {
    return top?.location.origin !== location.origin;
  } catch {
    return true;
  }
}

/** An iOS home-screen app: a window would open in Safari, with another storage and no way back. */
const isStandalone = (): boolean => (navigator as { readonly standalone?: boolean }).standalone === true;

const apps = /\b(?:FBA[NV]|Instagram|LinkedInApp|TikTok|musical_ly|Snapchat|Pinterest|Line|MicroMessenger|Twitter for|GSA)\b|; wv\)/;

/** Inside another app's own little browser windows are not to be had, and Google's sign-in refuses (`disallowed_useragent`). */
export const isInApp = (): boolean => !isStandalone() && apps.test(navigator.userAgent);

/** Whether a window would open somewhere that cannot answer. Never in a frame: sign-in pages refuse to be framed. */
export const goesBetterHere = (): boolean => !isFramed() && (isStandalone() || isInApp());

export type Place = 'page' | 'frame' | 'app';

export const place = (): Place => (isFramed() ? 'frame' : isInApp() ? 'app' : 'page');
