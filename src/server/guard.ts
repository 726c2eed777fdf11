import { Refusal } from './answers.js';
import { limitedText } from './limited-text.js';
import type { HostUser, Settings } from './settings.js';

/** What the element sends. A page of another origin cannot without asking first (CORS), and it is never told yes. */
export const ownHeader = 'x-wearable-connect';

/** Nothing that is asked of us is longer. */
const longestBody = 16_384;

/**
 * Sites that know their visitors by a cookie get it sent along by requests that other sites make. Those are recognised: by a
 * browser that says so (Fetch Metadata), by where they come from, and by what a form of theirs cannot add.
 */
export function checkOrigin<U extends HostUser>({ headers, method }: Request, { origin, report }: Settings<U>): void {
  const site = headers.get('sec-fetch-site');
  if (site === 'cross-site') throw refused('it comes from a page of another site');
  if (method === 'GET' || method === 'HEAD') return;
  const from = headers.get('origin');
  if (from !== null && from !== origin && site === 'same-origin') {
    const wrong = misnamed(from, origin);
    // Whoever is no browser can write any Origin: one piece of news, whatever is in it.
    report('checking the origin of a request', wrong, 'origin');
    throw wrong;
  }
  // Browsers send it with everything but GET and HEAD (Fetch 3.2), and no page can change it.
  if (from !== null && from !== origin) throw refused('its Origin is not the one in createHandler’s options');
  if (from === null && site !== 'same-origin' && method === 'POST' && couldBeForm(headers))
    throw refused(`it has what a browser sends along by itself, and neither an Origin nor the header ${ownHeader}`);
}

/** What a form, or a script that has not asked first, can send (Fetch 2.2.2). */
const formTypes: ReadonlySet<string> = new Set(['', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);
/** What browsers remember and send along by themselves (RFC 9110 11); a bearer they do not. */
const remembered = /^(?:basic|digest|negotiate|ntlm)\b/i;

/**
 * Who sends no Origin is no browser of today: an app, or a server, with a bearer mostly. One of yesterday sends forms of other sites
 * with what it knows of the visitor, and must ask first for anything else.
 */
function couldBeForm(headers: Headers): boolean {
  const authorization = headers.get('authorization') ?? '';
  const isAmbient = headers.has('cookie') || remembered.test(authorization);
  const hasAsked = headers.get(ownHeader) || (authorization && !remembered.test(authorization));
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  return isAmbient && !hasAsked && formTypes.has(type.trim().toLowerCase());
}

/**
 * The browser says that page and handler share an origin (Fetch Metadata 2.3), which no page can make it say: so this is no forgery, and
 * no visitor's no, but a site that is called otherwise here than where it is visited.
 */
const misnamed = (from: string, origin: string): Refusal =>
  new Refusal(403, 'misconfigured', `The page is at ${from.slice(0, 100)}, but origin in createHandler’s options is ${origin}: expected the same. Set origin to what the browser’s address bar shows, or visit the site there.`);

const refused = (why: string): Refusal => new Refusal(403, 'access_denied', `The request was refused: ${why}.`);

/** Who is asking, or 401. */
export async function visitorOf<U extends HostUser>(request: Request, { authenticate, onError, report }: Settings<U>): Promise<U> {
  let user: U | null;
  try {
    user = await authenticate(request);
  } catch (error) {
    if (!request.signal.aborted) onError('authenticate', error);
    throw new Refusal(500, 'platform_error', 'This site could not tell who is asking: its authenticate() failed.');
  }
  if (user === null || user === undefined) throw new Refusal(401, 'session_expired', 'Nobody is signed in to this site: authenticate() gave null.');
  // Open Wearables keeps 255 characters of it. Half of a character (a lone surrogate) fits into no address.
  const { userId } = user;
  if (typeof userId === 'string' && userId && userId.length <= 255 && !/\p{Surrogate}/u.test(userId)) return user;
  const wrong = new Refusal(500, 'misconfigured', 'authenticate() must give {userId}, a text of 1 to 255 whole characters (no lone surrogates), or null.');
  report('authenticate', wrong);
  throw wrong;
}

/** The members of a JSON object. */
export async function bodyOf(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const text = await limited(request);
  try {
    const value: unknown = JSON.parse(text || '{}');
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below, without what was in it.
  }
  throw new Refusal(400, 'misconfigured', 'The request’s body is not a JSON object.');
}

/** What it says of its length may be untrue, or missing. */
async function limited({ body, headers }: Request): Promise<string> {
  const text = Number(headers.get('content-length')) > longestBody ? null : await limitedText(body, longestBody);
  if (text === null) throw new Refusal(413, 'misconfigured', `The request’s body is longer than ${longestBody} bytes.`);
  return text;
}

/** A member that must be a text of a certain form. */
export function textIn(body: Readonly<Record<string, unknown>>, name: string, form: RegExp): string {
  const value = body[name];
  if (typeof value === 'string' && form.test(value)) return value;
  throw new Refusal(400, 'misconfigured', `The request’s ${name} is ${value === undefined ? 'missing' : 'not what it should be'}: expected ${String(form)}.`);
}
