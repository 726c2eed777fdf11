import { Refusal } from './answers.js';
import type { HostUser } from './settings.js';

export interface Call<U extends HostUser> {
  readonly request: Request;
  readonly user: U;
  /** The last part of the path where the route ends in `/`. */
  readonly name: string;
  /** What every answer to this visitor says. Said as it is made: servers are quick with headers that nobody touched since. */
  readonly headers: Readonly<Record<string, string>>;
}

const methods = ['GET', 'POST', 'DELETE'] as const;
type Method = (typeof methods)[number];

export const isMethod = (method: string): method is Method => methods.some((one) => one === method);

type Runs<U extends HostUser> = Partial<Record<Method, (call: Call<U>) => Promise<Response>>>;

/** By path below `basePath`; one that ends in `/` is followed by a name. */
export type Routes<U extends HostUser> = Readonly<Record<string, Runs<U>>>;

export function routeOf<U extends HostUser>(routes: Routes<U>, pathname: string, basePath: string): { readonly runs: Runs<U>; readonly name: string } {
  if (pathname.startsWith(`${basePath}/`)) {
    const [, path = '', name = ''] = /^(\/[^/]+\/?)([^/]*)$/.exec(pathname.slice(basePath.length)) ?? [];
    const runs = Object.hasOwn(routes, path) && path.endsWith('/') === (name !== '') ? routes[path] : undefined;
    if (runs) return { runs, name };
  }
  throw new Refusal(404, 'misconfigured', `The handler has nothing at this address. It is mounted at ${basePath || '/'}, and knows ${Object.keys(routes).join(' ')} below it.`);
}
