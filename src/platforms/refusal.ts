import { ConnectError, isErrorCode } from '../core/errors.js';
import { membersOf, textOf } from '../core/json.js';
import { codeOfStatus } from '../oauth/failures.js';
import type { WireAnswer } from './wire.js';

/** What the host's handler says of a no, in its words: they are ours. Where something else answers, the handler may not be where `setting` says. */
export async function refusalOf(response: WireAnswer, what: string, setting: string): Promise<ConnectError> {
  const { error, message } = membersOf(await response.text().then((text) => JSON.parse(text) as unknown).catch(() => null));
  return isErrorCode(error)
    ? new ConnectError(error, textOf(message) ?? `${what} answered ${error}.`)
    : new ConnectError(codeOfStatus(response.status), `${what} answered HTTP ${response.status}, without a word of the handler’s. Is it mounted at ${setting}?`);
}
