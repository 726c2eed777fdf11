/** The page on which the sign-in window lands: whether it is there, and whether it is ours. */
import type { Around } from './around.js';
import { found } from './findings.js';
import type { Finding } from './findings.js';
import { sandboxed } from './headers.js';
import { allows, policiesFrom, sourcesOf } from './policy.js';
import type { Policy } from './policy.js';

interface Script {
  readonly src: URL | null;
  readonly nonce: string | null;
  readonly text: string;
}

const limited = { cache: 'no-store', credentials: 'same-origin' } as const;

export async function landingPageOf(around: Around, redirectUri: URL): Promise<readonly Finding[]> {
  const { page } = around;
  if (redirectUri.origin !== page.origin)
    return [found('callback-other-origin', `redirect-uri leads to ${redirectUri.origin}, and this page is on ${page.origin}: what lands there cannot tell this page.`)];
  // The script that defines the element finishes the sign-in too.
  if (redirectUri.pathname === page.pathname) return [];

  const response = await around.fetch(redirectUri, { ...limited, signal: AbortSignal.timeout(5000) }).catch(() => null);
  const body = (await response?.text().catch(() => null)) ?? null;
  if (!response?.ok || body === null) return [found('callback-missing', `GET ${redirectUri.href} ${response ? `answered ${response.status}` : 'was not answered, or led to another origin'}.`)];

  const at = new URL(response.url || redirectUri);
  const where = at.pathname === redirectUri.pathname ? redirectUri.href : `${redirectUri.href} (which leads to ${at.href})`;
  const type = response.headers.get('content-type') ?? 'text/html';
  if (!/^(text\/html|application\/xhtml\+xml)\b/i.test(type)) return [found('callback-not-ours', `${where} is served as ${type}, not as a page.`)];

  const policies = [...policiesFrom(response.headers.get('content-security-policy')), ...metaPolicies(body)];
  const isolated = policiesFrom(response.headers.get('content-security-policy')).flatMap((policy) => sandboxed(policy, 'The landing page'));
  const scripts = scriptsIn(body, at);
  if (!scripts.length) return [found('callback-not-ours', `${where} is a page without any script.`), ...isolated];
  const ours = scripts.find(isOurs);
  if (!ours) {
    const names = scripts.map(({ src }) => src?.pathname ?? 'one in the page itself');
    return [found('callback-unrecognised', `${where} runs ${names.slice(0, 4).join(', ')}: none of them is known by its name as one that finishes a sign-in.`), ...isolated];
  }
  return [...(await missing(around, ours)), ...policies.flatMap((policy) => refused(policy, ours, at)), ...isolated];
}

/**
 * By hand: DOMParser is closed to us under `require-trusted-types-for` (Trusted Types 4.4), and all that is asked for is which
 * scripts there are. A comment or a string that looks like one does no harm.
 */
function scriptsIn(body: string, at: URL): readonly Script[] {
  const based = attribute(/<base\b[^>]*>/i.exec(body)?.[0] ?? '', 'href');
  const base = based && URL.canParse(based, at) ? new URL(based, at) : at;
  return [...body.matchAll(/(<script\b[^>]*>)([^]*?)<\/script\s*>/gi)].map(([, tag = '', text = '']) => {
    const src = attribute(tag, 'src');
    return { src: src !== null && URL.canParse(src, base) ? new URL(src, base) : null, nonce: attribute(tag, 'nonce'), text };
  });
}

function attribute(tag: string, name: string): string | null {
  const [, doubled, single, bare] = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>"']+))`, 'i').exec(tag) ?? [];
  return (doubled ?? single ?? bare)?.replaceAll('&amp;', '&') ?? null;
}

const metaPolicies = (body: string): readonly Policy[] =>
  [...body.matchAll(/<meta\b[^>]*>/gi)].flatMap(([tag]) => (attribute(tag, 'http-equiv')?.toLowerCase() === 'content-security-policy' ? policiesFrom(attribute(tag, 'content')) : []));

/** Bundlers put a hash into names: `callback-Bx81kQ.js`. Pages of one's own import us by the package's name, or run the element itself. */
const isOurs = ({ src, text }: Script): boolean => (src ? /\/(?:wearable-)?callback\b[^/]*\.[cm]?[jt]s$|\/wearable-connect\b/.test(src.pathname) : /wearable-connect\b/.test(text));

/** The page without its script is the likeliest half of the mistake. A server that cannot answer HEAD proves nothing. */
async function missing(around: Around, { src }: Script): Promise<Finding[]> {
  if (src?.origin !== around.page.origin) return [];
  const response = await around.fetch(src, { ...limited, method: 'HEAD', signal: AbortSignal.timeout(5000) }).catch(() => null);
  const type = response?.headers.get('content-type') ?? '';
  if (response && [404, 410].includes(response.status)) return [found('callback-script-missing', `The landing page is there, and its script is not: ${src.href} answered ${response.status}.`)];
  if (response?.ok && /^text\/html\b/i.test(type)) return [found('callback-script-missing', `${src.href} is served as ${type}: a page, not a script.`)];
  return [];
}

function refused(policy: Policy, { src, nonce }: Script, self: URL): Finding[] {
  const sources = sourcesOf(policy, 'script-src-elem', 'script-src', 'default-src');
  if (!sources || !src || (nonce && sources.includes(`'nonce-${nonce}'`))) return [];
  // A hash lets through what has the integrity for it; whether it fits is the browser's to say.
  if (sources.some((source) => /^'sha\d+-/.test(source)) || (!sources.includes("'strict-dynamic'") && allows(sources, src, self))) return [];
  return [found('csp-script-src', `The Content-Security-Policy of the landing page keeps ${src.href} from running: it allows ${sources.join(' ') || 'nothing'}.`)];
}
