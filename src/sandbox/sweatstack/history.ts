import type { Faults } from '../faults.js';
import type { Account, Connection } from './accounts.js';
import { integrationFacts } from './integrations.js';
import type { World } from './world.js';

export interface History {
  state: 'none' | 'not_granted' | 'waiting' | 'arriving' | 'done';
  /** The earliest moment loaded so far. */
  loadedUntil: number | null;
  /** The newest connection that is still busy, or the first one. */
  source: string | null;
}

/** What five years back means in a calendar, to the day, as the real service has it. */
export function yearsBefore(time: number, years: number): number {
  const date = new Date(time);
  date.setUTCFullYear(date.getUTCFullYear() - Math.trunc(years));
  return date.getTime() - (years % 1) * 365.25 * 24 * 3600 * 1000;
}

export const activeConnections = (account: Account, faults: Faults): readonly Connection[] =>
  (faults.nothingConnected ? [] : account.connections);

export const sharesHistory = (connection: Connection, faults: Faults): boolean =>
  connection.history && !(faults.historyNotGranted && connection.integration === 'garmin_connect');

function historyOfConnection(connection: Connection, now: number, seconds: number, faults: Faults): History {
  const source = integrationFacts[connection.integration].name;
  const lead = Math.min(2, seconds * 0.05);
  const elapsed = (now - connection.connectedAt) / 1000;
  if (elapsed < lead || faults.historyStuck) return { state: 'waiting', loadedUntil: null, source };
  const oldest = yearsBefore(connection.connectedAt, 5);
  const end = faults.historyYears === null ? oldest : Math.max(oldest, yearsBefore(connection.connectedAt, faults.historyYears));
  const share = Math.min(1, (elapsed - lead) / (seconds - lead));
  const loadedUntil = Math.max(end, Math.round(connection.connectedAt - share * (connection.connectedAt - oldest)));
  return { state: loadedUntil <= end ? 'done' : 'arriving', loadedUntil, source };
}

/** How far the past has come in, over all connections: the earliest date never moves forward again. */
export function historyOf(world: World, account: Account, faults: Faults): History {
  const connections = activeConnections(account, faults);
  if (connections.length === 0) return { state: 'none', loadedUntil: null, source: null };
  const { now, historySeconds } = world.settings;
  const parts = connections.filter((connection) => sharesHistory(connection, faults))
    .map((connection) => historyOfConnection(connection, now(), historySeconds, faults));
  const first = parts[0];
  if (first === undefined) {
    const source = connections[0] && integrationFacts[connections[0].integration].name;
    return { state: 'not_granted', loadedUntil: null, source: source ?? null };
  }
  const busy = parts.find((part) => part.state === 'waiting') ?? parts.find((part) => part.state === 'arriving');
  const dates = parts.map((part) => part.loadedUntil).filter((date) => date !== null);
  const state = busy === undefined ? 'done' : dates.length === 0 ? 'waiting' : 'arriving';
  return { state, loadedUntil: dates.length === 0 ? null : Math.min(...dates), source: (busy ?? first).source };
}
