import { createHash, randomUUID } from 'node:crypto';
import { remember, secret } from '../remember.js';
import type { Permission, Visit } from '../wearable-site.js';
import { refuse } from './endpoint.js';
import { historyScope, startBackfill } from './garmin.js';
import { isPushed, startPull } from './history.js';
import { providerOf } from './providers.js';
import { connectionOf, keepConnection, type Connection, type Grant, type OpenWearables, type Pending } from './world.js';

/** How much a history reaches back that begins by itself. */
const automaticDays = 90;

const health: Permission = { title: 'Daily health', detail: 'Steps, sleep and resting heart rate' };
const workouts: readonly Permission[] = [{ title: 'Activities', detail: 'New activities as you finish them, and past ones' }];
const garminPermissions: readonly Permission[] = [
  { title: 'Activities', detail: 'New activities as you finish them' }, health,
  { field: 'history', title: 'Historical data', detail: 'Activities and health of the last thirty days' },
];

/** Who Open Wearables has sent to a provider's site; they go back with a one-time code or with a no. */
export function openWearablesVisit(world: OpenWearables, site: string, state: string): Visit | undefined {
  const sent = world.sent.get(state);
  const faults = world.faults.current;
  const provider = sent && providerOf(faults.release, sent.provider);
  if (sent === undefined || provider?.cloud?.site !== site) return undefined;
  const garmin = provider.cloud.history === 'push';
  return {
    asker: 'Open Wearables', permissions: garmin ? garminPermissions : provider.cloud.workoutsOnly ? workouts : [...workouts, health],
    openerPolicy: faults.coop.wearable, delay: faults.delays.wearable ?? 0, deny: faults.deny,
    granted(person, kept) {
      const code = `c-${secret()}`;
      remember(world.grants, code, { provider: sent.provider, person, history: !garmin || kept.has('history') });
      return `${sent.callback}?code=${code}&state=${state}`;
    },
    denied: () => `${sent.callback}?error=access_denied&error_description=The+user+denied&state=${state}`,
  };
}

/** The same account at the provider is the same number in every run. */
function accountAt(provider: string, user: string): string {
  const digest = createHash('sha256').update(`${provider} ${user}`).digest();
  return provider === 'garmin' ? `garmin-user-${digest.readUInt16BE(0)}` : String(digest.readUInt32BE(0));
}

/** Writes the connection down and, as the server does by default, starts its history. */
export function connect(world: OpenWearables, pending: Pending, grant: Grant): void {
  const faults = world.faults.current;
  const { userId } = pending;
  if (!world.users.has(userId)) {
    refuse(`insert or update on table "user_connection" violates foreign key constraint: Key (user_id)=(${userId}) is not present in table "user".`);
  }
  if (faults.connectionMissing) return;
  const provider = faults.connectionElsewhere ?? pending.provider;
  const now = world.settings.now();
  const pushed = isPushed(world, provider);
  const granted = grant.history && !faults.historyNotGranted;
  const scope = pushed ? `ACTIVITY_EXPORT HEALTH_EXPORT${granted ? ` ${historyScope}` : ''}` : providerOf(faults.release, provider)?.cloud?.scope ?? null;
  const before = connectionOf(world, userId, provider);
  const connection: Connection = {
    // Connecting again keeps the row: only `updated_at` tells it.
    id: before?.id ?? randomUUID(), createdAt: before?.createdAt ?? now,
    userId, provider, providerUserId: accountAt(provider, grant.person.user),
    providerUsername: pushed ? null : grant.person.name.toLowerCase().replace(' ', '.'),
    scope, status: 'active', updatedAt: now, stampedAt: now + 5,
  };
  keepConnection(world, connection);
  if (faults.noAutomaticHistory) return;
  if (pushed) startBackfill(world, connection);
  else startPull(world, connection, automaticDays, true);
}
