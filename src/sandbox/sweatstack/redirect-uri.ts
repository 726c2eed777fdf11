import type { SandboxClient } from '../options.js';

/** All that SweatStack takes, by http: and on any port, where nothing is registered. */
const unregistered = ['localhost', '127.0.0.1'];

/** SweatStack's rule: a registered address and what lies below it; with none registered this computer, no other. */
export function allowsRedirect(client: SandboxClient, candidate: string): boolean {
  if (!URL.canParse(candidate)) return false;
  const url = new URL(candidate);
  if (url.hash !== '' || url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'javascript:' || url.protocol === 'data:') return false;
  const registered = client.redirectUris ?? [];
  const isPlain = url.protocol === 'http:';
  if (client.anyLocalhost === true && isPlain && url.hostname.endsWith('.localhost')) return true;
  if (registered.length === 0) return isPlain && unregistered.includes(url.hostname);
  return registered.some((entry) => {
    const base = new URL(entry);
    // Compared as origin and path: as plain text, https://a.example would let https://a.example.evil through.
    const sameSite = base.protocol === url.protocol && base.host === url.host;
    return sameSite && (url.pathname === base.pathname || url.pathname.startsWith(base.pathname.replace(/\/?$/, '/')));
  });
}
