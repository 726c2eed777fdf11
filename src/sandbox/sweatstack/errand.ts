import { sendProblem } from '../page.js';
import { remember, secret } from '../remember.js';
import { redirect, type Exchange } from '../web.js';
import type { Account } from './accounts.js';
import { afterSignIn, attemptOf } from './consent.js';
import { integrationFacts, isIntegration, type Integration } from './integrations.js';
import { showSignIn } from './sign-in.js';
import type { Errand, Ticket } from './model.js';
import { signedIn, signIn, type World } from './world.js';

/** Sends the visitor to the wearable's own site; the errand remembers what to do when they come back. */
export function sendToWearable(world: World, exchange: Exchange, integration: Integration, next: Errand['next']): void {
  const id = secret();
  remember(world.errands, id, { integration, next });
  const url = new URL(`${world.origins[integrationFacts[integration].site]}/oauth/authorize`);
  url.search = new URLSearchParams({
    client_id: 'sweatstack', response_type: 'code', state: id,
    redirect_uri: `${world.origins.sweatstack}/integrations/${integration}/callback`,
  }).toString();
  redirect(exchange, url.href);
}

export function chooseWearable(world: World, exchange: Exchange): void {
  const { integration } = exchange.params;
  const attempt = attemptOf(world, exchange, exchange.url.searchParams.get('request'));
  if (attempt === undefined) return;
  if (!isIntegration(integration)) {
    return sendProblem(exchange, 404, 'This wearable is not offered', `There is no sign-in for “${integration ?? ''}”.`);
  }
  sendToWearable(world, exchange, integration, { to: 'attempt', id: attempt.id });
}

/** Ties the wearable's user to the account and starts their history. */
export function arrive(world: World, account: Account, ticket: Ticket): void {
  const { integration, person } = ticket;
  if (!account.identities.some((known) => known.integration === integration && known.user === person.user)) {
    world.accounts.link(account, integration, person.user);
  }
  const { history, dailies } = ticket;
  world.accounts.connect(account, { integration, history, dailies, connectedAt: world.settings.now() });
}

/** Who comes back: known by this wearable, else whoever is signed in here without one, else by the shared address, else new. */
function accountFor(world: World, ticket: Ticket, present: Account | undefined): Account | undefined {
  const { integration, person } = ticket;
  // Another person of a brand the account already uses is another person.
  const uses = present?.identities.some((identity) => identity.integration === integration) === true;
  const known = world.accounts.byIdentity(integration, person.user) ?? (uses ? undefined : present);
  if (known !== undefined || !integrationFacts[integration].sharesEmail) return known;
  return world.accounts.byEmail(person.user) ?? world.accounts.create(person, person.user, world.settings.now());
}

async function comeBackToAttempt(world: World, exchange: Exchange, id: string, ticket: Ticket | undefined, name: string): Promise<void> {
  const attempt = attemptOf(world, exchange, id);
  if (attempt === undefined) return;
  if (ticket === undefined) {
    return showSignIn(world, exchange, attempt, `${name} was not connected. You can try again or choose another way.`);
  }
  // Asked to sign in afresh, whoever is signed in already does not count.
  const account = accountFor(world, ticket, attempt.prompt === 'login' ? undefined : signedIn(world, exchange));
  if (account === undefined) {
    const newcomer = secret();
    remember(world.newcomers, newcomer, { attempt: id, ticket });
    return redirect(exchange, `/sign-in/address?newcomer=${newcomer}`);
  }
  arrive(world, account, ticket);
  signIn(world, exchange, account);
  await afterSignIn(world, exchange, attempt, account);
}

/** Where a wearable's site sends the visitor back, with a one-time ticket or with a no. */
export async function answerWearable(world: World, exchange: Exchange): Promise<void> {
  const query = exchange.url.searchParams;
  const errand = world.errands.get(query.get('state') ?? '');
  if (errand === undefined || errand.integration !== exchange.params['integration']) {
    return sendProblem(exchange, 410, 'This sign-in is over', 'Go back to the application and start again.');
  }
  world.errands.delete(query.get('state') ?? '');
  const ticket = world.tickets.get(query.get('code') ?? '');
  world.tickets.delete(query.get('code') ?? '');
  const { next, integration } = errand;
  if (next.to === 'attempt') return comeBackToAttempt(world, exchange, next.id, ticket, integrationFacts[integration].name);
  const account = world.accounts.bySub(next.sub);
  if (account !== undefined && ticket !== undefined) arrive(world, account, ticket);
  redirect(exchange, next.page);
}
