/** This page's address in the words that ask a phone for its real browser: conventions of the systems, not of the web. */
export function addressForBrowser(): string {
  const [href = ''] = location.href.split('#');
  return navigator.userAgent.includes('Android') ? `intent${href.slice(5)}#Intent;scheme=https;end` : `x-safari-${href}`;
}
