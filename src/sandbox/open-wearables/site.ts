import { html, sendPage } from '../page.js';
import { findRoute, send, sendJson, type Exchange, type Handler, type Route } from '../web.js';
import { createApplication, createInvitation, redeemInvitation, signInDeveloper, switchProvider } from './admin.js';
import { answerAuthorize, answerCallback, answerError, answerSuccess } from './authorization.js';
import { demoApplication } from './begin.js';
import { disconnect, listConnections } from './connections.js';
import { keyHeader } from './endpoint.js';
import { answerBackfillStatus, cancelBackfill, retryBackfill } from './garmin.js';
import { answerIcon, listProviders } from './offer.js';
import { providersOf } from './providers.js';
import { listSleeps, listWorkouts } from './records.js';
import { answerRecent, answerRuns } from './status.js';
import { answerStream } from './stream.js';
import { answerSummaries } from './summaries.js';
import { answerHistorical, answerSync } from './sync.js';
import { answerToken, refreshToken, revokeToken } from './tokens.js';
import { createUser, getUser, listUsers } from './users.js';
import type { OpenWearables } from './world.js';

/** The only origin whose pages may read its answers: it is not meant to be spoken to from a browser. */
const allowedOrigin = 'http://localhost:3000';

function showIndex(world: OpenWearables, exchange: Exchange): void {
  const { faults, settings, origin } = world;
  sendPage(exchange, {
    title: 'Sandbox', site: 'open-wearables',
    body: html`
<h1>An Open Wearables of your own</h1>
<p class="lead">It answers as the real one does, on this computer only.</p>
<dl>
<dt>Address for your backend</dt><dd><code>${origin}</code></dd>
<dt>API key, header <code>X-Open-Wearables-API-Key</code></dt><dd><code>${settings.openWearablesKey}</code></dd>
<dt>Application of a mobile app, for tokens</dt><dd><code>${demoApplication.appId}</code> <code>${demoApplication.appSecret}</code></dd>
<dt>Wearables</dt><dd>${providersOf(faults.current.release).map(({ name }) => name).join(', ')}</dd>
</dl>
<ul>
<li><a href="/api/v1/oauth/providers">Providers, as the API lists them</a></li>
<li><a href="/sandbox/faults">Faults</a></li>
</ul>
<p class="hint"><strong>For developers:</strong> where your backend cannot resolve <code>*.localhost</code>, give it
<code>http://127.0.0.1</code> and the port: what is meant for Open Wearables comes here all the same.</p>`,
  });
}

function routesOf(world: OpenWearables): Route[] {
  const bind = (handler: (world: OpenWearables, exchange: Exchange) => void | Promise<void>): Handler => (exchange) => handler(world, exchange);
  const api = '/api/v1';
  const user = `${api}/users/:user`;
  return [
    ['GET', '/', bind(showIndex)],
    ['GET', '/static/provider-icons/:file', bind(answerIcon)],
    ['POST', `${api}/users`, bind(createUser)],
    ['GET', `${api}/users`, bind(listUsers)],
    ['GET', user, bind(getUser)],
    ['GET', `${user}/connections`, bind(listConnections)],
    ['DELETE', `${user}/connections/:provider`, bind(disconnect)],
    ['GET', `${user}/sync/stream`, bind(answerStream)],
    ['GET', `${user}/sync/recent`, bind(answerRecent)],
    ['GET', `${user}/sync/runs`, bind(answerRuns)],
    ['GET', `${user}/summaries/data`, bind(answerSummaries)],
    ['GET', `${user}/events/workouts`, bind(listWorkouts)],
    ['GET', `${user}/events/sleep`, bind(listSleeps)],
    ['POST', `${user}/token`, bind(answerToken)],
    ['POST', `${user}/invitation-code`, bind(createInvitation)],
    ['POST', `${api}/token/refresh`, bind(refreshToken)],
    ['POST', `${api}/token/revoke`, bind(revokeToken)],
    ['POST', `${api}/invitation-code/redeem`, bind(redeemInvitation)],
    ['GET', `${api}/oauth/providers`, bind(listProviders)],
    ['PUT', `${api}/oauth/providers/:provider`, bind(switchProvider)],
    ['GET', `${api}/oauth/success`, bind(answerSuccess)],
    ['GET', `${api}/oauth/error`, bind(answerError)],
    ['GET', `${api}/oauth/:provider/authorize`, bind(answerAuthorize)],
    ['GET', `${api}/oauth/:provider/callback`, bind(answerCallback)],
    ['POST', `${api}/providers/:provider/users/:user/sync`, bind(answerSync)],
    ['POST', `${api}/providers/:provider/users/:user/sync/historical`, bind(answerHistorical)],
    ['GET', `${api}/providers/garmin/users/:user/backfill/status`, bind(answerBackfillStatus)],
    ['POST', `${api}/providers/garmin/users/:user/backfill/cancel`, bind(cancelBackfill)],
    ['POST', `${api}/providers/garmin/users/:user/backfill/:type/retry`, bind(retryBackfill)],
    ['POST', `${api}/auth/login`, bind(signInDeveloper)],
    ['POST', `${api}/applications`, bind(createApplication)],
  ];
}

function answerPreflight(exchange: Exchange, allowed: boolean): void {
  if (!allowed) return send(exchange, 400, 'text/plain; charset=utf-8', 'Disallowed CORS origin');
  exchange.res.setHeader('access-control-allow-methods', 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT');
  exchange.res.setHeader('access-control-allow-headers', exchange.req.headers['access-control-request-headers'] ?? '');
  send(exchange, 200, 'text/plain; charset=utf-8', 'OK');
}

export interface OpenWearablesSite {
  answer: Handler;
  /** Whether an address without the site's own name means this site. */
  knows: (exchange: Exchange) => boolean;
}

export function openWearablesSite(world: OpenWearables): OpenWearablesSite {
  const routes = routesOf(world);
  const answer: Handler = (exchange) => {
    // What it stamps and what it says the time is are one clock, also where a test moves it.
    exchange.res.setHeader('date', new Date(world.settings.now()).toUTCString());
    const { headers } = exchange.req;
    const allowed = headers.origin === allowedOrigin;
    if (allowed) exchange.res.setHeader('access-control-allow-origin', allowedOrigin);
    if (exchange.method === 'OPTIONS' && headers['access-control-request-method'] !== undefined) return answerPreflight(exchange, allowed);
    // Of its routes it takes the method as it is named.
    const found = exchange.req.method === 'HEAD' && exchange.url.pathname.startsWith('/api/') ? 405 : findRoute(routes, exchange);
    if (typeof found === 'function') return found(exchange);
    return sendJson(exchange, found, { detail: found === 404 ? 'Not Found' : 'Method Not Allowed' });
  };
  const knows = (exchange: Exchange): boolean => {
    if (exchange.url.pathname === '/') return false;
    try {
      return exchange.req.headers[keyHeader] !== undefined || findRoute(routes, exchange) !== 404;
    } catch {
      return false;
    }
  };
  return { answer, knows };
}
