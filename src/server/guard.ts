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
  // Who sends none is no browser of today; one of yesterday would have had to ask first for either of these (Fetch 2.2.2).
  if (from === null && !headers.get(ownHeader) && !/^application\/json\b/.test(headers.get('content-type') ?? ''))
    throw refused(`it has neither an Origin nor the header ${ownHeader}`);
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
