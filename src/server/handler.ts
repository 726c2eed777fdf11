/** The host's side of connecting: a Request in, a Response out, and nothing that another instance would need. */
import { ConnectError } from '../core/errors.js';
import { failure, Refusal } from './answers.js';
import { bodyOf, checkOrigin, visitorOf } from './guard.js';
import { createOpenWearables } from './open-wearables/routes.js';
import { createRedeem } from './redeem.js';
import { isMethod, routeOf } from './route.js';
import type { Call, Routes } from './route.js';
import { createMark } from './sealed.js';
import { settingsFrom } from './settings.js';
import type { HandlerOptions, HostUser } from './settings.js';
import { createUpstream } from './upstream.js';

/**
 * Tells tabs of one origin whether they have the same visitor, so that they share a stream only then: somebody may have signed
 * out and somebody else in. It is not who that is.
 */
const visitorHeader = 'x-wearable-connect-visitor';

export type Handler = (request: Request) => Promise<Response>;

export function createHandler<U extends HostUser = HostUser>(options: HandlerOptions<U>): Handler {
  const settings = settingsFrom(options);
  const { basePath, sweatstack } = settings;
  const upstream = createUpstream(settings.fetch, settings.clock);
  const openWearables = settings.openWearables && createOpenWearables(settings, settings.openWearables, upstream);
  const mark = settings.openWearables && createMark(settings.openWearables.secret, 'wearable-connect visitor 1');
  const redeem = sweatstack && createRedeem(settings, sweatstack, upstream);
  const routes: Routes<U> = {
    ...openWearables?.routes,
    ...(redeem && { '/redeem': { POST: async ({ request, user, headers }) => redeem(user, await bodyOf(request), headers) } }),
  };

  async function handle(request: Request): Promise<Response> {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const { pathname } = new URL(request.url);
    // For whoever comes, from wherever: a provider sends the visitor here.
    if (openWearables && pathname === `${basePath}/return`) {
      if (method !== 'GET') throw notAllowed(['GET']);
      return openWearables.landing(request);
    }
    const { runs, name } = routeOf(routes, pathname, basePath);
    const run = isMethod(method) ? runs[method] : undefined;
    if (!run) throw notAllowed(Object.keys(runs));
    checkOrigin(request, settings);
    const user = await visitorOf(request, settings);
    const headers = mark ? { [visitorHeader]: await mark(user.userId) } : {};
    return run({ request, name, user, headers }).catch((thrown: unknown) => refused(request, thrown, headers));
  }

  function refused({ signal }: Request, thrown: unknown, headers: Call<U>['headers'] = {}): Response {
    // Of one that has gone nobody reads the answer, and what was thrown is its going.
    if (signal.aborted || thrown instanceof Refusal) return failure(thrown, headers);
    if (ConnectError.is(thrown)) settings.report('the handler', thrown);
    else settings.onError('the handler', thrown);
    return failure(thrown, headers);
  }

  return async (request) => {
    const response = await handle(request).catch((thrown: unknown) => refused(request, thrown));
    return request.method === 'HEAD' ? withoutBody(response) : response;
  };
}

/** To HEAD, what GET would be told, but for the body (RFC 9110 9.3.2). A stream that was begun for it has no listener any more. */
async function withoutBody({ body, status, headers }: Response): Promise<Response> {
  await body?.cancel();
  return new Response(null, { status, headers });
}

function notAllowed(methods: readonly string[]): Refusal {
  const allow = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
  return new Refusal(405, 'misconfigured', `This address of the handler takes ${allow} alone.`, { allow });
}
