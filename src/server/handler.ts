/** The host's side of connecting: a Request in, a Response out, and nothing that another instance would need. */
import { failure, Refusal } from './answers.js';
import { bodyOf, checkOrigin, visitorOf } from './guard.js';
import { createRedeem } from './redeem.js';
import { settingsFrom } from './settings.js';
import type { HandlerOptions, HostUser } from './settings.js';
import { createUpstream } from './upstream.js';

export interface Call<U extends HostUser> {
  readonly request: Request;
  readonly user: U;
  /** The last part of the path where the route ends in `/`. */
  readonly name: string;
}

/** By method; the path ends in `/` where a name follows. */
type Routes<U extends HostUser> = Readonly<Record<string, Partial<Record<string, (call: Call<U>) => Promise<Response>>>>>;

export type Handler = (request: Request) => Promise<Response>;

export function createHandler<U extends HostUser = HostUser>(options: HandlerOptions<U>): Handler {
  const settings = settingsFrom(options);
  const { origin, basePath, sweatstack } = settings;
  const upstream = createUpstream(settings.fetch, settings.clock);
  const redeem = sweatstack && createRedeem(settings, sweatstack, upstream);
  const routes: Routes<U> = {
    ...(redeem && { '/redeem': { POST: async ({ request, user }) => redeem(user, await bodyOf(request)) } }),
  };

  async function handle(request: Request): Promise<Response> {
    const { methods, name } = routeOf(routes, new URL(request.url).pathname, basePath);
    const run = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
    const allow = Object.keys(methods).join(', ');
    if (!run) throw new Refusal(405, 'misconfigured', `This address of the handler takes ${allow} alone.`, { allow });
    checkOrigin(request, origin);
    return run({ request, name, user: await visitorOf(request, settings) });
  }

  return async (request) => {
    try {
      return await handle(request);
    } catch (thrown) {
      if (!(thrown instanceof Error && thrown.name === 'ConnectError')) settings.onError('the handler', thrown);
      return failure(thrown);
    }
  };
}

function routeOf<U extends HostUser>(routes: Routes<U>, pathname: string, basePath: string): { methods: Routes<U>[string]; name: string } {
  if (pathname.startsWith(`${basePath}/`)) {
    const [, path = '', name = ''] = /^(\/[^/]+\/?)([^/]*)$/.exec(pathname.slice(basePath.length)) ?? [];
    const methods = Object.hasOwn(routes, path) && path.endsWith('/') === (name !== '') ? routes[path] : undefined;
    if (methods) return { methods, name };
  }
  throw new Refusal(404, 'misconfigured', `The handler has nothing at this address. It is mounted at ${basePath || '/'}, and knows ${Object.keys(routes).join(' ')} below it.`);
}
