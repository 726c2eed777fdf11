import { html, sendPage, sendProblem } from '../page.js';
import { redirect, type Exchange } from '../web.js';
import type { Account } from './accounts.js';
import { redirectBack, redirectDenied } from './return.js';
import { readScopes, scopeWords } from './scopes.js';
import type { Attempt } from './model.js';
import { pause, setOpenerPolicy, signedIn, type World } from './world.js';

export const appName = (attempt: Attempt): string => attempt.client.name ?? attempt.client.clientId;

/** The attempt a page or form belongs to; without one the page says so and nothing else happens. */
export function attemptOf(world: World, exchange: Exchange, id: string | null): Attempt | undefined {
  const attempt = world.attempts.get(id ?? '');
  if (attempt === undefined) {
    sendProblem(
      exchange, 410, 'This sign-in is over', 'It was finished, cancelled or left alone for too long. Go back to the application and start again.',
    );
  }
  return attempt;
}

async function finish(world: World, exchange: Exchange, attempt: Attempt, account: Account): Promise<void> {
  const faults = world.faults.merged(attempt.faults);
  const granted = faults.grantedScope === null ? attempt.scopes : readScopes(faults.grantedScope);
  const { clientId } = attempt.client;
  account.apps[clientId] = [...new Set([...(account.apps[clientId] ?? []), ...granted])];
  world.accounts.save();
  redirectBack(world, exchange, attempt, { code: await world.issuer.mint(attempt, account.sub, granted) });
}

/** Somebody is signed in. `prompt=none` spares them the question if they answered it before; nothing else does. */
export async function afterSignIn(world: World, exchange: Exchange, attempt: Attempt, account: Account): Promise<void> {
  const faults = world.faults.merged(attempt.faults);
  if (faults.redirectError !== null) {
    return redirectBack(world, exchange, attempt, { error: faults.redirectError, error_description: 'Asked for by a sandbox fault' });
  }
  if (faults.deny) return redirectDenied(world, exchange, attempt);
  const before = account.apps[attempt.client.clientId] ?? [];
  if (attempt.prompt === 'none' && attempt.scopes.every((scope) => before.includes(scope))) {
    return finish(world, exchange, attempt, account);
  }
  redirect(exchange, `/consent?request=${attempt.id}`);
}

export async function showConsent(world: World, exchange: Exchange): Promise<void> {
  const attempt = attemptOf(world, exchange, exchange.url.searchParams.get('request'));
  if (attempt === undefined) return;
  const account = signedIn(world, exchange);
  if (account === undefined) return redirect(exchange, `/sign-in?request=${attempt.id}`);
  const faults = world.faults.merged(attempt.faults);
  setOpenerPolicy(exchange, faults, 'consent');
  await pause(world, faults, 'consent');
  const words = attempt.scopes.map((scope) => scopeWords[scope] ?? { title: scope, detail: '' });
  const who = account.email === null ? account.name : `${account.name} (${account.email})`;
  sendPage(exchange, {
    title: 'Allow access', site: 'sweatstack',
    body: html`
<h1>Allow ${appName(attempt)} to use your data?</h1>
<p class="muted small">Signed in as ${who}. <a href="/logout?request=${attempt.id}">Not you?</a></p>
<ul class="scopes">${words.map(({ title, detail }) => html`
<li><strong>${title}</strong><span class="muted small">${detail}</span></li>`)}</ul>
<form method="post" action="/consent">
<input type="hidden" name="request" value="${attempt.id}">
<div class="pair">
<button class="quiet" name="decision" value="deny">Deny</button>
<button name="decision" value="allow">Allow</button>
</div>
</form>
<p class="muted small">You can take this back at any time in your SweatStack settings.</p>`,
  });
}

export async function decideConsent(world: World, exchange: Exchange): Promise<void> {
  const form = await exchange.form();
  const attempt = attemptOf(world, exchange, form.get('request'));
  if (attempt === undefined) return;
  const account = signedIn(world, exchange);
  if (account === undefined) return redirect(exchange, `/sign-in?request=${attempt.id}`);
  setOpenerPolicy(exchange, world.faults.merged(attempt.faults), 'consent');
  if (form.get('decision') !== 'allow') return redirectDenied(world, exchange, attempt);
  await finish(world, exchange, attempt, account);
}
