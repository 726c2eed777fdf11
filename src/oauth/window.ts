const width = 480;
const height = 720;

/** Opens the sign-in window in the middle of this one. Null where the browser would not. */
export function openWindow(url: string, name: string, from: Window = window): Window | null {
  const left = Math.round(screenX + (outerWidth - width) / 2);
  const top = Math.round(screenY + (outerHeight - height) / 2);
  try {
    // Never `noopener`: it would answer null for a window that did open.
    return from.open(url, name, `popup,width=${width},height=${height},left=${left},top=${top}`) ?? null;
  } catch {
    // Firefox throws in some sandboxed frames.
    return null;
  }
}
