/**
 * Browsers open windows in the click itself: WebKit not even after the answer to one request. So where the code that knows the
 * address is still on its way, a blank one is opened in the click, and whoever opens a window next has it already.
 */
let ahead: Window | null = null;

export function openAhead(open: () => Window | null): void {
  if (ahead && !ahead.closed) ahead.focus();
  else ahead = open();
}

export function takeAhead(url: string, name: string): Window | null {
  const taken = ahead;
  ahead = null;
  if (!taken || taken.closed) return null;
  taken.name = name;
  if (url !== 'about:blank') taken.location.replace(url);
  return taken;
}

/** It is blank, so nobody but a visitor can have closed it. */
export const isAheadClosed = (): boolean => !!ahead?.closed;

/** Where nobody took it. */
export function closeAhead(): void {
  ahead?.close();
  ahead = null;
}
