import { ConnectError } from '../../core/errors.js';
import { checkedUrl } from '../../core/urls.js';
import { openWindow } from '../../oauth/window.js';
import type { AccountStatus } from './account.js';

export interface PortalVisit {
  readonly base: URL;
  readonly status: AccountStatus | null;
  /** Makes the one-time address; asked for after the window is open. */
  readonly portal: (destination: string) => Promise<unknown>;
}

const notSooner = 500;

/** SweatStack's own page for managing connections. Resolves when the visitor is back on this one. */
export async function visitPortal({ base, status, portal }: PortalVisit, signal: AbortSignal): Promise<void> {
  const repair = status?.repair ?? { destination: 'manage-integrations' };
  // Servers before October 2026 gave a ready address instead of a portal.
  const ready = 'url' in repair ? checkedUrl(repair.url, 'action_url', 'invalid_response') : null;
  // Inside the click, before anything is awaited.
  const handle = openWindow(ready?.href ?? 'about:blank', 'wc-portal');
  if (!handle) throw new ConnectError('popup_blocked', 'The browser refused to open the window for managing connections: call manage() inside a click.');
  try {
    if (!ready) {
      const url = checkedUrl(String(await portal('destination' in repair ? repair.destination : '')), 'The portal’s address', 'invalid_response');
      if (url.origin !== base.origin) throw new ConnectError('invalid_response', `The portal’s address is on ${url.origin}, expected ${base.origin}.`);
      handle.location.replace(url.href);
    }
  } catch (thrown) {
    handle.close();
    throw thrown;
  }
  await comeBack(handle, signal);
}

/** Back is: the window closed, or this page has the focus again. COOP makes the first one lie early, which only asks too soon. */
function comeBack(handle: Window, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const openedAt = performance.now();
    const over = new AbortController();
    const done = (): void => {
      if (performance.now() - openedAt < notSooner) return;
      over.abort();
      clearInterval(timer);
      resolve();
    };
    const timer = setInterval(() => handle.closed && document.hasFocus() && done(), 300);
    addEventListener('focus', done, { signal: over.signal });
    signal.addEventListener('abort', () => {
      over.abort();
      clearInterval(timer);
      resolve();
    }, { signal: over.signal });
  });
}
