import { html, sendPage, sendProblem } from '../page.js';
import { personOf } from '../person.js';
import { remember, secret } from '../remember.js';
import type { Exchange } from '../web.js';
import type { Account } from './accounts.js';
import { afterSignIn, appName, attemptOf } from './consent.js';
import { arrive } from './errand.js';
import { integrationFacts } from './integrations.js';
import { showSignIn } from './sign-in.js';
import type { Attempt } from './model.js';
import { setOpenerPolicy, signIn, type World } from './world.js';

const looksLikeAddress = (value: string): boolean => /^[^\s@]+@[^\s@]+$/.test(value) && value.length <= 254;

/** Puts the message into the inbox and shows "Check your mail"; the link goes on in whichever tab it is opened in. */
export function sendLink(world: World, exchange: Exchange, attempt: Attempt, email: string, newcomer?: string): void {
  const token = secret();
  remember(world.mailLinks, token, { attempt: attempt.id, email, newcomer });
  const link = `${world.origins.sweatstack}/sign-in/link/${token}`;
  world.mails.unshift({ to: email, subject: 'Your sign-in link for SweatStack', link, at: world.settings.now() });
  world.mails.length = Math.min(world.mails.length, 100);
  setOpenerPolicy(exchange, world.faults.merged(attempt.faults), attempt.door);
  sendPage(exchange, {
    title: 'Check your mail', site: 'sweatstack',
    body: html`
<h1>Check your mail</h1>
<p>We sent a sign-in link to <strong>${email}</strong>. It works once, and opens in a new tab.</p>
<p><a class="button" href="${world.origins.mail}/" target="_blank" rel="noopener">Open the sandbox’s inbox</a></p>
<form method="post" action="/sign-in/email">
<input type="hidden" name="request" value="${attempt.id}"><input type="hidden" name="email" value="${email}">
<input type="hidden" name="newcomer" value="${newcomer}">
<button class="quiet">Send it again</button>
</form>
<p class="small"><a href="/sign-in?request=${attempt.id}">Use another way to sign in</a></p>`,
  });
}

export async function requestLink(world: World, exchange: Exchange): Promise<void> {
  const form = await exchange.form();
  const attempt = attemptOf(world, exchange, form.get('request'));
  if (attempt === undefined) return;
  const email = (form.get('email') ?? '').trim().toLowerCase();
  if (!looksLikeAddress(email)) return showSignIn(world, exchange, attempt, 'That does not look like an e-mail address.');
  if (attempt.emailOnlyExisting && world.accounts.byEmail(email) === undefined) {
    return showSignIn(world, exchange, attempt, 'There is no account with this e-mail yet. Continue with your wearable to make one.');
  }
  const newcomer = form.get('newcomer') ?? '';
  sendLink(world, exchange, attempt, email, world.newcomers.has(newcomer) ? newcomer : undefined);
}

/** The link of a mail: signs in, makes the account if it is new, and goes on to the consent in this very tab. */
export async function followLink(world: World, exchange: Exchange): Promise<void> {
  const token = exchange.params['token'] ?? '';
  const link = world.mailLinks.get(token);
  if (link === undefined) {
    return sendProblem(exchange, 410, 'This link was used already', 'Sign-in links work once. Ask for a new one where you started.');
  }
  const attempt = attemptOf(world, exchange, link.attempt);
  if (attempt === undefined) return;
  world.mailLinks.delete(token);
  const account = world.accounts.byEmail(link.email) ?? world.accounts.create(personOf(link.email), link.email, world.settings.now());
  const newcomer = world.newcomers.get(link.newcomer ?? '');
  if (newcomer !== undefined) arrive(world, account, newcomer.ticket);
  signIn(world, exchange, account);
  await afterSignIn(world, exchange, attempt, account);
}

/** A wearable that names nobody's address, as Wahoo: SweatStack asks. */
export function showAddressForm(world: World, exchange: Exchange, notice?: string): void {
  const id = exchange.url.searchParams.get('newcomer') ?? '';
  const newcomer = world.newcomers.get(id);
  const attempt = newcomer && attemptOf(world, exchange, newcomer.attempt);
  if (newcomer === undefined) {
    return sendProblem(exchange, 410, 'This sign-in is over', 'Go back to the application and start again.');
  }
  if (attempt === undefined) return;
  setOpenerPolicy(exchange, world.faults.merged(attempt.faults), attempt.door);
  const { name } = integrationFacts[newcomer.ticket.integration];
  sendPage(exchange, {
    title: 'Your e-mail', site: 'sweatstack',
    body: html`
${notice !== undefined && html`<p class="notice" role="status">${notice}</p>`}
<h1>One more thing: your e-mail</h1>
<p class="lead">${name} is connected, but does not share an address. ${appName(attempt)} and SweatStack need one to find you again.</p>
<form method="post" action="/sign-in/address?newcomer=${id}">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="email" required>
<button>Continue</button>
</form>`,
  });
}

export async function takeAddress(world: World, exchange: Exchange): Promise<void> {
  const id = exchange.url.searchParams.get('newcomer') ?? '';
  const newcomer = world.newcomers.get(id);
  const email = ((await exchange.form()).get('email') ?? '').trim().toLowerCase();
  if (newcomer === undefined) return showAddressForm(world, exchange);
  if (!looksLikeAddress(email)) return showAddressForm(world, exchange, 'That does not look like an e-mail address.');
  const attempt = attemptOf(world, exchange, newcomer.attempt);
  if (attempt === undefined) return;
  // An address that has an account already is only believed after a mail to it.
  if (world.accounts.byEmail(email) !== undefined) return sendLink(world, exchange, attempt, email, id);
  world.newcomers.delete(id);
  const account: Account = world.accounts.create(newcomer.ticket.person, email, world.settings.now());
  arrive(world, account, newcomer.ticket);
  signIn(world, exchange, account);
  await afterSignIn(world, exchange, attempt, account);
}

/** http://mail.localhost: every message of the run, newest first. */
export function showInbox(world: World, exchange: Exchange): void {
  sendPage(exchange, {
    title: 'Inbox', site: 'mail', ...(world.mails.length === 0 ? { refresh: 2 } : {}),
    body: html`
<h1>Inbox</h1>
${world.mails.length === 0
    ? html`<p class="lead">No mail yet. This page looks again by itself.</p>`
    : html`<ul class="rows">${world.mails.map((mail) => html`
<li class="letter"><strong>${mail.subject}</strong>
<span class="muted small">to ${mail.to}, ${new Date(mail.at).toISOString().slice(11, 16)} UTC</span>
<a class="button" href="${mail.link}" target="_blank" rel="noopener">Sign in to SweatStack</a></li>`)}</ul>`}
<p class="small"><a href="/">Look again</a></p>`,
  });
}

