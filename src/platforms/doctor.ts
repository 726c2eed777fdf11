/** Tells an integrator what is wrong around their element. Looks only: nothing is opened, and nothing leaves this origin. */
import type { ConnectError } from '../core/errors.js';
import { checkedUrl } from '../core/urls.js';
import { surroundings } from '../oauth/doctor/around.js';
import type { Around } from '../oauth/doctor/around.js';
import { byWeight, found } from '../oauth/doctor/findings.js';
import type { Finding, FindingCode, Severity } from '../oauth/doctor/findings.js';
import { headersOf } from '../oauth/doctor/headers.js';
import { landingPageOf } from '../oauth/doctor/landing-page.js';
import { pageOf } from '../oauth/doctor/page.js';
import type { Configuration } from './configuration.js';

/** The element itself, or options by the same names. */
export interface Examined extends Pick<Configuration, 'platform' | 'redirectUri' | 'baseUrl' | 'tokenDelivery' | 'backendUrl'> {
  readonly error?: ConnectError | null;
  /** Of an element: what its tag is called. */
  readonly localName?: string;
}

export type { Finding, FindingCode, Severity };

const tag = 'wearable-connect';

/**
 * Looks at the page, at its headers and at the landing page: what is found, the worst first; an empty list where nothing is. Without
 * a target it takes the first element on the page. Sends at most three requests, all to this page's own origin, each with five
 * seconds; never throws.
 */
export async function doctor(target?: Examined | null): Promise<readonly Finding[]> {
  try {
    return await examine(surroundings(), target);
  } catch {
    return [found('no-page', 'There is no page here.')];
  }
}

/** @internal The same in surroundings that a test makes up. */
export async function examine(around: Around, target?: Examined | null): Promise<readonly Finding[]> {
  const examined = target ?? elementOn(around.document);
  const name = examined?.localName ?? tag;
  const settled = await Promise.allSettled([
    async () => pageOf(around, name),
    async () => (examined ? complaints(examined) : around.document.querySelector(tag) ? [] : [found('no-element', `There is no <${tag}> on this page, so its landing page was not looked at.`)]),
    async () => headersOf(around, reachedBy(examined, around.page)),
    async () => (examined ? landing(around, examined) : []),
  ].map((look) => look()));
  return settled.flatMap((look) => (look.status === 'fulfilled' ? look.value : [found('check-failed', `A check ended with ${String(look.reason)}.`)])).sort(byWeight);
}

/** Known by its class: a page may have registered it under another name. */
function elementOn(place: ParentNode): Examined | null {
  const isOurs = ({ constructor }: Element): boolean => Object.hasOwn(Object((constructor as { readonly properties?: unknown }).properties) as object, 'redirectUri');
  return ([...place.querySelectorAll(tag), ...place.querySelectorAll('*')].find(isOurs) as Examined | undefined) ?? null;
}

/** Where requests of the page will go. A platform of one's own knows that itself. */
function reachedBy(examined: Examined | null, page: URL): readonly URL[] {
  const { platform, baseUrl, tokenDelivery, backendUrl } = examined ?? {};
  const addresses = [
    typeof (platform ?? '') === 'string' && (platform || 'sweatstack') === 'sweatstack' ? [baseUrl?.trim() || 'https://app.sweatstack.no', '/api/v1/oauth/token'] : null,
    platform === 'open-wearables' ? [baseUrl?.trim() || '/wearables', '/sources'] : null,
    tokenDelivery === 'backend' ? [backendUrl?.trim() || '/wearables', '/redeem'] : null,
  ];
  return addresses.flatMap((address) => {
    const [base = '', path = ''] = address ?? [];
    return base && URL.canParse(base, page) ? [new URL(new URL(base, page).href.replace(/\/$/, '') + path)] : [];
  });
}

async function landing(around: Around, { platform, redirectUri, baseUrl }: Examined): Promise<readonly Finding[]> {
  const { page } = around;
  if (platform === 'demo') return [];
  const handler = platform === 'open-wearables' ? `${baseUrl?.trim().replace(/\/+$/, '') || '/wearables'}/return` : null;
  let url: URL;
  try {
    url = checkedUrl(handler ?? (redirectUri?.trim() || page.origin + page.pathname), handler ? 'base-url' : 'redirect-uri', 'misconfigured', page.href);
  } catch (thrown) {
    return [found('redirect-uri-invalid', (thrown as Error).message)];
  }
  if (url.hash) return [found('redirect-uri-invalid', `redirect-uri has a fragment: ${url.href}.`)];
  const findings = await landingPageOf(around, url);
  // The handler's page has its script in it, without a name to know it by.
  return handler ? findings.filter(({ code }) => code !== 'callback-unrecognised') : findings;
}

/**
 * What the element has to say itself. A platform that does not know a redirect URI shows a page and never comes back (RFC 6749
 * 4.1.2.1); one that finds out when the code is redeemed says so, in one of these words.
 */
function complaints({ error }: Examined): readonly Finding[] {
  // That one is looked at by itself.
  if (error?.code !== 'misconfigured' || error.message.startsWith('redirect-uri')) return [];
  const { error: word } = Object(error.cause) as { readonly error?: unknown };
  return [found(/^(?:invalid_request|invalid_redirect_uri|redirect_uri_mismatch)$/.test(String(word)) ? 'redirect-uri-refused' : 'misconfigured', error.message)];
}
