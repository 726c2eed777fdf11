import { ConnectError, isErrorCode } from '../core/errors.js';
import { membersOf, textOf } from '../core/json.js';
import { codeOfStatus } from '../oauth/failures.js';
import { jsonFrom } from './wire.js';
import type { WireAnswer } from './wire.js';

/** What the host's own handler says: of a no in its own words, which are ours. Where something else answers, it may not be where `setting` says. */
export async function jsonFromHandler(response: WireAnswer, what: string, setting: string): Promise<unknown> {
  if (response.ok) return jsonFrom(response, what);
  const { error, message } = membersOf(await response.text().then((text) => JSON.parse(text) as unknown).catch(() => {}));
  if (isErrorCode(error)) throw new ConnectError(error, textOf(message) ?? `${what}: ${error}`);
  throw new ConnectError(codeOfStatus(response.status), `${what} answered HTTP ${response.status}, expected 200. Is the handler mounted at ${setting}?`);
}
