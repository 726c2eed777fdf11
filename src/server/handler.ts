/** The host's side of connecting: a Request in, a Response out, and nothing that another instance would need. */
import { ConnectError } from '../core/errors.js';
import { failure, Refusal } from './answers.js';
import { bodyOf, checkOrigin, visitorOf } from './guard.js';
import { openWearablesRoutes } from './open-wearables/routes.js';
import { createRedeem } from './redeem.js';
import { returnPage } from './return-page.js';
import { isMethod, routeOf } from './route.js';
import type { Routes } from './route.js';
import { settingsFrom } from './settings.js';
import type { HandlerOptions, HostUser } from './settings.js';
import { createUpstream } from './upstream.js';

export type Handler = (request: Request) => Promise<Response>;

export function createHandler<U extends HostUser = HostUser>(options: HandlerOptions<U>): Handler {
  const settings = settingsFrom(options);
  const { origin, basePath, sweatstack, openWearables } = settings;
  const upstream = createUpstream(settings.fetch, settings.clock);
  const redeem = sweatstack && createRedeem(settings, sweatstack, upstream);
  const routes: Routes<U> = {
    ...(openWearables && openWearablesRoutes(settings, openWearables, upstream)),
    ...(redeem && { '/redeem': { POST: async ({ request, user }) => redeem(user, await bodyOf(request)) } }),
  };

  async function handle(request: Request): Promise<Response> {
    const { method } = request;
    const { pathname } = new URL(request.url);
    // For whoever comes, from wherever: a provider sends the visitor here, and it says the same to everybody.
    if (openWearables && method === 'GET' && pathname === `${basePath}/return`) return returnPage();
    const { runs, name } = routeOf(routes, pathname, basePath);
    const run = isMethod(method) ? runs[method] : undefined;
    const allow = Object.keys(runs).join(', ');
    if (!run) throw new Refusal(405, 'misconfigured', `This address of the handler takes ${allow} alone.`, { allow });
    checkOrigin(request, origin);
    return run({ request, name, user: await visitorOf(request, settings) });
  }

  return async (request) => {
    try {
      return await handle(request);
    } catch (thrown) {
      if (!(thrown instanceof ConnectError)) settings.onError('the handler', thrown);
      return failure(thrown);
    }
  };
}
