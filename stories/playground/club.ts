/** Northline's own server, as small as one can be: members sign in to the club, and the handler stands at /wearables for them. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHandler, type HandlerOptions, type Tokens } from '../../src/server/index.js';
import { onNode } from './mount.js';

export interface Member {
  readonly login: string;
  readonly password: string;
  readonly name: string;
}

/** Made up, as everybody here is. */
export const members: readonly Member[] = [
  { login: 'ingrid', password: 'tuesday', name: 'Ingrid Solberg' },
  { login: 'tomas', password: 'sunday', name: 'Tomás Vega' },
];

export type ClubOptions = Pick<HandlerOptions, 'openWearables' | 'sweatstack' | 'fetch' | 'clock' | 'onError'> & {
  readonly origin: string;
  /** Signs the members' cookies and the handler's nonces: with the same one a server that was started anew knows its members. */
  readonly secret: string;
};

export interface Club {
  /** True where the address was the club's to answer. */
  answer(incoming: IncomingMessage, outgoing: ServerResponse): boolean;
  /** What SweatStack gave for each member, with `token-delivery="backend"`. It never leaves this server. */
  readonly tokens: ReadonlyMap<string, Tokens>;
}

const cookieName = 'northline';
const signedInFor = 12 * 3_600_000;

const json = (status: number, value: unknown, headers: Record<string, string> = {}): Response =>
  Response.json(value, { status, headers: { 'cache-control': 'no-store', ...headers } });

export function createClub({ origin, secret, ...options }: ClubOptions): Club {
  const tokens = new Map<string, Tokens>();
  const mac = (text: string): string => createHmac('sha256', secret).update(`member ${text}`).digest('base64url');
  const same = (one: string, other: string): boolean => one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

  /** Kept by nobody: the cookie says who and until when, and is signed. */
  const cookieFor = ({ login }: Member): string => {
    const text = `${login}.${(Date.now() + signedInFor).toString(36)}`;
    return `${cookieName}=${text}.${mac(text)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${signedInFor / 1000}`;
  };

  const memberOf = (request: Request): Member | undefined => {
    const [, login = '', until = '', seal = ''] = new RegExp(`(?:^|; )${cookieName}=([^.;]*)\\.([^.;]*)\\.([^;]*)`).exec(request.headers.get('cookie') ?? '') ?? [];
    const isGood = same(seal, mac(`${login}.${until}`)) && parseInt(until, 36) > Date.now();
    return isGood ? members.find((member) => member.login === login) : undefined;
  };

  async function session(request: Request): Promise<Response> {
    const { method } = request;
    if (method === 'GET') return json(200, { member: memberOf(request)?.name ?? null });
    // Nobody is signed in or out by another site's page.
    if (request.headers.get('origin') !== origin) return json(403, { error: 'This is for the club’s own pages.' });
    if (method === 'DELETE') return new Response(null, { status: 204, headers: { 'set-cookie': `${cookieName}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0` } });
    if (method !== 'POST') return json(405, { error: 'GET asks who is signed in, POST signs in, DELETE out.' }, { allow: 'GET, POST, DELETE' });
    const { login, password } = (await request.json().catch(() => ({}))) as Partial<Member>;
    const member = members.find((one) => one.login === login && one.password === password);
    return member ? json(200, { member: member.name }, { 'set-cookie': cookieFor(member) }) : json(401, { error: 'No member has this name and password.' });
  }

  const handler = createHandler({
    ...options,
    origin,
    secret,
    authenticate: (request) => {
      const member = memberOf(request);
      return member ? { userId: member.login } : null;
    },
    onTokens: ({ userId }, given) => void tokens.set(userId, given),
  });

  const routes: readonly (readonly [path: RegExp, answer: (request: Request) => Promise<Response>])[] = [
    [/^\/club\/session$/, session],
    [/^\/wearables(?:\/|$)/, handler],
  ];

  return {
    tokens,
    answer(incoming, outgoing) {
      const { pathname } = new URL(incoming.url ?? '/', origin);
      const route = routes.find(([path]) => path.test(pathname));
      if (!route) return false;
      onNode(route[1], origin)(incoming, outgoing).catch((error: unknown) => {
        console.error(error);
        outgoing.destroy();
      });
      return true;
    },
  };
}
