/** What stands on the pages of a run. Nothing is inline: the same pages must work under a strict policy. */
type Headers = Readonly<Record<string, string>>;

export interface PageOptions {
  /** Of the tag, beside those that every page here has. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Of this page: COOP, COEP, CSP … */
  readonly headers?: Headers;
  /** Of its landing page. */
  readonly landing?: Headers;
  /** Stands before the landing page's own script. */
  readonly landingHead?: string;
  /** Stands before everything else in the head, and so runs before the widget's own script. */
  readonly head?: string;
  /** How the widget is loaded. */
  readonly script?: string;
  /** Stands in place of the tag. `TAG` in it becomes the tag. */
  readonly body?: string;
  /** For every script here that is not given as text. */
  readonly nonce?: string;
}

export interface FrameOptions {
  /** The site that frames; the host's own for a frame of the same site. */
  readonly site?: 'embed' | 'host';
  readonly headers?: Headers;
  /** The frame's `sandbox`; without it there is none. */
  readonly sandbox?: string;
}

function tagOf(attributes: Readonly<Record<string, string>>): string {
  return `<wearable-connect ${Object.entries(attributes).map(([name, value]) => `${name}="${value}"`).join(' ')}></wearable-connect>`;
}

export function documentOf({ attributes, nonce = '', head = '', script = `<script src="/wearable-connect.js" nonce="${nonce}" defer></script>`, body = 'TAG' }: PageOptions, platform: string): string {
  const tag = tagOf({ 'client-id': 'demo-client', 'base-url': platform, 'redirect-uri': 'wearable-callback.html', ...attributes });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title>
<script src="/recorder.js" nonce="${nonce}"></script>${head}${script}</head><body><h1>Host</h1>${body.replaceAll('TAG', tag)}</body></html>`;
}

export const frameOf = (inner: string, { sandbox }: FrameOptions): string => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Embed</title>
<script src="/recorder.js"></script></head><body><h1>Embed</h1>
<iframe src="${inner}" title="Host" width="480" height="600"${sandbox === undefined ? '' : ` sandbox="${sandbox}"`}></iframe></body></html>`;

/**
 * Everything the page hears, in order: the widget's events, and whatever went wrong around it. Capture listeners on the
 * document hear what does not bubble, too.
 */
export const recorder = `
window.heard = [];
for (const name of ['change', 'tokens', 'connected', 'connections', 'preview', 'progress', 'complete', 'cancelled', 'error', 'disconnected'])
  document.addEventListener('wearable-' + name, (event) => {
    const more = name === 'tokens' ? { token: event.detail.accessToken } : {};
    window.heard.push({ name, at: performance.now(), on: event.target.id, ...JSON.parse(JSON.stringify(event.detail)), ...more });
  }, true);
addEventListener('error', (event) => window.heard.push({ name: 'uncaught', what: String(event.message) }));
addEventListener('unhandledrejection', (event) => window.heard.push({ name: 'uncaught', what: String(event.reason) }));
// WebKit tells a page of the icon that it asks for by itself.
addEventListener('securitypolicyviolation', (event) => event.blockedURI.endsWith('/favicon.ico') || window.heard.push({ name: 'violation', what: event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile }));
`;
