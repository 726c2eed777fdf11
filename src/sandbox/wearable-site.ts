import { html, sendPage, sendProblem, siteNames, type Markup, type Site } from './page.js';
import { pauseFor } from './pause.js';
import { personOf, type Person } from './person.js';
import { remember, secret } from './remember.js';
import { cookie, findRoute, redirect, setCookie, type Exchange, type Handler, type Route } from './web.js';

const sessionCookie = 'wearable_session';

/** Who signs in when nobody types another name. Each brand knows the same person, so that one account gathers them. */
const demoAddress = 'alex.rivers@example.com';

export interface Permission {
  /** Undefined: it cannot be left out. */
  field?: 'history' | 'dailies';
  title: string;
  detail: string;
}

/** Somebody a platform has sent here, until they decide. */
export interface Visit {
  /** The platform, as the visitor reads it. */
  asker: string;
  permissions: readonly Permission[];
  /** What faults do to these pages. */
  openerPolicy: string | undefined;
  delay: number;
  deny: boolean;
  /** Where a yes leads, with the optional permissions that were left ticked; and where a no does. */
  granted(person: Person, kept: ReadonlySet<string>): string;
  denied(): string;
}

export interface WearableSite {
  site: Site;
  /** Session cookie → the person signed in here. */
  sessions: Map<string, Person>;
  closing: AbortSignal;
  /** By the state of the authorization request, which the platform made up. */
  visit: (state: string) => Visit | undefined;
}

const signInForm = (state: string): Markup => html`
<form method="post" action="/sign-in">
<input type="hidden" name="state" value="${state}">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" required value="${demoAddress}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required value="sandbox-password">
<button>Sign in</button>
</form>
<p class="muted small">Filled in for the demo person Alex Rivers. Any other address makes another person.</p>`;

const permissionForm = (permissions: readonly Permission[], state: string, person: Person): Markup => html`
<p class="muted small">Signed in as ${person.name}. <a href="/sign-out?state=${state}">Not you?</a></p>
<form method="post" action="/decision">
<input type="hidden" name="state" value="${state}">
<ul class="scopes">${permissions.map(({ field, title, detail }) => {
  const words = html`<strong>${title}</strong><span class="muted small">${detail}</span>`;
  if (field === undefined) return html`<li>${words}</li>`;
  return html`<li><label><input type="checkbox" name="${field}" checked><span>${words}</span></label></li>`;
})}
</ul>
<div class="pair">
<button class="quiet" name="decision" value="deny">Deny</button>
<button name="decision" value="allow">Allow</button>
</div>
</form>`;

const pageOf = (state: string): string => `/oauth/authorize?state=${encodeURIComponent(state)}`;

/** A wearable's own site, on an origin of its own, for every platform that sends people to it: sign-in, then what to share. */
function wearableRoutes({ site, sessions, closing, visit: visitOf }: WearableSite): Route[] {
  /** The visit of a page or form, with the header that belongs to this site; without one the page says so. */
  const arrived = (exchange: Exchange, state: string): Visit | undefined => {
    const visit = visitOf(state);
    if (visit === undefined) {
      sendProblem(
        exchange, 410, 'This sign-in is over', 'It was finished or left alone for too long. Go back to the application and start again.',
        undefined, site,
      );
    } else if (visit.openerPolicy !== undefined) exchange.res.setHeader('cross-origin-opener-policy', visit.openerPolicy);
    return visit;
  };
  const signedIn = (exchange: Exchange): Person | undefined => sessions.get(cookie(exchange, sessionCookie) ?? '');

  const show = async (exchange: Exchange): Promise<void> => {
    const { searchParams } = exchange.url;
    const state = searchParams.get('state') ?? '';
    if (searchParams.get('client_id') === '') {
      return sendProblem(
        exchange, 400, 'Something is wrong with this link', 'The application that sent you here did not say who it is.',
        'client_id is empty: the server has no credentials for this wearable.', site,
      );
    }
    const visit = arrived(exchange, state);
    if (visit === undefined) return;
    await pauseFor(visit.delay, closing);
    if (visit.deny) return redirect(exchange, visit.denied());
    const person = signedIn(exchange);
    sendPage(exchange, {
      site, title: person === undefined ? 'Sign in' : 'Share data',
      body: person === undefined
        ? html`<h1>Sign in to ${siteNames[site]}</h1><p class="lead">to connect it with ${visit.asker}.</p>${signInForm(state)}`
        : html`<h1>Share your data with ${visit.asker}?</h1>${permissionForm(visit.permissions, state, person)}`,
    });
  };

  const signInHere = async (exchange: Exchange): Promise<void> => {
    const form = await exchange.form();
    const state = form.get('state') ?? '';
    if (arrived(exchange, state) === undefined) return;
    const address = (form.get('email') ?? '').trim();
    if (address !== '' && (form.get('password') ?? '') !== '') {
      const id = secret();
      remember(sessions, id, personOf(address));
      setCookie(exchange, sessionCookie, id);
    }
    redirect(exchange, pageOf(state));
  };

  const decide = async (exchange: Exchange): Promise<void> => {
    const form = await exchange.form();
    const state = form.get('state') ?? '';
    const visit = arrived(exchange, state);
    if (visit === undefined) return;
    const person = signedIn(exchange);
    if (person === undefined) return redirect(exchange, pageOf(state));
    redirect(exchange, form.get('decision') === 'allow' ? visit.granted(person, new Set(form.keys())) : visit.denied());
  };

  const signOutHere = (exchange: Exchange): void => {
    setCookie(exchange, sessionCookie, null);
    redirect(exchange, pageOf(exchange.url.searchParams.get('state') ?? ''));
  };

  return [
    ['GET', '/oauth/authorize', show],
    ['POST', '/sign-in', signInHere],
    ['POST', '/decision', decide],
    ['GET', '/sign-out', signOutHere],
  ];
}

export function wearableSite(about: WearableSite): Handler {
  const routes = wearableRoutes(about);
  return (exchange) => {
    const found = findRoute(routes, exchange);
    if (typeof found === 'function') return found(exchange);
    return sendProblem(
      exchange, found, 'There is no such page', 'This site of the sandbox is only visited on the way to a platform.', undefined, about.site,
    );
  };
}
