/** Pages on which connecting is harder, and one on which it is not. */
import type { PageFault } from './fault.js';

const coop = (policy: string): Readonly<Record<string, string>> => ({ 'cross-origin-opener-policy': policy });

/** Touching it throws, as it does where the visitor blocks all cookies. */
const forbids = (...names: readonly string[]): string =>
  `<script>for (const name of ${JSON.stringify(names).replaceAll('"', "'")}) Object.defineProperty(name === 'locks' ? navigator : window, name, {
    get() { throw new DOMException('forbidden here', 'SecurityError'); },
  });</script>`;

const deprived = (name: string, head: string, says: readonly RegExp[] = []): PageFault => ({ part: 8, name, page: () => ({ head, landingHead: head }), keepsNothing: true, says });

const policy = (rules: readonly string[], nonce: string): Readonly<Record<string, string>> => ({
  'content-security-policy': [`default-src 'none'`, `script-src 'nonce-${nonce}' 'strict-dynamic'`, `style-src 'self'`, ...rules].join('; '),
});

export const plainPage: PageFault = { part: 0, name: 'plain page' };

export const pageFaults: readonly PageFault[] = [
  { part: 1, name: 'host is same-origin', page: () => ({ headers: coop('same-origin') }) },
  { part: 1, name: 'host is same-origin-allow-popups', page: () => ({ headers: coop('same-origin-allow-popups') }) },
  { part: 1, name: 'landing page is same-origin', page: () => ({ landing: coop('same-origin') }) },
  { part: 2, name: 'window closes ten milliseconds after the landing page told', page: () => ({ landingHead: '<script>addEventListener("load", () => setTimeout(() => close(), 10));</script>' }), says: [/Scripts may close only/] },
  { part: 7, name: 'in a frame of another site', frame: {} },
  { part: 7, name: 'in a sandboxed frame', frame: { sandbox: 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox' } },
  { part: 7, name: 'in a frame that may not open windows', frame: { sandbox: 'allow-scripts allow-same-origin allow-forms' }, endsOtherwise: true, says: [/Blocked opening .* in a new window because the request was made in a sandboxed frame/] },
  { part: 7, name: 'in a frame whose page is same-origin', frame: { headers: coop('same-origin') }, endsOtherwise: true },
  { part: 7, name: 'in a frame of the same site', frame: { site: 'host' } },
  deprived('localStorage throws', forbids('localStorage')),
  deprived('sessionStorage throws', forbids('sessionStorage')),
  deprived('BroadcastChannel throws', forbids('BroadcastChannel')),
  deprived('locks throw', forbids('locks')),
  deprived('all of them throw', forbids('localStorage', 'sessionStorage', 'BroadcastChannel', 'locks')),
  deprived('storage is full', `<script>Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };</script>`),
  { part: 9, name: 'no crypto.subtle', page: () => ({ head: `<script>Object.defineProperty(crypto, 'subtle', { value: undefined });</script>` }), isUnable: true, says: [/wearable-connect/] },
  { part: 17, name: 'connect-src lacks the platform', page: ({ nonce, ledger }) => ({ nonce, headers: policy([`connect-src 'self' ${ledger}`], nonce) }), isClosed: true, endsOtherwise: true, says: [/Content[ -]Security[ -]Policy/, /wearable-connect/] },
  {
    part: 23,
    name: 'strict policy and trusted types',
    page: ({ nonce, ledger, platform }) => ({ nonce, headers: policy([`connect-src 'self' ${platform} ${ledger}`, `require-trusted-types-for 'script'`, `trusted-types wearable-connect lit-html`], nonce) }),
    isClosed: true,
  },
  {
    part: 23,
    name: 'policy that only reports',
    page: () => ({ headers: { 'content-security-policy-report-only': `require-trusted-types-for 'script'; trusted-types 'none'` } }),
    says: [/\[Report Only\]|report-only/i],
  },
  {
    part: 23,
    name: 'a Lit of the host’s own has the name of ours',
    page: () => ({
      headers: { 'content-security-policy': `require-trusted-types-for 'script'; trusted-types lit-html wearable-connect` },
      head: `<script>window.trustedTypes?.createPolicy('lit-html', { createHTML: (html) => html });</script>`,
    }),
  },
  { part: 23, name: 'script loaded twice', page: () => ({ script: '<script src="/wearable-connect.js" defer></script><script src="/wearable-connect.js?again" type="module"></script>' }) },
  { part: 23, name: 'script in the head, async', page: () => ({ script: '<script src="/wearable-connect.js" async></script>' }) },
  { part: 23, name: 'script after everything else', page: () => ({ script: `<script>addEventListener('load', () => document.head.append(Object.assign(document.createElement('script'), { src: '/wearable-connect.js' })), { once: true })</script>` }) },
  // What its server could not do the page is told, and the browser tells the console.
  { part: 24, name: 'a club with a server of its own', isClub: true, says: [/status of [45]\d\d/] },
  { part: 25, name: 'two widgets', page: () => ({ body: 'TAGTAG' }) },
];
