/** What the server says about the page itself: its policies, who may hold its windows, and what time it is. */
import type { Around } from './around.js';
import { found } from './findings.js';
import type { Finding } from './findings.js';
import { allows, policiesFrom, sourcesOf } from './policy.js';
import type { Policy } from './policy.js';

/** A sign-in window inherits the sandbox of whoever opened it, unless it may escape (HTML 7.3.2.1). */
export const lacking = (tokens: readonly string[]): readonly string[] =>
  ['allow-same-origin', 'allow-popups', 'allow-popups-to-escape-sandbox'].filter((token) => !tokens.includes(token));

/** Lit asks for a policy of its own name; the file for a script tag gives it ours. */
declare const __TRUSTED_TYPES_POLICY__: string | undefined;
const policyName = typeof __TRUSTED_TYPES_POLICY__ === 'undefined' ? 'lit-html' : __TRUSTED_TYPES_POLICY__;

/** How far off is told; up to half of it, and the way to the server and back, could be the network’s. */
const clockMs = 60_000;

export async function headersOf(around: Around, platform: readonly URL[]): Promise<readonly Finding[]> {
  const fromMeta = [...around.document.querySelectorAll('meta[http-equiv="content-security-policy" i]')].flatMap((meta) => policiesFrom(meta.getAttribute('content')));
  const inPage = fromMeta.flatMap((policy) => judged(policy, 'Content-Security-Policy in a <meta> element', around.page, platform));
  const page = new URL(around.page);
  page.hash = '';
  const asked = around.now();
  const response = await around.fetch(page, { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(5000) }).catch(() => null);
  const answered = around.now();
  if (!response?.ok) return [...inPage, found('page-unread', `HEAD ${page.pathname} ${response ? `answered ${response.status}` : 'was not answered'}, so the page’s headers are not known.`)];
  const { headers } = response;
  return [
    ...inPage,
    ...policiesFrom(headers.get('content-security-policy')).flatMap((policy) => [...judged(policy, 'Content-Security-Policy header', around.page, platform), ...sandboxed(policy, 'This page')]),
    ...opener(headers.get('cross-origin-opener-policy')),
    ...clock(headers, asked, answered),
  ];
}

function judged(policy: Policy, where: string, self: URL, platform: readonly URL[]): Finding[] {
  const findings: Finding[] = [];
  const connect = sourcesOf(policy, 'connect-src', 'default-src');
  for (const url of platform)
    if (connect && !allows(connect, url, self))
      findings.push(found('csp-connect-src', `The ${where} keeps this page from reaching ${url.origin}: it allows ${connect.join(' ') || 'nothing'}.`));
  const types = policy.get('trusted-types');
  if (types && !types.includes(policyName) && !types.includes('*'))
    findings.push(found('trusted-types', `The ${where} does not know the policy ${policyName}: it has trusted-types ${types.join(' ')}.`));
  return findings;
}

/** Only a header can sandbox a page: in a `<meta>` the directive is ignored (CSP 6.3). */
export function sandboxed(policy: Policy, what: string): Finding[] {
  const tokens = policy.get('sandbox');
  const missing = tokens ? lacking(tokens) : [];
  return missing.length ? [found('csp-sandbox', `${what} is sandboxed by its Content-Security-Policy, without ${missing.join(' ')}.`)] : [];
}

/** Only `same-origin` cuts the windows that a page opens (HTML 7.1.3.2). */
const opener = (policy: string | null): Finding[] =>
  /^same-origin(?:-plus-coep)?\s*(?:;|$)/.test(policy?.trim() ?? '')
    ? [found('coop', 'This page sends Cross-Origin-Opener-Policy: same-origin, which takes the sign-in window out of its sight: whether the visitor has closed it cannot be told.')]
    : [];

function clock(headers: Headers, asked: number, answered: number): Finding[] {
  // A cache answers with the date of its origin, and says how old that is (RFC 9111 5.1).
  const server = Date.parse(headers.get('date') ?? '') + Number(headers.get('age') ?? 0) * 1000;
  const off = (asked + answered) / 2 - server;
  if (!(Math.abs(off) > Math.max(clockMs, clockMs / 2 + answered - asked))) return [];
  return [found('clock-off', `The clock here is ${Math.round(Math.abs(off) / 1000)} seconds ${off > 0 ? 'ahead of' : 'behind'} the server’s.`)];
}
