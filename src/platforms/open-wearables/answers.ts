/** What the handler answers, read with care: a proxy may stand between, and another version may run there. */
import { ConnectError } from '../../core/errors.js';
import { listOf } from '../../core/integrations.js';
import { amountOf, instantOf, membersOf, textOf } from '../../core/json.js';
import type { Connection, Outcome, Progress, Source, User } from '../../core/nouns.js';
import { checkedUrl } from '../../core/urls.js';

const oneOf = <T extends string>(value: unknown, known: readonly T[], otherwise: T): T => known.find((one) => one === value) ?? otherwise;

function listIn(json: unknown, name: string, what: string): readonly unknown[] {
  const list = membersOf(json)[name];
  if (Array.isArray(list)) return list as readonly unknown[];
  throw new ConnectError('invalid_response', `${what} of the handler has no list of ${name}: is this the handler of wearable-connect/server?`);
}

/** In the page's order where it has one; a source it names that nobody offers is left out. */
export function sourcesFrom(json: unknown, wanted: readonly string[]): readonly Source[] {
  const offered = listIn(json, 'sources', 'The answer to GET /sources').flatMap((entry): Source[] => {
    const { id: said, name, icon, kind } = membersOf(entry);
    const [id] = listOf(textOf(said));
    return id ? [{ id, name: textOf(name) ?? id, icon: iconFrom(icon), kind: oneOf(kind, ['web', 'mobile'], 'web') }] : [];
  });
  return wanted.length ? wanted.flatMap((id) => offered.find((one) => one.id === id) ?? []) : offered;
}

function iconFrom(value: unknown): string | null {
  try {
    const address = textOf(value);
    return address && checkedUrl(address, 'icon', 'invalid_response', location.href).href;
  } catch {
    return null;
  }
}

export function connectionsFrom(json: unknown): readonly Connection[] {
  return listIn(json, 'connections', 'An answer').flatMap((entry): Connection[] => {
    const { id, source, name, status, history, connectedAt, message } = membersOf(entry);
    const from = textOf(source);
    if (!from) return [];
    return [
      {
        id: textOf(id) ?? from,
        source: from,
        name: textOf(name) ?? from,
        status: oneOf(status, ['active', 'action_required', 'expired', 'revoked'], 'action_required'),
        history: oneOf(history, ['ready', 'syncing', 'unavailable', 'action_required', 'unknown'], 'unknown'),
        connectedAt: instantOf(connectedAt),
        evidence: 'listed',
        message: textOf(message),
      },
    ];
  });
}

/** What the host calls its visitor is enough of one; a handler that says nothing knows nobody. */
export function userFrom(json: unknown): User | null {
  const { id, name, givenName, familyName, email, registeredAt } = membersOf(json);
  const known = textOf(id);
  return known ? { id: known, name: textOf(name), givenName: textOf(givenName), familyName: textOf(familyName), email: textOf(email), registeredAt: instantOf(registeredAt) } : null;
}

export function progressFrom(json: unknown): Progress {
  const { source, stage, ratio, loadedUntil, items, live } = membersOf(json);
  const share = amountOf(ratio);
  return {
    source: textOf(source),
    stage: oneOf(stage, ['waiting', 'fetching', 'processing', 'done', 'failed'], 'fetching'),
    ratio: share === null ? null : Math.min(1, share),
    loadedUntil: instantOf(loadedUntil),
    items: amountOf(items),
    live: live !== false,
  };
}

export const outcomeFrom = (json: unknown): Outcome => oneOf(membersOf(json)['outcome'], ['success', 'partial', 'unknown'], 'unknown');
