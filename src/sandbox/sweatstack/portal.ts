import { html, sendPage, sendProblem, type Markup } from '../page.js';
import { remember, secret } from '../remember.js';
import { redirect, sendJson, type Exchange } from '../web.js';
import type { Account } from './accounts.js';
import { sendDetail, sendInvalid, withBearer } from './endpoint.js';
import { sendToWearable } from './errand.js';
import { integrationFacts, integrations, isIntegration } from './integrations.js';
import { allowsRedirect } from './redirect-uri.js';
import type { PortalVisit } from './model.js';
import { signedIn, type World } from './world.js';

const destinations = ['manage-integrations', 'manage-teams'];

/** A one-time link to the page where users manage what they connected. */
export const answerPortal = (world: World, exchange: Exchange): Promise<void> =>
  withBearer(world, exchange, 'portal', ['openid', 'profile', 'data:read', 'data:write'], async ({ account, bearer }) => {
    let body: unknown;
    try {
      body = JSON.parse(await exchange.text());
    } catch {
      return sendInvalid(exchange, ['body'], 'JSON decode error', 'json_invalid');
    }
    const { destination, return_url: returnUrl } = Object(body) as { destination?: unknown; return_url?: unknown };
    if (!destinations.includes(String(destination))) {
      const names = destinations.map((name) => `'${name}'`).join(' or ');
      return sendInvalid(exchange, ['body', 'destination'], `Input should be ${names}`, 'enum');
    }
    const client = world.settings.clients.find(({ clientId }) => clientId === bearer.clientId);
    if (returnUrl !== undefined && returnUrl !== null) {
      if (typeof returnUrl !== 'string' || returnUrl.length > 2048) {
        return sendInvalid(exchange, ['body', 'return_url'], 'String should have at most 2048 characters', 'string_too_long');
      }
      if (client === undefined || !allowsRedirect(client, returnUrl)) {
        return sendDetail(exchange, 400, 'return_url must equal or sit under a registered redirect URI');
      }
    }
    const link = secret();
    remember(world.portalLinks, link, {
      sub: account.sub, clientId: bearer.clientId, returnUrl: typeof returnUrl === 'string' ? returnUrl : undefined,
    });
    sendJson(exchange, 200, { url: `${world.origins.sweatstack}/portal/enter/${link}` });
  });

export function enterPortal(world: World, exchange: Exchange): void {
  const link = exchange.params['link'] ?? '';
  const visit = world.portalLinks.get(link);
  if (visit === undefined) {
    return sendProblem(
      exchange, 410, 'This link was used already', 'Links to this page work once. Go back to the application and open it again.',
    );
  }
  world.portalLinks.delete(link);
  const id = secret();
  remember(world.portalVisits, id, visit);
  redirect(exchange, `/portal/${id}`);
}

interface Visitor {
  account: Account;
  page: string;
  visit: PortalVisit | undefined;
}

/** Through the application's link, or as oneself on SweatStack's own settings page. */
function visitorOf(world: World, exchange: Exchange): Visitor | undefined {
  const { visit: id } = exchange.params;
  const visit = id === undefined ? undefined : world.portalVisits.get(id);
  const account = id === undefined ? signedIn(world, exchange) : visit && world.accounts.bySub(visit.sub);
  if (account !== undefined) return { account, visit, page: id === undefined ? '/settings/sharing' : `/portal/${id}` };
  sendProblem(exchange, 403, 'Nobody is signed in', 'Sign in through an application first, or open this page from one.');
  return undefined;
}

/** One line with one button; its label names the thing, since "Disconnect" alone is said more than once. */
const row = (title: string, state: string, action: { path: string; verb: string; field: string; value: string }): Markup => html`
<li class="row"><div><strong>${title}</strong><span class="muted small">${state}</span></div>
<form method="post" action="${action.path}">
<input type="hidden" name="${action.field}" value="${action.value}">
<button class="quiet" aria-label="${action.verb} ${title}">${action.verb}</button>
</form></li>`;

const wearables = ({ account, page }: Visitor): Markup => html`
<ul class="rows">${integrations.map((integration) => {
  const { name } = integrationFacts[integration];
  const connection = account.connections.find((known) => known.integration === integration);
  const action = { field: 'integration', value: integration };
  if (connection === undefined) return row(name, 'Not connected', { path: `${page}/connect`, verb: 'Connect', ...action });
  const state = connection.history ? 'Connected' : 'Connected, past activities are not shared';
  return row(name, state, { path: `${page}/disconnect`, verb: 'Disconnect', ...action });
})}</ul>`;

const applications = (world: World, { account, page }: Visitor): Markup => html`
<h2>Applications with access</h2>
<ul class="rows">${Object.entries(account.apps).map(([clientId, scopes]) => {
  const name = world.settings.clients.find((client) => client.clientId === clientId)?.name ?? clientId;
  return row(name, scopes.join(', '), { path: `${page}/revoke`, verb: 'Revoke', field: 'client', value: clientId });
})}</ul>`;

export function showSharing(world: World, exchange: Exchange): void {
  const visitor = visitorOf(world, exchange);
  if (visitor === undefined) return;
  const { visit } = visitor;
  const app = world.settings.clients.find(({ clientId }) => clientId === visit?.clientId);
  sendPage(exchange, {
    title: 'Your wearables', site: 'sweatstack',
    body: html`
<h1>Your connected wearables</h1>
<p class="muted small">Signed in as ${visitor.account.name}.</p>
${wearables(visitor)}
${visit === undefined && applications(world, visitor)}
${visit !== undefined && (visit.returnUrl === undefined
  ? html`<p>All done? You can close this page.</p>`
  : html`<p><a class="button" href="${visit.returnUrl}">Back to ${app?.name ?? visit.clientId}</a></p>`)}`,
  });
}

export async function changeSharing(world: World, exchange: Exchange): Promise<void> {
  const visitor = visitorOf(world, exchange);
  if (visitor === undefined) return;
  const { account, page } = visitor;
  const form = await exchange.form();
  const integration = form.get('integration');
  const { action } = exchange.params;
  if (action === 'connect' && isIntegration(integration)) {
    return sendToWearable(world, exchange, integration, { to: 'settings', sub: account.sub, page });
  }
  if (action === 'disconnect' && isIntegration(integration)) world.accounts.disconnect(account, integration);
  if (action === 'revoke') {
    const clientId = form.get('client') ?? '';
    delete account.apps[clientId];
    world.accounts.save();
    world.issuer.revokeApplication(account.sub, clientId);
  }
  redirect(exchange, page);
}
