import { send, type Exchange } from './web.js';

/** Markup that is safe to send as it is; everything else is escaped on its way in. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | null | undefined | false | readonly Part[];

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return String(part).replace(/[&<>"']/g, (c) => entities[c] ?? c);
  return 'markup' in part ? part.markup : part.map(render).join('');
}

export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return { markup: strings.map((text, index) => text + render(parts[index])).join('') };
}

/** Every site of the sandbox, by the first label of its `<name>.localhost`, and what it calls itself. */
export const siteNames = {
  sweatstack: 'SweatStack', mail: 'Mail', 'open-wearables': 'Open Wearables',
  garmin: 'Garmin Connect', intervals: 'Intervals.icu', wahoo: 'Wahoo', google: 'Google Health', polar: 'Polar', suunto: 'Suunto',
  whoop: 'WHOOP', strava: 'Strava', oura: 'Oura', fitbit: 'Fitbit', ultrahuman: 'Ultrahuman', sensorbio: 'Sensor Bio',
  withings: 'Withings',
} as const;
export type Site = keyof typeof siteNames;

export interface PageContent {
  title: string;
  /** Whose page it is: chooses the name at the top and its tint. */
  site: Site;
  body: Markup;
  status?: number;
  /** Reloads itself after so many seconds: pages here have no script. */
  refresh?: number;
}

export function sendPage(exchange: Exchange, page: PageContent): void {
  const { res } = exchange;
  // No form-action: Chromium applies it to the redirect that follows the consent form, which leads to the host's origin.
  res.setHeader('content-security-policy', "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'");
  res.setHeader('x-frame-options', 'DENY');
  res.setHeader('referrer-policy', 'no-referrer');
  res.setHeader('x-content-type-options', 'nosniff');
  const { markup } = html`<!doctype html>
<html lang="en" data-site="${page.site}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${page.refresh !== undefined && html`<meta http-equiv="refresh" content="${page.refresh}">`}
<title>${page.title} – ${siteNames[page.site]}</title>
<link rel="stylesheet" href="/sandbox.css">
</head>
<body>
<header><span class="site">${siteNames[page.site]}</span></header>
<main>
${page.body}
</main>
<footer>Sandbox. Nothing leaves this computer.</footer>
</body>
</html>
`;
  send(exchange, page.status ?? 200, 'text/html; charset=utf-8', markup);
}

/** A page that ends here: says what happened and, for the developer, what to do. */
export function sendProblem(
  exchange: Exchange, status: number, title: string, words: string, hint?: string, site: Site = 'sweatstack',
): void {
  sendPage(exchange, {
    title, status, site,
    body: html`
<h1>${title}</h1>
<p>${words}</p>
${hint !== undefined && html`<p class="hint"><strong>For developers:</strong> ${hint}</p>`}`,
  });
}
