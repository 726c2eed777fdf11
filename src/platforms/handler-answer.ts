import { ConnectError, isErrorCode } from '../core/errors.js';
import { membersOf, textOf } from '../core/json.js';
import { codeOfStatus } from '../oauth/failures.js';
import { jsonFrom } from './wire.js';
import type { WireAnswer } from './wire.js';

/**
 * What the host's own handler says: of a no in its own words, which are ours. Where something else answers, it may not be where `setting`
 * says; and a 403 of what stands before it (a check of tokens against forgery, a firewall) is no visitor's no.
 */
export async function jsonFromHandler(response: WireAnswer, what: string, setting: string): Promise<unknown> {
  if (response.ok) return jsonFrom(response, what);
  const { error, message } = membersOf(await response.text().then((text) => JSON.parse(text) as unknown).catch(() => {}));
  if (isErrorCode(error)) throw new ConnectError(error, textOf(message) ?? `${what}: ${error}`);
  const { status } = response;
  const isBarred = status === 403;
  const hint = isBarred ? ' Does a CSRF check or a firewall stand before it?' : '';
  throw new ConnectError(isBarred ? 'misconfigured' : codeOfStatus(status), `${what} answered HTTP ${status}, expected 200.${hint} Is the handler mounted at ${setting}?`);
}
