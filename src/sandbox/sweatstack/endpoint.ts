import { randomUUID } from 'node:crypto';
import { sendBroken } from '../broken-answer.js';
import type { Endpoint, FaultChanges, Faults } from '../faults.js';
import { sendJson, type Exchange } from '../web.js';
import type { Account } from './accounts.js';
import { pause, type World } from './world.js';
import type { Bearer } from './provider.js';

export const sendDetail = (exchange: Exchange, status: number, detail: unknown): void => sendJson(exchange, status, { detail });

/** A good answer; with `unknownValues` it has a member nobody has heard of. */
export const sendJsonAnswer = (exchange: Exchange, faults: Faults, value: object): void =>
  sendJson(exchange, 200, faults.unknownValues ? { ...value, api_generation: { major: 7 } } : value);

/** FastAPI's way of saying which part of a request it could not read. */
export const sendInvalid = (exchange: Exchange, loc: (string | number)[], msg: string, type: string): void =>
  sendDetail(exchange, 422, [{ loc, msg, type }]);

/** Any origin may ask, none may send cookies. */
export function allowAnyOrigin(exchange: Exchange, faults: Faults): void {
  exchange.res.setHeader('access-control-allow-origin', '*');
  exchange.res.setHeader('x-request-id', randomUUID());
  if (faults.exposeRetryAfter) exchange.res.setHeader('access-control-expose-headers', 'Retry-After');
}

/** Whoever answers, and some set it by themselves. */
function allowNoOrigin({ res }: Exchange): void {
  const set = res.setHeader.bind(res);
  res.setHeader = (name, value) => (name.toLowerCase() === 'access-control-allow-origin' ? res : set(name, value));
}

export function answerPreflight(exchange: Exchange): void {
  exchange.res.writeHead(204, {
    'access-control-allow-origin': '*', 'access-control-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS',
    'access-control-allow-headers': 'authorization, content-type', 'access-control-max-age': '600',
  });
  exchange.res.end();
}

/** What every endpoint does before it answers: CORS, the delay and the broken answer that a fault may ask for. */
export async function throughFaults(
  world: World, exchange: Exchange, endpoint: Endpoint, own: FaultChanges | undefined, answer: (faults: Faults) => void | Promise<void>,
): Promise<void> {
  const faults = world.faults.merged(own);
  if (faults.noCors.includes(endpoint)) allowNoOrigin(exchange);
  else allowAnyOrigin(exchange, faults);
  await pause(world, faults, endpoint);
  const fault = world.faults.due(faults, endpoint);
  if (fault === undefined) await answer(faults);
  else sendBroken(exchange, fault, endpoint === 'token' || endpoint === 'revoke' ? 'oauth' : 'detail');
}

export interface Asking {
  account: Account;
  bearer: Bearer;
  faults: Faults;
}

/** An endpoint for a signed-in user; any one of `scopes` opens it. */
export async function withBearer(
  world: World, exchange: Exchange, endpoint: Endpoint, scopes: readonly string[], answer: (asking: Asking) => void | Promise<void>,
): Promise<void> {
  const [scheme = '', token = ''] = (exchange.req.headers.authorization ?? '').split(' ');
  const bearer = scheme.toLowerCase() === 'bearer' ? await world.issuer.verify(token) : undefined;
  await throughFaults(world, exchange, endpoint, bearer?.faults, (faults) => {
    const account = bearer && world.accounts.bySub(bearer.sub);
    const age = bearer === undefined ? 0 : (world.settings.now() - bearer.issuedAt) / 1000;
    if (bearer?.turnedAway === true && faults.forbidsRevoked) {
      sendDetail(exchange, 403, 'Not enough permissions');
      return undefined;
    }
    if (
      bearer === undefined || account === undefined || bearer.turnedAway
      || (faults.refuseAfter !== null && age >= faults.refuseAfter)
    ) {
      exchange.res.setHeader('www-authenticate', 'Bearer');
      sendDetail(exchange, 401, 'Not authenticated');
      return undefined;
    }
    if (!scopes.some((scope) => bearer.scopes.has(scope))) {
      sendDetail(exchange, 403, 'Not enough permissions');
      return undefined;
    }
    return answer({ account, bearer, faults });
  });
}
