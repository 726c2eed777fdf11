import type { SandboxClient } from '../options.js';

const isLocal = (url: URL): boolean =>
  url.hostname === 'localhost' || url.hostname === '127.0.0.1' || url.hostname === '[::1]' || url.hostname.endsWith('.localhost');

/** SweatStack's rule: a registered address and what lies below it; with none registered this computer on any port, no other. */
export function allowsRedirect(client: SandboxClient, candidate: string): boolean {
  if (!URL.canParse(candidate)) return false;
  const url = new URL(candidate);
  if (url.hash !== '' || url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'javascript:' || url.protocol === 'data:') return false;
  const registered = client.redirectUris ?? [];
  if (registered.length === 0) return (url.protocol === 'http:' || url.protocol === 'https:') && isLocal(url);
  return registered.some((entry) => {
    const base = new URL(entry);
    // Compared as origin and path: as plain text, https://a.example would let https://a.example.evil through.
    const sameSite = base.protocol === url.protocol && base.host === url.host;
    return sameSite && (url.pathname === base.pathname || url.pathname.startsWith(base.pathname.replace(/\/?$/, '/')));
  });
}
