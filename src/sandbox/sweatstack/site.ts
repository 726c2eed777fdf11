import { html, sendPage, sendProblem } from '../page.js';
import { findRoute, redirect, type Exchange, type Handler, type Route } from '../web.js';
import { answerActivities, answerActivity, answerLatest } from './activity-api.js';
import { answerBackfill } from './backfill.js';
import { attemptOf, decideConsent, showConsent } from './consent.js';
import { answerPreflight, sendDetail, throughFaults } from './endpoint.js';
import { answerWearable, chooseWearable } from './errand.js';
import { answerAuthorize, answerExpress } from './front-door.js';
import { followLink, requestLink, showAddressForm, showInbox, takeAddress } from './mail.js';
import { answerPortal, changeSharing, enterPortal, showSharing } from './portal.js';
import { paths } from './scopes.js';
import { answerSignIn, cancelSignIn, continueAs } from './sign-in.js';
import { answerStatus, answerUserinfo } from './status.js';
import { answerRevoke, answerToken } from './token.js';
import { signOut, type World } from './world.js';

function logout(world: World, exchange: Exchange): void {
  signOut(world, exchange);
  const request = exchange.url.searchParams.get('request');
  if (request !== null) {
    const attempt = attemptOf(world, exchange, request);
    return attempt && redirect(exchange, `/sign-in?request=${attempt.id}`);
  }
  sendPage(exchange, {
    title: 'Signed out', site: 'sweatstack',
    body: html`<h1>You are signed out</h1><p>The next connection starts from the beginning. You can close this page.</p>`,
  });
}

function showIndex(world: World, exchange: Exchange): void {
  const { sweatstack, mail } = world.origins;
  sendPage(exchange, {
    title: 'Sandbox', site: 'sweatstack',
    body: html`
<h1>A SweatStack of your own</h1>
<p class="lead">It answers as the real one does, on this computer only.</p>
<dl>
<dt>Base address for the widget</dt><dd><code>${sweatstack}</code></dd>
<dt>Applications</dt><dd>${world.settings.clients.map(({ clientId }) => html`<code>${clientId}</code> `)}</dd>
</dl>
<ul>
<li><a href="${mail}/">Inbox</a></li>
<li><a href="/settings/sharing">Connected wearables</a></li>
<li><a href="/sandbox/faults">Faults</a></li>
<li><a href="/logout">Sign out</a></li>
</ul>`,
  });
}

const fromLibrary = (world: World, path: string): Handler => (exchange) =>
  throughFaults(world, exchange, 'discovery', undefined, (faults) => world.issuer.answer(exchange, path, faults));

function sweatstackRoutes(world: World): Route[] {
  const bind = (handler: (world: World, exchange: Exchange) => void | Promise<void>): Handler => (exchange) => handler(world, exchange);
  return [
    ['GET', '/', bind(showIndex)],
    ['GET', paths.authorize, bind(answerAuthorize)],
    ['GET', paths.express, bind(answerExpress)],
    ['GET', '/sign-in', bind(answerSignIn)],
    ['GET', '/sign-in/cancel', bind(cancelSignIn)],
    ['POST', '/sign-in/continue', bind(continueAs)],
    ['POST', '/sign-in/email', bind(requestLink)],
    ['GET', '/sign-in/link/:token', bind(followLink)],
    ['GET', '/sign-in/address', bind(showAddressForm)],
    ['POST', '/sign-in/address', bind(takeAddress)],
    ['GET', '/connect/:integration', bind(chooseWearable)],
    ['GET', '/integrations/:integration/callback', bind(answerWearable)],
    ['GET', '/consent', bind(showConsent)],
    ['POST', '/consent', bind(decideConsent)],
    ['GET', '/logout', bind(logout)],
    ['GET', '/settings/sharing', bind(showSharing)],
    ['POST', '/settings/sharing/:action', bind(changeSharing)],
    ['GET', '/portal/enter/:link', bind(enterPortal)],
    ['GET', '/portal/:visit', bind(showSharing)],
    ['POST', '/portal/:visit/:action', bind(changeSharing)],
    ['GET', paths.discovery, fromLibrary(world, paths.discovery)],
    ['GET', paths.jwks, fromLibrary(world, paths.jwks)],
    ['POST', paths.token, bind(answerToken)],
    ['POST', paths.tokenToo, bind(answerToken)],
    ['POST', paths.revoke, bind(answerRevoke)],
    ['GET', paths.userinfo, bind(answerUserinfo)],
    ['GET', '/api/v1/profile/status', bind(answerStatus)],
    ['GET', '/api/v1/activities/latest', bind(answerLatest)],
    ['GET', '/api/v1/activities/backfill-status', bind(answerBackfill)],
    ['GET', '/api/v1/activities/', bind(answerActivities)],
    ['GET', '/api/v1/activities/:id', bind(answerActivity)],
    ['POST', '/api/v1/portal/sessions', bind(answerPortal)],
  ];
}

const isApi = (path: string): boolean => path.startsWith('/api/') || path.startsWith('/.well-known/') || path === paths.tokenToo;

function sweatstackSite(world: World): Handler {
  const routes = sweatstackRoutes(world);
  return (exchange) => {
    const { pathname } = exchange.url;
    const api = isApi(pathname);
    if (api && exchange.method === 'OPTIONS') return answerPreflight(exchange);
    const found = findRoute(routes, exchange);
    if (typeof found === 'function') return found(exchange);
    if (!api) return sendProblem(exchange, found, 'There is no such page', 'The address is not one of SweatStack’s.');
    exchange.res.setHeader('access-control-allow-origin', '*');
    return sendDetail(exchange, found, found === 404 ? 'Not Found' : 'Method Not Allowed');
  };
}

function inbox(world: World): Handler {
  const routes: Route[] = [['GET', '/', (exchange) => showInbox(world, exchange)]];
  return (exchange) => {
    const found = findRoute(routes, exchange);
    if (typeof found === 'function') return found(exchange);
    return sendProblem(exchange, found, 'There is no such page', 'The inbox is all there is here.', undefined, 'mail');
  };
}

/** SweatStack and what it brings along, by the first label of `<name>.localhost`; the wearables have sites of their own. */
export const sweatstackSites = (world: World): Record<string, Handler> => ({ sweatstack: sweatstackSite(world), mail: inbox(world) });
