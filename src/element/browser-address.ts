/** This page's address in the words that ask a phone for its real browser: conventions of the systems, not of the web. */
export function addressForBrowser(): string {
  const { host, pathname, search, href } = location;
  return navigator.userAgent.includes('Android') ? `intent://${host}${pathname}${search}#Intent;scheme=https;end` : `x-safari-${href}`;
}
