import { html, sendPage, sendProblem, type Markup } from '../page.js';
import { cookie, redirect, setCookie, type Exchange, type Route } from '../web.js';
import type { Faults } from '../faults.js';
import { personOf, type Person } from './accounts.js';
import { integrationFacts, type Integration } from './integrations.js';
import type { Errand } from './model.js';
import { pause, remember, secret, setOpenerPolicy, type World } from './world.js';

const sessionCookie = 'wearable_session';

/** Who signs in when nobody types another name. Each brand knows the same person, so that one account gathers them. */
const demoAddress = 'alex.rivers@example.com';

interface Permission {
  /** Undefined: it cannot be left out. */
  field?: 'history' | 'dailies';
  title: string;
  detail: string;
}

const permissions: Record<Integration, readonly Permission[]> = {
  garmin_connect: [
    { title: 'Activities', detail: 'New activities as you finish them' },
    { field: 'history', title: 'Historical data', detail: 'Activities from the last five years' },
    { field: 'dailies', title: 'Daily health', detail: 'Steps, sleep and resting heart rate' },
  ],
  intervals_icu: [{ title: 'Activities', detail: 'Read your activities, new and past' }],
  wahoo: [
    { title: 'Profile', detail: 'Your name, without your e-mail' },
    { title: 'Workouts', detail: 'Read your workouts, new and past' },
  ],
};

function faultsOf(world: World, errand: Errand): Faults {
  return world.faults.merged(errand.next.to === 'attempt' ? world.attempts.get(errand.next.id)?.faults : undefined);
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

const permissionForm = (integration: Integration, state: string, person: Person): Markup => html`
<p class="muted small">Signed in as ${person.name}. <a href="/sign-out?state=${state}">Not you?</a></p>
<form method="post" action="/decision">
<input type="hidden" name="state" value="${state}">
<ul class="scopes">${permissions[integration].map(({ field, title, detail }) => {
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

/** A wearable's own site, on an origin of its own: sign-in, then what to share. */
export function wearableRoutes(world: World, integration: Integration): Route[] {
  const { name, site } = integrationFacts[integration];

  /** The errand of a page or form, with the header that belongs to this site; without one the page says so. */
  const errandOf = (exchange: Exchange, state: string | null): Errand | undefined => {
    const errand = world.errands.get(state ?? '');
    if (errand?.integration === integration) {
      setOpenerPolicy(exchange, faultsOf(world, errand), 'wearable');
      return errand;
    }
    sendProblem(
      exchange, 410, 'This sign-in is over', 'It was finished or left alone for too long. Go back to the application and start again.',
    );
    return undefined;
  };

  const show = async (exchange: Exchange): Promise<void> => {
    const state = exchange.url.searchParams.get('state') ?? '';
    const errand = errandOf(exchange, state);
    if (errand === undefined) return;
    const faults = faultsOf(world, errand);
    await pause(world, faults, 'wearable');
    const person = world.wearableSessions.get(cookie(exchange, sessionCookie) ?? '');
    sendPage(exchange, {
      site, title: person === undefined ? 'Sign in' : 'Share data',
      body: person === undefined
        ? html`<h1>Sign in to ${name}</h1><p class="lead">to connect it with SweatStack.</p>${signInForm(state)}`
        : html`<h1>Share your data with SweatStack?</h1>${permissionForm(integration, state, person)}`,
    });
  };

  const signInHere = async (exchange: Exchange): Promise<void> => {
    const form = await exchange.form();
    const state = form.get('state') ?? '';
    if (errandOf(exchange, state) === undefined) return;
    const address = (form.get('email') ?? '').trim();
    if (address !== '' && (form.get('password') ?? '') !== '') {
      const id = secret();
      remember(world.wearableSessions, id, personOf(address));
      setCookie(exchange, sessionCookie, id);
    }
    redirect(exchange, `/oauth/authorize?state=${encodeURIComponent(state)}`);
  };

  const decide = async (exchange: Exchange): Promise<void> => {
    const form = await exchange.form();
    const state = form.get('state') ?? '';
    if (errandOf(exchange, state) === undefined) return;
    const person = world.wearableSessions.get(cookie(exchange, sessionCookie) ?? '');
    if (person === undefined) return redirect(exchange, `/oauth/authorize?state=${encodeURIComponent(state)}`);
    const back = new URL(`${world.origins.sweatstack}/integrations/${integration}/callback`);
    back.searchParams.set('state', state);
    if (form.get('decision') === 'allow') {
      const ticket = secret();
      const leftOut = (field: 'history' | 'dailies'): boolean =>
        permissions[integration].some((permission) => permission.field === field) && !form.has(field);
      remember(world.tickets, ticket, { integration, person, history: !leftOut('history'), dailies: !leftOut('dailies') });
      back.searchParams.set('code', ticket);
    } else back.searchParams.set('error', 'access_denied');
    redirect(exchange, back.href);
  };

  const signOutHere = (exchange: Exchange): void => {
    setCookie(exchange, sessionCookie, null);
    redirect(exchange, `/oauth/authorize?state=${encodeURIComponent(exchange.url.searchParams.get('state') ?? '')}`);
  };

  return [
    ['GET', '/oauth/authorize', show],
    ['POST', '/sign-in', signInHere],
    ['POST', '/decision', decide],
    ['GET', '/sign-out', signOutHere],
  ];
}
