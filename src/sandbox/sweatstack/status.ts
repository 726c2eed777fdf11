import type { Faults } from '../faults.js';
import { sendDetail, sendJsonAnswer, withBearer } from './endpoint.js';
import type { Exchange } from '../web.js';
import type { Account } from './accounts.js';
import { activeConnections, historyOf, type History } from './history.js';
import { integrationFacts } from './integrations.js';
import type { World } from './world.js';

type CapabilityStatus = 'ready' | 'syncing' | 'action_required' | 'unavailable';

export interface Issue {
  code: string;
  status: 'action_required' | 'syncing';
  message: string;
  destination: string | null;
}

function issueOf(account: Account, history: History, faults: Faults): Issue | null {
  const manage = { status: 'action_required', destination: 'manage-integrations' } as const;
  const connections = activeConnections(account, faults);
  if (connections.length === 0) return { code: 'no_source_connected', message: 'No wearable is connected to this account yet.', ...manage };
  if (faults.blockedUpstream) {
    return {
      code: 'activities_blocked_upstream', ...manage,
      message: 'Intervals.icu is not allowed to pass on activities that reached it through Strava.',
    };
  }
  if (history.state === 'not_granted') {
    return {
      code: 'activity_history_not_granted', ...manage,
      message: `${history.source ?? 'The wearable'} does not share activities from before today.`,
    };
  }
  if (history.state === 'done') return null;
  return {
    code: 'sync_pending', status: 'syncing', destination: null, message: `Data from ${history.source ?? 'the wearable'} is on its way.`,
  };
}

function capabilitiesOf(account: Account, history: History, faults: Faults): Record<string, string> {
  const connections = activeConnections(account, faults);
  const any = (has: boolean): CapabilityStatus => (has ? 'ready' : 'unavailable');
  const facts = connections.map((connection) => ({ ...integrationFacts[connection.integration], granted: connection.dailies }));
  const past: Record<History['state'], CapabilityStatus> = {
    none: 'unavailable', not_granted: 'action_required', waiting: 'syncing', arriving: 'syncing', done: 'ready',
  };
  const present: Record<History['state'], CapabilityStatus> = {
    none: 'unavailable', not_granted: 'ready', waiting: 'syncing', arriving: 'ready', done: 'ready',
  };
  const dailies = facts.filter((fact) => fact.dailies);
  return {
    activities: faults.blockedUpstream ? 'action_required' : present[history.state],
    activity_history: faults.blockedUpstream ? 'action_required' : past[history.state],
    dailies: dailies.length > 0 && !dailies.some((fact) => fact.granted) ? 'action_required' : any(dailies.length > 0),
    workouts: any(facts.some((fact) => fact.workouts)),
    ...(faults.unknownValues ? { sleep_stages: 'ready', body_battery: 'warming_up' } : {}),
  };
}

/** The one thing the visitor should know, as both userinfo and the status tell it. */
export function currentIssue(world: World, account: Account, faults: Faults): Record<string, unknown> | null {
  const issue = issueOf(account, historyOf(world, account, faults), faults);
  if (issue === null) return null;
  const { destination, ...rest } = issue;
  const shown = faults.unknownValues ? { ...rest, code: 'watch_asleep', severity: 'low' } : rest;
  // Before 0.92 a ready address, afterwards the name of a page of the portal.
  if (faults.statusShape !== 'action_url') return { ...shown, destination };
  return { ...shown, action_url: destination === null ? null : `${world.origins.sweatstack}/settings/sharing` };
}

export const answerStatus = (world: World, exchange: Exchange): Promise<void> =>
  withBearer(world, exchange, 'status', ['data:read', 'profile'], ({ account, faults }) => {
    if (faults.statusShape === 'missing') return sendDetail(exchange, 404, 'Not Found');
    sendJsonAnswer(exchange, faults, {
      issue: currentIssue(world, account, faults),
      capabilities: capabilitiesOf(account, historyOf(world, account, faults), faults),
    });
  });

export const answerUserinfo = (world: World, exchange: Exchange): Promise<void> =>
  withBearer(world, exchange, 'userinfo', ['profile'], ({ account, faults }) => {
    const registered = new Date(account.registeredAt).toISOString();
    sendJsonAnswer(exchange, faults, {
      sub: account.sub, name: account.name, given_name: account.givenName, family_name: account.familyName, email: account.email,
      registered_at: faults.olderTimes ? registered.replace('Z', '') : registered,
      issue: currentIssue(world, account, faults),
    });
  });
