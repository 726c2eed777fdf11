import type { AccountStatus } from '../../core/account.js';
import { ConnectError } from '../../core/errors.js';
import { textOf } from '../../core/json.js';
import { checkedUrl } from '../../core/urls.js';
import { openWindow } from '../../oauth/window.js';
import { realClock, within } from '../../sync/clock.js';
import { repairFrom } from './repair.js';
import { address } from './settings.js';

/** Makes the one-time address; asked for after the window is open. */
export type Portal = (destination: string, signal: AbortSignal) => Promise<unknown>;

/** The focus that opening a window takes and gives is no return. */
const notSoonerMs = 500;
const lookEveryMs = 300;
/** Of the one window that has the name: whoever opened it last is told who looks in. */
let watching: AbortController | undefined;

/** SweatStack's own page for managing connections. Resolves when the visitor is back on this one. */
export async function visitPortal(base: URL, status: AccountStatus | null, portal: Portal, signal: AbortSignal, again?: () => void): Promise<void> {
  // Servers before October 2026 gave a ready address instead of a portal.
  const repair = { destination: 'manage-integrations', url: null, ...repairFrom(status?.issue) };
  // Inside the click, before anything is awaited.
  const handle = openWindow(repair.url ?? 'about:blank', 'wc-portal');
  if (!handle) throw new ConnectError('popup_blocked', 'The browser refused to open the window: call manage() inside a click.');
  try {
    if (!repair.url) handle.location.replace(await wayTo(base, portal(repair.destination, signal)));
  } catch (thrown) {
    handle.close();
    throw thrown;
  }
  // Where nobody waits any more, coming back finds that too.
  await realClock.wait(notSoonerMs, signal).catch(() => {});
  await comeBack(handle, signal);
  if (again) void comeBackAgain(handle, signal, again);
}

/** Where no portal is to be had, and it is not known whether a page of another origin may ask for one (CORS): where users manage their wearables anyway. */
async function wayTo(base: URL, portal: Promise<unknown>): Promise<string> {
  const settings = address(base, '/settings/sharing');
  try {
    const url = checkedUrl(textOf(await portal) ?? '', 'The portal’s address', 'invalid_response');
    // A one-time address opens somebody's account: none but the platform gets it.
    return url.origin === base.origin ? url.href : settings;
  } catch (thrown) {
    // Among these: 404 and 405, from a server that has no portal.
    if (ConnectError.is(thrown) && ['network', 'misconfigured', 'platform_error'].includes(thrown.code)) return settings;
    throw thrown;
  }
}

/** Somebody may only have looked in, and go on over there. */
async function comeBackAgain(handle: Window, signal: AbortSignal, again: () => void): Promise<void> {
  watching?.abort();
  const mine = (watching = within(signal));
  while (!handle.closed && !mine.signal.aborted) {
    await comeBack(handle, mine.signal);
    if (!mine.signal.aborted) again();
  }
  mine.abort();
}

/** Back is: the window closed, or this page has the focus again. COOP makes the first one lie early, which only asks too soon. */
async function comeBack(handle: Window, signal: AbortSignal): Promise<void> {
  const away = within(signal);
  try {
    addEventListener('focus', () => away.abort(), { signal: away.signal });
    while (!handle.closed || !document.hasFocus()) await realClock.wait(lookEveryMs, away.signal);
  } catch {
    // The focus is back, or nobody waits any more.
  } finally {
    away.abort();
  }
}
