import { html, sendPage, type Markup } from '../page.js';
import { redirect, type Exchange } from '../web.js';
import { afterSignIn, appName, attemptOf } from './consent.js';
import { integrationFacts, integrations } from './integrations.js';
import { redirectDenied } from './return.js';
import type { Attempt } from './model.js';
import { pause, setOpenerPolicy, signedIn, type World } from './world.js';

const wearableChoices = (attempt: Attempt): Markup => html`
<ul class="choices">${integrations.map((integration) => {
  const { name } = integrationFacts[integration];
  return html`
<li><a class="button" href="/connect/${integration}?request=${attempt.id}">
<span class="dot ${integration}" data-letter="${name.charAt(0)}"></span>Continue with ${name}</a></li>`;
})}
</ul>`;

const emailForm = (attempt: Attempt): Markup => html`
<form method="post" action="/sign-in/email">
<input type="hidden" name="request" value="${attempt.id}">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="email" required>
<button>Send sign-in link</button>
</form>`;

const headings: Record<Attempt['userFlow'], string> = {
  session: 'Sign in to SweatStack', signup: 'Create your SweatStack account', login: 'Welcome back',
};

/** Express puts the wearables first and the mail behind "More options"; the standard page has it the other way round. */
export async function showSignIn(world: World, exchange: Exchange, attempt: Attempt, notice?: string): Promise<void> {
  const faults = world.faults.merged(attempt.faults);
  setOpenerPolicy(exchange, faults, attempt.door);
  await pause(world, faults, attempt.door);
  const express = attempt.door === 'express';
  const account = attempt.prompt === 'select_account' ? signedIn(world, exchange) : undefined;
  sendPage(exchange, {
    title: express ? 'Connect' : 'Sign in', site: 'sweatstack',
    body: html`
${notice !== undefined && html`<p class="notice" role="status">${notice}</p>`}
<h1>${express ? 'Connect your wearable' : headings[attempt.userFlow]}</h1>
<p class="lead">${express
    ? `${appName(attempt)} uses SweatStack to read your training. Sign in where your data already is.`
    : `to continue to ${appName(attempt)}.`}</p>
${account !== undefined && html`
<form method="post" action="/sign-in/continue">
<input type="hidden" name="request" value="${attempt.id}">
<button>Continue as ${account.name}</button>
</form>`}
${express ? wearableChoices(attempt) : emailForm(attempt)}
<details><summary>More options</summary>
${express ? emailForm(attempt) : wearableChoices(attempt)}
</details>
<p class="small"><a href="/sign-in/cancel?request=${attempt.id}">Back to ${appName(attempt)}</a></p>`,
  });
}

export async function answerSignIn(world: World, exchange: Exchange): Promise<void> {
  const attempt = attemptOf(world, exchange, exchange.url.searchParams.get('request'));
  if (attempt !== undefined) await showSignIn(world, exchange, attempt);
}

export function cancelSignIn(world: World, exchange: Exchange): void {
  const attempt = attemptOf(world, exchange, exchange.url.searchParams.get('request'));
  if (attempt !== undefined) redirectDenied(world, exchange, attempt);
}

export async function continueAs(world: World, exchange: Exchange): Promise<void> {
  const attempt = attemptOf(world, exchange, (await exchange.form()).get('request'));
  if (attempt === undefined) return;
  const account = signedIn(world, exchange);
  if (account === undefined) redirect(exchange, `/sign-in?request=${attempt.id}`);
  else await afterSignIn(world, exchange, attempt, account);
}
