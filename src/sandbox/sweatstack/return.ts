import { redirect, type Exchange } from '../web.js';
import type { Attempt } from './model.js';
import type { World } from './world.js';

/** Back to the application, with a code or with an error. */
export function redirectBack(world: World, exchange: Exchange, attempt: Attempt, answer: Record<string, string>): void {
  const faults = world.faults.merged(attempt.faults);
  const url = new URL(attempt.redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (attempt.state !== undefined) url.searchParams.set('state', faults.wrongState ? 'a-state-nobody-sent' : attempt.state);
  if (faults.iss !== 'missing') url.searchParams.set('iss', faults.iss === 'wrong' ? 'http://elsewhere.localhost' : world.issuer.issuer);
  world.attempts.delete(attempt.id);
  redirect(exchange, url.href);
}

export const redirectDenied = (world: World, exchange: Exchange, attempt: Attempt): void =>
  redirectBack(world, exchange, attempt, { error: 'access_denied', error_description: 'The user denied the request' });
