import { ConnectError } from '../../core/errors.js';
import { amountOf, instantOf, membersOf, textOf } from '../../core/json.js';
import type { Connection } from '../../core/nouns.js';
import type { Begun } from '../nonce.js';
import type { Report } from '../reports.js';
import { jsonIn } from '../upstream.js';
import type { Api } from './api.js';
import { sourceForm } from './sources.js';
import type { OfferedSource } from './sources.js';

/** A connection, and what of it stays on this server. */
export interface Row {
  readonly connection: Connection;
  /** By the clock of Open Wearables; a reconnect keeps it. */
  readonly createdAt: number;
  /** A reconnect moves it, and so does each renewal of the provider's token. */
  readonly touchedAt: number;
  readonly mostDays: number | null;
}

export async function readConnections(api: Api, user: string, sources: readonly OfferedSource[], signal?: AbortSignal): Promise<readonly Row[]> {
  return rowsFrom(await api.read('listing connections', `/users/${user}/connections`, signal), sources);
}

/** A visitor waits for it in a window that is still blank, and it can be done without. */
const extraMs = 5_000;

/** What an attempt notes when it begins. Nothing where it cannot be told: then a connection has to move before it counts. */
export async function activityOf(api: Api, user: string, source: string, report: Report): Promise<Pick<Begun, 'wasActive'>> {
  try {
    const rows = rowsFrom(jsonIn(await api.request('listing connections', `/users/${user}/connections`, { patienceMs: extraMs })), []);
    return { wasActive: rows.some(({ connection }) => connection.source === source && connection.status === 'active') };
  } catch (thrown) {
    report('looking for a connection', thrown);
    return {};
  }
}

/**
 * Whether it was connected since the attempt began: to reach the return page proves nothing, anybody can visit it. What was not active then
 * and is now was, whatever its date; what was has moved, as each reconnect moves it.
 */
export const isConnectedSince = (row: Row, { since, wasActive }: Begun): boolean =>
  row.connection.status === 'active' && (wasActive === false || row.touchedAt >= since);

/**
 * By allow-list: the rows hold ids of other users who share the account, the provider's own id and name of this one, and
 * scopes. One row a provider; a disconnected one stays, as revoked.
 */
export function rowsFrom(json: unknown, sources: readonly OfferedSource[]): readonly Row[] {
  if (!Array.isArray(json)) throw new ConnectError('invalid_response', 'Open Wearables (listing connections) did not answer with a list.');
  return json.flatMap((entry: unknown): Row[] => {
    const { id, provider, status, scope, created_at: created, updated_at: updated, max_historical_days: days } = membersOf(entry);
    const source = textOf(provider);
    if (!source || !sourceForm.test(source)) return [];
    const connectedAt = instantOf(created);
    const touchedAt = Date.parse(instantOf(updated) ?? connectedAt ?? '') || 0;
    const said = statusFrom(status);
    return [
      {
        connection: {
          id: textOf(id) ?? source,
          source,
          name: sources.find((one) => one.id === source)?.name ?? source,
          status: said,
          history: said !== 'active' ? 'unavailable' : mayReadHistory(source, textOf(scope)) ? 'unknown' : 'action_required',
          connectedAt,
          evidence: 'listed',
          message: null,
        },
        createdAt: Date.parse(connectedAt ?? '') || touchedAt,
        touchedAt,
        mostDays: amountOf(days),
      },
    ];
  });
}

const statusFrom = (value: unknown): Connection['status'] =>
  value === 'active' ? 'active' : value === 'expired' || value === 'revoked' ? value : 'action_required';

/** Garmin's scope is what the visitor ticked. Connected without this one, no history ever comes, and no word of it. */
const mayReadHistory = (source: string, scope: string | null): boolean =>
  source !== 'garmin' || scope === null || scope.split(/[\s,]+/).includes('HISTORICAL_DATA_EXPORT');
